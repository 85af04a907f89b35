"""Reference figures for the tests of trend from pyMannKendall 1.4.3. Run here: python make_trend.py

Reads trend_series.csv; writes mann_kendall.csv (case, part, value).
"""
import csv
import math
import numpy as np
import pymannkendall as mk

series = {}
with open("trend_series.csv") as file:
    for row in csv.DictReader(file):
        series.setdefault(row["series"], []).append(float(row["value"]))
yearly, monthly, quarterly = (np.array(series[name]) for name in ("yearly", "monthly", "quarterly"))
gaps = yearly.copy()
gaps[[3, 17, 18]] = math.nan
season_gaps = quarterly.copy()
season_gaps[[2, 21]] = math.nan
cities = np.array(series["monthly"][:60]).reshape(20, 3)
cases = {
    "original yearly": mk.original_test(yearly),
    "original gaps": mk.original_test(gaps),
    "original monthly": mk.original_test(monthly),
    "hamed_rao yearly": mk.hamed_rao_modification_test(yearly),
    "hamed_rao yearly 3": mk.hamed_rao_modification_test(yearly, lag=3),
    "hamed_rao monthly 2": mk.hamed_rao_modification_test(monthly, alpha=0.1, lag=2),
    "yue_wang yearly 1": mk.yue_wang_modification_test(yearly, lag=1),
    "yue_wang yearly 4": mk.yue_wang_modification_test(yearly, lag=4),
    "pre_whitened yearly": mk.pre_whitening_modification_test(yearly),
    "pre_whitened gaps": mk.pre_whitening_modification_test(gaps),
    "trend_free yearly": mk.trend_free_pre_whitening_modification_test(yearly),
    "trend_free monthly": mk.trend_free_pre_whitening_modification_test(monthly),
    "seasonal monthly": mk.seasonal_test(monthly, period=12),
    "seasonal quarterly": mk.seasonal_test(quarterly, period=4),
    "seasonal gaps": mk.seasonal_test(season_gaps, period=4),
    "correlated monthly": mk.correlated_seasonal_test(monthly, period=12),
    "correlated quarterly": mk.correlated_seasonal_test(quarterly, period=4),
    "regional cities": mk.regional_test(cities),
    "regional_correlated cities": mk.correlated_multivariate_test(cities),
    "partial yearly": mk.partial_test(np.column_stack([yearly, monthly[:40]])),
}
with open("mann_kendall.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["case", "part", "value"])
    for case, it in cases.items():
        for part, value in [("p", it.p), ("z", it.z), ("tau", it.Tau), ("s", it.s), ("variance", it.var_s),
                            ("slope", it.slope), ("intercept", it.intercept)]:
            out.writerow([case, part, repr(float(value))])
