# act: clocks of procedures.

## The explanation, line by line

clock-title = { $id } { $name }
clock-start = Start: { $start }, { $date }; this day is not counted (Civil Code, article 201)
clock-start-moment = Start: { $start }, { $date }; counted from this moment (Civil Code, article 201)
clock-start-plain = Start: { $start }, { $date }
clock-goal = Counted back from the end on { $date }, which is not counted itself
clock-restarted = First started on { $first }; started anew on { $date }
clock-every = Every { $length }, counted from the start; this is number { $number }
clock-counted = Calendar days from { $first } to { $last }: { $days }
clock-counted-working = Working days from { $first } to { $last }: { $days }
clock-weekends = Not counted: weekends, days: { $days }
clock-festival = Not worked: { $name }, { $first } to { $last }, days: { $days }
clock-made-up = Counted, being worked at weekends: { $days }
clock-paused = Stands still from { $first } to { $last }, days: { $days }, for { $reasons }
clock-paused-open = Stands still since { $first } for { $reasons }
clock-stands = No last day yet ({ $what }): days still to count when the pause ends: { $left }
clock-reached = { $counter } reached { $value } on { $on } (limit { $limit }; reading before: { $previous }), before the time was over
clock-moved = The last day, { $from }, is a rest day: it moves to the next working day (Civil Code, article 203)
clock-kept-date = A rest day; a fixed date is no period and does not move. Last working day: { $near }
clock-kept-term = A rest day; what ends by itself does not move. Last working day: { $near }
clock-kept-hours = A rest day; hours run through
clock-kept-before = A rest day; it does not move on, since that would shorten the time between. Act by { $near }
clock-kept-opening = A rest day; a first day does not move. First working day: { $near }
clock-kept-rule = A rest day; by its rule this clock does not move. Last working day: { $near }
clock-opens = First day ({ $what }): { $date }
clock-due = Last day ({ $what }): { $date }
clock-ends = Ends by itself after ({ $what }): { $date }
clock-before = At least ({ $what }) before the end, so at the latest: { $date }
clock-provisional = Provisional: the calendar does not know holidays from { $date } on and counts weekends only; to be reckoned anew when the notice is in
clock-ended = Ended on { $date }: { $by }
clock-who = Acts: { $what }
clock-missed = If missed: { $what }
clock-says = Reading: { $what }
clock-basis = Basis: { $basis }
clock-basis-open = Basis (to be confirmed): { $basis }

clock-pause-testing = testing
clock-pause-appraisal = appraisal
clock-pause-hearing = hearing
clock-pause-supplement = supplementing the application

clock-day = { $weekday } { $date }
clock-weekday-1 = Monday
clock-weekday-2 = Tuesday
clock-weekday-3 = Wednesday
clock-weekday-4 = Thursday
clock-weekday-5 = Friday
clock-weekday-6 = Saturday
clock-weekday-7 = Sunday

## ZH81 clocks: calendar and definitions

zh8101 = a line of the holiday table cannot be read: { $line }
    .hint = a line is “date,kind,name,english name,source” with kind holiday, lieu or work, such as 2024-02-04,work,…,Spring Festival,both
zh8102 = the holiday table does not say which days it knows
    .hint = it needs a line such as “# known: 2004-01-01..2026-12-24”
zh8103 = { $date } stands twice in the holiday table
zh8110 = clock { $id } would close on { $closes }, before it opens on { $opens }
zh8111 = clock { $id }: the example from { $start } gives { $got } instead of { $wanted }

## ZH81 clocks: facts

zh8120 = a pause ends on { $to }, before it begins on { $from }
    .hint = swap the two days
zh8122 = { $date } is outside 1900 to 2200
zh8123 = from { $start } on, the end would lie outside 1900 to 2200
zh8124 = clock { $id } runs in hours and needs the time of its start
    .hint = give the start with its time, such as 2024-02-29T16:30:00+08:00
zh8125 = the restart on { $restart } lies before the start on { $start }
zh8126 = “{ $reason }” does not stop clock { $id } and is left out
    .hint = the reasons that stop it stand under `pauses` in its definition
zh8127 = { $counter } fell from { $before } to { $value } on { $on }
    .hint = have the reading checked: counters do not run backwards
