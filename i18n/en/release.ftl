# release: the disclosure check of tables, and publications.

help-release = Publication: which cells of a table must not go out, and what has been published
help-release-check = Check tables for disclosure: which cells go, and why
    .after = Example: zhiheng release check "sampling.batches/621100/2013Q2;contributor=producer;product=*;region=county" --rule COUNT-3
help-release-check-tables = Table: the address of a number with one or two cuts left open, dimension=* or region=level
help-release-check-rule = Rule of disclosure by its number
help-release-check-least = Fewest contributors in a cell
help-release-check-share = Largest share of one contributor, in percent
help-release-check-keep_totals = No total is given up for another cell
help-release-check-on = Day on which the rule must hold, today if left out
help-release-check-as_of = Ledger size: as known then
help-release-list = Publications that are not over
help-release-list-state = Only those in this state
help-release-list-all = Those that are over, too
help-release-show = A publication: its sheet, and where each figure is from
help-release-show-case = Case number
help-release-show-as_of = Ledger size: as known then

cli-release-table = table
cli-release-row = row
cli-release-column = column
cli-release-contributors = contributors
cli-release-share = largest %
cli-release-reason = goes because
cli-release-low = at least
cli-release-high = at most
cli-release-total = total
cli-release-unstated = not stated
cli-release-few = too few
cli-release-dominated = one dominates
cli-release-close = one comes too close
cli-release-beside = could be worked out
cli-release-field = field
cli-release-ledger = ledger
cli-release-from = from
cli-release-checked = { $table }: { $cells } cells are published, { $hidden } go by the rule and { $more } beside them; at least { $smallest } stand behind each ({ $contributor }; { $unnamed } of { $records } records name none and count as one)

zh7223 = no rule of disclosure { $rule } holds on { $on }
    .hint = look at the register: zhiheng record list release.rule
zh7224 = { $case } is no publication ({ $procedure })
    .hint = list them: zhiheng release list --all
