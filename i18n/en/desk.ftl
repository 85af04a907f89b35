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
zh7220 = the limits cannot be applied: { $why }
    .hint = at least 1 contributor, and a share above 0 and up to 100 percent
zh7221 = { $table } cannot be published: whatever is taken out, somebody can work out a cell
    .hint = publish its total alone, or join rows that have few contributors
zh7222 = several records of { $of } hold on { $on } with this { $find }
    .hint = correct the registers: one must end before the next begins
zh7212 = --rules is for looking and judging only
    .hint = records, cases and reports go by the catalog of now; measure, judge and credit take --rules
zh7213 = the settings in { $file } cannot be used: { $why }
    .hint = docs/decisions/0012-server.md tells what can be set
zh7214 = there is no code { $code }
    .hint = roles: `zhiheng catalog show base.access`; levels: `zhiheng catalog show base.sensitivity`
zh7217 = no indicator is named with which pages of regions begin
    .hint = name one with --headline, or give an indicator of the catalog headline = true
zh7230 = { $dir } is no whole backup: { $why }
    .hint = `zhiheng backup list` lists whole backups; an interrupted one has no list
zh7231 = there is a backup of this second: { $dir }
    .hint = Try again in a second
zh7232 = the original { $file } is not what its name says
    .hint = This original of the project is damaged; take the file of the same name from an older backup, then back up again
zh7233 = { $file } of the backup is missing or another
    .hint = This backup ({ $dir }) is of no use; check another one
zh7234 = the ledger in the backup is not the one on its list
    .hint = This backup ({ $dir }) is of no use; check another one
zh7235 = there is something in the folder { $dir }
    .hint = Restore into a new folder, check it, then change over

# handing in (ZH73)
zh7300 = `{ $id }` is no record that is handed in
    .hint = handed in are: { $known }
zh7301 = { $region } does not hand in this data set
    .hint = it is handed in by regions of the level { $level }; check the code
zh7302 = this data set is not handed in for { $period }
    .hint = { $every ->
        [year] it is handed in by year, written 2013
        [half] it is handed in by half year, written 2013H1
        [quarter] it is handed in by quarter, written 2013Q2
       *[month] it is handed in by month, written 2013-06
    }
zh7303 = { $period } has not begun
    .hint = it can be handed in from { $day } on
zh7304 = you have { $most } drafts that were not sent
    .hint = send or delete some; drafts are kept for 14 days
zh7305 = there is no such draft
    .hint = drafts are kept for 14 days; upload the file again
zh7306 = the level above has accepted this period, nothing more can be handed in
    .hint = if there is a mistake, ask the reviewer of the level above to open it again (case { $case })
zh7307 = the draft was changed after it was checked; it was not sent
    .hint = check it once more, then send it
zh7308 = more than { $most } records are corrected or withdrawn at once
    .hint = hand in in several parts, or ask the administrator to use `zhiheng record`
zh7309 = the ledger has all records of this file already; there is nothing to send
    .hint = nothing needs to be done; to hand in another file, withdraw the first
zh7310 = an explanation is needed
    .hint = where records are doubtful, far from the others, corrected or withdrawn, say why; the level above reads it
zh7311 = { $n } rows are still wrong, so nothing can be sent
    .hint = correct them as told and upload again, or mend them on the page
zh7312 = the definitions have changed since the check
    .hint = check once more, then send
zh7313 = nothing has been handed in for this period
    .hint = there is nothing to withdraw
zh7314 = nothing was pasted
    .hint = select the rows with their titles in the spreadsheet, copy them, and paste them here
zh7315 = { $n } rows were pasted, at most { $most } can be
    .hint = upload a file instead
zh7316 = stopped
    .hint = nothing was written; upload again when needed
zh7317 = only one file at a time
    .hint = put the files together, or hand in in several parts
zh7318 = no file was chosen
    .hint = choose a file, then press “Upload and check”
zh7319 = it is being worked on
    .hint = wait until that is done
zh7320 = { $file } holds no rows
    .hint = check that it is the right file; if there is nothing to report, use “There is nothing to report”