zh8128 = clock { $id } does not hold for a start on { $start } (since { $since }, until { $until })
    .hint = take the edition of the rule that held on that day
zh8129 = clock { $id } has no counter “{ $counter }”; its readings are left out
    .hint = write the counter as the definition names it

## ZH82 cases: what stands against an act

zh8201 = there is no procedure “{ $id }”
    .hint = known are { $all }
zh8202 = no version of “{ $id }” was in force on { $on }
    .hint = look at since and until of its versions with `zhiheng catalog list procedures`
zh8203 = “{ $step }” is no step by which { $procedure } is opened or goes on
    .hint = `zhiheng catalog show { $procedure }` lists its steps
zh8204 = step “{ $step }” is not taken from the state “{ $state }”
    .hint = from here go: { $all }
zh8205 = the form of step “{ $step_en }” lacks “{ $field_en }”
    .hint = fill it in (its id is { $field })
zh8206 = “{ $field_en }” is no field of the form of step “{ $step_en }”
    .hint = its form has { $all }
zh8207 = the value does not fit the field “{ $field_en }”
zh8208 = step “{ $step }” asks for { $when }, which does not hold
    .hint = look at the sheet with `zhiheng case show`
zh8209 = step “{ $step }” asks for a file of the kind “{ $kind }”
    .hint = attach it: --attach { $kind }=FILE
zh8210 = { $on } lies before the case's last event on { $last }
    .hint = acts are written down in the order in which they happened
zh8211 = { $on } lies after { $today }
    .hint = nothing is written down before it has happened
zh8212 = step “{ $step }” must wait for the clock “{ $clock }”, which runs until { $due }
    .hint = it can be taken on the day after
zh8213 = the time for it ended with the clock “{ $clock }” on { $due }
    .hint = a right that was not used in time is lost; see the procedure for what follows
zh8214 = the clock “{ $clock }” opens on { $opens }
    .hint = before that day it cannot be done
zh8215 = step “{ $step }” waits for { $clocks }, and none of them was started
    .hint = the step that starts it gives notice; it comes first
zh8216 = step “{ $step }” must wait for the case { $case }
zh8219 = nothing waits for approval in { $case }
zh8220 = what was approved is not what waits in { $case }
    .hint = the form or the files have changed since: look at the case, and have the step proposed anew
zh8221 = no clock of { $case } has ended by { $on }
zh8222 = the case has entered no record of { $of } that still stands
zh8223 = a record of { $of } cannot be entered: { $field }
    .hint = fill the field in on the case's sheet, or mend the definition's `set`
zh8224 = a rejection in { $case } needs a reason
    .hint = --reason TEXT
zh8225 = { $case } is over ({ $state })
zh8226 = { $account } does not approve as { $role } on { $on }
    .hint = approvals go in the order of the procedure; `zhiheng case show` names who is next
zh8227 = a value of the case cannot be written: { $why }
zh8230 = { $account } has not the role { $role } here on { $on }
    .hint = roles and regions of accounts stand in base.officer, deputies in base.delegation
zh8231 = { $account } and { $other } are one person
    .hint = somebody else must approve; two accounts of one person are one person
zh8232 = { $account } is the deputy of { $other }
    .hint = a deputy does not approve what the other proposed
zh8233 = { $account } stands below { $other }
    .hint = somebody who does not take the proposer's orders must approve
zh8234 = { $account } has taken step “{ $step }” before (as { $other })
    .hint = different persons must take it; two accounts of one person are one person
zh8235 = { $account } took step “{ $step }” and cannot act as { $role }
    .hint = another person must
zh8240 = step “{ $step }” came { $days ->
    [one] one day
   *[other] { $days } days
  } late
zh8241 = the clock “{ $clock }” ends on { $due }, as far as the calendar of working days is known
    .hint = it is reckoned anew when the year's calendar is published

## ZH825 every path through a procedure

zh8243 = “{ $field_en }” is taken from { $from } and is not typed
    .hint = leave it out of the form
zh8244 = “{ $field_en }” differs from what the ledger says: { $value } ({ $from })
    .hint = say why with --reason; both values are kept
