# Texts of the catalog: problems in definitions, definitions shown, keys for editors.

## files and keys

zh2001 = not TOML: { $message }
    .hint = { $kind ->
            [twice] take one of them out
            *[other] texts stand in double quotes; commas part the items between {"{"} and {"}"}
        }
zh2002 = { $of } has no key `{ $key }`
    .hint = did you mean `{ $near }`? Keys: { $all }
zh2019 = { $of } has no key `{ $key }`
    .hint = keys: { $all }
zh2003 = { $of } lacks `{ $key }`
    .hint = write { $sample }
zh2004 = `{ $key }` must be { $wanted ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }, but is { $found ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }
    .hint = write { $sample }
zh2005 = `{ $key }` cannot be "{ $value }"
    .hint = did you mean "{ $near }"? One of: { $all }
zh2023 = `{ $key }` cannot be "{ $value }"
    .hint = one of: { $all }
zh2006 = `{ $key }` is empty
zh2007 = `{ $id }` cannot be a name
    .hint = use lower-case letters, digits and single underscores, beginning with a letter
zh2008 = `{ $id }` already is { $kind ->
        [list] a code list
        [record] a record type
        [indicator] an indicator
        [source] a source
        [scheme] a scheme
        [procedure] a procedure
        [letter] a letter
        [subject_scheme] a scheme for subjects
        *[report] a report
    } ({ $there })
    .hint = choose another name: one id names one thing
zh2009 = `{ $id }` replaces the definition in { $there }
zh2010 = unknown file `{ $name }`
    .hint = should it be `{ $near }`? File names are: { $all }
zh2011 = cannot be read: { $why }
    .hint = check the path and its permissions
zh2012 = this folder has no README.md
    .hint = write one page: what the institution is, and on which law it stands
zh2013 = the last day { $until } is before the first day { $since }
zh2014 = `{ $first }` and `{ $second }` exclude each other
    .hint = keep one of them
zh2015 = `{ $key }` is { $value }, but must be between { $min } and { $max }
zh2016 = the file has { $bytes } bytes; at most { $max } are read
    .hint = definitions are not that large: import data instead
zh2017 = a definition file must lie in the folder of an institution
    .hint = make a folder such as sampling/ and move the file there
zh2018 = line { $line } is not UTF-8 text
    .hint = save the file as UTF-8
zh2020 = there is no code list `{ $id }`
    .hint = did you mean `{ $near }`?
zh2026 = there is no code list `{ $id }`
    .hint = code lists: { $all }
zh2021 = there is no record type `{ $id }`
    .hint = did you mean `{ $near }`?
zh2027 = there is no record type `{ $id }`
    .hint = record types: { $all }
zh2022 = there is no indicator `{ $id }`
    .hint = did you mean `{ $near }`?
zh2028 = there is no indicator `{ $id }`
    .hint = indicators: { $all }
zh2024 = there is no unit `{ $unit }`
    .hint = did you mean `{ $near }`? Units of base.unit: { $all }
zh2029 = there is no unit `{ $unit }`
    .hint = units of base.unit: { $all }
zh2025 = `{ $id }` is left out: `{ $because }`, on which it rests, has errors
    .hint = put `{ $because }` right first
zh2030 = the region table has no { $code }
    .hint = use a code of 6 or 12 digits; places abroad go into regions.toml first

## lists

zh2101 = code `{ $code }` stands twice in { $list }
zh2102 = { $list } has no code `{ $parent }` to be the parent
zh2103 = in { $list } "{ $text }" stands for both `{ $first }` and `{ $second }`
    .hint = a file that says so cannot be read: take it out of one

## records

zh2201 = { $key }: there is no field `{ $field }`
    .hint = did you mean `{ $near }`? Fields: { $all }
zh2214 = { $key }: there is no field `{ $field }`
    .hint = fields: { $all }
zh2202 = field `{ $field }` is optional, many or personal, and cannot be part of the key
    .hint = every record needs one value in each key field
zh2203 = field `{ $field }` is not a date
    .hint = set type = "date"
zh2204 = field `{ $field }` is not a single region
    .hint = set type = "region"
zh2205 = nothing places the record in time
    .hint = write date = "a date field"; for certificates valid = {"{"} from = "…", until = "…" {"}"}
zh2206 = `{ $id }` is a reserved word of SQL that formulas cannot use
    .hint = choose another name, such as `{ $id }_no`
zh2207 = the lower limit { $min } is above the upper limit { $max }
zh2208 = a field of type { $type } has no `{ $key }`
    .hint = keys of its own: { $all }
zh2209 = a field of type { $type } cannot hold many values
    .hint = many values go with text, code, enterprise, product, standard
zh2210 = field `{ $field }` cannot be optional: it places the record
    .hint = take out optional
zh2218 = `hand_in` needs a region field: without a region nobody knows who hands in
    .hint = name `region`, or leave `hand_in` out
zh2215 = `{ $field }` is written twice
zh2216 = the column title "{ $title }" already belongs to field `{ $other }`
    .hint = choose another title
zh2217 = `{ $key }` is { $value }, but must be a whole number

## indicators

zh2301 = an indicator of kind { $kind } lacks `{ $key }`
    .hint = this kind needs: { $all }
zh2302 = an indicator of kind { $kind } has no `{ $key }`
    .hint = keys of this kind: { $all }
zh2303 = the unit of kind { $kind } must be { $wanted ->
        [percent] "percent"
        [points] "points"
        *[thing] {"{"} zh = "…", en = "…" {"}"}
    }
zh2305 = `{ $record }` is not a register, so nothing is valid at the end of a period
    .hint = use kind = "count", or give the record type valid = {"{"} from, until {"}"}
