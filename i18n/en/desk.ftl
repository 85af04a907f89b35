# desk: work on a project; stories.

zh7200 = { $file } cannot be read: { $why }
    .hint = check path and permissions
zh7201 = the story is not well written: { $why }
    .hint = docs/reference/stories.md tells how
zh7202 = { $what } should be "{ $wanted }" and is "{ $got }"
    .hint = put the story right, or the definition that makes the difference
zh7203 = "{ $step }" was refused
    .hint = the reasons follow
zh7204 = "{ $step }" should have been refused ({ $code }) and was not
    .hint = look at the procedure's conditions, roles and clocks
zh7205 = this step says nothing to do
    .hint = say records, an act (open, do) or a look (measure, judge, credit, count)
zh7206 = the story has no case "{ $case }" yet
    .hint = name it with case where it is opened, or with opens where another case opens it
zh7207 = the project holds { $n } entries, and all that a story enters is made up
    .hint = make a project of its own with `zhiheng init`, or say --yes
zh7210 = no catalog was adopted under { $digest }; those adopted: { $known }
    .hint = `zhiheng catalog adopted` lists them; give at least six characters
zh7211 = the text of catalog { $digest } is gone, or was changed
    .hint = restore the project's folder "files" from a backup; without the text nothing can be computed by the rules of then
zh7212 = --rules is for looking and judging only
    .hint = records, cases and reports go by the catalog of now; measure, judge and credit take --rules
