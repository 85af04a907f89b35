"""Draws units as `acceptance::draw` does, with nothing but Python: `python3 draw.py > draw.csv` makes the test's file.

To repeat a published draw:  python3 draw.py simple SIZE N SEED [STRATUM]   (or: systematic)
"""

import sys

MASK32, MASK64 = 2**32 - 1, 2**64 - 1


def key_words(seed):
    """Eight words from a seed of 64 bits, by PCG32."""
    words = []
    for _ in range(8):
        seed = (seed * 6364136223846793005 + 11634580027462260723) & MASK64
        mixed = (((seed >> 18) ^ seed) >> 27) & MASK32
        turn = seed >> 59
        words.append((mixed >> turn | mixed << (32 - turn)) & MASK32)
    return words


def block(key, counter, stream):
    """Sixteen words of ChaCha with 8 rounds: 64 bits of counter, 64 bits of stream."""
    constants = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574]
    start = constants + key + [counter & MASK32, counter >> 32, stream & MASK32, stream >> 32]
    x = list(start)

    def quarter(a, b, c, d):
        for add, to, turn in ((b, a, (d, 16)), (d, c, (b, 12)), (b, a, (d, 8)), (d, c, (b, 7))):
            x[to] = (x[to] + x[add]) & MASK32
            word, bits = turn
            mixed = x[word] ^ x[to]
            x[word] = (mixed << bits | mixed >> (32 - bits)) & MASK32

    for _ in range(4):
        for column in range(4):
            quarter(column, 4 + column, 8 + column, 12 + column)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return [(a + b) & MASK32 for a, b in zip(x, start)]


def words(seed, stream):
    """Words of 64 bits."""
    key, counter = key_words(seed), 0
    while True:
        out = block(key, counter, stream)
        counter += 1
        for low, high in zip(out[::2], out[1::2]):
            yield high << 32 | low


def below(source, n):
    """A number in 0 ... n - 1 without bias."""
    floor = (2**64 - n) % n
    while True:
        wide = next(source) * n
        if wide & MASK64 >= floor:
            return wide >> 64


def draw(method, size, n, seed, stratum=0):
    source = words(seed, stratum)
    if method == "systematic":
        start = below(source, size)
        return [(start + i * size) // n + 1 for i in range(n)]
    units = list(range(1, size + 1))
    for i in range(n):
        j = i + below(source, size - i)
        units[i], units[j] = units[j], units[i]
    return units[:n]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(*draw(sys.argv[1], *map(int, sys.argv[2:])), sep="\n")
    else:
        print("method,size,n,seed,stratum,units")
        for method in ("simple", "systematic"):
            for size, n, seed, stratum in [
                (10, 10, 1, 0), (1000, 13, 20130701, 0), (1000, 13, 20130701, 1), (2, 1, 0, 0), (7, 5, 2**64 - 1, 3),
                (100000, 40, 987654321, 2**63), (1, 1, 5, 0), (365, 50, 42, 7),
            ]:
                units = ";".join(map(str, draw(method, size, n, seed, stratum)))
                print(f"{method},{size},{n},{seed},{stratum},{units}")
