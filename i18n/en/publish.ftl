# publish

## Numbers and lists

publish-unit-points = percentage points
publish-unit-batches = batches
publish-unit-records = records
publish-number-and-unit = { $number } { $unit }
publish-interval = { $low } to { $high }
publish-interval-sentence = the { $level }% confidence interval is { $interval }
publish-interval-in-brackets = { " " }({ $level }% confidence interval { $interval })
publish-interval-none = no confidence interval is given
publish-in-brackets = { " " }({ $text })
publish-list-last = { $rest } and { $last }
publish-and-more = { $named } and others ({ $n } in all)
publish-where-and-when = { $region }, { $period }
publish-where-and-when-cut = { $region }, { $period }, { $cuts }
publish-group-unnamed = not stated

## Headings

publish-numerals = 0123456789
publish-heading-1 = { $number } { "" }
publish-heading-2 = { $number } { "" }
publish-heading-3 = { $number } { "" }
publish-heading-4 = { $number } { "" }
publish-table-label = Table { $number }
publish-figure-label = Figure { $number }

## Changes

publish-change-rise =
    up { $points } percentage points on { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-fall =
    down { $points } percentage points on { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-none-limits =
    no significant difference from { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (a difference of { $points } percentage points, 95% confidence interval { $low } to { $high } points)
publish-change-none =
    no significant difference from { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (a difference of { $points } percentage points)
publish-change-same =
    the same as in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-untested-above =
    { $points } percentage points above { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (no numerator and denominator, not tested)
publish-change-untested-below =
    { $points } percentage points below { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (no numerator and denominator, not tested)
publish-change-grew =
    { $percent }% more than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-shrank =
    { $percent }% less than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-more =
    { $difference } { $unit } more than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-fewer =
    { $difference } { $unit } fewer than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-from-zero =
    up by { $difference } { $unit } from none in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-broken =
    not comparable with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } ({ $reason }); no change is stated
publish-change-broken-unsaid =
    not comparable with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } because the definition changed; no change is stated
publish-change-no-data-now =
    no data for this period to compare with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
publish-change-no-data-then =
    no data for { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } to compare with
publish-change-suppressed =
    not compared with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }, since a value on too small a base is withheld
publish-change-no-period = no period to compare with

## Targets

publish-target-none = no target is set
publish-target-no-data =
    the target is { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }; there are no data to judge it by
publish-target-met =
    the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target } is met
publish-target-met-uncertain =
    the value meets the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }, but the confidence interval spans the target, so that this is not settled
publish-target-missed =
    the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target } is not met
publish-target-missed-uncertain =
    the value does not meet the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }, but the confidence interval spans the target, so that this is not settled

## Groups

