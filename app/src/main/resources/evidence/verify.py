"""Verifier of a Ronde evidence bundle: python3 verify.py BUNDLE VKEY [CHECKPOINT...]

BUNDLE is the ZIP or the folder it was unpacked to. Needs Python 3.8 and nothing else, and was written from VERIFY.md alone: sections
and exit codes are those of that file. It does V0 to V6, V9, V10 and the list of files of V13; what it leaves out it names at its end.
"""
import base64
import hashlib
import json
import os
import re
import sys
import unicodedata
import zipfile

FILES = [
    """README.txt VERIFY.md manifest.json SHA256SUMS SHA256SUMS.sig keys/log.vkey keys/log.pub.pem keys/export.pub.pem
    keys/key-history.json ledger/checkpoint ledger/checkpoints.csv ledger/consistency.json ledger/index.csv ledger/range-proof.json
    data/private.jsonl data/records.jsonl population/assets.csv population/checks.csv population/exposure.csv
    population/expected_vs_actual.csv population/people.json population/reviews.csv population/waivers.csv reports/report.html
    tools/Verify.java""",
    """ledger/anchors/anchors.csv population/attestations.csv population/changes.csv population/completeness.csv
    population/exceptions.csv population/gaps.csv population/plans.csv population/upcoming.csv population/users_and_roles.csv
    oscal/assessment-plan.json oscal/assessment-results.json oscal/fedramp-20x.json
    reports/evidence.xlsx reports/report.pdf tools/verify.html tools/verify.py""",
]
STEPS = [
    (10, "files match SHA256SUMS"),
    (11, "SHA256SUMS is signed by an export key of this log"),
    (12, "checkpoint is signed by the verifier key"),
    (13, "index is contiguous, and what it withholds is counted"),
    (14, "each line is the record sealed at its index"),
    (15, "range leads to the root of the checkpoint"),
    (16, "log extends the checkpoints you hold"),
    (19, "each line is canonical"),
    (20, "attachments and private texts match"),
    (23, "the bundle has the files of its layout, and nothing beside them"),
]
NOT_DONE = ("not re-performed: V7 (time stamps, words of witnesses, saved mails: a checkpoint you hold is taken as its plain text), V8 (times of seals), V11 (tables, totals, samples, report), V14 (what is withheld), and of V13 the form of the ZIP and"
            " of manifest.json; take Verify.java or the product for them")
HEX = re.compile(r"[0-9a-f]{64}")
PART = re.compile(r"((?:ledger/index|population/[a-z_]+)\.csv|data/[a-z]+\.jsonl)\.part(?!0000|0001)(?:[0-9]{4}|[1-9][0-9]{4,8})")
OTHER = re.compile(r"data/blobs/[0-9a-f]{64}\.[a-z]{3,4}|samples/[a-z_]+-[0-9a-f]{8}\.(?:csv|json)"
                   r"|ledger/anchors/[0-9-]{10}_n[0-9]{1,18}\.(?:note|tsq|tsr)")
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")
ENDINGS = {"application/json": "json", "text/plain": "txt", "text/csv": "csv", "application/yaml": "yaml", "application/xml": "xml",
           "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/heic": "heic", "message/rfc822": "eml",
           "application/zip": "zip"}


