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
