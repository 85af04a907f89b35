# credit: grading of subjects from statements, the credit file and its report.

## schemes that grade subjects

zh2970 = “{ $field }” cannot name the subject
    .hint = the field that names the subject is of type enterprise, required and single
zh2971 = there are no fields of validity to go by
    .hint = write valid with from and until in the scheme
zh2972 = a subject cannot score by rank, by a change or by an indicator's target
    .hint = use another score, or write a number
zh2973 = the rungs are out of order
    .hint = write rungs from the lowest up, with sums that do not fall
zh2974 = the lowest rung has neither a wait nor an application
    .hint = every subject begins on the lowest rung
zh2975 = { $n } of “{ $key }”; at most { $max }
    .hint = split the scheme, or join some by one formula

## their keys

key-subject-scheme-of = record type of the statements
key-subject-scheme-holder = field that names the subject
key-subject-scheme-valid = fields of validity
key-subject-scheme-where = statements that count
key-subject-scheme-doubtful = statements that count and are told as doubtful
key-subject-scheme-internal = for authorities alone, in no report to others
key-subject-scheme-full = sum of all items' points
key-subject-scheme-round = rounding of printed points; grades go by the unrounded sum
key-subject-scheme-bands = grades by falling sums
key-subject-scheme-rung = rungs of a ladder, the lowest first
key-subject-scheme-item = items
key-subject-scheme-veto = vetoes
key-subject-scheme-example = worked examples
key-rung-grade = grade
key-rung-name = name
key-rung-from = sum with which it is reached and kept
key-rung-after = how long the rung below must be held
key-rung-asks = statements that ask for it; by itself without
key-rung-clock = id of the clock
key-span-years = years
key-span-months = months
key-subject-item-id = identifier
key-subject-item-name = name
key-subject-item-points = points
key-subject-item-where = which statements
key-subject-item-sum = what is added up; counted without
key-subject-item-window = for how long a statement counts
key-subject-item-valid = only while valid
key-subject-item-better = which way is good
key-subject-item-score = how it scores
key-subject-veto-where = which statements
key-subject-veto-window = for how long
key-subject-veto-grade = grade set, or the highest possible
key-subject-veto-says = what has happened
key-subject-example-says = what it shows
key-subject-example-on = day of grading
key-subject-example-statements = statements
key-subject-example-expect = what comes out
key-subject-expect-grade = grade
key-subject-expect-points = points
key-subject-expect-since = first day of the grade
key-subject-expect-next = first day on which the next rung is open

show-window-months = Months
show-wait-months = Wait in months
show-next-year = the next year

## grades of enterprises and why

credit-graded = { $holder } by { $scheme }: { $grade } on { $day }, since { $since }, with { $points } of { $full } points
credit-graded-open = { $holder } by { $scheme }: { $grade } on { $day }, since { $since }; the points cannot be computed
credit-no-grade = { $holder } by { $scheme }: no grade on { $day }
credit-veto = veto: { $says } (entry { $entry }); until { $until } the grade is { $grade } or not above it
credit-veto-for-ever = veto: { $says } (entry { $entry }); the grade is { $grade } or not above it for good
credit-item = { $name }: { $points } of { $most } points for { $value }
credit-item-open = { $name }: { $value } is too large for points
credit-rows = by entries { $entries }
credit-rows-leaving = by entries { $entries }; the first of them counts no more from { $leaves } on
credit-doubtful = under objection, and counted: entries { $entries }
credit-left-out = not counted by the scheme: entries { $entries }
credit-next = if nothing new happens, { $grade } is open from { $opens } on
credit-next-out-of-reach = if nothing new happens, { $grade } is out of reach
credit-need-wait = the present grade must be held until { $over }
credit-need-points = { $have } points, { $want } are wanted
credit-need-asking = { $grade } must be applied for
credit-step-began = { $day }: first statement, { $grade }
credit-step-points = { $day }: { $grade } by points
credit-step-climbed = { $day }: up to { $grade }
credit-step-veto = { $day }: { $grade } by veto (entry { $entry })
credit-step-veto-over = { $day }: the veto is over, { $grade }
credit-later = if nothing new happens, { $points } points and { $grade } from { $day } on
zh2976 = the example of “{ $id }” does not hold: { $what ->
        *[grade] grade
        [points] points
        [since] first day of the grade
        [next] first day of the next rung
    } should be { $expected }, found { $found }
    .hint = either the scheme or the example is wrong

## credit report

credit-front-objective = This report was made by program from what is registered and by published schemes, without any judgement of a person; every statement names its source and its ledger entry and can be checked.
credit-front-self = This report is for the enterprise itself: what is public, and what is for the enterprise alone.
credit-front-authority = This report is for authorities: all that is registered; statements with an upheld objection are listed, marked, and count for nothing.
credit-front-public = This report is for the public: public statements within their time of publicity, no personal data.
credit-front-period = Statements from { $from } to { $to }.
credit-front-nothing = There is nothing that can be listed.
credit-front-cycle = Drawn for { $day } from { $size } ledger entries; draw it again when the ledger has grown.
credit-front-data = Objections are marked with their state, statements under old codes with the code, and ended validities as such.
credit-front-access = The code at the top shows that nothing was changed; objections go to the authority that registered the statement.

## the command

help-credit = Credit of enterprises: grades, reasons, credit reports
help-credit-grade = Grade one enterprise or all of them by a scheme
help-credit-grade-scheme = Scheme, such as credit.jiangsu
help-credit-grade-holder = Credit code, old code or former name; all of them without it
help-credit-grade-on = Day of grading, today if left out
help-credit-grade-as_of = Ledger size: as known then
help-credit-explain = Why the grade is what it is, what is wanted, what changes
help-credit-explain-scheme = Scheme
help-credit-explain-holder = Credit code, old code or former name
help-credit-explain-on = Day of grading, today if left out
help-credit-explain-as_of = Ledger size: as known then
help-credit-report = Credit report as JSON, for the enterprise, authorities or the public
help-credit-report-holder = Credit code, old code or former name
help-credit-report-scope = self, authority or public
help-credit-report-on = Day of the report, today if left out
help-credit-report-as_of = Ledger size: as known then
help-credit-report-of = Record type of the statements
help-credit-report-output = File to write to
cli-holder = Enterprise
cli-statements = Statements
cli-changes-on = Next change
cli-credit-several = { $code } could be several enterprises: { $several }; not merged until a person enters an alias
cli-credit-written = written, verification code { $code }
zh7090 = there is no scheme “{ $id }” for enterprises
    .hint = schemes: { $known }
zh7091 = nothing is known of “{ $text }”
    .hint = zhiheng credit grade lists all enterprises; old codes and former names need an alias
zh7092 = there is no scope “{ $scope }”
    .hint = scopes: self, authority, public
zh7093 = “{ $text }” could be several enterprises: { $several }
    .hint = ask by credit code, or enter an alias (credit.alias)
zh7094 = cannot write { $path }: { $why }
    .hint = choose a place that can be written
