"""The bootstrap of a path model by the package plspm, on two processes: `plspm_bootstrap.py DIR`.

Prints its seconds as examples/speed does. 60 replicates instead of 5,000: the time grows with their number.
Items are standardised beforehand: with the package's own scaling paths differ in the third digit.
"""

import csv
import json
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import plspm.config as config
from plspm.mode import Mode
from plspm.plspm import Plspm
from plspm.scheme import Scheme

warnings.filterwarnings("ignore")
REPLICATES = 60
CONSTRUCTS = ["image", "expectation", "quality", "value", "satisfaction", "complaints", "loyalty"]
PATHS = [(0, 1), (0, 4), (0, 6), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4), (4, 5), (4, 6), (5, 6)]


def main():
    folder = Path(sys.argv[1])
    data = pd.read_csv(folder / "answers.csv")
    data = (data - data.mean()) / data.std(ddof=1)
    structure = config.Structure()
    for source, target in PATHS:
        structure.add_path([CONSTRUCTS[source]], [CONSTRUCTS[target]])
    setup = config.Config(structure.path(), scaled=False)
    for name in CONSTRUCTS:
        items = [config.MV(item) for item in data.columns if item.rstrip("0123456789") == name]
        setup.add_lv(name, Mode.A, *items)
    start = time.perf_counter()
    it = Plspm(data, setup, Scheme.PATH, 300, 1e-14, bootstrap=True, bootstrap_iterations=REPLICATES, processes=2)
    seconds = time.perf_counter() - start
    print(json.dumps({"what": "bootstrap", "n": REPLICATES, "seconds": [seconds]}))
    coefficients = it.path_coefficients()
    with open(folder / "plspm.peer.csv", "w", newline="") as out:
        write = csv.writer(out, lineterminator="\n")
        for source, target in PATHS:
            write.writerow([f"path {source} {target}", coefficients.loc[CONSTRUCTS[target], CONSTRUCTS[source]]])


if __name__ == "__main__":
    main()