zh2306 = figures cannot be grouped by field `{ $field }`
    .hint = group by single codes, texts, truths or whole numbers that are not personal
zh2307 = `{ $name }` need not stand in by: region and period are always there
    .hint = take it out
zh2308 = `{ $id }` comes back to itself: { $path }
    .hint = an indicator cannot be computed from itself: break the circle
zh2309 = the break { $on } does not come after { $last }
    .hint = write breaks in order of date
zh2310 = `{ $id }` is no proportion and cannot be followed
zh2311 = the weight field `{ $field }` is not a single number
    .hint = use a field of type decimal, integer or money
zh2312 = the level is { $level }, but must be between 0 and 1
    .hint = write 0.95 for 95 %
zh2313 = an indicator of kind { $kind } cannot have a { $method } interval
    .hint = methods of this kind: { $all }
zh2314 = an indicator of kind { $kind } has no interval
    .hint = take out interval
zh2320 = there is no method `{ $name }`
    .hint = { $near ->
        [none] `zhiheng method list` lists them all
        *[other] did you mean `{ $near }`? `zhiheng method list` lists them all
    }
zh2321 = method { $method } has no option `{ $name }`
    .hint = { $near ->
        [none] there are: { $all }
        *[other] did you mean `{ $near }`? There are: { $all }
    }
zh2322 = option `{ $option }` cannot be `{ $name }`
    .hint = { $near ->
        [none] there are: { $all }
        *[other] did you mean `{ $near }`? There are: { $all }
    }
zh2323 = `{ $name }` means nothing here
    .hint = { $all ->
        [none] write a plain value
        *[other] what begins with @ can only be: { $all }
    }
zh2324 = method { $method } has no column `{ $name }`
    .hint = { $near ->
        [none] there are: { $all }
        *[other] did you mean `{ $near }`? There are: { $all }
    }
zh2325 = method { $method } needs a column `{ $column }`
    .hint = say under columns what it holds; `zhiheng method show { $method }` explains it
zh2315 = `{ $key }` must give { $wanted ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }, but gives { $found ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }

## sources

zh2402 = no column fills field `{ $field }` of { $record }, which is required
    .hint = add { $field } = "column title"; where the source has none, use a constant or make the field optional
zh2403 = "{ $text }" is not a code of { $list }
    .hint = did you mean "{ $near }"? Codes: { $all }
zh2407 = "{ $text }" is not a code of { $list }
    .hint = codes: { $all }
zh2404 = field `{ $field }` needs exactly one origin
    .hint = one of from, join, constant, row_number
zh2405 = field `{ $field }` is not a date and takes no date format
zh2406 = field `{ $field }` holds one value and is not split
    .hint = set many = true, or take out split

## regions and reports

zh2501 = { $code } does not begin with 9: the national table holds the country, only outside places are declared here
    .hint = use a code such as 990100
zh2502 = { $code } is declared twice
zh2601 = the report has no front matter between +++ lines
    .hint = write +++ on the first line, then name, basis, owner, since, kind, then +++ again

## formulas

zh2701 = the formula has { $bytes } bytes; at most { $max } are allowed
    .hint = split it into several indicators
zh2702 = the formula nests deeper than { $max } levels
    .hint = use fewer parentheses, or split it into several indicators
zh2703 = this part of the formula is too long: at most { $max } words
    .hint = split it into several indicators
zh2704 = not a formula: { $message }
zh2725 = not a formula: expected { $kind ->
        [expression] a field, a constant or a calculation
        *[sign] "{ $expected }"
    }{ $end ->
        [end] , but the formula ends here
        *[more] , but found "{ $found }"
    }
zh2705 =
    { $kind ->
        [subquery] subqueries are
        [cast] casts are
        [window] window functions are
        [aggregate] this form of a function is
        [interval] INTERVAL is
        [simple-case] CASE x WHEN … is
        [pattern] this kind of matching is
        *[other] this is
    } not allowed in formulas: { $text }
    .hint = formulas have comparisons, AND/OR/NOT, arithmetic, CASE WHEN, IN, BETWEEN, LIKE, IS NULL and the listed functions
zh2706 = { $of } has no `{ $name }`
    .hint = did you mean `{ $near }`? There are: { $all }
zh2720 = { $of } has no `{ $name }`
    .hint = there are: { $all }; text stands in single quotes
zh2707 = there is no function `{ $name }`
    .hint = did you mean `{ $near }`? Functions: { $all }
zh2722 = there is no function `{ $name }`
    .hint = functions: { $all }
zh2708 = { $function } takes { $wanted } arguments, but has { $found }
zh2709 = { $by } takes { $wanted ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }, but this is { $found ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }
zh2710 = { $by } cannot join { $left ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    } and { $right ->
        [text] text
        [formula] a formula
        [words] a name in both languages
        [texts] a list of texts
        [date] a date
        [bool] true or false
        [whole] a whole number
        [number] a number
        [table] a table
        [tables] a list of tables
        [scalar] a single value
        [one] a single value
        [integer] a whole number
        [decimal] a decimal
        [string] text
        [float] a decimal
        [boolean] true or false
        [datetime] a date and time
        [array] a list
        *[either] a text or a table
    }
zh2711 = '{ $text }' is not a code of { $list }
    .hint = did you mean '{ $near }'? Codes: { $all }
zh2724 = '{ $text }' is not a code of { $list }
    .hint = codes: { $all }
zh2712 = "{ $text }" is not a date
    .hint = write DATE '2013-01-01'
zh2713 = "{ $text }" in double quotes is a name, not a text
    .hint = text stands in single quotes: '{ $text }'
