"""Changes to a file: bytes, pieces, telling words, what stands in one field, the files inside a packed one."""

from __future__ import annotations

import gzip
import io
import plistlib
import random
import re
import zipfile

SIGNS = "“”‘’\"'«»„‟`[](){}<>.!?…,;:-–—|#*_~^=+@&%$\\/\n\r\t "
WORDS = (
    "''", "``", "\r\n", "\n\n", "\x00", "\x1b", "\ufeff", "\u200b", "\u2028", "\u0301", "\ud7ff", "😀", "ﬁ",
    "said", " said Ana Ruiz", "told", "he", "she", "Mr ", "according to ", "By ", "Updated ", "4 March 2024",
    "2024-03-04T25:61:00+99:00", "31/12/9999", "0000-00-00", "1e999", "-1", "99999999999999999999", "NaN",
    "<p>", "</p>", "<script>", "<!--", "-->", "<![CDATA[", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "&x;", "&#0;",
    "&#xD800;", "<meta charset=utf-7>", "<br>", "<table>", "<svg>", "data:image/png;base64,", "text,",
    "title,", "source_file", "---\n",
    "!!python/object:os.system", "&a [*a]", "*a", "? ", "- ", ": ", "%\n", "{\\rtf1",
    "\\bin999999 ", "\\u-1?", "%PDF-", "endobj", "stream", "/Length 99999999", "WARC/1.0", "Content-Type: ",
    "Content-Length: 99999999", "boundary=", "=?utf-8?Q?", "End of Document", "Body", "Length: ", "yes", "no",
    "frames:", "cues:", '"\\ud83d"', "\\ud83d", "&#xD83D;", "\\u-10179?", "'", "=1+1", "@SUM", "\t=",
)  # fmt: skip
BROKEN = (
    b"\xff", b"\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe", b"\x1f\x8b", b"PK\x03\x04",
)  # fmt: skip
TELLING = [*(word.encode() for word in (*SIGNS, *WORDS)), *BROKEN]
FIELD = re.compile(
    rb">([^<>]*)<|\"([^\"\n]*)\"|\\(([^()\n]*)\\)|(?:^|[,;\t\n]|: |- |\[) *([^,;\t\n\"\[\]:]+)"
)
BETWEEN = re.compile(rb">([^<>]{3,})<")
BOUNDS = re.compile(rb"[<>&,;()\"\x00-\x1f\\\\]")  # what could end a field
LONGEST = 30_000


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a file in one to eight ways; ``other`` lends pieces."""
    inside = _inside(data, other, chance) if chance.random() < 0.9 else None
    return (inside or _changed(data, other, chance))[: max(LONGEST, 2 * len(data))]


def _changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a file; half of the time only within its fields, and mostly so that UTF-8 stays UTF-8."""
    change = chance.choice((_changed_once, _changed_field))
    text = chance.random() < 0.8 and _is_utf8(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        data = change(data, other, chance)
    return data.decode("utf-8", "ignore").encode() if text else data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _changed_words(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Write something else between two tags alone, so that XML stays XML."""
    for _ in range(chance.choice((1, 2, 5, 8))):
        data = _changed_field(data, other, chance, BETWEEN)
    return data.decode("utf-8", "ignore").replace("\0", " ").encode()


def _changed_field(
    data: bytes, other: bytes, chance: random.Random, what: re.Pattern[bytes] = FIELD
) -> bytes:
    """Write something else between two tags, into a string or into a table's cell."""
    at = chance.randrange(len(data) + 1)
    field = what.search(data, at) or what.search(data)
    if not field:
        return _changed_once(data, other, chance)
    start, to = field.span(field.lastindex or 0)
    begin = chance.randrange(len(other) + 1)
    lent = other[begin : begin + 1 + int(chance.expovariate(1 / 60))]
    word = BOUNDS.sub(b" ", chance.choice((chance.choice(TELLING), lent)))
    middle = chance.randint(start, to)
    before, after = chance.choice(((start, to), (middle, middle), (start, middle), (to, to)))
    return data[:before] + word * chance.choice((1, 1, 1, 3, 60)) + data[after:]


def _changed_once(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    until = min(len(data), at + int(chance.expovariate(1 / 12)) + 1)
    before, piece, after = data[:at], data[at:until], data[until:]
    start, to = chance.randrange(len(other) + 1), chance.randrange(len(before + after) + 1)
    word = chance.choice(TELLING)
    return chance.choice(
        (
            before + bytes([chance.randrange(256)]) + data[at + 1 :],
            before + after,
            before + piece * chance.choice((2, 3, 40)) + after,
            before + word * chance.choice((1, 1, 1, 2, 60)) + data[at:],
            before + word + data[at:],
            before + word + after,
            before + other[start : start + 1 + int(chance.expovariate(1 / 200))] + data[at:],
            (before + after)[:to] + piece + (before + after)[to:],
            before if chance.random() < 0.3 else piece + before + after,
        )
    )


def _inside(data: bytes, other: bytes, chance: random.Random) -> bytes | None:
    """Change a file inside a zip, or what a gzip or a web archive of Safari holds; the first byte may choose a format. Else nothing."""
    for skip in (0, 1):
        head, packed = data[:skip], data[skip:]
        try:
            if packed.startswith(b"PK\x03\x04"):
                return head + _rezipped(packed, other, chance)
            if packed.startswith(b"\x1f\x8b"):
                return head + gzip.compress(_changed(gzip.decompress(packed), other, chance), 1, mtime=0)
            if packed.startswith(b"bplist00"):
                page = plistlib.loads(packed)["WebMainResource"]
                page["WebResourceData"] = _changed(page["WebResourceData"], other, chance)
                return head + plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)
        except Exception:  # packed wrongly by an earlier change: then as plain bytes
            return None
    return None


def _rezipped(packed: bytes, other: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive, zipfile.ZipFile(out, "w") as new:
        names = archive.namelist()
        telling = [name for name in names if "document" in name or "sheet" in name]
        chosen = chance.choice(telling if telling and chance.random() < 0.7 else names)
        for name in names:
            inside = archive.read(name)
            change = (
                _changed_words if chance.random() < 0.6 and inside.lstrip().startswith(b"<") else _changed
            )
            changed = change(inside, other, chance) if name == chosen else inside
            new.writestr(zipfile.ZipInfo(name), changed, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()
