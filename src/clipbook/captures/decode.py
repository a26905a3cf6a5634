"""Bytes to text: the encoding, and repair of text that was decoded wrongly before it was saved."""

from __future__ import annotations

import codecs
import re
import unicodedata

from clipbook.captures.limits import UnreadableError

_WINDOWS = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_HIGH = "".join(re.escape(char) for char, byte in _WINDOWS.items() if byte < 0xC0)
_THREE = "".join(char for char, byte in _WINDOWS.items() if 0xE0 <= byte <= 0xEF)
_FOUR = "".join(char for char, byte in _WINDOWS.items() if 0xF0 <= byte <= 0xF4)
_TWO = "".join(char for char, byte in _WINDOWS.items() if 0xC2 <= byte <= 0xDF)

_CERTAIN = re.compile(f"[{_THREE}][{_HIGH}]{{2}}|[{_FOUR}][{_HIGH}]{{3}}")
_LIKELY = re.compile(f"[{_TWO}][{_HIGH}]|{_CERTAIN.pattern}")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_LIKELY_LINES = 3


def repair(text: str) -> tuple[str, str]:
    """Undo UTF-8 that was read as Windows-1252, and Windows-1252 that was read as Latin-1.

    A line is repaired only if all of its characters beyond ASCII together are valid UTF-8 once taken
    back to Windows-1252 bytes, and only in a text that shows the damage beyond chance: one sequence of
    three or four characters that no language writes, or two-character ones in three lines.

    Returns
    -------
    tuple of (str, str)
        The text, and a note that counts the lines repaired ("" if none).
    """
    if text.isascii():
        return text, ""
    changed = 0
    if _CONTROLS.search(text):
        text, changed = _CONTROLS.subn(lambda match: _windows(match[0]), text)
    lines = text.split("\n")
    damaged = [number for number, line in enumerate(lines) if not line.isascii() and _LIKELY.search(line)]
    if not damaged or (len(damaged) < _LIKELY_LINES and not any(_CERTAIN.search(lines[n]) for n in damaged)):
        return text, f"{changed} misread characters repaired" if changed else ""
    repaired = 0
    for number in damaged:
        right = _back(lines[number])
        if right is not None:
            lines[number] = right
            repaired += 1
    note = f"{repaired} line{'s' if repaired > 1 else ''} of misread UTF-8 repaired" if repaired else ""
    return "\n".join(lines), note


def _windows(control: str) -> str:
    return bytes([ord(control)]).decode("cp1252", "ignore") or control


def _back(line: str) -> str | None:
    stored = bytearray()
    for char in line:
        if char < "\x80":
            stored.append(ord(char))
        elif char in _WINDOWS:
            stored.append(_WINDOWS[char])
        else:
            return None
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return None


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_HALVES = re.compile("[\ud800-\udfff]")

_JUNK_SHARE = 0.02  # control characters beyond this share are not a text
_MARKS_IN_A_ROW = 30  # Unicode's stream-safe bound on combining marks


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Decode a page's bytes.

    Valid UTF-8 is UTF-8 whatever the page declares; then a declared encoding that fits, by the labels of the WHATWG
    Encoding Standard; then UTF-16 recognised by its zero bytes; then Windows-1252 or, where most letters are beyond ASCII, what
    charset-normalizer finds.

    Parameters
    ----------
    data : bytes
        The stored bytes.
    declared : str
        The encoding that a header or the page itself names.

    Returns
    -------
    tuple of (str, tuple of str)
        The text, as decoded, and notes on what was assumed or lost.

    Raises
    ------
    UnreadableError
        If the bytes are not text.
    """
    name, note = encoding_of(data, declared)
    for bom, marked in _BOMS:
        if marked == name and data.startswith(bom):
            data = data[len(bom) :]
            break
    return _lenient(data, name, note)


def encoding_of(data: bytes, declared: str = "") -> tuple[str, str]:
    """Name the encoding of bytes as Python does, and a note where it was only judged; see :func:`decode`."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, ""
    if wide := _utf16_without_mark(data):
        return wide, f"decoded as {wide.upper()}, which the file does not state"
    label = _python_name(declared)
    if label != "iso2022_jp" and _fits(data, "utf-8"):
        return "utf-8", ""
    if label and _fits(data, label):
        return label, ""
    if _mostly_utf8(data):
        return "utf-8", ""
    name = _guess(data)
    return name, f"decoded as {_NAMES.get(name, name)}, judged from its bytes"


