# publish

## Numbers and lists

unit-points = percentage points
unit-batches = batches
unit-records = records
number-and-unit = { $number } { $unit }
interval = { $low } to { $high }
interval-sentence = the { $level }% confidence interval is { $interval }
interval-in-brackets = { " " }({ $level }% confidence interval { $interval })
interval-none = no confidence interval is given
in-brackets = { " " }({ $text })
# The bars keep the space; they are not printed.
list-separator = |, |
clause-separator = |; |
list-last = { $rest } and { $last }
and-more = { $named } and others ({ $n } in all)
where-and-when = { $region }, { $period }
where-and-when-cut = { $region }, { $period }, { $cuts }
group-unnamed = not stated

## Headings

numerals = 0123456789
heading-1 = { $number } { "" }
heading-2 = { $number } { "" }
heading-3 = { $number } { "" }
heading-4 = { $number } { "" }
table-label = Table { $number }
figure-label = Figure { $number }

## Changes

change-rise =
    up { $points } percentage points on { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-fall =
    down { $points } percentage points on { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-none-limits =
    no significant difference from { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (a difference of { $points } percentage points, 95% confidence interval { $low } to { $high } points)
change-none =
    no significant difference from { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (a difference of { $points } percentage points)
change-same =
    the same as in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-untested-above =
    { $points } percentage points above { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (no numerator and denominator, not tested)
change-untested-below =
    { $points } percentage points below { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } (no numerator and denominator, not tested)
change-grew =
    { $percent }% more than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-shrank =
    { $percent }% less than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-more =
    { $difference } { $unit } more than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-fewer =
    { $difference } { $unit } fewer than in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-from-zero =
    up by { $difference } { $unit } from none in { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-broken =
    not comparable with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } ({ $reason }); no change is stated
change-broken-unsaid =
    not comparable with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } because the definition changed; no change is stated
change-no-data-now =
    no data for this period to compare with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }
change-no-data-then =
    no data for { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    } to compare with
change-suppressed =
    not compared with { $from ->
        [year] the same period last year
        [previous] the period before
       *[other] { $name }
    }, since a value on too small a base is withheld
change-no-period = no period to compare with

## Targets

target-none = no target is set
target-no-data =
    the target is { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }; there are no data to judge it by
target-met =
    the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target } is met
target-met-uncertain =
    the value meets the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }, but the confidence interval spans the target, so that this is not settled
target-missed =
    the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target } is not met
target-missed-uncertain =
    the value does not meet the target of { $bound ->
        [at-least] at least
       *[at-most] at most
    } { $target }, but the confidence interval spans the target, so that this is not settled

## Groups