zh8245 = the ledger has nothing for “{ $field_en }” of step “{ $step_en }”: { $from }
    .hint = fill in what it is asked for with, or look up the address with zhiheng measure show
zh8246 = { $field } cannot be asked for: { $value } is no period, region or limit
    .hint = correct the field that it is asked for with
zh8250 = { $procedure }: “{ $state }” is reached by one person alone: { $path }
    .hint = give the deciding step `approve`
zh8251 = { $procedure }: “{ $state }” is reached without notice: { $path }
    .hint = put a step with `notice = true` before it, or name the rule under `without_notice`
zh8252 = { $procedure }: “{ $state }” is reached without waiting after the notice: { $path }
    .hint = let the notice start a clock, and the deciding step come `after` it
zh8253 = { $procedure }: from “{ $state }” no end can be reached: { $path }
    .hint = give a right's clock a step with `lapse`, or the state another way out
zh8254 = { $procedure }: from “{ $state }” no step can be taken with { $values }
    .hint = the conditions of the steps must cover every value
zh8260 = the step “{ $step }” on { $on } is refused ({ $code }): { $why }
zh8261 = the step “{ $step }” on { $on } is taken; { $code } was expected
zh8262 = after “{ $step }” on { $on }, { $what } is { $got }, not { $wanted }
zh8263 = the step “{ $step }” on { $on }: “{ $value }” is no value of { $field }
zh8266 = the step “{ $step }” on { $on } asks for no figure { $field }, or not with this form
    .hint = tell figures of fields on the step's form only, and fill in what they are asked for with

## Cases as sentences

act-case = { $case }: { $procedure }, { $state }
act-step = { $on } · { $step } · { $role } { $account } { $unit } (entry { $entry })
act-propose = { $on } · { $step }, proposed · { $role } { $account } { $unit } (entry { $entry })
act-approve = { $on } · { $step }, approved · { $role } { $account } { $unit } (entry { $entry })
act-approve-last = { $on } · { $step }, approved and in effect · { $role } { $account } { $unit } (entry { $entry })
act-reject = { $on } · { $step }, turned down · { $role } { $account } { $unit } (entry { $entry })
act-attach = { $on } · files · { $role } { $account } { $unit } (entry { $entry })
act-lapse = { $on } · { $step }, by the end of a clock (entry { $entry })
act-part = { $on } · { $step } (others must take it too) · { $role } { $account } { $unit } (entry { $entry })
act-part-last = { $on } · { $step } (taken by all) · { $role } { $account } { $unit } (entry { $entry })
act-for = for { $person }, as a deputy
act-to = state: { $state }
act-field = { $field }: { $value }
act-field-from = { $field }: { $value }, from { $from }, ledger size { $size }
act-field-differs = { $field }: { $value }, where the ledger says { $ledger } ({ $from }, ledger size { $size })
act-file = file ({ $kind }): { $name }, { $hash }
act-start = clock started: { $clock }, from { $on }
act-letter = letter: { $title }, { $number }
act-letter-number = { $series }{ $number }号
act-late = { $days ->
    [one] one day
   *[other] { $days } days
  } late
act-reason = reason: { $reason }

# One step of many cases

server-title-cases-several = Several cases at once
server-title-cases-together = Several cases at once
server-table-several = Steps for which cases wait
server-table-several-preview = What would happen
server-table-several-taken = What happened
server-col-outcome = Outcome
server-field-cases = Cases
several-lead = The same step with the same form for several cases: first a trial that shows what would become of each, then the deed.
several-says = Tick the cases and fill in what holds for all of them; the trial writes nothing.
several-preview = Try
several-more = { $n } more cases are not listed; take them after these.
several-would = can be taken; then: { $state }
several-would-propose = can be proposed; a colleague approves it
several-nothing-yet = Nothing is written yet.
several-take = Take the { $n } that can be taken
several-taken = taken
several-done = { $n } of { $of } cases were taken.

# Comments on cases

server-title-cases-comment = Comment
server-table-comments = Comments
server-field-body = Text
comment-form = Comment
comment-says = Every colleague who sees the case sees it; a comment is no step and changes nothing.
comment-send = Say it
comment-erased = (erased by law)
