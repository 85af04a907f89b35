"""The measures' peer: DuckDB over the very Parquet files of the lake.

    duckdb_lake.py FOLDER rollup [--sink FILE.parquet] [--threads 2]
    duckdb_lake.py FOLDER cube --sink FILE.parquet [--threads 2]
    duckdb_lake.py FOLDER single REGION FROM UNTIL [--runs 50] [--threads 2]

FOLDER holds the files of one record type. `rollup` counts conforming and judged batches by province, city and county ×
quarter × product, with GROUPING SETS, and adds the groups up (or, with --sink, writes them to a file). `cube` does so for
everything that our roll-ups keep of `sampling.batch`: nation to township × quarter × each dimension. `single` is
one pass rate of one place and period; the connection is warm and the median of the runs is given. Prints one JSON object;
processor seconds are this process's own, from after the import of the library.
"""

import argparse
import json
import resource
import statistics
import time

import duckdb

ROLLUP = """
SELECT _region // 10000000000 AS province, _region // 100000000 AS city, _region // 1000000 AS county,
       year(_day) * 4 + quarter(_day) - 1 AS quarter, product,
       count(*) FILTER (conclusion = 'conform') AS top,
       count(*) FILTER (conclusion IN ('conform', 'nonconform')) AS bottom
FROM read_parquet('{files}')
GROUP BY GROUPING SETS ((province, quarter, product), (city, quarter, product), (county, quarter, product))
"""

PLACES = ["nation", "province", "city", "county", "_region"]
DIMENSIONS = ["product", "link", "size", "level", "industry", "conclusion"]

CUBE = """
SELECT 0 AS nation, _region // 10000000000 AS province, _region // 100000000 AS city, _region // 1000000 AS county, _region,
       year(_day) * 4 + quarter(_day) - 1 AS quarter, {dimensions}, count(*) AS n,
       count(*) FILTER (conclusion = 'conform') AS top,
       count(*) FILTER (conclusion IN ('conform', 'nonconform')) AS bottom,
       count(*) FILTER (conclusion = 'nonconform') AS failed
FROM read_parquet('{files}')
GROUP BY GROUPING SETS ({sets})
"""

SINGLE = """
SELECT count(*) FILTER (conclusion = 'conform'), count(*) FILTER (conclusion IN ('conform', 'nonconform'))
FROM read_parquet('{files}') WHERE _region BETWEEN {low} AND {high} AND _day BETWEEN DATE '{since}' AND DATE '{until}'
"""


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work):
    wall, cpu = time.monotonic(), processor_seconds()
    answer = work()
    return {"wall": time.monotonic() - wall, "cpu": processor_seconds() - cpu, "answer": answer}


def main():
    flags = argparse.ArgumentParser()
    flags.add_argument("folder")
    flags.add_argument("query", choices=["rollup", "cube", "single"])
    flags.add_argument("place", nargs="*")
    flags.add_argument("--sink")
    flags.add_argument("--threads", type=int, default=2)
    flags.add_argument("--runs", type=int, default=50)
    args = flags.parse_args()
    files = f"{args.folder}/*/*.parquet"
    db = duckdb.connect(config={"threads": args.threads})
    if args.query in ("rollup", "cube"):
        sets = [f"({place}, quarter{cut})" for place in PLACES for cut in ["", *(f", {name}" for name in DIMENSIONS)]]
        query = ROLLUP if args.query == "rollup" else CUBE
        query = query.format(files=files, dimensions=", ".join(DIMENSIONS), sets=", ".join(sets))
        if args.sink:
            cost = timed(lambda: db.execute(f"COPY ({query}) TO '{args.sink}' (FORMAT parquet, COMPRESSION zstd)").fetchall())
        else:
            cost = timed(lambda: db.execute(f"SELECT count(*), sum(top), sum(bottom) FROM ({query})").fetchone())
    else:
        region, since, until = args.place
        digits = region.rstrip("0") if region != "0" else ""
        digits += "0" * (len(digits) % 2)
        low, high = int(digits.ljust(12, "0")), int(digits.ljust(12, "9"))
        query = SINGLE.format(files=files, low=low, high=high, since=since, until=until)
        db.execute(query).fetchone()
        runs = [timed(lambda: db.execute(query).fetchone()) for _ in range(args.runs)]
        cost = {name: statistics.median(run[name] for run in runs) for name in ("wall", "cpu")}
        cost["answer"] = runs[0]["answer"]
    print(json.dumps(cost | {"duckdb": duckdb.__version__}, default=str))


if __name__ == "__main__":
    main()