groups-too-few = fewer than two have data; nothing is compared
groups-too-many = { $n } have data, more than { $most }; they are not compared pair by pair
groups-none = compared pair by pair (with Holm's correction) the { $n } do not differ significantly; their order says nothing of merit
groups-some = compared pair by pair (with Holm's correction) { $distinct } of the { $pairs } pairs among the { $n } differ significantly: { $clauses }; the other pairs do not, and their order says nothing of merit
groups-some-named = compared pair by pair (with Holm's correction) { $distinct } of the { $pairs } pairs among the { $n } differ significantly, among them { $clauses }; where pairs do not differ, their order says nothing of merit
groups-all = compared pair by pair (with Holm's correction) all { $n } differ significantly: { $clauses }
groups-higher = { $place } above { $lower }

## Detectable differences

detectable-no =
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
detectable-yes =
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
detectable-equal = the two rates are equal; there is no difference to find

## Published figures

published-agrees = the published figure is { $published } and agrees with { $computed } computed from records
published-differs = the published figure is { $published }, while { $computed } is computed from records; the two differ
published-alone = the published figure is { $published }; there are no records to check it against
published-missing = there is no published figure

## Records and coverage

records-all = { $counted } records are counted, none is left out
records-some = { $counted } records are counted, { $out } are left out ({ $reasons })
excluded-filter = { $records } outside the scope
excluded-bottom = { $records } outside the base
excluded-unknown = { $records } with a needed field empty
excluded-withdrawn = { $records } withdrawn
excluded-older = { $records } replaced by a later figure
excluded-other = { $records } by { $rule }
coverage = weights cover { $share }%
coverage-none = not weighted

## Notes

note-small = { $place }: the base is { $n }, below { $below }; read the value with care.
note-suppressed = The base is too small; the value is withheld.
note-unconfirmed = No published formula of “{ $name }” has been seen; the definition used here is the system's own and to be confirmed.
note-published = { $place }: “{ $name }” is a published figure, not computed from records.
note-coverage = { $place }: the weights behind “{ $name }” cover too little; read the value with care.
note-several = { $place }: several figures of “{ $name }” were handed in; the last one counts.
note-not-ranked = { $n } more are not ranked, since their base is too small.
section-no-data = There are no data on { $names } for { $place }.
synthetic-none = None of the figures in this report rests on synthetic data.
synthetic-all = All { $n } figures in this report rest on synthetic data; they are for demonstration and must not be quoted as facts.
synthetic-some = { $synthetic } of the { $n } figures in this report rest wholly or partly on synthetic data; they are for demonstration and must not be quoted as facts.

## Tables

column-indicator = Indicator
column-region = Region
column-period = Period
column-rank = Rank
column-batches = Batches
column-records = Records
column-top = Numerator
column-value = Value
column-interval = { $level }% confidence interval
column-change = Change
column-target = Target
column-share = Share
column-cumulative = Cumulated share
column-synthetic = Synthetic records
column-low = Lower limit
column-high = Upper limit
row-total = Total
cell-target =
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
caption-indicators = Main indicators, { $place }
caption-side-by-side = Main indicators by { $by }, { $place }
caption-worst = { $name }: the { $n } lowest by { $by }, { $place }
caption-best = { $name }: the { $n } highest by { $by }, { $place }
caption-worst-lower = { $name }: the { $n } highest by { $by }, { $place }
caption-best-lower = { $name }: the { $n } lowest by { $by }, { $place }
caption-by = { $name } by { $by }, { $place }
remark-small = Values with a mark rest on fewer than { $below }; read them with care.
remark-small-any = Values with a mark rest on a small base; read them with care.
remark-suppressed = “—” stands for a value withheld, since its base is too small.
remark-not-carried = Changes in brackets are not significant at 5% (or cannot be tested); they are no statement of a rise or fall.
remark-broken = No change is given where the definition changed.
remark-not-ranked = { $n } more are not ranked, since their base is too small.
remark-target = Target: { $target }.
remark-break = From { $label }: { $says }.

## Figures

figure-no-data = There are no data on { $name } for { $place } to draw.
figure-subtitle = { $name }, in { $unit }; { $place }; as of ledger size { $size }
figure-source = Source: { $id }, as of ledger size { $size }.
pareto-rest = { $n } others
finding-line = { $name } in { $region } lay between { $low } and { $high } from { $first } to { $last }
finding-line-one = { $name } in { $region } was { $low } in { $first }
finding-target = ; { $above } of { $n } periods were not below the target
finding-breaks = ; the definition changed on the way
finding-ranked = { $name }, { $place }: from { $high } in { $high-place } to { $low } in { $low-place }
finding-ranked-none = ; every confidence interval holds the value of the whole, { $whole }
finding-ranked-below = ; the interval lies below the value of the whole, { $whole }, in { $below }
finding-ranked-above = ; the interval lies above the value of the whole, { $whole }, in { $above }
finding-ranked-both = ; the interval lies below the value of the whole, { $whole }, in { $below }, and above it in { $above }
finding-pareto = { $name }, { $place }: { $named } make up { $share }%
finding-pareto-one = { $name }, { $place }: all are { $named }
finding-funnel = { $name }, { $place }: { $outside } of { $n } lie outside the 99.8% limits: { $named }
finding-funnel-none = { $name }, { $place }: all { $n } lie within the 99.8% limits; their differences can be chance
finding-tiles = { $name }, { $place }: highest in { $high-place } ({ $high }), lowest in { $low-place } ({ $low })
alt-mark = { $label } { $shown }
alt-all =
    { $kind ->
        [line] Line chart
        [ranked] Ranking with confidence intervals
        [pareto] Pareto chart
        [funnel] Funnel plot
       *[tiles] Tile map
    }, { $name }, { $place }: { $finding }. { $n } in all: { $marks }.
alt-some =
    { $kind ->
        [line] Line chart
        [ranked] Ranking with confidence intervals
        [pareto] Pareto chart
        [funnel] Funnel plot
       *[tiles] Tile map
    }, { $name }, { $place }: { $finding }. { $n } in all, beginning with { $marks }; all values are in the table.

axis-unit = Unit: { $unit }
svg-value = Value
svg-interval = 95% confidence interval
svg-value-interval = Value and 95% confidence interval
svg-value-base = { $shown } (n={ $n })
svg-target = Target { $value }
svg-target-key = Target
svg-whole = Whole { $value }
svg-break = Definition changed
svg-break-note = From { $label }: { $says }
svg-small = Small base
svg-count = Number
svg-cumulative = Cumulated share
svg-base-axis = Size of the base
svg-limits-95 = 95% limits
svg-limits-998 = 99.8% limits
svg-left-out = … { $n } left out

## Notes on method

methods-heading = Notes on method
method-lead = { " " }({ $id }):{ " " }
method-filter = { " " }(where { $filter })
method-count = Number of records of “{ $record }”{ $filter }.
method-count-distinct = Number of different { $field } in records of “{ $record }”{ $filter }.
method-sum = Sum of { $value } over records of “{ $record }”{ $filter }.
method-mean = Mean of { $value } over records of “{ $record }”{ $filter }.
method-ratio = Sum of { $top } over the sum of { $bottom } in records of “{ $record }”{ $filter }.
method-proportion = Share of records of “{ $record }”{ $filter } with { $top } among those with { $bottom }; totals add numerators and denominators, rates are never averaged.
method-proportion-weighted = Share of records of “{ $record }”{ $filter } with { $top } among those with { $bottom }, weighted by output in two layers, industries and regions.
method-comparable = “{ $follows }” over the cells ({ $cell }) that both periods have, weighted by the sample shares of the base period.
method-change = Difference of “{ $of }” to the period compared with.
method-register = Number of records of “{ $record }” valid at the end of the period{ $filter }.
method-reported = Handed in by the department; the last figure for the region and period counts{ $filter }.
method-derived = Computed from other indicators: { $formula }.
method-interval =
    The { $level }% confidence interval is by { $method ->
        [wilson] Wilson's score method
        [clopper-pearson] Clopper and Pearson's exact method
        [poisson] the exact Poisson method
        [student-t] Student's t
       *[other] { $method }
    }.
method-rounding =
    Rounded once, { $rule ->
        [gbt8170] half to even (GB/T 8170)
       *[half-up] half up
    }, to { $digits } decimals.
method-excluded = Records left out ({ $place }): { $reasons }.
method-basis = Basis: { $basis }. Owner: { $owner }.
method-score = Differences of rates between two periods are tested by the score test of two proportions at 5%; their 95% confidence interval is Newcombe's. A rise or fall is stated only where the test carries it.
method-fisher = With fewer than five expected in a cell, Fisher's exact test takes the place of the score test.
method-holm = Places are compared pair by pair with Holm's correction at 5% in all.
method-as-of = All figures are computed from the first { $size } entries of the ledger and the catalog with digest { $catalog }, and can be recomputed to the letter; each leads by its address to the records behind it.

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

# ── press: words of printed documents ──────────────────────────────────────────────────────────
press-table = Table { $n }
press-figure = Figure { $n }
press-contents = Contents
press-notes = Notes
press-remark = Note:{" "}
press-small-mark = *
press-addressee = { $name }:
press-head-number = { $number }
press-imprint = Imprint
press-scope = Report { $report }, region { $region }, period { $period }
press-ledger = Ledger of { $size } entries, root hash { $root }
press-catalog = Catalog digest { $digest }
press-program = Zhiheng { $version }
press-verify = Every number links to its explanation. To check: zhiheng report verify, with the same ledger and catalog, must give the same bytes.
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
    .hint = add a font that has them with ZHIHENG_FONTS; else they print as empty boxes
zh6503 = Note { $n } is referred to, but the report has { $have }
    .hint = add the note or drop the reference
zh6504 = { $table }: row { $row } has { $cells } cells, the table has { $columns } columns
    .hint = extra cells are not printed, missing cells stay empty
zh6505 = The font file { $file } cannot be read
    .hint = use a TTF, OTF or TTC file
zh6506 = The file holds no imprint written by Zhiheng, so it cannot be checked
    .hint = give a file written by zhiheng report build and not edited since