zh2714 = nothing compares with NULL: the answer is always unknown
    .hint = write IS NULL or IS NOT NULL
zh2715 = the number { $text } cannot be read exactly
    .hint = use at most 19 digits for whole numbers, 28 for decimals, and no exponents
zh2716 = { $word } begins a statement, and formulas run none
    .hint = write one condition or calculation
zh2717 = a formula has no comments and no semicolons
    .hint = remarks go after # in the TOML file
zh2718 = the formula is empty
zh2719 = the formula should end here, but goes on with "{ $found }"
    .hint = join two conditions with AND or OR
zh2721 = { $sign } is not allowed here
    .hint = there are: = <> < <= > >= + - * / AND OR NOT; truths take = and <> only
zh2723 = the digits of round must be a whole number from 0 to 12
    .hint = such as round(x, 1)

## schemes

zh2901 = “{ $id }” stands here twice
    .hint = use each identifier once
zh2902 = the steps are out of order
    .hint = grades and levels fall, shares of a ranking rise
zh2903 = item “{ $id }” names no part, or one that is not there
    .hint = parts: { $all }
zh2904 = `{ $key }` must be above 0
zh2905 = exactly one belongs here
    .hint = one of: { $all }
zh2906 = best and worst cannot be the same
zh2907 = { $points } points are more than the { $most } of the item
zh2908 = there is no grade “{ $grade }”
    .hint = grades: { $all }
zh2909 = the points add up to { $found }, stated are { $points }
    .hint = bonuses and deductions do not count; correct the points or the sum
zh2910 = item “{ $id }” needs a `measure`, or people score it: one of the two
    .hint = `score = {"{"} judged = … {"}"}` goes without `measure`, every other score with it
zh2911 = the range of weights must be from 0 to below 1
    .hint = 0.1 is a tenth to either side
zh2912 = there is no “{ $id }” for `{ $key }`
    .hint = `clock` names a clock, `opens` a family of procedures of the catalog
zh2913 = the share of points must be above 0 and at most 1
    .hint = 0.25: a difference of a quarter of the item's points needs a reason
zh2914 = leaving out the highest and the lowest takes { $least } reviewers at least
    .hint = raise `reviewers`, or settle by `median` or `mean`
zh2915 = no item of the scheme is scored by people: there is nothing for a panel to do
    .hint = give an item `score = {"{"} judged = … {"}"}`, or leave the panel out

## procedures

zh2920 = there is no { $kind ->
        [state] state
        [role] role
        [office] role of officers
        [clock] clock
        [instance] clock of this procedure called
        [family] procedure
        [letter] letter
        [evidence] kind of attachment
        [code] code
        [dimension] dimension
        [figure] figure of the sheet
        *[act] step
    } `{ $id }`
    .hint = did you mean `{ $near }`?
zh2921 = there is no { $kind ->
        [state] state
        [role] role
        [office] role of officers
        [clock] clock
        [instance] clock of this procedure called
        [family] procedure
        [letter] letter
        [evidence] kind of attachment
        [code] code
        [dimension] dimension
        [figure] figure of the sheet
        *[act] step
    } `{ $id }`
    .hint = there are: { $all }
zh2922 = a field cannot be called `{ $id }`: formulas know that name already
    .hint = by_unit, case_no, step_on and all that begins with due_ or was_ are taken
zh2923 = `{ $id }` cannot be the name of a family
    .hint = write folder and name, such as sampling.disposal
zh2924 = the field `{ $field }` names no enterprise
    .hint = a party stands in a single field of the type enterprise, or text that holds its code
zh2925 = clock { $clock } runs in hours, and steps are taken on days
    .hint = take a clock in days
zh2926 = `{ $id }` cannot be the name of a running clock
    .hint = give one with `as`: lower-case letters, digits and single underscores, beginning with a letter
zh2927 = a step cannot be called `{ $id }`
    .hint = use lower-case letters, digits, `-` and `_`; approve, attach, lapse and reject are taken
zh2930 = step `{ $step }` leads out of `{ $state }`, which is an end
    .hint = take the state out of `from`, or `end` out of the state
zh2931 = step `{ $step }` opens a case but leads to no state
    .hint = give it `to`, or `from` if it opens none
zh2932 = role `{ $role }` cannot approve
    .hint = only officers approve: a role with `holds`
zh2933 = nobody may take step `{ $step }`
    .hint = name the roles in `who`, or a clock in `lapse` whose end takes the step
zh2934 = step `{ $step }` opens a case and cannot wait for a clock to lapse
    .hint = give it `from`: the states in which the clock runs
zh2935 = step `{ $step }` is taken by a clock: nobody is there for its `{ $key }`
    .hint = take `{ $key }` out, or `lapse`
zh2936 = the field `{ $field }` stands twice in step `{ $step }`
    .hint = a field is either in `form` or in `may`, once
zh2937 = step `{ $step }` opens a case without `{ $field }`
    .hint = add it to `form`: it decides whose case it is, or under which version
zh2938 = “{ $reason }” does not stop clock { $clock }
    .hint = the clock's definition admits: { $all }
zh2939 = no step fills in `{ $field }`
    .hint = name it in `form` or `may` of a step, or take it out
zh2940 = from { $from } on, `{ $other }` is in force too, of the same family `{ $family }`
    .hint = end one with `until` the day before the other begins
zh2941 = `{ $other }` of the same family `{ $family }` is chosen by another date
    .hint = all versions need the same field in `dated`
zh2942 = no step of this procedure enters a record `{ $record }`
    .hint = a case corrects and withdraws only what it entered itself
zh2943 = `{ $of }` needs: { $fields }
    .hint = add them to `set`
