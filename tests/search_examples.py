"""Queries with the places that a person finds for them, for Python and for the script of the page alike."""

import pandas as pd

ARTICLES = pd.DataFrame(
    {
        "capture_id": ["quay/1", "quay/2", "moor/1", "moor/2"],
        "outlet": ["Quay", "Quay", "Moor", "Moor"],
        "headline": ["Ferry strike ends", "The sea-wall", "Climate change at sea", "Müller’s boats"],
        "published": pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16", None]),
        "body": [
            "The night boat sails again. No ferries left the quay.\n\nA strike is over.",
            "It warms the wall; warming goes on. The climate\nchanges it, or not.\nA night\nboat came.\n\nAt night.\n\nBoat.",
            "Climate change? “It’s warm,” Ana Ruiz said. Women and a woman, 5-4 against. C++ and a.b, aXb, 𝔘nder 😀 the sea.",
            "An ÉCOLE at the pier; no école here. Don't ask Müller. It is snake_case.",
        ],
        "url": ["https://quay.example/1", "", "javascript:alert(1)", ""],
        "status": "ok",
        "language": "en",
        "words": [14, 20, 24, 14],
    }
)
"""Four invented articles."""

# a query, and the places in the order of the articles: number of the article (from 0), field, what stands there
EXAMPLES = [
    ("ferry", ["0h Ferry"]),
    ("FERRY", ["0h Ferry"]),
    ("ferr*", ["0h Ferry", "0b ferries"]),
    ("*ike", ["0h strike", "0b strike"]),
    ("*arm*", ["1b warms", "1b warming", "2b warm"]),
    ("*-wall", ["1h sea-wall"]),
    ('"*mate change"', ["2h Climate change", "2b Climate change"]),
    ("*ike OR ferr*", ["0h Ferry", "0h strike", "0b ferries", "0b strike"]),
    ("wom*n", ["2b Women", "2b woman"]),
    ("warm*", ["1b warms", "1b warming", "2b warm"]),
    ("w*a*", ["1h wall", "1b warms", "1b wall", "1b warming", "2b warm", "2b woman"]),
    ('"night boat"', ["0b night boat", "1b night\nboat"]),  # a line's end parts no phrase, a paragraph's does
    ("“night boat”", ["0b night boat", "1b night\nboat"]),
    ('"climate change"', ["2h Climate change", "2b Climate change"]),
    ('"climate chang*"', ["1b climate\nchanges", "2h Climate change", "2b Climate change"]),
    ("night quay", ["0b night", "0b quay"]),  # both in one article
    ("strike quay OR pier", ["0h strike", "0b quay", "0b strike"]),
    ("quay OR pier", ["0b quay", "3b pier"]),
    ("quay or pier", []),  # small letters: three words, and no article has all
    ("sea", ["1h sea", "2h sea", "2b sea"]),  # a hyphen parts words
    ("sea-wall", ["1h sea-wall"]),
    ("sea -climate", []),
    ("sea -quay", ["1h sea", "2h sea", "2b sea"]),
    ('night -"night boat"', []),
    ("boat* -Müller*", ["0b boat", "1b boat", "1b Boat"]),
    ('climate OR "climate change"', ["1b climate", "2h Climate change", "2b Climate change"]),
    ("it's", ["2b It’s"]),
    ("don’t", ["3b Don't"]),
    ("müller", ["3h Müller", "3b Müller"]),
    ("école", ["3b ÉCOLE", "3b école"]),
    ("5-4", ["2b 5-4"]),
    ("c++", ["2b C++"]),
    ("a.b", ["2b a.b"]),  # a full stop is a full stop
    ("snake", []),
    ("snake_case", ["3b snake_case"]),
    ("𝔘nder", ["2b 𝔘nder"]),
    ("the sea", ["1h The", "1h sea", "1b the", "1b The", "2h sea", "2b the", "2b sea"]),
    ("zebra", []),
]

# a query that cannot be understood, and what its error says
REFUSED = [
    ("", "names nothing to find"),
    ("  ", "names nothing to find"),
    ("-ferry", "names nothing to find"),
    ("*", "holds no letter and no digit"),
    ("ferry **", "holds no letter and no digit"),
    ('""', "holds no letter and no digit"),
    ("ferry -", "holds no letter and no digit"),
    ("a*b*c*d*", "at most three"),
    ('"night boat', "has no closing quotation mark"),
    ("OR ferry", "OR stands between two terms"),
    ("ferry OR", "OR stands between two terms"),
    ("ferry OR OR quay", "OR stands between two terms"),
    ("ferry OR -quay", "a term with a minus stands by itself"),
]


def shown(places):
    """Write rows of `clipbook.search` as the examples are written."""
    number = {name: place for place, name in enumerate(ARTICLES["capture_id"])}
    return [f"{number[row.capture_id]}{row.field[0]} {row.match}" for row in places.itertuples()]
