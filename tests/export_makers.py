"""Exports of press databases around two invented stories, in the shapes that their systems write."""

from __future__ import annotations

import textwrap

LANTERNS = [
    "The lantern fair of Osterveld moves to the old quarry this autumn, the guild of candle makers said on Tuesday.",
    "“The square has become too narrow for the floats,” said Wim Terlinden, who has led the guild since the flood.",
    "Visitors will reach the quarry by a steam tram, which the town lends for the three evenings of the fair.",
    "Shopkeepers on the square had hoped to keep the fair, and two of them have written to the mayor about it.",
]

BRIDGE = [
    "The timber bridge at Halmstow stays shut until the herons have left their nests, a judge decided on Friday.",
    "Carters must take the long road by the mill, which adds an hour to every load of clay.",
    "“We were here before the birds,” said Nell Oakes, whose family has worked the pit for ninety years.",
    "The decision can be appealed within a month, but the pit’s owners said that they would rather wait.",
]  # fmt: skip


def wrapped(text: str, width: int = 78) -> str:
    return "\n".join(textwrap.wrap(text, width))


def factiva(
    *,
    kicker: str = "",
    word: str = "words",
    dates: tuple[str, str] = ("3 June 2025", "14 May 2025"),
    by: str = "By ",
) -> list[str]:
    lines: list[str] = []
    for headline, author, date, outlet, code, text in (
        ("Lantern fair leaves the square", "Hedda Prins", dates[0], "Osterveld Bode", "OSTBOD", LANTERNS),
        ("Herons keep the bridge shut", "Cal Dunnet", dates[1], "The Halmstow Packet", "HLMP", BRIDGE),
    ):
        lines += [kicker] * bool(kicker)
        lines += [
            headline,
            by + author,
            f"{sum(len(p.split()) for p in text)} {word}",
            date,
            "06:12",
            outlet,
            code,
            "A4",
        ]
        lines += [
            "English",
            f"© 2025 {outlet}. All Rights Reserved.",
            *text,
            f"Document {code}0020250603el630000a",
        ]
    return lines


def numbered(
    labels: dict[str, str], number: str, dates: tuple[str, str], *, after: str = "", cover: str = ""
) -> str:
    out = cover
    articles = (
        ("Lantern fair leaves the square", "Hedda Prins", dates[0], "Osterveld Bode", LANTERNS),
        ("Herons keep the bridge shut", "Cal Dunnet", dates[1], "The Halmstow Packet", BRIDGE),
    )
    for place, (headline, author, date, outlet, text) in enumerate(articles, 1):
        words = sum(len(p.split()) for p in text)
        out += f"\n\n{number.format(place):^78}\n\n\n{outlet:^78}\n\n{date:^78}\n{'First Edition':^78}\n\n{headline}\n\n"
        out += f"{labels['by']}: {author}\n\n{labels['section']}: Stadt; S. 4\n\n{labels['length']}: {words} {labels['words']}\n\n\n"
        out += (
            "\n\n".join(map(wrapped, text))
            + f"\n\n{after}{labels['load']}: {dates[0]}\n\n{labels['language']}: ENGLISH\n\n"
        )
        out += f"{'Copyright 2025 ' + outlet + ' Verlag':^78}\n{'All Rights Reserved':^78}\n"
    return out


ENGLISH = {
    "by": "BYLINE",
    "section": "SECTION",
    "length": "LENGTH",
    "words": "words",
    "load": "LOAD-DATE",
    "language": "LANGUAGE",
}

GERMAN = {
    "by": "AUTOR",
    "section": "RUBRIK",
    "length": "LÄNGE",
    "words": "Wörter",
    "load": "UPDATE",
    "language": "SPRACHE",
}

FRENCH = {
    "by": "AUTEUR",
    "section": "RUBRIQUE",
    "length": "LONGUEUR",
    "words": "mots",
    "load": "DATE-CHARGEMENT",
    "language": "LANGUE",
}


def uni(*, cover: bool = False, counted: bool = True, **words: str) -> list[str]:
    lines: list[str] = []
    if cover:
        lines += [
            "Date and Time: Monday, June 9, 2025 10:15:00 AM CEST",
            "Job Number: 251234567",
            "Documents (2)",
        ]
        lines += [
            "1. Lantern fair leaves the square",
            "Client/Matter: -None-",
            "Search Terms: fair",
            "Search Type: Terms and Connectors",
        ]
        lines += [
            "2. Herons keep the bridge shut",
            "Client/Matter: -None-",
            "Search Terms: bridge",
            "Content Type",
            "Narrowed by",
        ]
    for headline, outlet, date, text, below in (
        ("Lantern fair leaves the square", "Osterveld Bode", words.get("date", "June 3, 2025 Tuesday"), LANTERNS,
         ["Graphic", "PHOTO: Lanterns on the square."]),
        ("Herons keep the bridge shut", "The Halmstow Packet", words.get("date", "June 3, 2025 Tuesday"), BRIDGE,
         ["Correction", "The bridge was built in 1911, not in 1901 as a version of this article had it."]),
    ):  # fmt: skip
        lines += [headline, outlet, date, f"Copyright 2025 {outlet} All Rights Reserved"]
        lines += [f"{words.get('section', 'Section')}: CITY; Pg. 2"]
        lines += [f"{words.get('length', 'Length')}: {sum(len(p.split()) for p in text)} words"] * counted
        lines += [f"{words.get('by', 'Byline')}: Hedda Prins", words.get("body", "Body"), *text, *below]
        lines += [f"{words.get('load', 'Load-Date')}: June 4, 2025", words.get("end", "End of Document")]
    return lines


def proquest(headline: str, author: str, paper: str, paragraphs: list[str], **words: str) -> list[str]:
    return [
        headline, f"{words.get('by', 'Author')}: {author}", f"{words.get('info', 'Publication info')}: {paper} ; Osterveld [Osterveld]. 03 June 2025: A.4.",
        f"{words.get('link', 'ProQuest document link')}: https://proquest.example/docview/3", f"Abstract: {paragraphs[0]}",
        f"{words.get('text', 'Full text')}: {paragraphs[0]}", *paragraphs[1:], "CREDIT: Staff", "Subject: Fairs; Herons", "Location: Osterveld",
        f"{words.get('outlet', 'Publication title')}: {paper}; Osterveld", f"{words.get('date', 'Publication date')}: Jun 3, 2025",
        "Section: Region", "Publisher: Bode Media BV", "Source type: Newspaper", "Language of publication: English",
        f"{words.get('id', 'ProQuest document ID')}: 32104567", "Last updated: 2025-06-04", f"{words.get('last', 'Database')}: Global Newsstream",
    ]  # fmt: skip


TWO = (
    ("Lantern fair leaves the square", "Prins, Hedda", "Osterveld Bode", LANTERNS),
    ("Herons keep the bridge shut", "Dunnet, Cal; van der Sar, Ida", "The Halmstow Packet", BRIDGE),
)
