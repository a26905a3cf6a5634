"""Spellings of an outlet's name, and hosts, brought to what they have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from clipbook.article import outlet_words as w

_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(name: str) -> str:
    """Letters and digits of a name in lower case, without "The": equal for spellings of one name."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    joined = _NOT_LETTERS.sub("", plain)
    return joined[3:] if joined.startswith("the") and len(joined) > 4 and plain[3:4].isspace() else joined


def ascii_letters(name: str) -> str:
    """As :func:`letters`, without accents, as addresses are written."""
    apart = unicodedata.normalize(
        "NFKD", letters(name).replace("ß", "ss").replace("ø", "o").replace("æ", "ae")
    )
    return "".join(char for char in apart if not unicodedata.combining(char))


def address_forms(name: str) -> tuple[str, str]:
    """The letters of a name as addresses have them: without accents, and with "ae" for "ä" as in German."""
    german = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return ascii_letters(name), ascii_letters(german)


def host_name(host: str) -> str:
    """The part of a host that names its site: "gazette" of "www.gazette.co.uk"; "" if it is no host."""
    parts = host.split(".")
    low = [part.lower() for part in parts]
    if len(parts) < 2 or low[-1] not in w.TOP_LEVEL:
        return ""
    end = len(parts) - 1
    if end > 1 and low[end - 1] in w.SECOND_LEVEL:
        end -= 1
    return parts[end - 1] if len(_NOT_LETTERS.sub("", parts[end - 1])) > 1 else ""


@lru_cache(maxsize=4096)
def name_key(name: str) -> tuple[str, bool]:
    """Letters of a name without the ending of a host, and whether it had one ("Gazette.com")."""
    words = re.sub(r"['’]s$", "", name.strip()).split()
    if len(words) > 1 and words[0].lower() in w.ARTICLES and len("".join(words[1:])) > 3:
        del words[0]
    site = host_name(words[-1]) if words and "." in words[-1] else ""
    if site:
        words[-1] = site
    return letters(" ".join(words)), bool(site)
