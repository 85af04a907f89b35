"""Reference figures for the tests of pls. Run here: python make_pls.py (numpy, pandas, plspm 0.5.7).

Writes pls_data.csv (answers of 80 persons to 10 items on 1-10, made up) and pls.csv (case, part, row, column, value):
cases by plspm run until its weights settle, and consistent PLS computed here from the formulas of Dijkstra and
Henseler (2015) on scores, not on correlations.
"""
import csv
import numpy as np
import pandas as pd
import plspm.config as c
from plspm.mode import Mode
from plspm.plspm import Plspm
from plspm.scheme import Scheme

rng = np.random.default_rng(314)
n = 80
image = rng.normal(size=n)
quality = 0.6 * image + 0.8 * rng.normal(size=n)
value = 0.3 * image + 0.5 * quality + 0.7 * rng.normal(size=n)
satisfaction = 0.2 * image + 0.5 * quality + 0.3 * value + 0.6 * rng.normal(size=n)
truth = {"image": image, "quality": quality, "value": value, "satisfaction": satisfaction}
blocks = {"image": ["i1", "i2"], "quality": ["q1", "q2", "q3"], "value": ["v1", "v2"],
          "satisfaction": ["s1", "s2", "s3"]}
paths = [("image", "quality"), ("image", "value"), ("quality", "value"), ("image", "satisfaction"),
         ("quality", "satisfaction"), ("value", "satisfaction")]
data = {}
for name, items in blocks.items():
    for k, item in enumerate(items):
        noise = 0.5 + 0.25 * k
        mark = 6.5 + (1.3 + 0.5 * k) * (truth[name] + noise * rng.normal(size=n))
        data[item] = np.clip(np.round(mark), 1, 10)
data = pd.DataFrame(data)
data.to_csv("pls_data.csv", index=False, float_format="%g")
gaps = data.copy()
for row, item in [(3, "i1"), (3, "q2"), (20, "s3"), (41, "v1"), (66, "s3")]:
    gaps.loc[row, item] = np.nan

out = csv.writer(open("pls.csv", "w", newline=""), lineterminator="\n")
out.writerow(["case", "part", "row", "column", "value"])


def put(case, part, row, column, value):
    out.writerow([case, part, row, column, repr(float(value))])


def by_plspm(case, data, scheme, modes, scaled=True):
    x = data - data.mean()
    if scaled:
        x = x / data.std(ddof=1)
    structure = c.Structure()
    for source, target in paths:
        structure.add_path([source], [target])
    config = c.Config(structure.path(), scaled=False)
    for name, items in blocks.items():
        config.add_lv(name, modes.get(name, Mode.A), *[c.MV(item) for item in items])
    it = Plspm(x, config, scheme, iterations=2000, tolerance=1e-26)
    outer = it.outer_model()
    for name, items in blocks.items():
        weights = outer.loc[items, "weight"]
        weights = weights / (x[items] @ weights).std(ddof=1)
        for item in items:
            put(case, "weight", item, name, weights[item])
            put(case, "loading", item, name, outer.loc[item, "loading"])
    coefficients = it.path_coefficients()
    for source, target in paths:
        put(case, "path", source, target, coefficients.loc[target, source])
    effects = it.effects()
    for _, row in effects.iterrows():
        put(case, "total", row["from"], row["to"], row["total"])
        put(case, "indirect", row["from"], row["to"], row["indirect"])
    summary = it.inner_summary()
    for name in ["quality", "value", "satisfaction"]:
        put(case, "r_squared", name, name, summary.loc[name, "r_squared"])
        put(case, "r_squared_adjusted", name, name, summary.loc[name, "r_squared_adj"])
    one = it.unidimensionality()
    for name in blocks:
        if modes.get(name) == Mode.B:
            continue  # plspm has no such figures for mode B
        put(case, "alpha", name, name, one.loc[name, "cronbach_alpha"])
        put(case, "first", name, name, one.loc[name, "eig_1st"])
        put(case, "second", name, name, one.loc[name, "eig_2nd"])
        put(case, "rho_c_first", name, name, one.loc[name, "dillon_goldstein_rho"])


b = {"image": Mode.B, "quality": Mode.B}
by_plspm("path A", data, Scheme.PATH, {})
by_plspm("centroid A", data, Scheme.CENTROID, {})
by_plspm("factorial A", data, Scheme.FACTORIAL, {})
by_plspm("path B", data, Scheme.PATH, b)
by_plspm("centroid B", data, Scheme.CENTROID, b)
by_plspm("factorial B", data, Scheme.FACTORIAL, b)
by_plspm("path raw", data, Scheme.PATH, {}, scaled=False)
by_plspm("centroid raw B", data, Scheme.CENTROID, b, scaled=False)
by_plspm("path mean", gaps.fillna(gaps.mean()), Scheme.PATH, {})
by_plspm("factorial rows", gaps.dropna(), Scheme.FACTORIAL, {})


def consistent(case, factors):
    """Scores by iterating on the data, then the correction; values and satisfaction as least squares."""
    x = (data - data.mean()) / data.std(ddof=1)
    score = {name: x[items].sum(axis=1) for name, items in blocks.items()}
    standard = lambda v: (v - v.mean()) / v.std(ddof=1)
    score = {name: standard(v) for name, v in score.items()}
    for _ in range(500):
        proxy = {}
        for name in blocks:
            v = 0
            drivers = [s for s, t in paths if t == name]
            if drivers:
                design = np.column_stack([score[d] for d in drivers])
                v = v + design @ np.linalg.lstsq(design, score[name], rcond=None)[0]
            for target in [t for s, t in paths if s == name]:
                v = v + np.corrcoef(score[name], score[target])[0, 1] * score[target]
            proxy[name] = standard(v)
        weights = {name: x[items].T @ proxy[name] / (n - 1) for name, items in blocks.items()}
        weights = {name: w / (x[blocks[name]] @ w).std(ddof=1) for name, w in weights.items()}
        score = {name: x[blocks[name]] @ w for name, w in weights.items()}
    rho = {}
    for name, items in blocks.items():
        w, s = weights[name].values, x[items].corr().values
        off = s - np.diag(np.diag(s))
        outer = np.outer(w, w)
        rho[name] = (w @ w) ** 2 * (w @ off @ w) / (w @ (outer - np.diag(np.diag(outer))) @ w)
        put(case, "rho_a", name, name, rho[name])
    used = {name: rho[name] if name in factors else 1.0 for name in blocks}
    names = list(blocks)
    r = pd.DataFrame(score).corr()
    for s in names:
        for t in names:
            if s != t:
                r.loc[s, t] /= np.sqrt(used[s] * used[t])
    for name, items in blocks.items():
        w = weights[name]
        for item in items:
            loading = w[item] * np.sqrt(rho[name]) / (w @ w) if name in factors else np.corrcoef(
                x[item], score[name])[0, 1]
            put(case, "loading", item, name, loading)
    for target in ["quality", "value", "satisfaction"]:
        drivers = [s for s, t in paths if t == target]
        beta = np.linalg.solve(r.loc[drivers, drivers].values, r.loc[drivers, target].values)
        put(case, "r_squared", target, target, beta @ r.loc[drivers, target].values)
        for driver, value in zip(drivers, beta):
            put(case, "path", driver, target, value)


consistent("factors", list(blocks))
consistent("some factors", ["quality", "satisfaction"])
