"""Judges six places many times with errors of figures and other weights, in plain Python, and writes robust.json.

Independent of the crate: its own scoring rules, its own random numbers (the Mersenne Twister of `random`), quantiles by sorting.
Run it in this folder: python3 make_robust.py
"""

import json
import math
import random

DRAWS = 200_000
PLACES = 6
FULL = 100
BANDS = [("A", 90), ("B", 80), ("C", 60), ("D", 0)]
WITHIN = 0.1

# id, part, points, measure, how it scores, the same in the catalog's language
ITEMS = [
    ("rate", "safety", 30, "a", ("stepped", 90, 0.5, 1), "{ stepped = { target = 90, step = 0.5, each = 1, begun = true } }"),
    ("ratio", "safety", 20, "b", ("ratio", 99), "{ target_ratio = { target = 99 } }"),
    ("between", "growth", 25, "c", ("between", 100, 90), "{ between = { best = 100, worst = 90 } }"),
    ("place", "growth", 15, "a", ("rank", [(0.34, 15), (0.67, 9), (1, 3)]),
     "{ rank = [{ top = 0.34, points = 15 }, { top = 0.67, points = 9 }, { top = 1, points = 3 }] }"),
    ("level", "growth", 10, "d", ("levels", [(75, 10), (70, 6), (60, 2)]),
     "{ levels = [{ from = 75, points = 10 }, { from = 70, points = 6 }, { from = 60, points = 2 }] }"),
]
PARTS = {"safety": 50, "growth": 50}

# value, then the standard deviation below and above; None is no data
FIGURES = {
    "a": [(92, 1.5, 1), (89, 1, 1), (88.5, 1, 1.5), (91, 2, 1), (80, 2, 2), (84, 0, 0)],
    "b": [(98, 1, 0.5), (97, 1, 1), (99, 1, 0.4), (90, 2, 2), (70, 3, 3), None],
    "c": [(99, 1, 0.5), (98, 1, 1), (97, 1, 1), (None), (93, 1, 1), (95, 0, 0)],
    "d": [(76, 2, 2), (74, 2, 2), (75.5, 2, 2), (71, 3, 3), (60, 2, 2), (72, 0, 0)],
}


def score(rule, most, x, target_rank):
    kind = rule[0]
    if kind == "stepped":
        _, target, step, each = rule
        return max(0, most - each * math.ceil(max(0, target - x) / step - 1e-9))
    if kind == "ratio":
        return most * min(1, max(0, x / rule[1]))
    if kind == "between":
        _, best, worst = rule
        return most * min(1, max(0, (x - worst) / (best - worst)))
    if kind == "levels":
        return next((points for start, points in rule[1] if x >= start), 0)
    rank, of = target_rank
    return next((points for share, points in rule[1] if rank <= share * of + 1e-9), 0)


def judged(values, weights):
    sums = []
    for place in range(PLACES):
        lost = sum(weights[i] for i, item in enumerate(ITEMS) if values[item[3]][place] is None)
        total = 0
        for i, (_, _, points, measure, rule, _) in enumerate(ITEMS):
            x = values[measure][place]
            if x is None:
                continue
            known = [v for v in values[measure] if v is not None]
            rank = (1 + sum(v > x for v in known), len(known))
            total += score(rule, points, x, rank) * weights[i] / points * FULL / (FULL - lost)
        sums.append(total)
    return sums


def quantile(values, share):
    values = sorted(values)
    return values[round(share * (len(values) - 1))]


def main():
    random.seed(20130530)
    sums, ranks = [], []
    for _ in range(DRAWS):
        values = {}
        for measure, figures in FIGURES.items():
            row = []
            for figure in figures:
                if figure is None:
                    row.append(None)
                    continue
                value, below, above = figure
                error = random.gauss(0, 1)
                row.append(min(100, max(0, value + error * (below if error < 0 else above))))
            values[measure] = row
        weights = [item[2] * (1 + WITHIN * random.uniform(-1, 1)) for item in ITEMS]
        weights = [weight * FULL / sum(weights) for weight in weights]
        one = judged(values, weights)
        sums.append(one)
        ranks.append([1 + sum(other > own + 1e-9 for other in one) for own in one])
    exact = judged({m: [f and f[0] for f in row] for m, row in FIGURES.items()}, [item[2] for item in ITEMS])
    places = []
    for place in range(PLACES):
        own = [one[place] for one in sums]
        grade = lambda total: next(name for name, start in BANDS if total >= start - 1e-9)
        grades = [grade(total) for total in own]
        places.append({
            "points": round(exact[place], 6),
            "between": [round(quantile(own, 0.025), 4), round(quantile(own, 0.975), 4)],
            "grades": {name: grades.count(name) / DRAWS for name, _ in BANDS if name in grades},
            "ranks": [quantile([r[place] for r in ranks], 0.025), quantile([r[place] for r in ranks], 0.975)],
        })
    ahead = [[round(sum((one[a] > one[b]) + 0.5 * (one[a] == one[b]) for one in sums) / DRAWS, 5) for b in range(PLACES)]
             for a in range(PLACES)]
    toml = "".join(
        f'[[scheme.s.group]]\nid = "{name}"\nname = {{ zh = "类", en = "{name}" }}\npoints = {points}\n'
        for name, points in PARTS.items())
    toml += "".join(
        f'[[scheme.s.item]]\nid = "{name}"\ngroup = "{part}"\nname = {{ zh = "项", en = "{name}" }}\npoints = {points}\n'
        f'measure = "t.{measure}"\nscore = {text}\n' for name, part, points, measure, _, text in ITEMS)
    answer = {"items": toml, "figures": FIGURES, "places": places, "ahead": ahead}
    with open("robust.json", "w", encoding="utf-8") as file:
        json.dump(answer, file, indent=1, ensure_ascii=False)
        file.write("\n")


main()
