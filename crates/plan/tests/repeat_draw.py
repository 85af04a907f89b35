"""Draws a published draw again, as an outsider would: `python3 repeat_draw.py draw.json`.

Nothing but Python and docs/reference/draws.md. The file holds {"log": …, "population": [{stratum, id, weight}, …]}.
Says ok, or what differs, and ends with 1.
"""

import hashlib
import json
import sys

M32, M64 = (1 << 32) - 1, (1 << 64) - 1


def rotl(x, n):
    return (x << n | x >> (32 - n)) & M32


class Stream:
    """ChaCha8 keyed from a seed of 64 bits (PCG32), by stream."""

    def __init__(self, seed, stream):
        key, state = [], seed
        for _ in range(8):
            state = (state * 6364136223846793005 + 11634580027462260723) & M64
            x = ((state >> 18 ^ state) >> 27) & M32
            r = state >> 59
            key.append((x >> r | x << (32 - r)) & M32)
        self.key, self.stream, self.block, self.queue = key, stream, 0, []

    def next64(self):
        if not self.queue:
            start = list(b"expa"), list(b"nd 3"), list(b"2-by"), list(b"te k")
            state = [int.from_bytes(bytes(c), "little") for c in start] + self.key
            state += [self.block & M32, self.block >> 32, self.stream & M32, self.stream >> 32]
            s = state[:]
            for _ in range(4):
                for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                                   (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
                    s[a] = (s[a] + s[b]) & M32; s[d] = rotl(s[d] ^ s[a], 16)
                    s[c] = (s[c] + s[d]) & M32; s[b] = rotl(s[b] ^ s[c], 12)
                    s[a] = (s[a] + s[b]) & M32; s[d] = rotl(s[d] ^ s[a], 8)
                    s[c] = (s[c] + s[d]) & M32; s[b] = rotl(s[b] ^ s[c], 7)
            words = [(x + y) & M32 for x, y in zip(s, state)]
            self.queue = [words[i] | words[i + 1] << 32 for i in range(0, 16, 2)]
            self.block += 1
        return self.queue.pop(0)

    def below(self, n):
        while True:
            wide = self.next64() * n
            if wide & M64 >= (1 << 64) % n:
                return wide >> 64


def simple(size, n, source):
    units = list(range(1, size + 1))
    for i in range(n):
        j = i + source.below(size - i)
        units[i], units[j] = units[j], units[i]
    return units[:n]


def systematic(size, n, source):
    start = source.below(size)
    return [(start + i * size) // n + 1 for i in range(n)]


def weighted(weights, n, source):
    order = sorted(range(len(weights)), key=lambda unit: (-weights[unit], unit))
    taken, total = [], sum(weights)
    while n and order and n * weights[order[0]] >= total:
        unit = order.pop(0)
        taken.append(unit + 1)
        n, total = n - 1, total - weights[unit]
    if not n:
        return taken
    line = sorted(order)
    for i in range(len(line) - 1, 0, -1):
        j = source.below(i + 1)
        line[i], line[j] = line[j], line[i]
    start = source.below(total)
    for i in range(n):
        point, end = (start + i * total) // n, 0
        for unit in line:
            end += weights[unit]
            if point < end:
                taken.append(unit + 1)
                break
    return taken


def main(path):
    with open(path, encoding="utf-8") as file:
        published = json.load(file)
    log, units = published["log"], published["population"]
    units.sort(key=lambda unit: (unit["stratum"].encode(), unit["id"].encode()))
    rows = [[unit["stratum"], unit["id"], str(unit["weight"])] for unit in units]
    canonical = json.dumps(rows, separators=(",", ":"), ensure_ascii=False).encode()
    if "sha256:" + hashlib.sha256(canonical).hexdigest() != log["population"]:
        sys.exit("another population")
    seed, picks, drawn = int(log["seed"]), [], set()
    by_stratum = {}
    for unit in units:
        by_stratum.setdefault(unit["stratum"], []).append(unit)
    for number, stratum in enumerate(log["strata"]):
        members, n = by_stratum[stratum["stratum"]], stratum["drawn"]
        if sorted(by_stratum)[number] != stratum["stratum"] or len(members) != stratum["size"]:
            sys.exit(f"stratum {stratum['stratum']} differs")
        if log["method"] == "weighted":
            places = weighted([unit["weight"] for unit in members], n, Stream(seed, (1 << 32) + number))
        elif log["method"] == "systematic":
            places = systematic(len(members), n, Stream(seed, number)) if n else []
        else:
            places = simple(len(members), n, Stream(seed, number))
        for place in places:
            picks.append({"order": len(picks) + 1, "stratum": stratum["stratum"], "place": place, "id": members[place - 1]["id"]})
    if picks != log["picks"]:
        sys.exit("picks differ")
    drawn = {pick["id"] for pick in picks}
    stratum_of = {unit["id"]: unit["stratum"] for unit in units}
    for k, further in enumerate(log["redraws"], 1):
        left = [(place, unit) for place, unit in enumerate(by_stratum[stratum_of[further["out"]]], 1) if unit["id"] not in drawn]
        weight = (lambda unit: unit["weight"]) if log["method"] == "weighted" else (lambda unit: 1)
        point = Stream(seed, (2 << 32) + k).below(sum(weight(unit) for _, unit in left))
        for place, unit in left:
            if point < weight(unit):
                break
            point -= weight(unit)
        if (further["order"], further["id"], further["place"]) != (k, unit["id"], place) or further["out"] not in drawn:
            sys.exit(f"further draw {k} differs")
        drawn.add(unit["id"])
    print("ok")


main(sys.argv[1])
