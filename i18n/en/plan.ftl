# plan: targets, responsibility letters, cycle, draws, double random, burden.

plan-rule-sum = sum
plan-rule-weighted-mean = weighted mean
plan-rule-each = each
plan-outcome-met = met
plan-outcome-within-tolerance = met within the tolerance
plan-outcome-excused = short, for a stated reason
plan-outcome-short = short
plan-stage-plan = plan
plan-stage-meeting = joint meeting
plan-stage-inspection = inspection
plan-stage-acceptance = acceptance

## ZH850 reading records

zh8501 = field { $field } is empty
    .hint = correct the record and fill it in
zh8502 = field { $field } holds “{ $value }”, which cannot be used
    .hint = correct the record; `zhiheng catalog show` says what the field takes
zh8503 = the target number { $number } stands twice
    .hint = give each target a number of its own; withdraw or correct one of the two
zh8504 = the value of target { $target } does not fit its shape
    .hint = a fixed target has a value and no milestones; linear and stepped ones have milestones alone
zh8505 = the milestone of target { $target } on { $day } lies outside its period, or is the second of that day
    .hint = milestones lie within the period, one a day
zh8506 = milestones name target { $target }, which does not exist
    .hint = enter the target first
zh8508 = re-allocation { $number } does not say which targets end and which take their place
    .hint = name at least one of each
zh8509 = the indicator { $indicator } of target { $target } is not in the catalog
    .hint = `zhiheng catalog list indicators` lists all

## ZH851 decomposition

zh8510 = target { $target } is part of { $parent }, which does not exist
    .hint = enter that target, or correct the number
zh8511 = targets are parts of each other: { $loop }
    .hint = correct the parent of one of them
zh8512 = target { $target } cannot be shared out by “{ $rule }”: figures of { $indicator } do not go together like that
    .hint = counts and totals take sum, rates weighted-mean or each, indices each
zh8513 = target { $target } has parts, but no rule by which they make it up
    .hint = state sum, weighted-mean or each
zh8514 = target { $target } measures { $indicator }, its whole { $parent } measures { $wanted }
    .hint = if that is meant, state the reason in the target; it is left out of the comparison
zh8515 = the region { $region } of target { $target } is not in { $wanted }, the region of its whole { $parent }
    .hint = correct the region or the parent
zh8516 = the period { $period } of target { $target } is not in { $wanted }, the period of its whole { $parent }
    .hint = correct the period or the parent
zh8517 = target { $target } has no weight above zero, so there is no weighted mean
    .hint = state a weight, such as the planned number of batches
zh8518 = targets { $target } and { $other } have one owner and share days ({ $region }), so they would count twice
    .hint = one owner has one target for one time
zh8519 = target { $target }: parent { $whole }, { $rule ->
        [sum] sum
        [weighted-mean] weighted mean
       *[each] each
    } of children { $parts }, short by { $short } ({ $day })
    .hint = raise the children; if falling short was approved, state the reason in target { $target }
zh8520 = target { $part }: parent { $target } is { $whole }, this one { $value }, short by { $short } ({ $day })
    .hint = raise it; if falling short was approved, state the reason in it
zh8521 = the numbers of target { $target } have too many digits to be compared exactly on { $day }
    .hint = state values and weights with fewer digits
zh8522 = there is no day on which target { $target } and its parts can be compared
    .hint = the first milestone stands no later than the last day of the period
zh8523 = target { $target }: parent { $whole }, { $rule ->
        [sum] sum
        [weighted-mean] weighted mean
       *[each] each
    } of children { $parts }, short by { $short } ({ $day }), within the tolerance { $tolerance }
    .hint = the tolerance is stated in the target; state 0 if none is meant
zh8524 = target { $target } has places below it without a target, in number { $n }: { $places }
    .hint = give them targets, or say why not

## ZH852 changes of regions

zh8525 = the region { $region } of target { $target } is no more on { $day }, and no single one follows it
    .hint = after a split, enter a re-allocation (responsibility.reallocation)
zh8526 = after changes of regions, targets { $target } and { $other } both belong to { $region }
    .hint = after a merger, enter a re-allocation (responsibility.reallocation)
zh8527 = re-allocation { $number } names target { $target }, which does not exist
    .hint = correct the number
zh8528 = re-allocation { $number }: the old targets sum to { $old }, the new ones to { $new }; reason: { $reason }
    .hint = totals should not fall short after a re-allocation; with good reason they stay
zh8529 = target { $target } of re-allocation { $number } belongs to { $region }, which did not follow the old region
    .hint = check the history of regions

## ZH853 cycle

zh8530 = { $region } has no rules for the stages of { $year }
    .hint = enter responsibility.stage; responsibility/stages.csv of the catalog can be imported
zh8531 = rule sets { $set } and { $other } hold at once ({ $stage } { $number }), or begin in different months
    .hint = one region has one set of rules for a year
