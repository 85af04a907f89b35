#!/usr/bin/env python3
"""Verifies an exported ledger with nothing but Python's standard library.

    verify_ledger.py DIR [--key VKEY] [--receipt FILE]

DIR is a folder written by `zhiheng ledger export`: checkpoint, tile/ (C2SP tlog-tiles), receipts.jsonl. VKEY is the
ledger's public key (name+hash+base64); take it from a source other than DIR, or only DIR's own key is checked.
Checked: the checkpoint's Ed25519 signature (RFC 8032), every leaf of every entry bundle, every tile, the root
(RFC 6962), and the receipt. This program shares no code with the one that wrote the files.
"""
import argparse, base64, hashlib, json, os, sys

sha = lambda data: hashlib.sha256(data).digest()
leaf_hash = lambda data: sha(b"\0" + data)
node_hash = lambda left, right: sha(b"\1" + left + right)
decode = lambda text: base64.b64decode(text, validate=True)

# Ed25519, after RFC 8032 section 6; points are (X, Y, Z, T).
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def check(holds, message):  # not `assert`, which python -O leaves out
    if not holds:
        raise ValueError(message)

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
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    check(y < P and (x * x - x2) % P == 0 and (x or not sign), "not a point of the curve")
    return P - x if x & 1 != sign else x

def point(data):
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    x = recover_x(y, sign)
    return x, y, 1, x * y % P

def signature_holds(key, message, signature):
    check(len(key) == 32 and len(signature) == 64, "not an Ed25519 key or signature")
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    y = 4 * pow(5, P - 2, P) % P
    x = recover_x(y, 0)
    p, q = mul(s, (x, y, 1, x * y % P)), add(point(signature[:32]), mul(h, point(key)))
    return s < L and (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0

def open_checkpoint(note, vkey):
    """Origin, size and root of a signed checkpoint (C2SP signed note)."""
    name, key_id, encoded = vkey.strip().split("+", 2)
    key = decode(encoded)
    check(key[0] == 1 and sha(name.encode() + b"\n" + key)[:4].hex() == key_id, "not an Ed25519 verifier key")
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.strip("\n").split("\n"):
        dash, signer, encoded = line.split(" ")
        data = decode(encoded)
        if dash == "\u2014" and signer == name and data[:4].hex() == key_id:
            check(signature_holds(key[1:], text.encode(), data[4:]), "the checkpoint's signature is wrong")
            origin, size, root = text.split("\n")[:3]
            check(origin == name, "the checkpoint is of another ledger")
            return origin, int(size), decode(root)
    raise ValueError("the checkpoint has no signature of this key")

def tile(folder, level, n, width):
    path = f"{n % 1000:03}"
    while n := n // 1000:
        path = f"x{n % 1000:03}/{path}"
    path = os.path.join(folder, "tile", str(level), path + ("" if width == 256 else f".p/{width}"))
    return path, open(path, "rb").read()

def root_of(hashes):
    while len(hashes) > 1:  # an odd last node moves up as it is: the same tree as RFC 6962's
        pairs = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + (hashes[-1:] if len(hashes) % 2 else [])
    return hashes[0] if hashes else sha(b"")

def check_tree(folder, size, root):
    """Hashes every entry, compares every tile and the root; answers all leaf hashes."""
    leaves, last_at = [], ""
    for n in range((size + 255) // 256):
        width = min(256, size - n * 256)
        path, data = tile(folder, "entries", n, width)
        at, count = 0, 0
        while at < len(data):
            end = at + 2 + int.from_bytes(data[at : at + 2], "big")
            leaf = data[at + 2 : end]
            check(end <= len(data), f"{path}: cut off")
            text = json.dumps(entry := json.loads(leaf), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            check(text.encode() == leaf, f"{path}: entry {len(leaves)} is not canonical")
            check(entry["v"] == 1 and entry["at"] >= last_at, f"{path}: entry {len(leaves)} goes back in time")
            leaves.append(leaf_hash(leaf))
            at, count, last_at = end, count + 1, entry["at"]
        check(count == width, f"{path}: {count} entries, not {width}")
    level, hashes = 0, leaves
    while hashes:
        for n in range((len(hashes) + 255) // 256):
            part = hashes[n * 256 : n * 256 + 256]
            path, data = tile(folder, level, n, len(part))
            check(data == b"".join(part), f"{path}: differs from the entries")
        hashes, level = [root_of(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)], level + 1
    check(root_of(leaves) == root, "the root differs from the signed one")
    return leaves

def root_by_proof(index, size, leaf, proof):
    node, last = index, size - 1  # RFC 9162, section 2.1.3.2
    for step in proof:
        check(last > 0, "the receipt's proof is too long")
        if node & 1 or node == last:
            leaf = node_hash(step, leaf)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        node, last = node >> 1, last >> 1
    check(last == 0 and index < size, "the receipt's proof is too short")
    return leaf

def check_receipt(receipt, vkey, leaves):
    _, size, root = open_checkpoint(receipt["checkpoint"], vkey)
    first, leaf, proof = receipt["first"], bytes.fromhex(receipt["leaf"]), map(bytes.fromhex, receipt["proof"])
    check(0 <= first < first + receipt["count"] == size <= len(leaves), "the receipt contradicts its checkpoint")
    check(root_by_proof(first, size, leaf, proof) == root, "the receipt's proof fails")
    check(leaves[first] == leaf and root_of(leaves[:size]) == root, "the receipt is not of this ledger")

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    options = [parser.add_argument(name) for name in ("dir", "--key", "--receipt")] and parser.parse_args()
    read = lambda *path: open(os.path.join(*path), encoding="utf-8").read()
    try:
        vkey = options.key or read(options.dir, "key")
        origin, size, root = open_checkpoint(read(options.dir, "checkpoint"), vkey)
        leaves = check_tree(options.dir, size, root)
        if options.receipt:
            check_receipt(json.loads(read(options.receipt)), vkey, leaves)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        sys.exit(f"NOT VERIFIED: {error}")
    print(f"{origin}: {size} entries, root {root.hex()}, signature good" + (", receipt good" * bool(options.receipt)))
