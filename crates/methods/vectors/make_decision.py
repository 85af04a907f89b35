#!/usr/bin/env python3
"""Weights and scores of pymcdm 1.4.0 with costs among the criteria and options other than the defaults.

pip install pymcdm==1.4.0; python make_decision.py  (writes decision.csv)

Rows: table, what, option, position, value. Tables `0`, `1`, `2` are the criteria (`input`), direction and weight first.
"""
import csv
import random

import numpy as np
from pymcdm import methods, normalizations, weights
from pymcdm.weights.subjective import AHP

random.seed(20110515)
out = csv.writer(open("decision.csv", "w", newline=""), lineterminator="\n")
out.writerow(["table", "what", "option", "i", "j", "value"])


def table(n, m, digits):
    return np.array([[round(random.uniform(1, 100), digits) for _ in range(m)] for _ in range(n)])


TABLES = [
    (table(12, 5, 2), np.array([1, -1, 1, 1, -1])),
    (table(7, 3, 0), np.array([-1, 1, 1])),
    (table(15, 6, 3), np.array([1, 1, -1, 1, -1, -1])),
]
SCALINGS = {
    "minmax": normalizations.minmax_normalization,
    "max": normalizations.max_normalization,
    "sum": normalizations.sum_normalization,
    "vector": normalizations.vector_normalization,
    "linear": normalizations.linear_normalization,
    "logarithmic": normalizations.logarithmic_normalization,
    "nonlinear": normalizations.nonlinear_normalization,
    "enhanced": normalizations.enhanced_accuracy_normalization,
    "zavadskas": normalizations.zavadskas_turskis_normalization,
}

for number, (matrix, types) in enumerate(TABLES):
    n, m = matrix.shape
    weight = np.array([random.uniform(0.1, 1) for _ in range(m)])
    weight = weight / weight.sum()

    def put(what, option, values):
        for i, value in enumerate(values):
            out.writerow([number, what, option, i, "", repr(float(value))])

    put("direction", "", types)
    put("weight", "", weight)
    for i in range(n):
        for j in range(m):
            out.writerow([number, "input", "", i, j, repr(float(matrix[i, j]))])
    for name in ["entropy", "standard_deviation", "variance", "critic", "gini", "angle"]:
        put("weights", name, getattr(weights, name + "_weights")(matrix))
    for name in ["merec", "cilos", "idocriw", "lopcow"]:
        put("weights", name, getattr(weights, name + "_weights")(matrix, types))

    def run(what, option, method):
        scores = method(matrix, weight, types)
        put(what, option, scores)
        put(what + " rank", option, method.rank(scores))

    for name, scaling in SCALINGS.items():
        run("topsis", name, methods.TOPSIS(scaling))
        run("wsm", name, methods.WSM(scaling))
        if name not in ("max", "enhanced", "zavadskas"):
            run("waspas", name, methods.WASPAS(scaling, 0.3))
            run("wpm", name, methods.WPM(scaling))
    for v in [0.0, 0.3, 0.5, 1.0]:
        run("vikor", str(v), methods.VIKOR(v=v))
    for name in ["usual", "ushape", "vshape", "level", "vshape_2"]:
        q, p = np.full(m, 4.0), np.full(m, 30.0)
        run("promethee", name, methods.PROMETHEE_II(name, p=p, q=q))
    run("edas", "", methods.EDAS())
    for name in ["linear", "minmax"]:
        run("codas", name, methods.CODAS(SCALINGS[name]))
    for name in ["sum", "linear"]:
        run("aras", name, methods.ARAS(SCALINGS[name]))
    run("cocoso", "minmax", methods.COCOSO(l=0.4)) if number == 0 else None
    run("copras", "", methods.COPRAS())
    run("moora", "", methods.MOORA())
    run("ocra", "", methods.OCRA())
    run("mabac", "", methods.MABAC())
    run("mairca", "", methods.MAIRCA())
    run("marcos", "", methods.MARCOS())
    bounds = np.array([[0.0, 120.0]] * m)
    run("spotis", "", methods.SPOTIS(bounds))
    run("spotis", "expected", methods.SPOTIS(bounds, esp=np.full(m, 50.0)))

# pairwise judgements: the eigenvector by numpy, the ratio with Tummala and Ling's indices
for n in [3, 4, 5, 8, 12, 15]:
    a = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            a[i, j] = random.choice([1, 2, 3, 4, 5, 7, 9, 1 / 2, 1 / 3, 1 / 5, 1 / 9])
            a[j, i] = 1 / a[i, j]
    values, vectors = np.linalg.eig(a)
    at = np.argmax(values.real)
    vector = np.abs(vectors[:, at].real)
    ahp = AHP(ranking=list(range(1, n + 1)))
    ahp.matrix = a
    for i in range(n):
        for j in range(n):
            out.writerow([f"ahp{n}", "input", "", i, j, repr(float(a[i, j]))])
        out.writerow([f"ahp{n}", "eigenvector", "", i, "", repr(float(vector[i] / vector.sum()))])
    out.writerow([f"ahp{n}", "eigenvalue", "", 0, "", repr(float(values[at].real))])
    out.writerow([f"ahp{n}", "ratio", "tummala_ling", 0, "", repr(float(ahp.get_cr()))])
