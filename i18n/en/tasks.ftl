# My tasks, signals

zh7555 = no reason is given for muting
    .hint = say why the signal is known and how it is being looked into; whoever sees the signals sees it
zh7556 = a mute ends on a day after { $today }
    .hint = type a later day, on which the alarm is back; to end it sooner, use “End the mute”
zh7557 = the period { $period } is too long: signals are looked at over { $most } days at most
    .hint = type a year, half year, quarter or month
zh7558 = there is no state “{ $state }”
    .hint = states are: { $known }
zh7559 = there is no kind “{ $kind }” of task
    .hint = kinds are: { $known }

server-title-tasks-list = My tasks
server-title-signals-list = Signals
server-title-signals-mute = Mute

server-table-my-tasks = Waiting for me: what is late first, then by the last day
server-table-watched = Watched series
server-col-task = To do
server-col-task-of = Of
server-col-newest = Newest step
server-col-first-seen = First seen
server-col-act = Act
server-field-ends_on = The mute ends on
    .hint = on this day the alarm is back; a year at most

tasks-lead = { $n } in all: { $late } late, { $soon } due within seven days, { $open } open, { $later } not yet open.
tasks-all = Everything, with the returns to hand in: see my tasks
tasks-only-returns = No case, review or scoring waits for you, only returns to hand in.
tasks-kind-step = Step of a case
tasks-kind-mend = Return sent back
tasks-kind-return = Return
tasks-kind-review = Review
tasks-kind-dossier = Scoring
tasks-do-mend = Mend and hand in again: { $name }
tasks-do-return = Hand in: { $name }
tasks-do-review = Review: { $name }
tasks-state-late = Late
tasks-state-soon = Due within seven days
tasks-state-open = Open
tasks-state-later = Not yet open

signals-lead = { $place } and its parts, { $period }: { $n } series are watched, looked at up to { $until }. Alarm { $alarm }, error { $error }, recovering { $recovering }, muted { $muted }, no data { $none }, normal { $normal }.
signals-none = { $place }, { $period }: there is no series to watch. The catalog has no control chart or signal that is in force.
signals-only-a-person = A signal has to be looked into before anything is concluded; whether it becomes a case, a person decides. No data and an error are not normal.
signals-all = All watched series and how they stand: see signals
signals-state-alarm = Alarm
signals-state-error = Error
signals-state-recovering = Recovering
signals-state-muted = Muted
signals-state-no-data = No data
signals-state-normal = Normal
signals-state-muted-as = Muted ({ $state })
signals-side-above = Above the upper limit
signals-side-below = Below the lower limit
signals-side-within = Unusual within the limits
signals-unjudged = the newest step has no limits to be judged by
signals-muted = muted until { $until }: { $reason } ({ $by }, { $on })
signals-mute = Mute
signals-change = Change the mute
signals-end = End the mute
signals-mute-title = Mute: { $name } · { $place }
signals-mute-says = A mute hides nothing and changes no judgement: state, reason and who said it stay to be seen, and on its last day the alarm is back. A later one takes the place of an earlier one.
