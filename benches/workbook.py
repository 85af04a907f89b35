"""A returned workbook, and its peer: openpyxl with the same checks written by hand.

    workbook.py make  ROWS.csv N BOOK.xlsx        the first N rows of a CSV file as a workbook; every hundredth row is wrong
    workbook.py check BOOK.xlsx ANNOTATED.xlsx    reads it, checks it, colours and comments wrong cells, saves it again

The checks are those of the table in copy_postgres.sh plus the check digits. `check` prints the number of wrong cells.
"""

import csv
import datetime
import re
import sys

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

LISTS = {
    "level": {"national", "province", "city", "county"},
    "link": {"production", "circulation", "online"},
    "size": {"micro", "small", "medium", "large", None},
    "conclusion": {"conform", "nonconform", "pending"},
    "industry": {*"ABCDEFGHIJKLMNOPQRST", *(f"C{n}" for n in range(13, 44)), *(f"D{n}" for n in range(44, 47)), None},
}
REQUIRED = ("task", "sample_no", "level", "sampled_on", "sampled_in", "link", "product", "conclusion")
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WRONG = PatternFill("solid", fgColor="FFFFC7CE")


def make(source, n, target):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("sampling.batch")
    with open(source, newline="") as rows:
        reader = csv.DictReader(rows)
        sheet.append(reader.fieldnames)
        for i, row in enumerate(reader):
            if i == n:
                break
            # One kind of mistake after another: a code not in the list, an impossible day, a wrong check digit, a gap.
            if i % 100 == 99:
                column, value = [("level", "village"), ("sampled_on", "2013-02-30"), ("product", "6900000000009"),
                                 ("conclusion", None)][i // 100 % 4]
                row[column] = value
            try:
                row["sampled_on"] = datetime.date.fromisoformat(row["sampled_on"])
            except ValueError:
                pass
            sheet.append([value or None for value in row.values()])
    book.save(target)


def gtin(text):
    digits = [int(digit) for digit in text]
    return (10 - sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits[:-1])) % 10) % 10 == digits[-1]


def uscc(text):
    total = sum(DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(text[:-1]))
    return DIGITS[(31 - total % 31) % 31] == text[-1]


def problems(row):
    """Names of wrong columns with what is wrong."""
    for name in REQUIRED:
        if row[name] is None:
            yield name, "required"
    for name, allowed in LISTS.items():
        if row[name] is not None and row[name] not in allowed:
            yield name, "not in the list"
    if row["sampled_on"] is not None and not isinstance(row["sampled_on"], datetime.datetime):
        yield "sampled_on", "no such day"
    if row["sampled_in"] is not None and not re.fullmatch(r"[1-8][0-9]{11}", str(row["sampled_in"])):
        yield "sampled_in", "no region code"
    product, producer = row["product"], row["producer"]
    if product is not None and not (re.fullmatch(r"[0-9]{13}", product) and gtin(product)):
        yield "product", "no GTIN"
    if producer is not None and not (re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", producer) and uscc(producer)):
        yield "producer", "no social credit code"
    if row["conclusion"] == "nonconform" and row["failed_items"] is None:
        yield "failed_items", "a non-conforming batch names its failed items"
    if row["conclusion"] == "conform" and row["failed_items"] is not None:
        yield "failed_items", "a conforming batch has no failed items"
    if row["link"] != "production" and row["seller_name"] is None:
        yield "seller_name", "a batch sampled in circulation or online names the seller"


def check(source, target):
    book = openpyxl.load_workbook(source)
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    seen, n_wrong = set(), 0
    for cells in sheet.iter_rows(min_row=2):
        row = dict(zip(names, (cell.value for cell in cells)))
        wrong = list(problems(row))
        key = row["task"], row["sample_no"]
        if key in seen:
            wrong.append(("sample_no", "twice in this file"))
        seen.add(key)
        for name, what in wrong:
            cell = cells[names.index(name)]
            cell.fill = WRONG
            cell.comment = Comment(what, "check")
        n_wrong += len(wrong)
    book.save(target)
    print(n_wrong)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        check(sys.argv[2], sys.argv[3])
