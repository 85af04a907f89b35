# credit: grading of subjects from statements, the credit file and its report.

## schemes that grade subjects

zh2970 = “{ $field }” cannot name the subject
    .hint = the field that names the subject is of type enterprise, required and single
zh2971 = there are no fields of validity to go by
    .hint = write valid with from and until in the scheme
zh2972 = a subject cannot score by rank or by an indicator's target
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
