#!/usr/bin/env python3
"""Verifies an exported ledger with nothing but Python's standard library.

    verify_ledger.py DIR [--key VKEY] [--receipt FILE]

DIR is a folder written by `zhiheng ledger export`: checkpoint, tile/ (C2SP tlog-tiles), receipts.jsonl. VKEY is the ledger's
public key (name+hash+base64); take it from a source other than DIR, otherwise only DIR's own key is checked.
Checked: the checkpoint's Ed25519 signature (RFC 8032), every leaf of every entry bundle, every tile, the root (RFC 6962),
and the receipt. This program shares no code with the one that wrote the files.
"""
import argparse, base64, hashlib, json, os, sys

sha = lambda data: hashlib.sha256(data).digest()
leaf_hash = lambda data: sha(b"\0" + data)
node_hash = lambda left, right: sha(b"\1" + left + right)

# Ed25519, after RFC 8032 section 6; points are (X, Y, Z, T).
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def mul(s, p):
    q = (0, 1, 1, 0)
    while s:
        q, p, s = (add(q, p) if s & 1 else q), add(p, p), s >> 1
    return q


def recover_x(y, sign):
    if y >= P:
        raise ValueError("not a point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise ValueError("not a point")
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recover_x(y, sign)
    return x, y, 1, x * y % P


def equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def signature_holds(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    base_y = 4 * pow(5, P - 2, P) % P
    base_x = recover_x(base_y, 0)
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return s < L and equal(mul(s, (base_x, base_y, 1, base_x * base_y % P)), add(r, mul(h, a)))


def open_checkpoint(note, vkey):
    """Origin, size and root of a signed checkpoint."""
    name, key_hash, encoded = vkey.strip().split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    assert key[0] == 1 and sha(name.encode() + b"\n" + key)[:4].hex() == key_hash, "not an Ed25519 key"
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.strip("\n").split("\n"):
        dash, signer, encoded = line.split(" ")
        data = base64.b64decode(encoded, validate=True)
        if dash == "\u2014" and signer == name and data[:4].hex() == key_hash:
            assert signature_holds(key[1:], text.encode(), data[4:]), "the checkpoint's signature is wrong"
            origin, size, root = text.split("\n")[:3]
            assert origin == name, "the checkpoint is of another ledger"
            return origin, int(size), base64.b64decode(root, validate=True)
    raise AssertionError("the checkpoint has no signature of this key")


def tile(folder, level, n, width):
    path = f"{n % 1000:03}"
    while n := n // 1000:
        path = f"x{n % 1000:03}/{path}"
    path = os.path.join(folder, "tile", str(level), path + ("" if width == 256 else f".p/{width}"))
    with open(path, "rb") as file:
        return path, file.read()


def root_of(hashes):
    if not hashes:
        return sha(b"")
    while len(hashes) > 1:  # an odd last node moves up as it is: the same tree as RFC 6962's
        pairs = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + (hashes[-1:] if len(hashes) % 2 else [])
    return hashes[0]


def check_tree(folder, size):
    """Hashes every entry and compares every tile; answers all leaf hashes and the root."""
    leaves, last_at = [], ""
    for n in range((size + 255) // 256):
        width = min(256, size - n * 256)
        path, data = tile(folder, "entries", n, width)
        at, count = 0, 0
        while at < len(data):
            end = at + 2 + int.from_bytes(data[at : at + 2], "big")
            leaf = data[at + 2 : end]
            assert end <= len(data), f"{path}: cut off"
            entry = json.loads(leaf)
            canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            assert canonical == leaf or not leaf.isascii(), f"{path}: entry {len(leaves)} is not canonical"
            assert entry["v"] == 1 and entry["at"] >= last_at, f"{path}: entry {len(leaves)} goes back in time"
            last_at = entry["at"]
            leaves.append(leaf_hash(leaf))
            at, count = end, count + 1
        assert count == width, f"{path}: {count} entries, not {width}"
    level, hashes = 0, leaves
    while hashes:
        for n in range((len(hashes) + 255) // 256):
            part = hashes[n * 256 : n * 256 + 256]
            path, data = tile(folder, level, n, len(part))
            assert data == b"".join(part), f"{path}: differs from the entries"
        hashes = [root_of(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    return leaves, root_of(leaves)


def included(index, size, leaf, proof, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    node, last = index, size - 1
    for step in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            leaf = node_hash(step, leaf)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        node, last = node >> 1, last >> 1
    return last == 0 and leaf == root


def main():
    options = argparse.ArgumentParser()
    options.add_argument("dir")
    options.add_argument("--key")
    options.add_argument("--receipt")
    options = options.parse_args()
    read = lambda name: open(os.path.join(options.dir, name), encoding="utf-8").read()
    vkey = options.key or read("key")
    origin, size, root = open_checkpoint(read("checkpoint"), vkey)
    leaves, derived = check_tree(options.dir, size)
    assert derived == root, "the root differs from the signed one"
    if options.receipt:
        receipt = json.load(open(options.receipt, encoding="utf-8"))
        _, then, old_root = open_checkpoint(receipt["checkpoint"], vkey)
        leaf, proof = bytes.fromhex(receipt["leaf"]), [bytes.fromhex(step) for step in receipt["proof"]]
        assert receipt["first"] + receipt["count"] == then <= size, "the receipt contradicts its checkpoint"
        assert included(receipt["first"], then, leaf, proof, old_root), "the receipt's proof fails"
        assert leaves[receipt["first"]] == leaf and root_of(leaves[:then]) == old_root, "the receipt's entry is not here"
    print(f"{origin}: {size} entries, root {root.hex()}, signature good" + (", receipt good" if options.receipt else ""))


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, ValueError, KeyError, TypeError, IndexError, OSError) as error:
        sys.exit(f"NOT VERIFIED: {error}")
