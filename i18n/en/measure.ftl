# measure: lake, roll-ups, measures, their explanation.

## What a reader must be told beside a number

flag-small = the base is below the stated minimum; indicative only
flag-suppressed = not published: the base is below the stated minimum
flag-unconfirmed = the definition is still to be confirmed
flag-synthetic = contains synthetic data
flag-published = a published figure, not computed from records
flag-break = the definition changed within or at the start of this period
flag-low-coverage = the weights cover less than the stated share
flag-not-comparable = not comparable: the definition differs in the other period
flag-several = several figures were handed in for this region and period; the last one counts
flag-no-interval = the sample does not carry an interval
flag-refused = the method gives no figure

## Why a record is not counted

excluded-filter = not a record of this indicator
excluded-bottom = not in the denominator
excluded-unknown = a field needed to decide is empty
excluded-withdrawn = withdrawn
excluded-older = a later figure was handed in

## Explanation of a number

explain-value = { $address }: { $value }
explain-cut = { $dimension }: { $value }
explain-as-then = places as they were then
explain-as-of = as of { $size } entries
explain-no-data = { $address }: no data
explain-suppressed = { $address }: not published, the base of { $records } is below the minimum
explain-quotient = { $top } ÷ { $bottom }, rounded by { $rule } to { $digits } decimals
explain-total = total { $top }, rounded by { $rule } to { $digits } decimals
explain-filter = only records that meet: { $formula }
explain-top = numerator: { $formula }, { $records } records
explain-top-weighted = numerator: { $formula }
explain-bottom = denominator: { $formula }, { $records } records
explain-sum-top = numerator: sum of { $formula }, { $value }
explain-sum-bottom = denominator: sum of { $formula }, { $value }
explain-value-formula = value: { $formula }
explain-weight = weight: { $formula }
explain-distinct = each “{ $field }” is counted once
explain-excluded = { $records } not counted: { $reason } ({ $rule })
explain-part = { $name }: { $top } ÷ { $bottom }
explain-part-total = { $name }: { $top }
explain-interval-wilson = { $level } % Wilson score interval: x = { $x }, n = { $n }, z = { $z }; (x + z²/2)/(n + z²) ± z/(n + z²)·√(x(n − x)/n + z²/4) = { $low } to { $high }
explain-interval = { $level } % interval ({ $method }): x = { $x }, n = { $n }, { $low } to { $high }
explain-change = { $to } against { $from } of { $from-address }: a difference of { $difference }
explain-test = { $test }: p = { $p }
explain-test-carried = the difference is significant (level { $level } %)
explain-test-not-carried = the difference is not significant (level { $level } %): neither up nor down may be said
explain-not-comparable = the definition changed between the two periods ({ $on }: { $says }); no comparison
explain-cells = cells present in both periods: { $cells }, covering { $covered } of { $whole }
explain-cell = { $name }: { $top } ÷ { $bottom }, weight { $weight }
explain-weights = weights from { $record } ({ $on }), covering { $covered } of { $whole }
explain-plain = unweighted: { $value }
explain-register = records valid on { $on }
explain-reported = a figure handed in, entry { $entry }
explain-derived = formula: { $formula }
explain-design = drawn by strata { $strata }, clusters { $cluster }, units there are { $population }; a place is a part of the sample, not a sample of its own
explain-method = computed by the method { $method }
explain-method-records = one row per record, { $n } rows
explain-method-places = one row per place of the level with data, { $n } places
explain-method-steps = one row per step, { $n } steps, at most { $before } of them before the period
explain-method-column = column { $column }: { $take }
explain-method-column-of = column { $column }: { $take } of { $of }
explain-method-option = option { $option }
explain-method-interval = interval ({ $name }): { $low } to { $high }
explain-method-beside = { $column }: { $value }
explain-method-step = { $period } is out of the ordinary: { $value } (centre { $centre }, lower limit { $low }, upper limit { $high })
explain-method-refused = { $id } gives no figure: { $kind ->
        [empty] “{ $what }” has no values
        [too-few] “{ $what }” has { $found } values, { $needed } are needed
        [not-finite] “{ $what }” has a blank cell or one that is no number
        [out-of-range] “{ $what }” is { $found }, allowed is { $needed }
        [no-variation] “{ $what }” does not vary
        [column] there is no column “{ $what }”; there are { $needed }
        [table] there is no table “{ $what }”; there are { $needed }
        [cell] “{ $what }” holds “{ $found }”, needed is a { $needed }
       *[other] { $said }
    }
