"""Reference answers for working days from chinesecalendar 1.11.0. Run here: python make_working_days.py

Writes working_days.csv (what, day, number or day, answer), every year of the table:
after   the n-th working day after a day
before  the n-th working day before a day
count   working days from one day to another, both included
Answers are found day by day, so that they share nothing with running totals.
"""
import csv
import datetime
import random

from chinese_calendar import is_workday

ONE = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2004, 1, 1), datetime.date(2026, 12, 31)
random.seed(20260731)


def walk(day, n, step):
    """The n-th working day after (or before) a day; None if it lies outside the table."""
    while n > 0:
        day += step
        if not FIRST <= day <= LAST:
            return None
        n -= is_workday(day)
    return day


def count(first, last):
    """Working days from first to last."""
    return sum(is_workday(first + i * ONE) for i in range((last - first).days + 1))


rows = []
for year in range(FIRST.year, LAST.year + 1):
    begin = datetime.date(year, 1, 1)
    for what, step, n_rows in [("after", ONE, 60), ("before", -ONE, 40)]:
        for _ in range(n_rows):
            day = begin + random.randrange(365) * ONE
            n = random.choice([1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 250])
            answer = walk(day, n, step)
            if answer:
                rows.append([what, day, n, answer])
    for _ in range(40):
        day = begin + random.randrange(365) * ONE
        last = min(day + random.randrange(400) * ONE, LAST)
        rows.append(["count", day, last, count(day, last)])

with open("working_days.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["what", "day", "by", "answer"])
    out.writerows(rows)
