"""Makes a tiled transparency log, its witnesses' policy and a proof, with nothing of this project and nothing but Python's own library.

Written from RFC 6962 section 2.1 (trees), RFC 8032 section 5.1 (Ed25519) and the C2SP texts tlog-tiles, tlog-checkpoint, signed-note,
tlog-cosignature, tlog-policy and tlog-proof, so that what SsaShare verifies is another's log.

usage: foreign_log.py FOLDER SIZE OLDER_SIZE SEED
"""
import base64
import hashlib
import json
import pathlib
import random
import struct
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
GY = 4 * pow(5, P - 2, P) % P
GX = 15112221349535400772501151409588531511454012693041857206046113283949847762202


def add(a, b):
    """Adds points in extended homogeneous coordinates."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    u, v = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    w, s = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = v - u, s - w, s + w, v + u
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def packed(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = (GX, GY, 1, GX * GY % P)


class Ed25519:
    def __init__(self, secret):
        digest = hashlib.sha512(secret).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & ~7 & (1 << 254) - 1 | 1 << 254
        self.prefix = digest[32:]
        self.public = packed(times(self.scalar, BASE))

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % L
        big_r = packed(times(r, BASE))
        k = int.from_bytes(hashlib.sha512(big_r + self.public + message).digest(), "little") % L
        return big_r + ((r + k * self.scalar) % L).to_bytes(32, "little")


class NoteKey:
    def __init__(self, name, kind, secret):
        self.name, self.kind, self.key = name, kind, Ed25519(secret)
        self.id = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + self.key.public).digest()[:4]

    def vkey(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key.public).decode()}"

    def line(self, text, time=None):
        if self.kind == 1:
            signature = self.key.sign(text.encode())
        else:
            signature = struct.pack(">Q", time) + self.key.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        return f"\u2014 {self.name} {base64.b64encode(self.id + signature).decode()}\n"


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(count):
    """The largest power of two smaller than count."""
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node(root(hashes[:k]), root(hashes[k:]))


def path(index, hashes):
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return path(index, hashes[:k]) + [root(hashes[k:])]
    return path(index - k, hashes[k:]) + [root(hashes[:k])]


def tile_name(index, width):
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups) + (f".p/{width}" if width < 256 else "")


def write(folder, name, content):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def write_tiles(folder, entries):
    level, hashes = 0, [leaf(entry) for entry in entries]
    for at in range(0, len(entries), 256):
        bundle = entries[at : at + 256]
        write(folder, "tile/entries/" + tile_name(at // 256, len(bundle)), b"".join(struct.pack(">H", len(one)) + one for one in bundle))
    while hashes:
        tiles = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        for index, tile in enumerate(tiles):
            write(folder, f"tile/{level}/" + tile_name(index, len(tile)), b"".join(tile))
        level, hashes = level + 1, [root(tile) for tile in tiles if len(tile) == 256]


def main():
    folder, size, older, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    # Keys and entries of one seed are the same at every size: the log can grow.
    secrets, dice = random.Random(seed + 1), random.Random(seed)
    entries = [dice.randbytes(dice.choice([0, 1, 32, 32, 32, 200])) for _ in range(size)]
    entries[1:2] = [b"\xaa" * 65535] if size > 1 else []
    log = NoteKey("foreign.example/log", 1, secrets.randbytes(32))
    witnesses = [NoteKey(f"witness{i}.example", 4, secrets.randbytes(32)) for i in range(3)]
    stranger = NoteKey("stranger.example", 4, secrets.randbytes(32))

    def checkpoint(count, cosigners):
        hashes = [leaf(entry) for entry in entries[:count]]
        text = f"{log.name}\n{count}\n{base64.b64encode(root(hashes)).decode()}\n"
        # A line of a type that nobody here knows belongs to what verifiers ignore.
        unknown = f"\u2014 {log.name} {base64.b64encode(dice.randbytes(2432)).decode()}\n"
        return f"{text}\n{log.line(text)}{unknown}{''.join(one.line(text, 1_790_000_000 + count) for one in cosigners)}"

    write_tiles(folder / "log", entries)
    note = checkpoint(size, [witnesses[0], stranger, witnesses[2]])
    write(folder, "log/checkpoint", note.encode())
    write(folder, "older.checkpoint", checkpoint(older, []).encode())
    policy = "# two of three\n" + f"log {log.vkey()} https://foreign.example/\n"
    policy += "".join(f"witness w{i} {one.vkey()}\n" for i, one in enumerate(witnesses))
    write(folder, "two.policy", f"{policy}group g 2 w0 w1 w2\nquorum g\n".encode())
    write(folder, "three.policy", f"{policy}group g all w0 w1 w2\nquorum g\n".encode())
    if size:
        index = dice.randrange(size)
        hashes = [base64.b64encode(one).decode() for one in path(index, [leaf(entry) for entry in entries])]
        proof = "\n".join(["c2sp.org/tlog-proof@v1", "extra " + base64.b64encode(b"more").decode(), f"index {index}", *hashes, "", ""])
        write(folder, "entry.tlog-proof", (proof + note).encode())
        write(folder, "entry.bin", entries[index])
    write(folder, "keys.json", json.dumps({"log": log.vkey(), "index": index if size else -1}).encode())


main()