zh2944 = the field `{ $field }` may hold { $codes }, which { $list } does not know
    .hint = turn the codes with CASE WHEN … THEN … END
zh2945 = the opening step of `{ $of }` does not take the field `{ $field }`
    .hint = add it there to `form` or `may`, or take it out here
zh2947 = no step leads to the state `{ $state }`
zh2948 = no step leads out of the state `{ $state }`
    .hint = add a step, or mark the state with end = true
zh2949 = no step opens a case
    .hint = the opening step has no `from`
zh2958 = from the state `{ $state }` no end can be reached
    .hint = cases would go round for ever: add a step towards a state with end = true

## letters

zh2950 = the letter has no front matter
    .hint = begin with a line ---, then title, series, to and basis, then a line ---
zh2951 = {"{{"} without {"}}"}
zh2952 = {"{{"}if { $name }{"}}"} has no {"{{end}}"}
zh2953 = {"{{end}}"} without {"{{if …}}"}
zh2954 = more than { $max } {"{{if …}}"} inside each other
zh2955 = {"{{"}{ $text }{"}}"} is no directive
    .hint = did you mean `{ $near }`? Directives: { $all }
zh2956 = {"{{"}{ $text }{"}}"} is no directive
    .hint = directives: { $all }
zh2957 = the letter names the { $kind ->
        [field] field
        *[instance] clock
    } `{ $id }`, which procedure { $of } does not have
    .hint = there are: { $all }
zh2959 = clock { $clock } has no { $which ->
        [first] first day
        *[last] last day
    }
zh2960 = “{ $text }” cannot be read: { $all } stand in single braces
    .hint = write for example { $sample }

## clocks

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

zh8105 = clock { $id }: the number { $value } is not between 1 and { $most }
zh8106 = clock { $id } has no rule that can be reckoned, or more than one
    .hint = give one of days, months, years, hours, by, opens and closes, every, before, first; kind = "working" goes with days; hours take no pauses
zh8108 = clock { $id }: “{ $value }” is no such date
    .hint = days of the year are written 06-30 or 02-last, dates 2024-06-30
zh8109 = clock { $id } stands twice
    .hint = give the second another id, or end the first with `until` under an id of its own

## examples

zh2801 = the example of `{ $id }` fails: { $what ->
        *[value] the value
        [low] the lower limit
        [high] the upper limit
        [top] the numerator
        [bottom] the denominator
    } should be { $expected }, but is { $found }
    .hint = either the definition or the example is wrong
zh2802 = the example of `{ $id }` fails: it should be { $wanted ->
        *[kept] kept
        [refused] refused
        [flagged] kept and flagged
    } ({ $field }), but is { $found ->
        *[kept] kept
        [refused] refused
        [flagged] kept and flagged
    } ({ $fields })
    .hint = either the definition or the example is wrong
zh2803 = field `{ $field }` of the example cannot hold this value
zh2804 = an example says exactly one outcome
    .hint = one of ok = true, refused = "field", warns = "field"
zh2805 = the example of `{ $id }` cannot be computed

## how diagnostics are written

render-error = error
render-warning = warning
render-note = note
render-rule = rule
render-hint = hint
render-entry = ledger entry { $number }

## a definition shown

show-basis = Basis
show-owner = Owner
show-since = Since
show-until = Until
show-confirmed = Status
show-to-be-confirmed = basis to be confirmed
show-says = Note
show-origin = Defined in
show-yes = yes
show-no = no
show-items = Codes
show-code = Code
show-name = Name
show-also = Also
show-parent = Parent
show-key = Key
show-date = Date field
show-valid = Valid
show-region = Region
show-fields = Fields
show-field = Field
show-type = Type
show-required = Required
show-checks = Checks
show-must = Must hold
show-effect = Otherwise
show-kind = Kind
show-of = Of
show-where = Where
show-distinct = Distinct
show-value = Value
show-weight = Weight
show-weights = Weights in two layers
show-top = Numerator
show-bottom = Denominator
show-follows = Follows
show-cell = Cell
show-from = Compared with
show-as = Stated as
show-formula = Formula
show-full = Full sum
show-missing = Items without data
show-missing-open = no grade until they are there
show-missing-zero = no points
show-missing-full = all points, to everyone alike
show-missing-redistribute = their points go to the other items in proportion
show-scheme-items = Items
show-item = Item
show-points-given = Points
show-measure = Indicator
show-bands = Grades
show-grade = Grade
show-from-points = Sum
show-vetoes = Vetoes
show-design = Design (strata / clusters / units there are)
show-among = Judged among
show-among-siblings = places of the same parent
show-among-province = places of its level in the province
show-among-nation = all places of its level
show-steps = Steps (and how many before)
show-method = Method
show-method-columns = Columns of the method
show-take = Takes
show-method-options = Options of the method
show-option = Option
show-by = By
show-unit = Unit
show-points = percentage points
show-relative = per cent
show-better = Better
show-higher = higher
show-lower = lower
show-neither = neither
show-interval = Interval
show-small = Small base
show-small-flag = flagged
show-small-suppress = not printed
show-round = Rounding
show-breaks = Breaks
show-on = On
show-targets = Targets
show-period = Period
show-year-before = same period last year
show-previous = previous period
show-into = Into
show-columns = Columns
show-column = Source column
show-for = For
show-layout = Layout
show-examples = Examples
show-given = Given
show-expect = Expected
show-before = compared period:
show-kept = kept
show-refused = refused
show-flagged = kept and flagged
show-family = Family
show-within = Holds within
show-dated = Version chosen by
show-roles = Roles
show-role = Role
show-who-is = Held by
show-states = States
show-state = State
show-state-end = end
show-state-binding = binding
show-steps-taken = Steps
show-step = Step
show-way = Way
show-who = By
show-form-filled = Filled in
show-follows-from = What follows
show-any-role-public = anyone
show-opening = opens the case
show-approved-by = approved by { $roles }
show-by-several = { $n } persons
show-by-lapse = by the end of { $clock }
show-starts-clock = starts { $clock }
show-writes-letter = letter { $letter }
show-enters-record = enters { $record }
show-corrects-record = corrects { $record }
show-withdraws-record = withdraws { $record }
show-opens-case = opens { $family }
show-voids = voids what the case entered
show-figures = Fields that nobody types
show-known-from = Known from
show-figure = Figure
show-asked-with = Asked with
show-typed = Typed
show-may-differ = may differ, with a reason
show-known-measure = indicator
show-known-scheme = scheme
show-known-record = record
show-known-disclosure = check for disclosure
show-cases = Told cases
show-case = Case
show-case-steps = Steps
show-series = Series
show-attached = Attached
show-copies = Copies
show-to-whom = To
show-used-by = Used by
show-body = Text
show-start-event = Start
show-length = Length
show-opens-on = First day
show-closes-on = Last day
show-every = Every
show-before-end = Before the end
show-reached-first = Whichever first
show-sense = Nature
show-sense-duty = duty
show-sense-right = right
show-sense-term = ends by itself
show-pauses = Stopped by
show-acts = Acts
show-missed = If missed
show-text = Text

