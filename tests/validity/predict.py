"""Write a measure's predictions for human-coded data, in the form that the data's scorer documents.

    predict.py AREA --gold DIR --out FILE [--train DIR]

AREA is captures (from captures/text), captures-html (from captures/html), quotes, pages (quotes
straight from captures/text), fields and fields-html (outlet, headline, authors and date of the same pages), canada (of the bodies in canada/gold.jsonl), framing (learns from --train, else cross-validates), readability, keywords.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from areas import captures, fields, framing, keywords, quotes, readability

AREAS = {
    "captures": (captures, "captures"),
    "captures-html": (captures, "captures"),
    "fields": (fields, "captures"),
    "fields-html": (fields, "captures"),
    "quotes": (quotes, "quotes"),
    "pages": (quotes, "pages"),
    "canada": (quotes, "canada"),
    "framing": (framing, "framing"),
    "readability": (readability, "readability"),
    "keywords": (keywords, "keywords"),
}


def predictions(area: str, gold: Path, train: Path | None = None, *, unseen: bool = False) -> str:
    """Give the predictions of an area as the text of the file that its scorer reads.

    With ``unseen``, texts that shipped weights were fitted on are judged by weights that were not.
    """
    module, folder = AREAS[area]
    judge = getattr(module, "predict_unseen", None) if unseen else None
    if judge:
        made = judge(area, gold / folder)
    else:
        made = module.predict(area, gold / folder, train / folder if train else None)
    if isinstance(made, dict):
        return json.dumps(made) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)


def main() -> None:
    """Read the command line, predict, write."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("area", choices=AREAS)
    cli.add_argument("--gold", type=Path, required=True, metavar="DIR")
    cli.add_argument("--out", type=Path, required=True, metavar="FILE")
    cli.add_argument("--train", type=Path, metavar="DIR")
    args = cli.parse_args()
    args.out.write_text(predictions(args.area, args.gold, args.train), encoding="utf-8")


if __name__ == "__main__":
    main()