publish-groups-too-few = fewer than two { $by } have data; nothing is compared
publish-groups-too-many = { $n } { $by } have data, more than { $most }; they are not compared pair by pair
publish-groups-none = compared pair by pair (with Holm's correction) the { $n } { $by } do not differ significantly; their order says nothing of merit
publish-groups-some = compared pair by pair (with Holm's correction) { $distinct } of the { $pairs } pairs among the { $n } { $by } differ significantly: { $clauses }; the other pairs do not, and their order says nothing of merit
publish-groups-some-named = compared pair by pair (with Holm's correction) { $distinct } of the { $pairs } pairs among the { $n } { $by } differ significantly, among them { $clauses }; where pairs do not differ, their order says nothing of merit
publish-groups-all = compared pair by pair (with Holm's correction) all { $n } { $by } differ significantly: { $clauses }
publish-groups-higher = { $place } above { $lower }

publish-noun-regions = regions
publish-noun-groups = groups

## Detectable differences

publish-detectable-no =
    with { $sizes ->
        [same] { $n }
       *[different] { $n } and { $against-n }
    } { $unit } { $each ->
        [year] a year
        [half] a half-year
        [quarter] a quarter
        [month] a month
        [week] a week
       *[other] a period
    }, a difference of { $points } percentage points could not be told from chance (to find it with a probability of { $power }%, about { $needed } { $unit } { $each ->
        [year] a year
        [half] a half-year
        [quarter] a quarter
        [month] a month
        [week] a week
       *[other] a period
    } are needed)
publish-detectable-yes =
    with { $sizes ->
        [same] { $n }
       *[different] { $n } and { $against-n }
    } { $unit } { $each ->
        [year] a year
        [half] a half-year
        [quarter] a quarter
        [month] a month
        [week] a week
       *[other] a period
    }, a difference of { $points } percentage points can be told from chance
publish-detectable-equal = the two rates are equal; there is no difference to find

## Published figures

publish-published-agrees = the published figure is { $published } and agrees with { $computed } computed from records
publish-published-differs = the published figure is { $published }, while { $computed } is computed from records; the two differ
publish-published-alone = the published figure is { $published }; there are no records to check it against
publish-published-missing = there is no published figure

## Records and coverage

publish-records-all = { $counted } records are counted, none is left out
publish-records-some = { $counted } records are counted, { $out } are left out ({ $reasons })
publish-excluded-filter = { $records } outside the scope
publish-excluded-bottom = { $records } outside the base
publish-excluded-unknown = { $records } with a needed field empty
publish-excluded-withdrawn = { $records } withdrawn
publish-excluded-older = { $records } replaced by a later figure
publish-excluded-other = { $records } by { $rule }
publish-coverage = weights cover { $share }%
publish-coverage-none = not weighted

## Notes

publish-note-small = { $place }: the base is { $n }, below { $below }; read the value with care.
publish-note-suppressed = The base is too small; the value is withheld.
publish-note-unconfirmed = No published formula of “{ $name }” has been seen; the definition used here is the system's own and to be confirmed.
publish-note-published = “{ $name }” is a published figure, not computed from records.
publish-note-coverage = { $place }: the weights behind “{ $name }” cover too little; read the value with care.
publish-note-several = { $place }: several figures of “{ $name }” were handed in; the last one counts.
publish-note-not-ranked = { $n } more are not ranked, since their base is too small.
publish-section-no-data = There are no data on { $names } for { $place }.
publish-synthetic-none = None of the figures in this report rests on synthetic data.
publish-synthetic-all = All { $n } figures in this report rest on synthetic data; they are for demonstration and must not be quoted as facts.
publish-synthetic-some = { $synthetic } of the { $n } figures in this report rest wholly or partly on synthetic data; they are for demonstration and must not be quoted as facts.

## Tables

publish-column-indicator = Indicator
publish-column-region = Region
publish-column-period = Period
publish-column-rank = Rank
publish-column-batches = Batches
publish-column-records = Records
publish-column-top = Numerator
publish-column-value = Value
publish-column-interval = { $level }% confidence interval
publish-column-change = Change
publish-column-target = Target
publish-column-share = Share
publish-column-cumulative = Cumulated share
publish-column-centre = Centre line
publish-column-limit-low = Lower control limit
publish-column-limit-high = Upper control limit
publish-column-alarm = Out of the ordinary
publish-cell-alarm = yes
publish-column-synthetic = Synthetic records
publish-column-low = Lower limit
publish-column-high = Upper limit
publish-row-total = Total
publish-cell-target =
    { $bound ->
        [at-least] ≥
       *[at-most] ≤
    } { $target }{ $met ->
        [met] , met
        [met-uncertain] , met, not settled
        [missed] , not met
        [missed-uncertain] , not met, not settled
       *[unknown] { "" }
    }
publish-caption-indicators = Main indicators, { $place }
publish-caption-side-by-side = Main indicators by { $by }, { $place }
publish-caption-worst = { $name }: the { $n } lowest by { $by }, { $place }
publish-caption-best = { $name }: the { $n } highest by { $by }, { $place }
publish-caption-worst-lower = { $name }: the { $n } highest by { $by }, { $place }
publish-caption-best-lower = { $name }: the { $n } lowest by { $by }, { $place }
publish-caption-by = { $name } by { $by }, { $place }
publish-remark-small = Values with a mark rest on fewer than { $below }; read them with care.
publish-remark-small-any = Values with a mark rest on a small base; read them with care.
publish-remark-suppressed = “—” stands for a value withheld, since its base is too small.
publish-remark-not-carried = Changes in brackets are not significant at 5% (or cannot be tested); they are no statement of a rise or fall.
publish-remark-broken = No change is given where the definition changed.
publish-remark-not-ranked = { $n } more are not ranked, since their base is too small.
publish-remark-target = Target: { $target }.
publish-remark-break = From { $label }: { $says }.

## Figures

publish-figure-no-data = There are no data on { $name } for { $place } to draw.
publish-figure-subtitle = { $name }, in { $unit }; { $place }; as of ledger size { $size }
publish-figure-source = Source: { $id }, as of ledger size { $size }.
publish-pareto-rest = { $n } others
publish-finding-line = { $name } in { $region } lay between { $low } and { $high } from { $first } to { $last }
publish-finding-line-one = { $name } in { $region } was { $low } in { $first }
publish-finding-target = ; { $above } of { $n } periods were not below the target of { $target }
publish-finding-target-none = ; all were below the target of { $target }
publish-finding-target-all = ; none was below the target of { $target }
publish-finding-breaks = ; the definition changed on the way
publish-finding-small = { " " }(small bases left aside)
publish-finding-ranked = { $name }, { $place }{ $small }: from { $high } in { $high-place } to { $low } in { $low-place }
publish-finding-ranked-none = ; every interval holds the value of the whole, { $whole }
publish-finding-ranked-below = ; the interval lies below the value of the whole, { $whole }, in { $below }
publish-finding-ranked-above = ; the interval lies above the value of the whole, { $whole }, in { $above }
publish-finding-ranked-both = ; the interval lies below the value of the whole, { $whole }, in { $below }, and above it in { $above }
publish-finding-pareto = { $name }, { $place }: { $named } make up { $share }%
publish-finding-pareto-one = { $name }, { $place }: all are { $named }
publish-finding-funnel = { $name }, { $place }: { $outside } of { $n } { $by } lie outside the 99.8% limits: { $named }
publish-finding-funnel-none = { $name }, { $place }: all { $n } { $by } lie within the 99.8% limits; their differences can be chance
publish-finding-tiles = { $name }, { $place }{ $small }: highest in { $high-place } ({ $high }), lowest in { $low-place } ({ $low })
publish-finding-tiles-unproven = ; their intervals overlap, so the order is not proven
publish-finding-control = { $name }, { $region }: { $alarms } of { $n } steps are out of the ordinary ({ $named })
publish-finding-control-none = { $name }, { $region }: all { $n } steps lie within their limits
publish-alt-mark = { $label } { $shown }
publish-alt-all =
    { $kind ->
        [line] Line chart
        [ranked] Ranking with confidence intervals
        [pareto] Pareto chart
        [funnel] Funnel plot
        [control] Control chart
       *[tiles] Tile map
    }. { $finding }. { $n } in all: { $marks }.
publish-alt-some =
    { $kind ->
        [line] Line chart
        [ranked] Ranking with confidence intervals
        [pareto] Pareto chart
        [funnel] Funnel plot
        [control] Control chart
       *[tiles] Tile map
    }. { $finding }. { $n } in all, beginning with { $marks }; all values are in the table.

publish-axis-unit = Unit: { $unit }
publish-svg-value = Value
publish-svg-interval = 95% confidence interval
publish-svg-value-interval = Value and { $interval }
publish-svg-interval-by-method = interval ({ $name })
publish-svg-value-base = { $shown } (n={ $n })
publish-svg-target = Target { $value }
publish-svg-target-key = Target
publish-svg-whole = Whole { $value }
publish-svg-break = Definition changed
publish-svg-break-note = From { $label }: { $says }
publish-svg-small = Small base
publish-svg-count = Number
publish-svg-cumulative = Cumulated share
publish-svg-base-axis = Size of the base
publish-svg-limits-95 = 95% limits
publish-svg-limits-998 = 99.8% limits
publish-svg-left-out = … { $n } left out
publish-svg-centre = Centre line
publish-svg-limits = Limits
publish-svg-alarm = Signal
publish-svg-base = End of base

## Notes on method

publish-methods-heading = Notes on method
publish-method-lead = { " " }({ $id }):{ " " }
publish-method-filter = { " " }(where { $filter })
publish-method-count = Number of records of “{ $record }”{ $filter }.
publish-method-count-distinct = Number of different { $field } in records of “{ $record }”{ $filter }.
publish-method-sum = Sum of { $value } over records of “{ $record }”{ $filter }.
publish-method-mean = Mean of { $value } over records of “{ $record }”{ $filter }.
publish-method-ratio = Sum of { $top } over the sum of { $bottom } in records of “{ $record }”{ $filter }.
publish-method-proportion = Share of records of “{ $record }”{ $filter } with { $top } among those with { $bottom }; totals add numerators and denominators, rates are never averaged.
publish-method-proportion-weighted = Share of records of “{ $record }”{ $filter } with { $top } among those with { $bottom }, weighted by output in two layers, industries and regions.
publish-method-comparable = “{ $follows }” over the cells ({ $cell }) that both periods have, weighted by the sample shares of the base period.
publish-method-change = Difference of “{ $of }” to the period compared with.
publish-method-register = Number of records of “{ $record }” valid at the end of the period{ $filter }.
publish-method-reported = Handed in by the department; the last figure for the region and period counts{ $filter }.
publish-method-derived = Computed from other indicators: { $formula }.
publish-method-records = Computed by the method { $method } from the records of “{ $record }”{ $filter }.
publish-method-places = Computed by the method { $method } from { $of } of all places of the level; each place is judged among the others.
publish-method-steps = { $of }, watched step by step by the method { $method }; the figure is the number of steps out of the ordinary.
publish-method-interval =
    The { $level }% confidence interval is by { $method ->
        [wilson] Wilson's score method
        [clopper-pearson] Clopper and Pearson's exact method
        [poisson] the exact Poisson method
        [student-t] Student's t
       *[other] { $method }
    }.
publish-method-rounding =
    Rounded once, { $rule ->
        [gbt8170] half to even (GB/T 8170)
       *[half-up] half up
    }; decimals: { $digits }.
publish-method-excluded = Records left out ({ $place }): { $reasons }.
publish-method-basis = Basis: { $basis }. Owner: { $owner }.
publish-method-score = Differences of rates between two periods are tested by the score test of two proportions at 5%; their 95% confidence interval is Newcombe's. A rise or fall is stated only where the test carries it.
publish-method-fisher = With fewer than five expected in a cell, Fisher's exact test takes the place of the score test.
publish-method-holm = Places are compared pair by pair with Holm's correction at 5% in all.
publish-method-as-of = All figures are computed from the first { $size } entries of the ledger and the catalog with digest { $catalog }, and can be recomputed to the letter; each leads by its address to the records behind it.

## Values of a sheet

publish-shown-yes = yes
publish-shown-no = no
publish-shown-money = CNY { $yuan }
publish-shown-quantity = { $number } { $unit }
publish-shown-enterprise = { $name } ({ $code })
publish-shown-personal = [personal data, withheld]

## Letters

publish-letter-gap = [missing: { $name }]
publish-letter-gap-clock = [not set: { $name }]
publish-letter-no-number = [no number yet]
publish-letter-provisional = { $date } (provisional until the holidays are announced)
publish-letter-draft = Draft: { $n } gaps; must not be sent.
publish-letter-foreign = { $title }, { $date }, case { $case }. The letter is in Chinese, and its Chinese text is what counts.
publish-letter-foot = Verification code: { $verify }   Case: { $case }   Ledger entry { $ledger }   Catalog { $catalog }

## Credit reports

publish-credit-title = Quality credit report{ $scope ->
        [self] {" "}(for the enterprise)
        [authority] {" "}(for authorities)
       *[public] {" "}(public)
    }
publish-credit-scope-word = { $scope ->
        [self] the enterprise itself
        [authority] authorities
       *[public] the public
    }
publish-credit-code = Verification code { $code }
publish-credit-identity = Identity
publish-credit-grades = Quality credit grades
publish-credit-history = Grades so far: { $scheme }
publish-credit-section = { $name } ({ $n })
publish-credit-sources = Sources
publish-credit-front = About this report
publish-credit-check = To check it: the SHA-256 of the report's canonical JSON begins with the verification code { $code }; any change of the content gives another code.
publish-credit-from-to = { $from } to { $to }
publish-credit-unnamed = not recorded
publish-credit-doubtful-code = The check character of the code is wrong; ask the register.
publish-credit-no-grades = There is no grade to show.
publish-credit-no-grade = not graded
publish-credit-grade-named = { $code } ({ $name })
publish-credit-unconfirmed = Rules not yet seen in an official text: { $names }.
publish-credit-nothing = There is no record within this scope. No record does not mean good credit.
publish-credit-fact = { $label }: { $value }
publish-credit-via = recorded under the code { $code }
publish-credit-standing = { $standing ->
        [doubted] under objection
        [upheld] objection rejected
        [struck] objection upheld, does not count
       *[stands] stands
    }
publish-credit-ended = no longer valid
publish-credit-row-name = Name
publish-credit-row-holder = Unified social credit code
publish-credit-row-other-codes = Other codes
publish-credit-row-scope = For
publish-credit-row-day = Day of the report
publish-credit-row-period = Period of what is shown
publish-credit-row-code = Verification code
publish-credit-column-item = Item
publish-credit-column-content = Content
publish-credit-column-scheme = Scheme
publish-credit-column-grade = Grade
publish-credit-column-since = Since
publish-credit-column-points = Points
publish-credit-column-day = Day
publish-credit-column-kind = Kind
publish-credit-column-facts = Content
publish-credit-column-source = Source
publish-credit-column-standing = State
publish-credit-column-entry = Ledger entry
publish-credit-column-count = Statements

## ZH60 report sources

zh6001 = there is no directive “{ $name }”
    .hint = { $near ->
        [none] there are: { $all }
       *[other] did you mean { $near }? There are: { $all }
    }
zh6002 = “{ $what }” is not closed
    .hint = add the closing mark; to print it as it stands, put a backslash before it
zh6003 = “{ $found }” is not expected here
    .hint = write: name indicator ;dimension=value option=value, with values that hold spaces in double quotes
zh6004 = directive “{ $name }” has no option “{ $option }”
    .hint = { $near ->
        [none] there are: { $all }
       *[other] did you mean { $near }? There are: { $all }
    }
zh6005 = the catalog has no indicator “{ $id }”
    .hint = { $near ->
        [none] zhiheng catalog show lists all indicators
       *[other] did you mean { $near }?
    }
zh6006 = indicator “{ $id }” cannot be cut by “{ $dimension }”
    .hint = { $near ->
        [none] it can be cut by: { $all }
       *[other] did you mean { $near }? It can be cut by: { $all }
    }
zh6007 = “{ $value }” is no value of option “{ $option }”
    .hint = write one of: { $wanted }
zh6008 = “{ $name }” lacks “{ $what }”
    .hint = add it as the page on the report language shows
zh6009 = the report language has no “{ $what }”; it is printed as it stands
    .hint = tables are ::table, figures are ::figure; if the mark itself is meant, put a backslash before it
zh6010 = this ::if has no ::end
    .hint = write ::end on a line of its own after this part
zh6011 = this ::{ $name } belongs to no ::if
    .hint = delete it, or add the ::if before it
zh6012 = option “{ $option }” is written twice
    .hint = delete one
zh6013 = the full-width mark “{ $found }” in a directive
    .hint = inside directives write the plain " = ; ,
zh6014 = ::if is nested more than { $most } deep
    .hint = join conditions, or split the report
zh6015 = the report has no title; its name will be the title
    .hint = begin with a line “# ” and the title
zh6016 = only the title has one “#”; headings have “##” to “#####”
    .hint = write the heading's level
zh6017 = “{ $name }” stands on a line of its own, not in text
    .hint = write ::{ $name } on a new line
zh6018 = “{ $name }” stands in text, not on a line of its own
    .hint = write it in double braces
zh6019 = region code { $code } is not in the region table
    .hint = check the code, or write above or nation
zh6020 = the name “{ $name }” is given to another table or figure
    .hint = choose another name
zh6021 = a table has no column “{ $column }”
    .hint = { $near ->
        [none] there are: { $all }
       *[other] did you mean { $near }? There are: { $all }
    }
zh6022 = a figure needs one kind, and only one
    .hint = write one of: { $words }
zh6023 = “{ $id }” is no proportion computed from records and has no counts
    .hint = an indicator of kind proportion is needed here
zh6028 = “{ $id }” is no control chart or signal and has no steps to draw
    .hint = a control figure needs an indicator of kind spc or signal
zh6024 = there is no table or figure named “{ $name }”
    .hint = { $near ->
        [none] write id={ $name } in the directive of a table or figure
       *[other] did you mean { $near }?
    }
zh6025 = no indicator counts all records of “{ $id }”
    .hint = add an indicator of kind count to the catalog, or name an indicator
zh6027 = “{ $value }” is no code of the list “{ $list }”
    .hint = { $near ->
        [none] there are: { $all }
       *[other] did you mean { $near }? There are: { $all }
    }

zh6050 = report “{ $report }” is written for { $levels }, and the region chosen is of { $level } level
    .hint = it is compiled all the same; choose another report if it does not fit
zh6051 = the table has { $rows } rows; the first { $most } are printed
    .hint = use first=, worst= or a higher level= for fewer rows

## ZH66 letters

zh6601 = letter { $letter } names “{ $called }” ({ $name }), which is not filled in
    .hint = fill it in by a step of the case; if the template names the wrong field, correct the template
zh6602 = letter { $letter } names the clock “{ $name }”, which has not started
    .hint = it can be sent once a step has started the clock; if the template names the wrong clock, correct the template
zh6603 = letter { $letter } has no number yet
    .hint = it gets one when the step takes effect; until then it is a preview
zh6604 = letter { $letter } has no addressee
    .hint = fill in the field from which the addressee is taken; for a letter to the public write form = "announcement"

# ── press: words of printed documents ──────────────────────────────────────────────────────────
press-table = Table { $n }
press-figure = Figure { $n }
press-contents = Contents
press-notes = Notes
press-remark = Note:{" "}
press-small-mark = *
press-addressee = { $name }:
press-signer = Signed off by:{" "}
press-attachments = Attached:{" "}
press-copies = Copies: { $names }.
press-copies-separator = |, |
press-head-number = { $number }
press-imprint = Imprint
press-scope = Report { $report }, region { $region }, period { $period }
press-scope-day = Report { $report }, { $day }
press-ledger = Ledger of { $size } entries, root hash { $root }
press-catalog = Catalog digest { $digest }
press-program = Zhiheng { $version }
press-verify = Every number links to its explanation. To check: zhiheng report verify, with the same ledger and catalog, must give the same bytes.
press-verify-code = To check it, use the verification code in the text.
press-edited = Made by Zhiheng; once edited, the edited copy is the valid one
press-skip = Skip to the text
press-twin = The data of figure { $n }
press-sheet-imprint = Imprint
press-sheet-notes = Notes
press-sheet-caption = Name
press-sheet-unit = Unit
press-sheet-kind = Table or figure
press-sheet-remark = Remarks and source
press-item = Item
press-content = Content
press-report = Report
press-region = Region
press-period = Period
press-ledger-size = Ledger size
press-ledger-root = Ledger root
press-catalog-digest = Catalog digest
press-version = Program version
press-back = Back to the text

zh6500 = No Chinese font is at hand
    .hint = run cargo xtask fonts, then name the folder in ZHIHENG_FONTS; looked in: { $looked }
zh6501 = Figure { $n } has no text alternative; a screen reader cannot read it
    .hint = give the figure a sentence (alt)
zh6502 = The fonts lack these characters: { $chars }
    .hint = add a font that has them with ZHIHENG_FONTS; else they print as “〓”
zh6503 = Note { $n } is referred to, but the report has { $have }
    .hint = add the note or drop the reference
zh6504 = { $table }: row { $row } has { $cells } cells, the table has { $columns } columns
    .hint = extra cells are not printed, missing cells stay empty
zh6505 = The font file { $file } cannot be read
    .hint = use a TTF, OTF or TTC file
zh6506 = The file holds no imprint written by Zhiheng, so it cannot be checked
    .hint = give a file written by zhiheng report build and not edited since
publish-finding-one = { $place }: only { $label } has data on { $name } ({ $shown })
publish-finding-one-large = { $place }, { $name }: only { $label } has enough records ({ $shown }); the others are small samples, for orientation only