## types of fields and kinds of indicators

field-type-text = text
field-type-integer = whole number
field-type-decimal = decimal
field-type-money = money (yuan)
field-type-date = date
field-type-bool = yes or no
field-type-code = code
field-type-region = region
field-type-enterprise = enterprise code
field-type-product = product
field-type-standard = standard
field-type-subject = registered subject
indicator-kind-count = count
indicator-kind-sum = sum
indicator-kind-mean = mean
indicator-kind-ratio = ratio
indicator-kind-proportion = proportion
indicator-kind-comparable = comparable
indicator-kind-change = change
indicator-kind-register = valid at the end of the period
indicator-kind-reported = reported by a department
indicator-kind-derived = derived
indicator-kind-latent = latent quality, by a method
indicator-kind-index = composite index, by a method
indicator-kind-small-area = small-area estimate, by a method
indicator-kind-spc = control chart, by a method
indicator-kind-signal = signal of a watched series, by a method

## keys, for editors

key-head-name = Name in both languages
key-head-basis = Laws, rules, standards or decisions it stands on
key-head-owner = Unit that owns it
key-head-since = First day of validity
key-head-until = Last day of validity
key-head-confirmed = False when the rule has not been seen in an official text
key-head-says = What a reader must know
key-list-items = Codes in order
key-item-code = Code as stored
key-item-zh = Chinese name
key-item-en = English name
key-item-also = Other spellings in files
key-item-parent = Code one level up
key-record-key = Natural key
key-record-date = Field with the day it happened
key-record-valid = Fields with the first and last day of validity
key-record-region = Field with the region
key-record-accept = Take a file only if all rows are good, or take the good rows
key-record-hand-in = Who hands it in, how often, and within how many days
key-record-fields = Fields in the order of the file
key-record-check = Rules between fields
key-record-example = Examples, run as tests
key-valid-from = Field with the first day
key-valid-until = Field with the last day
key-hand-in-every = Period
key-hand-in-by = Every region of this level hands in; the level above accepts
key-hand-in-days = Calendar days after the end of the period
key-field-type = Type
key-field-zh = Chinese column title
key-field-en = English column title
key-field-also = Other column titles
key-field-optional = May be empty
key-field-many = May hold several values
key-field-personal = Personal data: the ledger holds a commitment only
key-field-says = Help for the one who fills it in
key-field-example = Example value
key-field-min = Smallest value
key-field-max = Largest value; for text the most characters
key-field-scale = Most digits after the point
key-field-unit = Unit, a code of base.unit
key-field-future = Days after the day of entry are allowed
key-field-list = Code list id, or codes written in place
key-field-at-least = Coarsest level allowed
key-field-of = Record type of the register
key-field-from = Where the value is known from: nobody types it
key-check-must = Must hold; unknown counts as holding
key-check-says = What a person reads when it does not hold
key-check-warn = Flag instead of refusing
key-record-example-row = A row
key-record-example-ok = Kept without a flag
key-record-example-refused = Refused because of this field
key-record-example-warns = Flagged because of this field
key-indicator-kind = Kind
key-indicator-of = Record type, or indicator
key-indicator-where = Only records that meet this
key-indicator-top = Numerator
key-indicator-bottom = Denominator
key-indicator-value = Number
key-indicator-weight = Weight of a record
key-indicator-weights = Output weights in two layers
key-indicator-distinct = Count distinct values of this field
key-indicator-follows = Proportion that is followed
key-indicator-cell = Fields that make a cell
key-indicator-from = Period it is compared with
key-indicator-as = Points or per cent
key-indicator-formula = Formula over indicators
key-indicator-design = How the sample was drawn; the interval rests on it
key-indicator-among = Among which places of its level it is judged
key-indicator-steps = Steps of the series
key-indicator-method = Id of a method, from `zhiheng method list`
key-indicator-columns = What each column of the method holds
key-indicator-options = Options of the method
key-indicator-answer = Where the figure stands in the method's answer
key-design-strata = Field that names the stratum
key-design-cluster = Field that names the unit drawn first
key-design-population = Units of the first stage in the stratum
key-design-lonely = What a stratum with a single unit says
key-steps-of = Length of a step
key-steps-before = How many steps before the period
key-take-of = Indicator whose figure is taken
key-take-take = What is taken: value, top, bottom, records, low, high, region, period, start, base
key-answer-table = Table of the answer
key-answer-find = The row: columns and what they say
key-answer-value = Column of the value
key-answer-low = Column of the lower limit
key-answer-high = Column of the upper limit
key-answer-centre = Column of the centre line or expectation
key-answer-scale = What value, limits and centre are multiplied with (100 for per cent)
key-answer-alarm = Columns that mark a step as out of the ordinary
key-answer-also = Further columns to tell
key-indicator-by = Fields by which it may be cut
key-indicator-unit = Unit
key-indicator-better = Which way is good
key-indicator-interval = How uncertainty is stated
key-indicator-headline = Pages of regions begin with it
key-indicator-small = What happens when the base is small
key-indicator-round = How the value is rounded
key-indicator-break = Days on which the series breaks
key-indicator-target = Targets
key-indicator-example = Examples, run as tests
key-weights-record = Record type with the weights
key-weights-value = Field with the weight
key-weights-cell = Field that names the cell
key-weights-coverage-below = Coverage below which the figure is flagged
key-interval-method = Method
key-interval-level = Confidence level
key-small-below = Smaller bases are small
key-small-then = Flag or suppress
key-round-rule = Rounding rule
key-round-digits = Digits after the point
key-break-on = First day of the new basis
key-break-says = Why
key-target-region = Region code
key-target-period = Period
key-target-at-least = At least
key-target-at-most = At most
key-target-basis = Where it is set
key-indicator-example-given = Rows given
key-indicator-example-on = Last day of the period
key-indicator-example-region = Place that is asked for
key-indicator-example-period = Period that is asked for
key-indicator-example-expect = Figure expected
key-given-count = How many rows
key-given-fields = Values by field
key-given-every = Comes again each day, week, month or year
key-given-times = How many times in all
key-given-before = In the compared period
key-given-record = Another record type
key-given-of = Indicator
key-given-value = Value of the indicator
key-expect-value = Printed value; none means no data
key-expect-low = Lower limit
key-expect-high = Upper limit
key-expect-top = Numerator
key-expect-bottom = Denominator
key-scheme-assesses = Level of the places assessed
key-scheme-full = Full sum of points
key-scheme-round = How printed points are rounded; grades go by the unrounded sum
key-scheme-bands = Grades, the best first
key-scheme-missing = What becomes of items without data
key-scheme-group = Parts
key-scheme-item = Items
key-scheme-veto = Facts that set the grade
key-scheme-weights = How far the items' points could as well have been set otherwise
key-scheme-duty = What a grade or a place at the end of the ranking obliges to
key-scheme-weights-within = Share of themselves to either side, 0.1 is a tenth
key-scheme-panel = People who score behind each other's back
key-panel-stage = The stage whose score the panel gives
key-panel-reviewers = How many different persons must have sealed before the sheets are opened
key-panel-settle = How one score is proposed from theirs
key-panel-apart = From which share of an item's points on the spread needs a reason
key-duty-bottom = So many at the end of the ranking
key-duty-grade = All with this grade
key-duty-says = What is owed
key-duty-clock = Clock within which it is owed
key-duty-opens = Family of procedures that it opens
key-band-grade = Grade
key-band-name = Name
key-band-from = From which sum on
key-group-id = Identifier
key-group-name = Name
key-group-points = Points
key-scheme-item-id = Identifier
key-scheme-item-name = Name
key-scheme-item-group = Part it belongs to
key-scheme-item-points = Points; of a bonus the most it adds
key-scheme-item-measure = Indicator that is judged
key-scheme-item-score = How it scores
key-scheme-item-missing = What becomes of it without data
key-scheme-item-evidence = Kinds of evidence that must be there
key-scheme-item-unproven = What becomes of it without the evidence
key-scheme-item-weights = How far its points could as well have been set otherwise
key-score-binary = All or nothing
key-score-checklist = Points for each thing done
key-score-levels = Steps
key-score-target-ratio = Share of the target
key-score-stepped = Points lost by steps from the target
key-score-between = In proportion between best and worst
key-score-change = By the direction of a change
key-score-rank = By place
key-score-deduct = Points lost for each event
key-score-bonus = Points beyond the full sum
key-score-judged = By people, from evidence
key-judged-levels = The points that can be given; any up to the item's if left out
key-judged-level-points = Points
key-judged-level-says = What they stand for
key-binary-at-least = At least
key-binary-at-most = At most
key-each-each = Points each
key-score-level-from = From which figure on
key-score-level-points = Points
key-target-ratio-target = Target, or "target" for that of the indicator
key-stepped-target = Target, or "target" for that of the indicator
key-stepped-step = Length of a step
key-stepped-each = Points lost each
key-stepped-floor = Fewest points
key-stepped-begun = A step that has begun counts
key-between-best = Figure with all points
key-between-worst = Figure without points
key-score-change-better = Points of a change for the better
key-score-change-same = Points of no change
key-score-change-worse = Points of a change for the worse
key-score-change-within = A change no greater is none
key-share-top = Share of the places from the top
key-share-points = Points
key-veto-measure = Indicator that counts the fact
key-veto-grade = Grade that it sets
key-veto-says = What has happened
key-source-into = Record type
key-source-format = File format
key-source-columns = Where each field comes from
key-source-leave-out = Rows left out on purpose
key-column-from = Column title
key-column-join = Columns that are joined
key-column-with = Separator of joined columns
key-column-constant = The same in every row
key-column-row-number = Row number
key-column-date = Date format
key-column-map = Replacements
key-column-otherwise = Used when nothing in map fits
key-column-empty = Used when the source is empty
key-column-nulls = Texts that mean no value
key-column-split = Separator of many values
key-leave-out-column = Column title
key-leave-out-is = Texts for which the row is left out
key-leave-out-says = Why
key-region-code = Code beginning with 9
key-region-zh = Chinese name
key-region-en = English name
key-region-source = Where it comes from
key-region-since = First day
key-region-until = Last day
key-report-kind = annual, quarterly or special
key-report-for = Levels it is written for
key-report-layout = Layout
key-procedure-version-of = Family: the versions of one procedure
key-procedure-dated = Date field that chooses the version
key-procedure-within = Region in which it holds
key-procedure-region = Field that says whose case it is
key-procedure-roles = Who takes part
key-procedure-fields = The case's sheet
key-procedure-states = States, the first one first
key-procedure-step = Steps
key-procedure-example = Cases told step by step, run as tests
key-role-zh = Chinese name
key-role-en = English name
key-role-holds = Role of officers, a code of base.role
key-role-party = Field with the enterprise
key-role-public = Anyone
key-role-at = For the own region, one above it, the one of a level, or any of these
key-role-apart = Not whoever took one of these steps in the case
key-state-zh = Chinese name
key-state-en = English name
key-state-end = Nothing follows
key-state-binding = Binds somebody or is public
key-state-without-notice = Rule that lets it do without notice
key-step-id = Identifier
key-step-name = Name
key-step-from = States from which it is taken; none: it opens a case
key-step-to = State to which it leads; none: the state stays
key-step-who = Roles of which one is needed
key-step-count = Number of different persons who must take it
key-step-approve = Roles that must approve, in order
key-step-form = Fields that must be filled in
key-step-may = Fields that may be filled in
key-step-evidence = Kinds of files that must be attached
key-step-fresh = Kinds of which a file must come with this step
key-step-gather = Fields that are worked out of all persons' forms
key-step-set = Fields that are worked out
key-step-when = Formula that must be true
key-step-within = Clock within which it is taken
key-step-after = Clocks that must be over
key-step-closed = Procedures of which no case opened from this one may be open
key-step-lapse = Clock whose end takes this step
key-step-start = Clocks that start
key-step-answer = Clocks whose act is done
key-step-stop = Clocks that end
key-step-pause = Clock that stands still, and why
key-step-resume = Clock that goes on, and the reason that ended
key-step-letters = Letters that are written
key-step-notice = This step is the prior notice
key-step-effects = What follows
key-step-void = What this case entered is withdrawn as if it had never been
key-start-clock = Clock definition
key-start-as = Name within the case
key-start-on = Date field; none: the day of the step
key-start-until = Date field that sets its last day
key-pause-clock = Clock of the case
key-pause-reason = Reason
key-effect-record = Record type that is entered
key-effect-correct = Record type that is corrected
key-effect-withdraw = Record type that is withdrawn
key-effect-open = Procedure under which a case is opened
key-effect-step = Opening step
key-effect-all = All that the case entered, not the last alone
key-effect-when = Follows only if this is true
key-effect-set = Field and formula
key-gather-of = Formula over one person's form
key-gather-by = How the persons' figures become one
key-case-example-says = What it shows
key-case-example-steps = Steps
key-case-example-expect = What comes out
key-case-step-do = Step, or approve, reject, attach, lapse
key-case-step-by = Role; organiser/2 is a second person with it
key-case-step-on = Day
key-case-step-form = What is filled in
key-case-step-figures = What the ledger says, by field
key-case-step-evidence = Files attached
key-case-step-reason = Why
key-case-step-refused = Code of the refusal
key-case-step-state = State afterwards
key-case-expect-state = State at the end
key-case-expect-due = Last days of clocks
key-case-expect-letters = Number of letters
key-case-expect-records = Number of records by type
key-case-expect-opened = Number of cases opened by procedure
key-letter-title = Kind of letter
key-letter-series = Series of numbers, with {"{unit}"} and {"{year}"}
key-letter-to = Whom it is for, with {"{field}"}
key-letter-form = layout: letter, announcement, minutes, certificate, sheet
key-letter-attachments = titles of what is attached, with { "{" }fields{ "}" }
key-letter-copies = who gets a copy, with { "{" }fields{ "}" }
key-letter-basis = Laws that it names
key-clock-id = Identifier, such as B3
key-clock-name = Name
key-clock-from = Event that starts it
key-clock-start = The event in words
key-clock-days = Number of days
key-clock-kind = Calendar or working days
key-clock-months = Number of months
key-clock-years = Number of years
key-clock-hours = Number of hours
key-clock-bound = With or without the number itself
key-clock-by = Day of the year, such as 06-30
key-clock-opens = First day
key-clock-closes = Last day
key-clock-every = Again and again after
key-clock-before = So long before the end
key-clock-first = Whichever is reached first
key-clock-sense = Duty, right or term
key-clock-moves = Whether a last day off moves on
key-clock-pauses = Reasons that stop it
key-clock-remind = Days before the end on which to remind
key-clock-who = Who acts
key-clock-missed = What follows if nobody does
key-clock-says = How to read it
key-clock-basis = Laws and sources
key-clock-confirmed = false: the basis is to be confirmed
key-clock-region = Region for which it holds
key-clock-since = First day of a start under it
key-clock-until = First day of a start no longer under it
key-clock-example = Examples, run as tests
key-clock-limit-days = Number of days
key-clock-limit-kind = Calendar or working days
key-clock-limit-months = Number of months
key-clock-limit-years = Number of years
key-clock-limit-hours = Number of hours
key-clock-limit-bound = With or without the number itself
key-clock-limit-date = Day of the year
key-clock-limit-counter = Counter, such as km
key-clock-limit-limit = Last reading that is inside
key-clock-example-why = What it shows
key-clock-example-start = Start
key-clock-example-restarts = Starts anew
key-clock-example-pauses = Pauses
key-clock-example-readings = Readings
key-clock-example-done = When the act was done
key-clock-example-opens = First day that must come out
key-clock-example-due = Last day that must come out
key-clock-example-at = Instant that must come out
key-clock-example-provisional = Must be provisional
key-clock-pause-from = First day
key-clock-pause-to = Last day
key-clock-pause-reason = Reason
key-clock-reading-counter = Counter
key-clock-reading-on = Day
key-clock-reading-value = Reading

