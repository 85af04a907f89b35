# act: clocks of procedures.

## Lengths and limits

clock-days = { $n } calendar days
clock-working-days = { $n } working days
clock-months = { $n } months
clock-years = { $n } years
clock-hours = { $n } hours
clock-days-one = { $n } calendar day
clock-working-days-one = { $n } working day
clock-months-one = { $n } month
clock-years-one = { $n } year
clock-hours-one = { $n } hour
clock-included = { $what }
clock-excluded = { $what }, the number itself excluded
clock-by = day of the year { $what }

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
zh8104 = the clocks cannot be read: { $why }
zh8105 = clock { $id }: the number { $value } is not between 1 and { $most }
zh8106 = clock { $id } has no rule that can be reckoned, or more than one
    .hint = give one of days, months, years, hours, by, opens and closes, every, before, first; kind = "working" goes with days; hours take no pauses
zh8107 = clock { $id }: “{ $value }” is not one of { $all }
zh8108 = clock { $id }: “{ $value }” is no such date
    .hint = days of the year are written 06-30 or 02-last, dates 2024-06-30
zh8109 = clock { $id } stands twice
    .hint = give the second another id, or end the first with `until` under an id of its own
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
