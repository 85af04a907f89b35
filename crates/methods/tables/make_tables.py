"""Writes the sampling tables from the rule they follow: a cell depends on letter + AQL step alone.

With i the number of the code letter (A = 0) and j the number of the AQL (0.010 = 0), the cell is a function of
s = i + j, save for the rows next to the ends. Run in this folder; the CSV files are what the crate reads, and its
tests compare them with the printed tables' own laws and with R's AQLSchemes.
"""

LETTERS = "ABCDEFGHJKLMNPQR"
AQLS = "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100 150 250 400 650 1000".split()
SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150]
REDUCED = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800]
DOWN, UP = "v", "^"


def normal(i, s):
    series = {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21}
    if s < 14:
        return DOWN
    if s == 15:
        return DOWN if i == 0 else UP
    if s == 16:
        return UP if LETTERS[i] == "R" else DOWN
    if s == 25:
        return 30 if i <= 4 else UP
    if s == 26:
        return 44 if 1 <= i <= 4 else UP
    return series.get(s, UP)


def tightened(i, s, gb):
    series = {15: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 8, 23: 12, 24: 18}
    if s <= 14 or s == 17:
        return DOWN
    if s == 15:
        return DOWN if i == 0 and not gb else 0
    if s == 16:
        return UP if LETTERS[i] == "R" else DOWN
    if s == 25:
        return 27 if i <= 4 else UP
    if s == 26:
        return 41 if 1 <= i <= 4 else UP
    return series.get(s, UP)


def reduced_gb(i, s):
    letter = LETTERS[i]
    edge = {
        15: {"A": DOWN}, 16: {"Q": UP, "R": UP}, 17: {"A": 1, "R": UP}, 18: {"A": 2}, 19: {"A": 3}, 20: {"A": 5},
        21: {"A": 7}, 22: {"A": 10, "B": 7}, 23: {"A": 14, "B": 10}, 24: {"A": 21, "B": 14},
        25: {"A": 30, "B": 21, "C": 14, "D": 14, "E": 14}, 26: {"B": 30, "C": 21, "D": 21, "E": 21},
    }
    plain = {14: 0, 15: UP, 16: DOWN, 17: DOWN, 18: 1, 19: 2, 20: 3, 21: 5, 22: 6, 23: 8, 24: 10}
    return edge.get(s, {}).get(letter, DOWN if s < 14 else plain.get(s, UP))


def reduced_105e(i, s):
    letter = LETTERS[i]
    edge = {
        15: {"A": DOWN}, 16: {"R": UP}, 17: {"A": "1/2"}, 18: {"A": "2/3"}, 19: {"A": "3/4", "B": "2/4"},
        20: {"A": "5/6", "B": "3/5"}, 21: {"A": "7/8", "B": "5/6"}, 22: {"A": "10/11", "B": "7/8"},
        23: {"A": "14/15", "B": "10/11"}, 24: {"A": "21/22", "B": "14/15"},
        25: {"A": "30/31", "B": "21/22", "C": "14/17", "D": "14/17", "E": "14/17"},
        26: {"B": "30/31", "C": "21/24", "D": "21/24", "E": "21/24"},
    }
    plain = {14: "0/1", 15: UP, 16: DOWN, 17: "0/2", 18: "1/3", 19: "1/4", 20: "2/5", 21: "3/6", 22: "5/8",
             23: "7/10", 24: "10/13"}
    return edge.get(s, {}).get(letter, DOWN if s < 14 else plain.get(s, UP))


def cell(value):
    return value if isinstance(value, str) else f"{value}/{value + 1}"


def rows(severity, sizes, rule):
    for i, letter in enumerate(LETTERS):
        yield [severity, letter, str(sizes[i])] + [cell(rule(i, i + j)) for j in range(len(AQLS))]
    if severity == "tightened":
        # the row exists for one cell, which the arrows of Q and R lead to
        yield [severity, "S", str(SIZES[16])] + ["1/2" if aql == "0.025" else "" for aql in AQLS]


def write(name, head, gb):
    tables = [
        ("normal", SIZES, normal),
        ("tightened", SIZES, lambda i, s: tightened(i, s, gb)),
        ("reduced", REDUCED, reduced_gb if gb else reduced_105e),
    ]
    with open(name, "w", encoding="utf-8", newline="\n") as file:
        for line in head:
            file.write(f"# {line}\n")
        file.write("severity,letter,n," + ",".join(AQLS) + "\n")
        for severity, sizes, rule in tables:
            for row in rows(severity, sizes, rule):
                file.write(",".join(row) + "\n")


CELLS = "cells: acceptance number / rejection number; v and ^: the first plan below or above, with its own sample size"
if __name__ == "__main__":
    write("gbt2828_1_single.csv", [
        "GB/T 2828.1-2012 (= ISO 2859-1:1999), tables 2-A, 2-B, 2-C: single sampling. Status: confirmed",
        "all 416 cells of each table, arrows followed, equal a second copy typed from the printed standard;",
        "normal and tightened also equal ANSI/ASQ Z1.4 but for letter A, AQL 10, tightened",
        CELLS,
    ], True)
    write("mil_std_105e_single.csv", [
        "MIL-STD-105E (1989) = ANSI/ASQ Z1.4, tables II-A, II-B, II-C: single sampling. Status: confirmed",
        "all 416 cells of each table, arrows followed, equal those of R's package AQLSchemes 1.7-2",
        "reduced: with Ac < d < Re the lot is accepted and normal inspection comes back",
        CELLS,
    ], False)
