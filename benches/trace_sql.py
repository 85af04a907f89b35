"""The recall of `trace_speed` in SQLite and DuckDB: recursive scope over links, counted by fate and by place.

The tables are those that a database would have that keeps the last place of everything, with covering indexes; that is more than
any event store keeps. Answers are compared with those of Zhiheng. Prints one line of JSON.

usage: trace_sql.py FOLDER
"""
import csv
import json
import sqlite3
import sys
import time

SCOPE = """WITH RECURSIVE scope(id) AS (SELECT {start} UNION SELECT edge.b FROM edge JOIN scope ON edge.a = scope.id)
SELECT thing.fate, CASE WHEN thing.fate = 0 THEN thing.site END, count(*) FROM scope JOIN thing ON thing.id = scope.id
WHERE thing.piece = 1 GROUP BY 1, 2"""


def median(ask, start, runs):
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        rows = ask(SCOPE.format(start=start))
        seconds.append(time.perf_counter() - begin)
    return sorted(seconds)[runs // 2], sum(row[2] for row in rows)


def measure(name, ask, wanted, out):
    for label, (start, pieces), runs in (("large", wanted[0], 5), ("small", wanted[1], 25)):
        seconds, found = median(ask, start, runs)
        assert found == pieces, f"{name} {label}: {found} instead of {pieces}"
        out[f"{name}_{label}"] = seconds


def main(folder):
    with open(f"{folder}/wanted.csv") as rows:
        wanted = [tuple(map(int, row)) for row in csv.reader(rows)]
    out = {}
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA cache_size = -2000000")
    base.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, piece INTEGER, fate INTEGER, site INTEGER)")
    base.execute("CREATE TABLE edge (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID")
    for table, n in (("thing", 4), ("edge", 2)):
        with open(f"{folder}/{table}.csv") as rows:
            base.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * n)})", csv.reader(rows))
    base.commit()
    measure("sqlite", lambda sql: base.execute(sql).fetchall(), wanted, out)
    try:
        import duckdb
    except ImportError:
        duckdb = None
    if duckdb:
        duck = duckdb.connect()
        duck.execute("SET threads = 2")
        duck.execute(f"CREATE TABLE thing AS SELECT * FROM read_csv('{folder}/thing.csv', header = false, columns = "
                     "{'id': 'INTEGER', 'piece': 'INTEGER', 'fate': 'INTEGER', 'site': 'INTEGER'})")
        duck.execute(f"CREATE TABLE edge AS SELECT DISTINCT * FROM read_csv('{folder}/edge.csv', header = false, columns = "
                     "{'a': 'INTEGER', 'b': 'INTEGER'}) ORDER BY a")
        measure("duckdb", lambda sql: duck.execute(sql).fetchall(), wanted, out)
    print(json.dumps(out))


main(sys.argv[1])
