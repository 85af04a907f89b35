# The desk of analysis: figures crosswise; plans: targets, tasks, draws and inspections

zh7590 = there is no choice "{ $value }"
    .hint = Known are { $known }
zh7591 = the level { $level } stands above the region { $region }, not in it
    .hint = Choose the region itself or a level below it, or a region further up
zh7592 = { $from } and { $to } are periods of different kinds, so it is open how to split
    .hint = Say whether by year, half, quarter or month
zh7593 = { $axis ->
        [region] regions stand both in rows and in columns
        [period] periods stand both in rows and in columns
       *[indicator] indicators stand both in rows and in columns
    }
    .hint = Choose two different things
zh7594 = { $axis ->
        [region] regions that stand neither in rows nor in columns can only be one, { $n } are chosen
        [period] periods that stand neither in rows nor in columns can only be one, { $n } are chosen
       *[indicator] indicators that stand neither in rows nor in columns can only be one, { $n } are chosen
    }
    .hint = { $axis ->
        [region] Choose the region itself, or put regions in rows or columns
        [period] Choose a single period, or put periods in rows or columns
       *[indicator] Choose a single indicator, or put indicators in rows or columns
    }
zh7595 = this table has { $n } cells, a page shows at most { $most }
    .hint = Choose fewer periods or indicators, or a higher level; larger tables come from zhiheng measure table or the API

server-title-explore-show = Analysis
server-table-explore = Figures crosswise
server-table-explore-remarks = Remarks on single figures
explore-lead = Figures by place, period and indicator, any two of them crosswise. Each figure opens: how it was computed, and from which records. A table has at most { $most } cells. The address is the view: it can be kept and sent; a colleague sees in it what is theirs to see.
explore-command = The same table from the command
explore-api = The same figures from the API
explore-chosen = Indicators: { $names } (open to change)
explore-level-itself = The region itself
explore-each-same = As the periods above
explore-show-value = Value
explore-show-parts = Top ÷ bottom
explore-show-interval = Interval
explore-show-records = Records
explore-ask-indicator = Indicators
explore-ask-region = Region
explore-ask-level = Down to which level
explore-ask-from = From
    .hint = Such as 2013, 2013Q1, 2013-07
explore-ask-to = To
    .hint = For a single period the same again
explore-ask-each = Split by
explore-ask-rows = Rows
explore-ask-columns = Columns
explore-ask-show = What is shown

zh7596 = this page has no table called "{ $table }"
    .hint = Take one of the CSV links at the end of the page
zh7597 = entry { $entry } of the ledger is a draw with the number { $number } that is not this one
    .hint = Choose another number; of a draw that stands only further draws can be added

server-title-plans-list = Plans
server-title-plans-show = A plan
server-table-plan-targets = Targets and where they stand
server-table-plan-shared = Targets shared out: whether the parts make up the whole
server-table-plan-letters = Tasks of letters and action plans
server-table-plan-inspections = Plans of inspections
server-table-plan-strata = Strata of the draw
server-table-plan-picks = Objects drawn
server-table-plan-visits = Inspections
server-table-plan-burden = Burden on enterprises (all plans of the year)
server-table-plan-tasks = Tasks
plans-lead = Targets, tasks and plans of inspections of { $place } and below in { $period }, as far as the ledger holds them: targets whose period lies in it, tasks due in it, inspections of days in it.
plans-more = A table shows at most { $most } rows; XLSX and CSV at the end of the page hold all of them (not of targets: choose a shorter period or a place below)
plans-unread = { $n } records of targets, tasks, draws or inspections cannot be read and are left out; zhiheng plan check, plan tasks and plan burden say why
plans-title = Plan { $number }
plans-unnamed = (no plan stated)
plans-region = Region
plans-unit = Department
plans-until = Until
plans-goal = Target
plans-by-now = Due by today
plans-now = Now
plans-not-yet = not met yet (before its end)
plans-tasks = Tasks
plans-task-open = open
plans-task-done = done
plans-task-overdue = overdue
plans-task-dropped = dropped
plans-next = Next due
plans-drawn-on = Drawn on
plans-planned = Planned
plans-done = Done
plans-cancelled = Called off
plans-kind = Kind
plans-state-planned = planned
plans-state-done = done
plans-state-cancelled = called off
plans-state-open = no inspection yet
plans-state-replaced = replaced
plans-draw = The draw
plans-seed = Seed
plans-seed-from = How the seed was found
plans-population = Hash of the population
plans-log = Hash of the log
plans-size = Units
plans-drawn = Drawn
plans-instead-of = In place of
plans-repeat = Anybody can draw again: take the published log and check it with zhiheng plan draw --log, or without this program, as docs/reference/draws.md says and a script such as crates/plan/tests/repeat_draw.py does; the hashes of population and log must be these.
plans-no-draw = The ledger holds no draw with this number that is yours to see.
plans-no-picks = The ledger holds the number, seed and hashes of this draw, not its strata and not the objects drawn. They can be added with zhiheng plan draw --log FILE --region CODE --record.
plans-progress = { $planned } planned, { $done } done, { $cancelled } called off.
plans-progress-drawn = { $drawn } drawn ({ $replaced } more were replaced); { $planned } planned, { $done } done, { $cancelled } called off.
plans-case = The case of this plan
