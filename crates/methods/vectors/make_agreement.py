#!/usr/bin/env python3
"""Krippendorff's alpha, Fleiss' and Conger's kappa from other programs than R's irr.

pip install krippendorff==0.9.0 irrCAC==0.4.4; python make_agreement.py  (writes agreement_py.csv and the tables
ratings_*.csv, which make_agreement.R reads too)
"""
import csv
import random

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC

random.seed(196601)
out = csv.writer(open("agreement_py.csv", "w", newline=""), lineterminator="\n")
out.writerow(["table", "what", "value"])


def ratings(n, k, levels, share_missing, lenient):
    table = np.full((n, k), np.nan)
    for i in range(n):
        true = random.uniform(0, levels)
        for j in range(k):
            if random.random() >= share_missing:
                table[i, j] = min(levels, max(1, round(true + random.gauss(0, 1) + lenient[j])))
    return table


TABLES = {
    "complete": ratings(30, 4, 5, 0, [0, 0.5, -0.5, 1]),
    "gaps": ratings(40, 5, 7, 0.25, [0, 1, -1, 0.5, 0]),
    "pair": ratings(60, 2, 4, 0, [0, 0.3]),
}
for name, table in TABLES.items():
    writer = csv.writer(open(f"ratings_{name}.csv", "w", newline=""), lineterminator="\n")
    writer.writerow([f"rater{j + 1}" for j in range(table.shape[1])])
    for row in table:
        writer.writerow(["" if np.isnan(x) else int(x) for x in row])
    for level in ["nominal", "ordinal", "interval", "ratio"]:
        value = krippendorff.alpha(reliability_data=table.T, level_of_measurement=level)
        out.writerow([name, f"alpha_{level}", repr(float(value))])
    if name != "gaps":
        frame = pd.DataFrame(table.astype(int))
        cac = CAC(frame, digits=15)
        out.writerow([name, "fleiss", repr(float(cac.fleiss()["est"]["coefficient_value"]))])
        out.writerow([name, "conger", repr(float(cac.conger()["est"]["coefficient_value"]))])