class Failure(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def need(fits, code, message):
    if not fits:
        raise Failure(code, message)


def mark(erasure):
    return "[erased %s, %s]" % (erasure["recordedAt"][:10], erasure["data"]["basis"])


# Ed25519, RFC 8032, section 5.1: points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add_points(a, b):
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    t = 2 * a[3] * b[3] * D % P
    z = 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiplied(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add_points(result, point)
        point = add_points(point, point)
        scalar >>= 1
    return result


def point_of(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    point, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if point is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = multiplied(s, BASE), add_points(r, multiplied(k, point))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# section 2

def integer(text):
    number = int(text)
    if abs(number) >= 2**53:
        raise ValueError("a number beyond 2^53")
    return number


def no_float(text):
    raise ValueError("not an integer: " + text)


def members(pairs):
    found = dict(pairs)
    if len(found) != len(pairs) or not all(KEY.fullmatch(name) for name in found):
        raise ValueError("a name that is doubled or not allowed")
    return found


def sound(value):
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or unicodedata.is_normalized("NFC", value))
    if isinstance(value, dict):
        return all(map(sound, value.values()))
    return all(map(sound, value)) if isinstance(value, list) else value is not None


def canonical(line):
    """The document in a line of bytes; ValueError where it is not in canonical form."""
    text = line.decode("utf-8")
    document = json.loads(text, parse_int=integer, parse_float=no_float, parse_constant=no_float, object_pairs_hook=members)
    if not sound(document) or json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text:
        raise ValueError("not in canonical form")
    return document


# section 4

def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def leaf(line):
    return sha256(b"\0", line)


def node(left, right):
    return sha256(b"\1", left, right)


def hashes(listed):
    found = [bytes.fromhex(item) for item in listed]
    if not all(HEX.fullmatch(item) for item in listed):
        raise ValueError("not a hash")
    return found


def included(hash, index, size, proof, root):
    if index < 0 or index >= size:
        return False
    at, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash = node(sibling, hash)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            hash = node(hash, sibling)
        at >>= 1
        last >>= 1
    return last == 0 and hash == root


# section 8

def consistent(m, old, size, root, given):
    proof = ([old] if m & (m - 1) == 0 else []) + given
    if not proof:
        return False
    first, second = m - 1, size - 1
    while first & 1:
        first >>= 1
        second >>= 1
    one = two = proof[0]
    for sibling in proof[1:]:
        if second == 0:
            return False
        if first & 1 or first == second:
            one, two = node(sibling, one), node(sibling, two)
            while not first & 1 and first:
                first >>= 1
                second >>= 1
        else:
            two = node(two, sibling)
        first >>= 1
        second >>= 1
    return second == 0 and one == old and two == root


# section 5

def key_of(vkey, code):
    """The 33 bytes of a verifier key."""
    try:
        name, identity, encoded = vkey.strip().split("+", 2)
        typed = base64.b64decode(encoded, validate=True)
        if len(typed) == 33 and typed[0] == 1 and sha256(name.encode(), b"\n", typed)[:4].hex() == identity:
            return typed
    except ValueError:
        pass
    raise Failure(code, "The verifier key is mistyped, as its id does not belong to it: take it as a whole, NAME+ID+BASE64 without blanks.")


def signed(note, vkey):
    name, identity, encoded = vkey.strip().split("+", 2)
    key = base64.b64decode(encoded)[1:]
    body, _, signatures = note.partition("\n\n")
    body += "\n"
    if not body.startswith(name + "\n"):
        return False
    for line in signatures.split("\n"):
        words = line.split(" ")
        if len(words) == 3 and words[1] == name and re.fullmatch(r"[A-Za-z0-9+/]{91}=", words[2]):
            both = base64.b64decode(words[2])
            if both[:4].hex() == identity and ed25519(key, body.encode(), both[4:]):
                return True
    return False


class Bundle:
    """The files below the top folder of a ZIP or below a folder."""

    def __init__(self, path):
        self.folder = self.zip = None
        if os.path.isdir(path):
            self.folder = path
            self.paths = {os.path.relpath(os.path.join(where, name), path).replace(os.sep, "/")
                          for where, _, names in os.walk(path) for name in names}
            return
        need(os.path.exists(path), 1, "there is no " + path + ": name a bundle, or the folder it was unpacked into")
        try:
            self.zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile:
            raise Failure(1, path + " is neither a folder nor a ZIP")
        names = self.zip.namelist()
        tops = {name.split("/")[0] for name in names}
        plain = all(re.fullmatch(r"[^/\\]+(/[^/\\]+){1,3}", name) and not {".", ".."} & set(name.split("/")) for name in names)
        need(len(tops) == 1 and plain, 23, "the ZIP has not one top folder with files alone")
        need(len(set(names)) == len(names), 23, "the ZIP has a file twice")
        self.top = tops.pop() + "/"
        self.paths = {name[len(self.top):] for name in names}

    def open(self, path):
        return open(os.path.join(self.folder, path), "rb") if self.folder else self.zip.open(self.top + path)

    def read(self, path):
        with self.open(path) as file:
            return file.read()

    def text(self, path):
        return self.read(path).decode("utf-8")

    def sha256(self, path):
        digest = hashlib.sha256()
        with self.open(path) as file:
            for block in iter(lambda: file.read(1 << 16), b""):
                digest.update(block)
        return digest.hexdigest()

    def lines(self, path, code):
        """The lines of a file and of its parts, without their ends; of a CSV file with its header once."""
        parts = sorted((name for name in self.paths if name.startswith(path + ".part")), key=lambda name: (len(name), name))
        header = None
        for part in [path] + parts:
            with self.open(part) as file:
                for number, line in enumerate(file):
                    line = line[:-1] if line.endswith(b"\n") else line
                    if path.endswith(".csv") and number == 0:
                        need(header in (None, line), code, "a part of " + path + " does not begin with its header")
                        if header is not None:
                            continue
                        header = line
                    yield line

    def json(self, path):
        text = self.read(path)
        return canonical(text[:-1] if text.endswith(b"\n") else text)


class Verifier:
    def __init__(self, path, vkey, held):
        self.path = path
        self.vkey = vkey
        self.held_files = held
        self.passed = []
        self.warnings = []
        self.held = {}
        self.purged = {}
        self.erased = {}
        self.bridges = {}
        self.wrong_roots = []
        self.about = []
        self.wanted = set()

    def run(self):
        key_of(self.vkey, 2)
        self.bundle = Bundle(self.path)
        self.step(10, self.v0)
        self.step(23, self.v13)
        self.read_checkpoint()
        self.step(11, self.v1)
        self.step(12, self.v2)
        self.read_held()
        failed = self.records()
        self.passed += [13, 14, 15]
        self.step(16, self.v6)
        self.passed.append(19)
        if failed:
            raise failed
        self.step(20, self.blobs)

    def step(self, code, work):
        self.formed(code, "what it reads", work)
        self.passed.append(code)

    @staticmethod
    def formed(code, path, work):
        """What a reading gives; whatever is wrong with its form is a failure of the step."""
        try:
            return work()
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as e:
            raise Failure(code, "%s is not of the form that Ronde writes: %r" % (path, e))

    # section 6

    def v0(self):
        self.sums = {}
        need("SHA256SUMS" in self.bundle.paths, 1, "there is no SHA256SUMS")
        for line in self.bundle.text("SHA256SUMS").rstrip("\n").split("\n"):
            match = re.fullmatch(r"([0-9a-f]{64}) [ *](.+)", line)
            need(match and match.group(2) not in self.sums, 10, "not a line of SHA256SUMS, or listed twice: " + line)
            path = match.group(2)
            need(path in self.bundle.paths and self.bundle.sha256(path) == match.group(1), 10, path + " is missing or was changed")
            self.sums[path] = match.group(1)

    def v13(self):
        self.manifest = self.bundle.json("manifest.json")
        layout = self.manifest["formatVersion"]
        need(layout in range(1, len(FILES) + 1), 23, "the bundle has layout %s, this program knows 1 to %d" % (layout, len(FILES)))
        self.layout = layout
        known = set(" ".join(FILES[:layout]).split())
        for path in sorted(self.bundle.paths):
            part = PART.fullmatch(path)
            extra = OTHER.fullmatch(path) and (layout > 1 or not path.startswith("samples/"))
            need((part.group(1) if part else path) in known or extra, 23, "%s is not a file of layout %d" % (path, layout))
            need(path in self.sums or path.startswith("SHA256SUMS"), 23, path + " is not listed in SHA256SUMS")
        missing = known - self.bundle.paths
        need(not missing, 23, "This bundle lacks these files of layout %d: %s" % (layout, ", ".join(sorted(missing))))
        self.scope = self.manifest["scope"]
        self.first, self.last = self.scope["from"], self.scope["to"]

    def pem(self, path):
        return base64.b64decode(re.sub(r"-----[^-]+-----|\s", "", self.bundle.text(path)), validate=True)

    def v1(self):
        key = self.pem("keys/export.pub.pem")[-32:]
        good = ed25519(key, self.bundle.read("SHA256SUMS"), self.bundle.read("SHA256SUMS.sig"))
        need(good, 11, "SHA256SUMS is not signed by keys/export.pub.pem")
        for entry in self.bundle.json("keys/key-history.json"):
            line = entry["record"].encode()
            record = canonical(line)
            data = record["data"]
            if record["type"] == "key.added" and data["purpose"] == "export" and key_of(data["vkey"], 11)[1:] == key:
                if included(leaf(line), entry["index"], self.size, hashes(entry["proof"]), self.root):
                    return
        raise Failure(11, "keys/export.pub.pem is not a key that this log announced")

    # section 5

    def read_checkpoint(self):
        self.note = self.formed(12, "ledger/checkpoint", lambda: self.bundle.text("ledger/checkpoint"))
        form = r"[^\s+]{1,200}\n(0|[1-9][0-9]{0,17})\n[A-Za-z0-9+/]{43}=\n\n(\u2014 \S+ [A-Za-z0-9+/=]+\n)+"
        need(re.fullmatch(form, self.note), 12, "ledger/checkpoint is none: origin, size, root, an empty line, signatures")
        self.origin, size, root = self.note.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root)

    def v2(self):
        need(signed(self.note, self.vkey), 12, "the checkpoint is not signed by the verifier key you gave")
        shown = self.bundle.text("keys/log.vkey")
        key = key_of(shown, 12)
        need(self.pem("keys/log.pub.pem")[-32:] == key[1:], 12, "keys/log.pub.pem is another key than keys/log.vkey")
        need(signed(self.note, shown), 12, "the checkpoint is not signed by keys/log.vkey")

    # section 8

    def read_held(self):
        for file in self.held_files:
            try:
                with open(file, encoding="utf-8", newline="") as opened:
                    text = re.sub(r"(?m)[ \t]+$", "", opened.read().replace("\r\n", "\n"))
            except (OSError, UnicodeDecodeError) as e:
                raise Failure(1, "cannot read %s: name a checkpoint you hold (%s)" % (file, e))
            if re.match(r"old [0-9]{1,18}\n", text):
                self.read_bridge(file, text)
                continue
            notes = [note.rstrip() + "\n" for note in
                     re.findall(r"(?m)^\S+\n[0-9]+\n[A-Za-z0-9+/]{43}=\n\n(?:\u2014 \S+ \S+(?:\n|$))+", text)]
            for size, root, rest in re.findall(r"(?m)^\S+ ([0-9]+) ([A-Za-z0-9+/]{43}=)((?: \u2014 \S+ \S+)+)$", text):
                lines = rest.replace(" \u2014 ", "\n\u2014 ")[1:] + "\n"
                notes.append("%s\n%s\n%s\n\n%s" % (lines.split(" ")[1], size, root, lines))
            need(notes, 1, file + " is not a checkpoint: it holds no signed note")
            for note in notes:
                size, root = int(note.split("\n")[1]), base64.b64decode(note.split("\n")[2])
                if not signed(note, self.vkey):
                    self.wrong_roots.append(file + " is not signed by the verifier key")
                elif self.held.get(size, root) != root:
                    self.wrong_roots.append("two of your checkpoints of %d records have different roots: the log was split" % size)
                self.held[size] = root
        self.anchored = min(max(self.held, default=0), self.size)
        self.about.append("anchored to %d of %d records by the checkpoints you gave" % (self.anchored, self.size))
        if self.anchored < self.size:
            self.warnings.append((16, "UNANCHORED: %d of %d records are newer than every checkpoint you gave; whoever holds the key"
                                      " could have rewritten them" % (self.size - self.anchored, self.size)))

    def verdict(self):
        if self.anchored == self.size:
            return "VERIFIED"
        return "VERIFIED, ANCHORED TO %d OF %d" % (self.anchored, self.size) if self.anchored else "VERIFIED, NOT ANCHORED"

    def read_bridge(self, file, text):
        head, _, note = text.partition("\n\n")
        lines = head.split("\n")
        need(int(lines[0][4:]) == self.size, 1, "%s is a proof from %s records, and this bundle has %d" % (file, lines[0][4:], self.size))
        try:
            self.bridges[int(note.split("\n")[1])] = [base64.b64decode(line, validate=True) for line in lines[1:]]
        except (ValueError, IndexError):
            raise Failure(1, file + " is not a proof of ronde ledger consistency")

    def v6(self):
        need(not self.wrong_roots, 16, self.wrong_roots and self.wrong_roots[0])
        proofs = {entry["size"]: entry["proof"] for entry in reversed(self.bundle.json("ledger/consistency.json"))}
        for m, root in sorted(self.held.items()):
            if m > self.size:
                good = m in self.bridges and consistent(self.size, self.root, m, root, self.bridges[m])
                need(good, 16, "your checkpoint has %d records, this bundle only %d: it is an old bundle, or the log was cut" % (m, self.size))
            elif m > 0 and not (m == self.size and root == self.root):
                good = m in proofs and consistent(m, root, self.size, self.root, hashes(proofs[m]))
                need(good, 16, "nothing in this bundle shows that its log extends your checkpoint of %d records" % m)

    # section 7

    def records(self):
        """V3, V4, V9 and V5; returns what V10 finds on the way."""
        proof = self.formed(15, "ledger/range-proof.json", self.proof)
        edge, right = hashes(proof["left"]), hashes(proof["right"])
        a, b = proof["a"], proof["b"]
        stated = self.formed(13, "manifest.json", lambda: (self.manifest["range"]["from"], self.manifest["range"]["until"]))
        need((a, b) == stated, 13, "manifest.json says the range is from %s to %s, the proof is for %d to %d" % (*stated, a, b))
        failed = None
        try:
            self.people()
            texts = self.bundle.lines("data/private.jsonl", 20)
            self.next_text = next(texts, None)
        except Failure as e:
            failed = e
        rows, lines = self.bundle.lines("ledger/index.csv", 13), self.bundle.lines("data/records.jsonl", 14)
        need(next(rows, None) == b"index,leaf_hash,rec_type,line", 13, "ledger/index.csv has another header")
        index, line = a, 0
        for row in rows:
            cells = row.decode("utf-8", "replace").split(",")
            need(len(cells) == 4 and cells[0] == str(index) and HEX.fullmatch(cells[1]) and cells[2], 13, "index %d is missing or doubled" % index)
            hash = bytes.fromhex(cells[1])
            at, top = index, hash
            while at & 1:
                top = node(edge.pop(), top)
                at >>= 1
            edge.append(top)
            if index + 1 in self.held:
                self.compare_held(index + 1, edge)
            gone = re.fullmatch(r"purged (0|[1-9][0-9]{0,17})", cells[3]) if self.layout > 1 else None
            if gone:
                need(cells[2] in ("check.result", "run.missed"), 24, "index %d (%s) is purged, and retention takes results alone" % (index, cells[2]))
                self.purged.setdefault(int(gone[1]), []).append(index)
            elif cells[3]:
                line += 1
                need(cells[3] == str(line), 13, "index %d points to line %s" % (index, cells[3]))
                payload = next(lines, None)
                need(payload is not None and leaf(payload) == hash, 14, "line %d is not the record sealed at index %d" % (line, index))
                record = self.record(payload, cells[2], index)
                if index in self.purged and cells[2] == "retention.purged":
                    spans = record["data"]["spans"]
                    self.purged[index] = [place for place in self.purged[index] if not any(a <= place < b for a, b in spans)]
                if failed is None:
                    try:
                        self.formed(20, "what index %d names" % index, lambda: self.hangs(record, texts))
                        self.formed(20, "what index %d erased" % index, lambda: self.erases(record, index))
                    except Failure as e:
                        failed = e
            else:
                need(re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", cells[2]), 13, "index %d names no type of record" % index)
            index += 1
        need(next(lines, None) is None, 14, "data/records.jsonl has more lines than the index")
        need(index == b, 13, "the index ends at %d instead of %d" % (index, b))
        counts = {"leaves": b - a, "disclosed": line, "withheld": b - a - line}
        need(self.manifest["counts"] == counts, 13, "the index has %d leaves and discloses %d, not %s" % (b - a, line, self.manifest["counts"]))
        fits = proof["n"] == self.size and 0 <= a <= b <= self.size and self.size > 0
        need(fits and self.tree(0, self.size, b, edge, right) == self.root and not right, 15,
             "the leaves from %d to %d do not lead to the root" % (a, b))
        for by, places in self.purged.items():
            need(not places, 24, places and "index %d is purged, but the record at index %d does not say so" % (places[0], by))
        for by, gone in self.erased.items():
            if failed is None and gone:
                failed = Failure(20, "the record at index %d does not say that this text was erased: %s" % (by, min(gone)))
        if failed is None and self.next_text is not None:
            failed = Failure(20, "data/private.jsonl has a text that no record commits to")
        self.about.append("withheld %d of %d records" % (b - a - line, b - a))
        return failed

    def proof(self):
        proof = self.bundle.json("ledger/range-proof.json")
        need(all(type(proof[name]) is int for name in "nab"), 15, "ledger/range-proof.json lacks a number")
        need(len(hashes(proof["left"])) == bin(proof["a"]).count("1"), 15, "it has not one hash for each complete tree before the range")
        hashes(proof["right"])
        return proof

    def compare_held(self, size, edge):
        top = edge[-1]
        for before in reversed(edge[:-1]):
            top = node(before, top)
        if self.held.pop(size) != top:
            self.wrong_roots.append("at %d records the log of this bundle has another root than your checkpoint" % size)

    def tree(self, low, high, b, edge, right):
        if low >= b or (high <= b and (high - low) & (high - low - 1) == 0):
            cover = right if low >= b else edge
            need(cover, 15, "the range proof is too short")
            return cover.pop(0)
        middle = low + (1 << ((high - low - 1).bit_length() - 1))
        return node(self.tree(low, middle, b, edge, right), self.tree(middle, high, b, edge, right))

    @staticmethod
    def record(payload, rec_type, index):
        try:
            record = canonical(payload)
        except (ValueError, RecursionError) as e:
            raise Failure(19, "the record at index %d is not canonical: %s" % (index, e))
        fits = type(record) is dict and record.get("type") == rec_type and record.get("v") == 1
        fits = fits and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(record.get("id")))
        fits = fits and TIME.fullmatch(str(record.get("occurredAt"))) and TIME.fullmatch(str(record.get("recordedAt")))
        need(fits, 19, "the record at index %d has not the form of a record" % index)
        return record

    # sections 10 to 12

    def people(self):
        def read():
            found = set()
            for person in self.bundle.json("population/people.json"):
                line = person["record"].encode()
                record = canonical(line)
                if self.layout > 1 and record["type"] == "erasure.executed":
                    says = record["on"]["kind"] == "person" and person["name"] == mark(record)
                elif record["type"] == "token.created":
                    says = record["data"]["name"] == person["name"]
                else:
                    commit = sha256(bytes.fromhex(person["salt"]), person["name"].encode()).hex()
                    says = record["on"]["kind"] == "person" and {"field": "name", "commit": commit} in record.get("priv", [])
                says = says and set(person) == {"ref", "name", "salt", "record", "index", "proof"} and person["ref"] == record["on"]["id"]
                says = says and included(leaf(line), person["index"], self.size, hashes(person["proof"]), self.root)
                need(says and person["ref"] not in found, 20, "no record of this log calls %s %s" % (person["ref"], person["name"]))
                found.add(person["ref"])
        self.formed(20, "population/people.json", read)

    def hangs(self, record, texts):
        for attachment in record.get("att", []):
            self.wanted.add(attachment["sha256"] + "." + ENDINGS.get(attachment["mediaType"], "bin"))
        commits = {entry["field"]: entry["commit"] for entry in record.get("priv", [])}
        while self.next_text is not None:
            text = canonical(self.next_text)
            if text["record"] != record["id"]:
                break
            if self.layout > 1 and set(text) == {"record", "field", "erased", "index"}:
                name = "%s %s" % (text["record"], text["field"])
                need(commits.pop(text["field"], None), 20, "the erased text %s is not one that was committed to" % name)
                self.erased.setdefault(text["index"], {})[name] = text["erased"]
                self.next_text = next(texts, None)
                continue
            commit = sha256(bytes.fromhex(text["salt"]), text["text"].encode()).hex()
            need(commits.pop(text["field"], None) == commit, 20, "a private text of record %s is not the one committed to" % record["id"])
            self.next_text = next(texts, None)
        need(not commits, 20, "data/private.jsonl lacks texts of record %s: %s" % (record["id"], sorted(commits)))
        if self.layout > 1 and record["type"] == "review.attested" and self.first <= record["occurredAt"][:10] <= self.last:
            data = record["data"]
            ids = data.get("shown_ids", [])
            attached = "data/blobs/%s.json" % data.get("shown_idsRef")
            if attached in self.sums:
                ids = canonical(self.bundle.read(attached))
            for hash in [one[7:] for one in ids if one.startswith("sha256:")]:
                self.configuration(hash)

    def erases(self, record, index):
        if index in self.erased and record["type"] == "erasure.executed":
            data = record["data"]
            texts = canonical(self.bundle.read("data/blobs/%s.json" % data["textsRef"])) if "textsRef" in data else data["texts"]
            for name in texts["named"]:
                if self.erased[index].get(name) == mark(record):
                    del self.erased[index][name]

    def configuration(self, hash):
        if "data/blobs/%s.txt" % hash not in self.sums:
            self.wanted.add(hash + ".json")
            return
        self.wanted.add(hash + ".txt")
        for line in self.bundle.text("data/blobs/%s.txt" % hash).split("\n")[:-1]:
            match = re.fullmatch(r"[^=]+=sha256:([0-9a-f]{64})", line)
            need(match, 20, "data/blobs/%s.txt does not name sources by their digests" % hash)
            self.wanted.add(match.group(1) + ".json")

    def blobs(self):
        there = {path[11:] for path in self.sums if path.startswith("data/blobs/")}
        for name in sorted(there):
            need(name.startswith(self.sums["data/blobs/" + name] + "."), 20, "data/blobs/%s is not the attachment its name says" % name)
            need(name in self.wanted, 20, "data/blobs/%s is no attachment of a record, by its hash and media type" % name)
        need(self.wanted <= there, 20, "attachments are missing: %s" % sorted(self.wanted - there))


def main(arguments):
    arguments = [argument for argument in arguments if argument not in ("--vkey", "--checkpoint")]
    if len(arguments) < 2 or any(argument.startswith("--") for argument in arguments):
        print("usage: python3 verify.py BUNDLE VKEY [CHECKPOINT...]", file=sys.stderr)
        return 2
    verifier = Verifier(arguments[0], arguments[1], arguments[2:])
    code = 0
    try:
        verifier.run()
        verdict = verifier.verdict()
    except Failure as e:
        code, verdict = e.code, str(e)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError, zipfile.BadZipFile) as e:
        code, verdict = 1, "a file is not of the form that Ronde writes (%r)" % e
    for line in verifier.about:
        print(line)
    if code not in (1, 2):
        for step, claim in STEPS:
            word = "FAIL " if step == code else "ok   " if step in verifier.passed else "skip "
            if step == 16 and step != code and step in verifier.passed and not verifier.held_files:
                word, claim = "--   ", "no checkpoint of yours was given"
            print("%s V%-3d%s" % (word, step - 10, claim))
            for number, text in verifier.warnings:
                if number == step:
                    print("      WARNING " + text)
        if code:
            verdict = "NOT VERIFIED, exit code %d: V%d %s" % (code, code - 10, verdict)
    elif code == 1:
        verdict = "UNREADABLE: " + verdict
    print(NOT_DONE)
    print(verdict)
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
