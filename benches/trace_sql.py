"""The recall and the exposure sweep of `trace_speed` in SQLite, DuckDB and PostgreSQL.

The tables are those that a database would have that keeps the last place of everything, with covering indexes; that is more than
any event store keeps. A recall is a recursive scope over links, counted by fate and by place. The sweep counts the things that had a
reading above 8 degrees that held for some time, directly or while they were in the container that was measured. Every answer is compared
with that of Zhiheng. Prints one line of JSON.

usage: trace_sql.py FOLDER [postgres://…]
"""
import csv
import json
import re
import sqlite3
import subprocess
import sys
import time

SCOPE = """WITH RECURSIVE scope(id) AS (SELECT {start} UNION SELECT edge.b FROM edge JOIN scope ON edge.a = scope.id)
SELECT thing.fate, CASE WHEN thing.fate = 0 THEN thing.site END, count(*) FROM scope JOIN thing ON thing.id = scope.id
WHERE thing.piece = 1 GROUP BY 1, 2"""

# a reading holds until the next one of its container that the thing still shared; the last one has no length
SWEEP = """WITH held AS (SELECT container, since, high, lead(since) OVER (PARTITION BY container ORDER BY since) AS next FROM reading),
breach AS (SELECT container, since, next FROM held WHERE high > 8 AND next IS NOT NULL)
SELECT 0, 0, count(*) FROM (SELECT container FROM breach UNION
SELECT stay.thing FROM breach JOIN stay ON stay.container = breach.container
WHERE breach.since >= stay.since AND breach.next < stay.until) AS exposed"""

TABLES = {
    "thing": "id INTEGER PRIMARY KEY, piece INTEGER, fate INTEGER, site INTEGER",
    "edge": "a INTEGER, b INTEGER",
    "stay": "thing INTEGER, container INTEGER, since BIGINT, until BIGINT",
    "reading": "container INTEGER, since BIGINT, high DOUBLE PRECISION",
}
INDEXES = [
    "CREATE INDEX edge_a ON edge (a, b)",
    "CREATE INDEX stay_container ON stay (container, since, until, thing)",
    "CREATE INDEX reading_container ON reading (container, since, high)",
]


def questions(folder):
    with open(f"{folder}/wanted.csv") as rows:
        (_, exposed), large, small = [tuple(map(int, row)) for row in csv.reader(rows)]
    return [
        ("sweep", SWEEP, exposed, 5),
        ("large", SCOPE.format(start=large[0]), large[1], 5),
        ("small", SCOPE.format(start=small[0]), small[1], 25),
    ]


def measure(name, ask, asked, out):
    for label, sql, wanted, runs in asked:
        seconds = []
        for _ in range(runs):
            begin = time.perf_counter()
            rows = ask(sql)
            seconds.append(time.perf_counter() - begin)
        found = sum(row[2] for row in rows)
        assert found == wanted, f"{name} {label}: {found} instead of {wanted}"
        median = sorted(seconds)[runs // 2]
        out[f"{name}_{label}"] = min(median, out.get(f"{name}_{label}", median))


def sqlite(folder, asked, out):
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA cache_size = -2000000")
    for table, columns in TABLES.items():
        own = columns + ", PRIMARY KEY (a, b)) WITHOUT ROWID" if table == "edge" else columns + ")"
        base.execute(f"CREATE TABLE {table} ({own}")
        with open(f"{folder}/{table}.csv") as rows:
            base.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(columns.split(',')))})", csv.reader(rows))
    for index in INDEXES[1:]:
        base.execute(index)
    base.commit()
    # statistics make its large recall quicker and its small one slower: the better of both counts
    measure("sqlite", lambda sql: base.execute(sql).fetchall(), asked, out)
    base.execute("ANALYZE")
    measure("sqlite", lambda sql: base.execute(sql).fetchall(), asked, out)


def duckdb(folder, asked, out):
    try:
        import duckdb
    except ImportError:
        return
    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    for table, columns in TABLES.items():
        duck.execute(f"CREATE TABLE {table} ({columns})")
        duck.execute(f"INSERT INTO {table} SELECT * FROM read_csv('{folder}/{table}.csv', header = false) ORDER BY 1, 2")
    measure("duckdb", lambda sql: duck.execute(sql).fetchall(), asked, out)


def postgres(folder, url, asked, out):
    """The server's own clock for each statement, as `psql` tells it: without the start of a client."""

    def sql(text):
        args = ["psql", url, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", ",",
                "--set", "ON_ERROR_STOP=1"]
        return subprocess.run(args, input=text, capture_output=True, text=True, check=True).stdout

    for table, columns in TABLES.items():
        sql(f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} ({columns});\n"
            f"\\copy {table} FROM '{folder}/{table}.csv' WITH (FORMAT csv)\n")
    sql(";".join(INDEXES) + "; VACUUM ANALYZE")
    settings = "SET jit = off; SET work_mem = '512MB';"
    for label, text, wanted, runs in asked:
        said = sql(f"{settings}\n{text};\n" + "\\timing on\n\\o /dev/null\n" + f"{text};\n" * runs)
        found = sum(int(line.split(",")[2]) for line in said.splitlines() if line.count(",") == 2)
        assert found == wanted, f"postgres {label}: {found} instead of {wanted}"
        times = sorted(float(own) for own in re.findall(r"^Time: ([0-9.]+) ms", said, re.MULTILINE))
        assert len(times) == runs, said
        out[f"postgres_{label}"] = times[runs // 2] / 1000


def main(folder, url=None):
    out = {}
    asked = questions(folder)
    sqlite(folder, asked, out)
    duckdb(folder, asked, out)
    if url:
        postgres(folder, url, asked, out)
    print(json.dumps(out))


main(*sys.argv[1:])
