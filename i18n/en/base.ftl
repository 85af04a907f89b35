# base: regions, periods, exact numbers, codes.

no-data = no data

## Levels of regions

level-nation = nation
level-province = province
level-city = city
level-county = county
level-township = township
level-village = village

## Periods and dates

date = { $iso }
period-year = { $year }
period-half-1 = { $year } H1
period-half-2 = { $year } H2
period-quarter-1 = { $year } Q1
period-quarter-2 = { $year } Q2
period-quarter-3 = { $year } Q3
period-quarter-4 = { $year } Q4
period-month = { $year }-{ $padded }
period-week = { $year } week { $week }
period-assessment = assessment year { $year } ({ $first-year }/{ $first-month } to { $last-year }/{ $last-month })
period-days = { $first } to { $last }

period-kind-year = year
period-kind-half = half year
period-kind-quarter = quarter
period-kind-month = month
period-kind-week = week
period-kind-assessment = assessment year from month { $month }
period-kind-days = any stretch of days

## Changes of rates

percentage-points = { $value } percentage points
relative-change = { $value }%

## ZH10 regions

zh1001 = region code { $code } is not in the region table
    .hint = within: { $within }; nearest code: { $nearest }. A newly founded region must be added to the table first
zh1002 = region code { $code } ({ $name }) ended on { $ended }; successor: { $successor }
    .hint = historical data may keep the old code; on today's basis they count for the successor
zh1003 = region code { $code } ({ $name }) is in use since { $since }, but the record is of { $date }
    .hint = the code of that time: { $before }
zh1004 = “{ $value }” is not a region code
    .hint = a region code has 2, 4, 6, 9 or 12 digits, such as 621122
zh1006 = a line of the region table cannot be read: { $line }
    .hint = a line of the table is “code,name,mark,English name”; a line of history is “old code,old name,new code,kind,date,share,confirmed or K,source”

## ZH11 periods

zh1101 = “{ $value }” is not a period
    .hint = write 2013, 2013H1, 2013Q4, 2013-07, 2013-W32, 2014AY07 (assessment year from July that ends in 2014) or 2013-03-01..2013-05-15
zh1102 = the period “{ $value }” is outside 1900 to 2200
zh1103 = there is no period “{ $value }”
    .hint = check month, quarter, week and day
zh1104 = the last day { $last } is before the first day { $first }
    .hint = swap the two dates
zh1105 = “{ $value }” is not a kind of period
    .hint = kinds: year, half, quarter, month, week, assessment-07 (assessment year from July), days

## ZH12 numbers

zh1201 = “{ $value }” is not a number
    .hint = write digits, a point and a sign only, such as -12.50
zh1202 = the number “{ $value }” has an exponent
    .hint = write it as a plain decimal
zh1203 = the number “{ $value }” has thousands separators
    .hint = write { $mended }
zh1204 = the number “{ $value }” has { $digits } digits; at most { $most } are kept
    .hint = nothing is rounded silently: write as many digits as you need
zh1205 = the number “{ $value }” has a percent sign
    .hint = write { $mended } and state the unit apart

## ZH13 codes

zh1301 = the code “{ $value }” has { $length } characters instead of { $wanted }
zh1302 = character { $place } of the code “{ $value }”, “{ $character }”, is not allowed
    .hint = credit codes have no I, O, Z, S or V; mind 0 and O, 1 and I
zh1303 = character { $place } of the code “{ $value }” is the small letter “{ $character }”
    .hint = write { $mended }
zh1304 = the date of birth in the citizen identity number “{ $value }” does not exist
zh1305 = the check character of the code “{ $value }” should be “{ $expected }”
    .hint = mostly a slip of typing; a few early codes break the rule themselves, so ask the registering office

## ZH14 text

zh1401 = “{ $value }” has full-width characters
    .hint = write { $mended }
zh1402 = “{ $value }” has spaces or invisible characters
    .hint = write { $mended }

## Between the parts of a list and of a sentence; bars keep the space and are not printed

list-separator = |, |
clause-separator = |; |