zh8532 = rule set { $set }, { $stage } { $number }: there is no month { $month }, day { $day }
    .hint = months are 1 to 24 (from 13 on after the year's end), days 1 to 31 (later than the last day means the last)
zh8533 = the numbers of { $stage } in rule set { $set } have a gap or come twice: { $number }
    .hint = number them from 1 on
zh8534 = rule set { $set }, { $stage } { $number }: a month of rest days lies around { $day }
    .hint = check the holiday table
zh8535 = task { $task } was done on { $day }, after it was due on { $due }
    .hint = it counts as late in the assessment

## ZH854 tasks

zh8538 = no task carries out clause { $clause }
    .hint = enter tasks, or have `zhiheng plan tasks` make them from the clauses
zh8539 = the task number { $task } stands twice
    .hint = give each task a number of its own
zh8540 = clause { $clause } has no single leading unit
    .hint = name one; the others are joint units
zh8541 = the leading unit “{ $lead }” of task { $task } is not one unit
    .hint = a task has one leading unit; the others are joint units
zh8542 = task { $task }: { $lead } leads and is a joint unit
    .hint = strike it from the joint units
zh8543 = task { $task } is due on { $day }, outside the year { $year }
    .hint = tasks are due by the last day of the year
zh8544 = task { $task } does not say what is handed in as proof
    .hint = state the evidence
zh8545 = task { $task } carries out clause { $clause }, which does not exist
    .hint = correct the numbers of letter and clause
zh8546 = task { $task } is done, but without a day, or on a day after today
    .hint = state the day
zh8547 = task { $task } was dropped without a reason
    .hint = state the reason
zh8548 = task { $task } is overdue: due on { $due }, led by { $lead }
    .hint = when it is done, enter the day and the evidence
zh8549 = clause { $clause }: the year { $year } has no parts of “{ $each }”
    .hint = state month, quarter or half, or nothing for once a year

## ZH855 letters

zh8550 = letter { $letter }, version { $version }: the weights sum to { $sum } instead of { $full }
    .hint = change the weights so that they sum to the full score
zh8551 = clause { $clause } stands twice
    .hint = number the clauses of one version differently
zh8552 = clause { $clause } names target { $target }, which does not exist
    .hint = enter the target first
zh8553 = clause { $clause } has another indicator than its target { $target }, which measures { $indicator }
    .hint = correct the indicator or the number of the target
zh8554 = letter { $letter }, version { $version }, has no full score, but clause { $clause } has a weight
    .hint = state the full score, or strike the weights
zh8555 = letter { $letter }, version { $version }: clause { $clause } has no weight, or a negative one
    .hint = with a full score every clause has a weight
zh8556 = the amendment of letter { $letter }, version { $version }, has no reason
    .hint = state the reason
zh8557 = letter { $letter }, version { $version }: the amendment changes nothing
    .hint = without a change no new version is needed
zh8558 = letter { $letter }, version { $version }, does not follow the version before (it should name { $wanted })
    .hint = versions count from 1; from 2 on each names the hash of the one before
zh8559 = what { $party } signed of letter { $letter } is none of its versions
    .hint = the content was changed after signing; have it signed again

## ZH856 draws

zh8560 = { $id } stands twice in the population
    .hint = list each object once
zh8561 = stratum “{ $stratum }” has { $size } objects, too few to draw { $n }
    .hint = draw fewer
zh8562 = { $id } has weight zero
    .hint = leave out what is not to be drawn
zh8563 = the population is empty
    .hint = check the conditions that select it
zh8564 = { $id } was not drawn, or has been replaced before
    .hint = only what the log lists can be replaced, each once
zh8565 = { $id } is to be replaced without a reason
    .hint = state the reason, such as closed or not to be found
zh8566 = draw { $number } was not made from this population
    .hint = its hash differs from that in the log; take the published population
zh8567 = weights are negative, too large or have too many digits
    .hint = state them with fewer digits
zh8568 = draw { $number } asks for nothing
    .hint = ask for at least one object of one stratum
zh8569 = the method cannot draw: { $why }
    .hint = check the numbers
zh8570 = stratum “{ $stratum }” has nothing left to replace { $id }
    .hint = all of it has been drawn
zh8571 = the log's rules “{ $format }” or seed “{ $seed }” are not known
    .hint = use the program that made the log
zh8572 = draw { $number }: pick { $order } is { $said } in the log and { $is } when drawn again
    .hint = the log was changed, or not made by the rules that it names

## ZH857 double random

zh8573 = { $object } has { $free } inspectors who may go and needs { $each }; withdrawn: { $withdrew }
    .hint = add inspectors
zh8575 = { $id } stands twice in the list ({ $what })
    .hint = list each object and each inspector once
zh8576 = { $objects } objects and { $inspectors } inspectors are too many to pair at once
    .hint = pair them in parts
zh8577 = no inspectors are asked for
    .hint = at least 1; usual rules say 2 or more

## ZH858 burden and repeats

zh8580 = { $enterprise } is inspected { $n } times in { $year }, more than { $most }: { $visit }
    .hint = join visits, or call off random ones
zh8581 = { $again } samples a product again that was sampled on { $day } ({ $before }); allowed from { $from } on
    .hint = call it off or put it off; complaints, follow-up and enforcement are exempt by rule
zh8582 = { $visit } names no producer or level, so repeats cannot be told
    .hint = fill in producer and level
zh8583 = { $region } has no rule for “{ $kind }” on { $day } (class { $class })
    .hint = enter inspection.norm; inspection/norms.csv of the catalog can be imported

## ZH859 the command

zh8590 = “{ $value }” is no date
    .hint = dates are written 2015-06-30
zh8591 = there is no letter { $number }
    .hint = `zhiheng record list responsibility.letter` lists all
zh8592 = a draw needs a library, a region, a number, a seed and how the seed was found
    .hint = see `zhiheng plan draw --help`
zh8593 = “{ $value }” is not CLASS=N
    .hint = such as --sizes A=3
zh8594 = the log { $file } cannot be read: { $why }
    .hint = logs are written by `zhiheng plan draw --format json`

## Columns

plan-target = Target
plan-rule = Rule
plan-day = Day
plan-whole = Whole
plan-parts = Parts
plan-short = Short by
plan-outcome = Outcome
plan-stage = Stage
plan-number = Number
plan-due = Due
plan-moved-from = Moved from
plan-letter = Letter
plan-clause = Clause
plan-clauses = Clauses
plan-says = Content
plan-lead = Leading unit
plan-joint = Joint units
plan-evidence = Evidence
plan-state = State
plan-version = Version
plan-hash = Hash
plan-binds = Binds since
plan-enterprise = Enterprise
plan-class = Class
plan-visits = Visits
plan-most = At most
plan-exempt = Not counted
plan-over = Too many
plan-order = Order
plan-place = Number in class
plan-replaced-by = Replaced by
plan-inspectors = Inspectors
plan-reason = Reason
plan-withdrew = Withdrew
plan-drawn = Seed { $seed } ({ $from }); population { $population }
plan-recorded = The draw { $number } stands in the ledger now
plan-recorded-before = The draw { $number } stood in the ledger already; nothing is new

## Help

help-plan = plans: targets, stages, tasks, letters, draws, pairs, burden
help-plan-check = whether the parts of targets make up the whole, and who owns those of changed regions
help-plan-check-region = only this region and those in it
help-plan-check-period = only targets of this period
help-plan-check-on = regions as of this day, today if not given
help-plan-cycle = the stages of a year, ready to import as responsibility.event
help-plan-cycle-region = region
help-plan-cycle-year = assessment year, by the year in which it ends
help-plan-tasks = check the tasks of a year, or make them from clauses
help-plan-tasks-letter = only these letters or plans; may be repeated
help-plan-tasks-period = year
help-plan-tasks-make = make them from clauses, ready to import as responsibility.task
help-plan-letter = the hashes of a letter's versions, and which of them binds
help-plan-letter-number = number of the letter
help-plan-letter-on = as of this day, today if not given
help-plan-draw = draw objects of inspection from a published seed; draw a published draw again, replace in it
    .after = Example: zhiheng plan draw --library plants --region 621122 --number D-2024-1 --seed 20240701 --seed-from "lottery 2024001" --format json > draw.json
        zhiheng plan draw --log draw.json --replace 91620000000000000X --reason closed --format json > draw-2.json
        zhiheng plan draw --log draw-2.json --region 621122 --record --by "supervision office"
help-plan-draw-library = library of objects
help-plan-draw-region = region
help-plan-draw-number = number of the draw
help-plan-draw-seed = seed, a whole number from 0 to 18446744073709551615
help-plan-draw-seed_from = how the seed was found, announced before the list was closed
help-plan-draw-method = simple, systematic, or weighted
help-plan-draw-sizes = CLASS=N, may be repeated; by the stated shares if not given
help-plan-draw-on = the library as of this day, today if not given
help-plan-draw-log = a published log: drawn again and compared
help-plan-draw-replace = replace this object of the log
help-plan-draw-reason = why it is replaced
help-plan-draw-record = write the draw into the ledger: number, seed, hashes, strata, every pick; what stands is not written again
help-plan-draw-by = who records it
help-plan-pair = inspectors for the objects drawn
help-plan-pair-log = log of the draw
help-plan-pair-library = library of inspectors
help-plan-pair-region = region
help-plan-pair-seed = seed
help-plan-pair-each = inspectors per object, not below the rule
help-plan-pair-on = the library as of this day, today if not given
help-plan-burden = how often enterprises are inspected in a year, and products sampled again too soon
help-plan-burden-region = region
help-plan-burden-year = year
