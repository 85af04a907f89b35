# judge: verdicts and their explanation.

judge-graded = { $scheme }: { $place } has { $points } of { $full } points, grade { $grade }, rank { $rank }
judge-graded-by-veto = { $scheme }: { $place } has { $points } of { $full } points; grade { $grade } by veto, rank { $rank } by points
judge-veto-while-open = { $scheme }: { $place } has grade { $grade } by veto; the points are open until the missing figures are there
judge-open = { $scheme }: { $place } has no grade yet, figures are missing
judge-veto = veto: { $says } ({ $measure } is above 0), so grade { $grade } whatever the points
judge-band = grade { $grade } from { $from } points on, by the unrounded sum
judge-part = { $name }: { $points } of { $full } points
judge-item = { $name }: { $points } of { $most } points for { $shown }
judge-item-open = { $name }: no figure, left open until there is one
judge-item-zero = { $name }: no figure, 0 of { $most } points by the rule
judge-item-full = { $name }: no figure, all { $most } points by the rule, as for everyone without one
judge-item-shared-out = { $name }: no figure; its points are shared out to the other items in proportion to theirs
judge-item-none = { $name }: nothing reported, nothing added or taken off
judge-no-target = there is no target to hold the figure against
judge-at-least = all points from { $target } on, else none
judge-at-most = all points up to { $target }, else none
judge-checklist = { $each } points each
judge-levels = points from: { $levels }
judge-target-ratio = the share of the target { $target } that is reached, at most 1
judge-stepped = all points at { $target }; for each full { $step } away from it { $each } fewer, not below { $floor }
judge-stepped-begun = all points at { $target }; for each { $step } away from it, begun ones too, { $each } fewer, not below { $floor }
judge-between = in proportion between { $worst } (none) and { $best } (all)
judge-change = better { $better }, as before { $same }, worse { $worse }; up to { $within } counts as before
judge-rank = rank { $rank } of { $of }; points by share from the top: { $levels }
judge-deduct = { $each } points off for each
judge-bonus = { $each } points more for each
judge-item-given = { $name }: { $points } of { $most } points, given by people
judge-item-not-given = { $name }: nobody has given points yet, left open until then
judge-item-unproven = { $name }: evidence is missing ({ $evidence }), 0 of { $most } points by the rule
judge-item-unproven-open = { $name }: evidence is missing ({ $evidence }), left open until it is there
judge-judged = any points up to the item's
judge-judged-level = { $says }

## how sure a grade is

zh9101 = { $n } draws at level { $level } over { $places } places cannot be made
    .hint = 2 to 100000 draws, at most 20 million over the number of places; a level above 0.5 and below 1

## stages

zh9110 = there is no item “{ $item }” ({ $region }, stage { $stage })
    .hint = items: { $all }
zh9111 = { $points } points for “{ $item }” ({ $region }, stage { $stage }) are out of range
    .hint = from { $least } up to { $most }
zh9112 = { $points } points for “{ $item }” ({ $region }, stage { $stage }) are no level of the item
    .hint = levels: { $all }
zh9113 = stage { $stage } changes “{ $item }” ({ $region }) from { $before } to { $points } points without a reason
    .hint = write the reason; the points of stage { $earlier } stand until then
zh9114 = “{ $item }” ({ $region }) is scored twice in stage { $stage }, so neither counts
    .hint = withdraw one of the two records
zh9115 = “{ $item }” ({ $region }) is scored by its figure, so { $points } points of the final stage do not count
    .hint = correct the records behind the figure, or let the scheme have people score the item
zh9116 = { $region } is not assessed by the scheme, which takes places of the level { $level }
zh9117 = stage { $stage } of “{ $item }” ({ $region }) rests on file { $hash }…, which nobody handed in
    .hint = hand the file in as evidence, or correct the number

## evidence

zh9120 = “{ $hash }…” ({ $item }, { $region }) is no SHA-256, so it proves nothing
    .hint = 64 digits and letters a to f
zh9121 = file { $hash }… ({ $region }) is handed in for “{ $item }”, which is no item of the scheme
    .hint = items: { $all }
zh9122 = file { $hash }… ({ $item }, { $region }) holds from { $from } until { $until }, not over all of { $period }, so it proves nothing
    .hint = hand in one that covers the whole period
zh9123 = file { $hash }… of { $region } serves “{ $item }” and “{ $other_item }”
    .hint = see whether it proves both
zh9124 = file { $hash }… ({ $item }, { $region }) was handed in by { $other_region }, too
    .hint = see whose it is
zh9125 = file { $hash }… ({ $item }, { $region }) served { $other_period } already
    .hint = see whether it still holds

## duties

judge-duty-bottom = { $place }, number { $rank } from the end with { $points } points (the last { $n } owe it): { $says }
judge-duty-grade = { $place }, grade { $grade }: { $says }
judge-duty-clock = within clock { $id }
judge-duty-opens = opens a case of { $id }
judge-duty-tied = equal points at the border: more places owe it than the scheme states
judge-duty-provisional = provisional: places without points could still come behind

## what if

zh9130 = “{ $text }” does not say what is to be otherwise
    .hint = write it as { $sample }
zh9131 = the scheme does not judge { $id }
    .hint = indicators: { $all }
zh9132 = the scheme has no “{ $id }”
    .hint = there are: { $all }
zh9133 = “{ $id }” cannot have { $points } of { $full } points
    .hint = more than 0, and less than the full sum where other items share in it
zh9134 = grade { $grade } cannot begin at { $from }
    .hint = each grade begins above the next worse one
judge-margin-better = { $name }: grade { $grade } at { $to } (now { $value }), all else as it is
judge-margin-better-beyond = { $name }: grade { $grade } just beyond { $to } (now { $value }), all else as it is
judge-margin-worse = { $name }: down to grade { $grade } at { $to } (now { $value }), all else as it is
judge-margin-worse-beyond = { $name }: down to grade { $grade } just beyond { $to } (now { $value }), all else as it is
judge-margin-shared = the same figure counts in { $items }, too, which is left aside here