explain-target = target: { $bound } { $value } ({ $basis })
explain-target-met = met
explain-target-missed = missed
explain-at-least = at least
explain-at-most = at most
explain-snapshot = ledger size { $size }, catalog { $catalog }
rounding-gbt8170 = GB/T 8170
rounding-half-up = half up

## ZH50 addresses and questions

zh5001 = “{ $value }” is not the address of a number
    .hint = write indicator/region/period, and ;dimension=value and @ledger-size as needed, such as sampling.pass_rate/621100/2013;product=flour@1234
zh5002 = the cut “{ $value }” in the address cannot be read
    .hint = write dimension=value; percent-encode / ; = @ % ~ and spaces in the value
zh5003 = the ledger size “{ $value }” in the address is not a number
    .hint = after @ write a number of entries, such as @1234
zh5004 = the address cuts dimension “{ $dimension }” twice
zh5005 = there is no indicator { $indicator }
    .hint = nearest: { $nearest }
zh5006 = indicator { $indicator } cannot be cut by “{ $dimension }”
    .hint = allowed: { $allowed }
zh5007 = the ledger has { $size } entries; it cannot be read as of entry { $asked }
zh5008 = indicator { $indicator } has no records of its own
    .hint = it is computed from: { $of }
zh5009 = indicator { $indicator } refers to others too many times over
    .hint = check how the indicators of the catalog refer to each other
zh5011 = one question may ask for at most { $most } periods
zh5012 = the total of indicator { $indicator } has more digits than can be kept exactly
zh5013 = “{ $value }” is not a value of dimension “{ $dimension }” ({ $kind })
zh5014 = record type { $record }, which indicator { $indicator } reads, is not in the catalog
zh5016 = “{ $value }” is no table: one or two cuts must be left open
    .hint = for example sampling.batches/621100/2013Q2;product=*;region=county
zh5017 = “{ $value }” is no level of regions below { $region }
    .hint = levels: { $all }
zh5018 = the cells of indicator { $indicator } do not add up to their totals: { $because } is counted in several
    .hint = check an indicator of records, or split by another dimension
zh5019 = it is not plain who contributes to indicator { $indicator } ({ $asked })
    .hint = add ;contributor= with a field of its record, such as { $all }
zh5020 = indicator { $indicator } has values below 0, or too large to be checked
    .hint = rules of dominance hold for sums of what is not negative
zh5021 = there is no table at { $value }: { $why }
    .hint = look at the numbers first: zhiheng measure table

## ZH51 lake and roll-ups

zh5101 = analysis data { $path } cannot be read or written: { $cause }
    .hint = analysis data can always be made again from the ledger: zhiheng ledger rebuild
zh5102 = field “{ $field }” of ledger entry { $entry } does not fit the present definition and counts as empty
    .hint = the record was taken under an older definition; correct the record, or widen the field in the catalog
zh5103 = ledger entry { $entry } cannot be read
    .hint = run zhiheng ledger verify
zh5104 = the query failed: { $cause }
zh5105 = the roll-up differs from a recomputation: { $record } { $quarter }, { $cuboid }, region { $region }: { $stored } ≠ { $computed }
    .hint = delete lake/rollup and roll up again
zh5106 = the ledger cannot be read: { $cause }
zh5107 = ledger entry { $entry } of record type { $record } has no usable date; no period counts it