zh2964 = the figure for `{ $field }` is asked for with itself
    .hint = ask with fields that somebody fills in
zh2965 = nobody can fetch `{ $field }` in a case of { $of } that is opened by a step
    .hint = let a step of that case fetch it
zh2966 = a figure from { $kind } has no part `{ $what }`
    .hint = there are: { $all }
zh2967 = `{ $key }` does not go with a figure from { $kind }
    .hint = beside `{ $kind }` there may be: { $all }
zh2968 = field `{ $field }` is of type { $type }, the figure is of type { $found }
    .hint = let the field have the type of the figure, or take another part of it with `what`
zh2969 = `{ $field }` is fetched and cannot be worked out as well
    .hint = leave out `from` of the field, or what works it out
key-from-measure = Indicator
key-from-scheme = Scheme, or the field that names it
key-from-record = Record type
key-from-disclosure = Field with the tables that are checked for disclosure
key-from-what = Part: value, top, bottom, records; points, grade, rank, veto; cells, smallest, largest_share, hidden, hidden_more
key-from-region = Region; that of the case without it
key-from-period = Period, as text
key-from-first = First day
key-from-last = Last day
key-from-cuts = Values of dimensions
key-from-within = Region whose places are ranked
key-from-find = Fields by which the record is found
key-from-field = Field of the record
key-from-least = Fewest contributors allowed in a cell
key-from-most-share = Largest share of one contributor allowed, in percent
key-from-may-differ = A person may put another value, with a reason
key-told-figure-value = Value; without it there is none
key-told-figure-at = Address that must be asked for
zh2961 = step “{ $step }” opens a case and cannot wait for approval
    .hint = let it open the case, and put the decision into a step of its own