def _python_name(declared: str) -> str:
    """Python's name of the encoding that a label means (WHATWG Encoding Standard); "" for none, UTF-8 and UTF-16.

    A page whose own text says that it is UTF-16 can be read, so that it is not; the standard takes it for UTF-8.
    """
    from webencodings import lookup

    found = lookup(declared)
    if found is None:
        try:
            return codecs.lookup(declared.strip()).name  # labels of no page but of old files, such as cp437
        except LookupError:
            return ""
    if found.name in {"utf-8", "utf-16le", "utf-16be", "x-user-defined", "replacement"}:
        return ""
    return str(found.codec_info.name)


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


_NAMES = {"cp1252": "Windows-1252"}


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Bring decoded text to one form: line breaks, composed letters, nothing invisible.

    Returns
    -------
    tuple of (str, tuple of str)
        The text with ``\n`` as its only line break, plain spaces, NFC letters, and without control,
        zero-width and direction characters (joiners, which carry meaning, stay); and notes.

    Raises
    ------
    UnreadableError
        If the share of control characters shows that this is no text.
    """
    notes: list[str] = []
    junk = len(_CONTROL.findall(text))
    if junk > 8 and junk > _JUNK_SHARE * len(text):
        raise UnreadableError("The file holds binary data, not text. Save the page again as text or HTML.")
    text, repaired = repair(text)
    if repaired:
        notes.append(repaired)
    text = _LINE_ENDS.sub("\n", text)
    if junk:
        text = _CONTROL.sub("", text)
        notes.append(f"{junk} control character{'s' if junk > 1 else ''} removed")
    text, hidden = _INVISIBLE.subn("", text)
    if hidden:
        notes.append(f"{hidden} invisible character{'s' if hidden > 1 else ''} removed")
    return compose(_SPACES.sub(" ", text)), tuple(notes)


def plain(text: str) -> str:
    """Give a name as it looks: plain spaces, composed letters, nothing invisible."""
    return compose(_SPACES.sub(" ", _INVISIBLE.sub("", text)))


def encodable(text: str) -> str:
    """Join halves of UTF-16 pairs, as JSON and rich text may hold them; a half alone becomes U+FFFD."""
    if text.isascii() or not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def compose(text: str) -> str:
    """Give the NFC form with ligatures of print (fi, ffl) as letters, in linear time even for endless combining marks."""
    if text.isascii():
        return text
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    if unicodedata.is_normalized("NFC", text):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _lenient(data: bytes, name: str, note: str = "") -> tuple[str, tuple[str, ...]]:
    text = data.decode(name, "replace")
    lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    notes = [note] if note else []
    if lost > 0:
        notes.append(f"{lost} byte sequence{'s' if lost > 1 else ''} could not be decoded")
    return text, tuple(notes)


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:4000]
    if len(sample) < 4 or sample.count(0) < 0.2 * len(sample):
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 20 * max(even, 1) or (even == 0 and odd):
        return "utf-16-le"
    return "utf-16-be" if even > 20 * max(odd, 1) or (odd == 0 and even) else ""


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    beyond_ascii = sum(len(run) for run in re.findall("[^\x00-\x7f]{1,1000}", text))
    return text.count("\ufffd") * 20 < beyond_ascii


def _guess(data: bytes) -> str:
    """Name a one- or two-byte encoding: Western unless the bytes beyond ASCII are the text itself."""
    high = sum(byte > 0x7F for byte in data[:100_000])
    letters = sum(chr(byte).isalpha() for byte in data[:100_000] if byte < 0x80)
    if high <= 0.3 * letters:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return best.encoding if best else "cp1252"
