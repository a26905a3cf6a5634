"""Words on the pages of outlets (``outlets.toml``); spellings of a name, and hosts, brought to what they have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from clipbook.shipped import shipped, word_sets

_WORDS = word_sets(shipped("article/outlets.toml"))
SECTIONS = _WORDS["sections"]
TOP_LEVEL = _WORDS["top_level"]
SECOND_LEVEL = _WORDS["second_level"]
HOST_HEADS = _WORDS["host_heads"]
CONNECT = _WORDS["connect"]
LEGAL_FORMS = _WORDS["legal_forms"]
BUSINESS = _WORDS["business"]
PRESS = _WORDS["press"]
BEFORE_OWN = _WORDS["before_own"]
AFTER_OWN = _WORDS["after_own"]
SUBJECT_OF = _WORDS["subject_of"]
RIGHTS = _WORDS["rights"]
AFTER_TOLD = _WORDS["after_told"]
LEARNED = _WORDS["learned"]
ROLES = _WORDS["roles"]
BIO = _WORDS["bio"]
AFTER_BYLINE = _WORDS["after_byline"]
SENTENCE = _WORDS["sentence"]
ARTICLES = _WORDS["articles"]
LEGALESE = _WORDS["legalese"]
PLATFORMS = _WORDS["platforms"]
NO_NAMES = _WORDS["no_names"]
PREPOSITIONS = _WORDS["prepositions"]
DAYS = _WORDS["days"]  # a paper may be called "on Sunday"
BEFORE_OWN_RUNS, LEGAL_BEFORE, LEGAL_AFTER, TOLD = (
    frozenset(tuple(run.split()) for run in _WORDS[kind])
    for kind in ("before_own_runs", "legal_before", "legal_after", "told")
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_GENITIVE = re.compile(r"['’]s$")


def letters(name: str) -> str:
    """Letters and digits of a name in lower case, without "The": equal for spellings of one name."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    joined = _NOT_LETTERS.sub("", plain)
    return joined[3:] if joined.startswith("the") and len(joined) > 4 and plain[3:4].isspace() else joined


def ascii_letters(name: str) -> str:
    """As :func:`letters`, without accents, as addresses are written."""
    plain = letters(name)
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain.replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def address_forms(name: str) -> tuple[str, str]:
    """The letters of a name as addresses have them: without accents, and with "ae" for "ä" as in German."""
    plain = ascii_letters(name)
    if name.isascii():
        return plain, plain
    return plain, ascii_letters(name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


def host_name(host: str) -> str:
    """The part of a host that names its site: "gazette" of "www.gazette.co.uk"; "" if it is no host."""
    *parts, last = host.split(".")
    if not parts or last.lower() not in TOP_LEVEL:
        return ""
    if len(parts) > 1 and parts[-1].lower() in SECOND_LEVEL:
        del parts[-1]
    return parts[-1] if len(_NOT_LETTERS.sub("", parts[-1])) > 1 else ""


@lru_cache(maxsize=4096)
def name_key(name: str) -> tuple[str, bool]:
    """Letters of a name without the ending of a host, and whether it had one ("Gazette.com")."""
    words = _GENITIVE.sub("", name.strip()).split()
    if len(words) > 1 and words[0].lower() in ARTICLES and len("".join(words[1:])) > 3:
        del words[0]
    site = host_name(words[-1]) if words and "." in words[-1] else ""
    if site:
        words[-1] = site
    return letters(" ".join(words)), bool(site)