zh2962 = step “{ $step }” is taken by several persons and { $key ->
        [id] cannot open a case
        [approve] cannot wait for approval too
        [lapse] cannot be taken by a clock
        [void] cannot annul
        *[who] can be taken by officers only
    }
    .hint = take out `count`, or make another step for it
zh2963 = step “{ $step }” is taken by one person: there is nothing to gather
    .hint = add `count`, or use `set`
zh2977 = of the figures of { $count } persons nothing is left without the highest and the lowest
    .hint = `count` must be 3 or more, or use `mean`
zh2978 = the field `{ $field }` must be filled in and cannot be emptied
    .hint = give the field `optional = true`
zh2979 = the field `{ $field }` cannot hold what { $by } gives
    .hint = make it a decimal; sum, least and greatest also fit an integer

zh2090 = this is no packed catalog: { $why }
    .hint = packs are written by `zhiheng catalog adopt` and not changed by hand

## A formula in words

formula-in-words-all = all records
formula-in-words-and = { $a }, and { $b }
formula-in-words-or = { $a }, or { $b }
formula-in-words-equal = { $a } is { $b }
formula-in-words-not-equal = { $a } is not { $b }
formula-in-words-less = { $a } is less than { $b }
formula-in-words-at-most = { $a } is at most { $b }
formula-in-words-greater = { $a } is more than { $b }
formula-in-words-at-least = { $a } is at least { $b }
formula-in-words-add = { $a } + { $b }
formula-in-words-subtract = { $a } − { $b }
formula-in-words-multiply = { $a } × { $b }
formula-in-words-divide = { $a } ÷ { $b }
formula-in-words-minus = −{ $a }
formula-in-words-not = not { $a }
formula-in-words-empty = { $a } is not filled in
formula-in-words-known = { $a } is filled in
formula-in-words-one-of = { $a } is one of { $list }
formula-in-words-none-of = { $a } is none of { $list }
formula-in-words-like = { $a } looks like “{ $pattern }”
formula-in-words-unlike = { $a } does not look like “{ $pattern }”
formula-in-words-when = { $then } if { $when }
formula-in-words-otherwise = { $then } otherwise
formula-in-words-clauses = { $a }; { $b }
formula-in-words-list = { $a }, { $b }
formula-in-words-group = ({ $a })
formula-in-words-text = “{ $a }”
formula-in-words-nothing = nothing
formula-in-words-yes = yes
formula-in-words-no = no
formula-in-words-call-coalesce = the first known of { $list }
formula-in-words-call-abs = { $a } without its sign
formula-in-words-call-round = { $a } rounded to { $b } digits
formula-in-words-call-length = length of { $a }
formula-in-words-call-lower = { $a } (small letters)
formula-in-words-call-upper = { $a } (capitals)
formula-in-words-call-trim = { $a } (without spaces around)
formula-in-words-call-starts-with = { $a } begins with { $b }
formula-in-words-call-year = year of { $a }
formula-in-words-call-month = month of { $a }
formula-in-words-call-quarter = quarter of { $a }
formula-in-words-call-days-between = days from { $a } to { $b }
formula-in-words-call-contains = { $a } has { $b }
formula-in-words-call-count = number of { $a }
formula-in-words-call-least = smallest of { $list }
formula-in-words-call-greatest = greatest of { $list }
