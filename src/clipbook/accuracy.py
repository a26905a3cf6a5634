"""How right each notebook's measure is: on human-coded news, and in the corpus at hand by random checks."""

from __future__ import annotations

import json

from clipbook.checks import Checks, accuracy_table
from clipbook.places import TEMPLATE

RESULTS = TEMPLATE / "tests" / "validity" / "results.json"


def accuracy(notebook: str) -> str:
    """Say how right a notebook's measure is, as ``make validity`` measured and recorded it.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``04_quotes``.
    """
    area = notebook.partition("_")[2].replace("corpus", "captures")
    recorded = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    if area == "start":
        return "How right each measure is stands in its own notebook, 01 to 05."
    if area not in recorded:
        return "How right this is has not been measured on this copy of clipbook."
    shown = [row for row in recorded[area]["measures"] if row.get("headline")]
    facts = "; ".join(
        f"{row['label']} {row['value']:.2f}"
        + (f" (95% interval {row['low']:.2f} to {row['high']:.2f})" if "low" in row else "")
        + f", n = {row['n']:,} {row['unit']}"
        for row in shown
    )
    return f"Measured against human-coded news in English: {facts}. {recorded[area]['meaning']}"


OWN_MEASURES = {
    "quotes": ("speaker right", "quotations found"),
    "framing": ("cues that mean their frame",),
    "corpus": ("outlet right", "date right", "headline right", "body whole"),
}


def own_accuracy(notebook: str, checks: Checks) -> str:
    """Say how right a notebook's measure is in this corpus, by checks that were drawn at random; "" without them.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``04_quotes``.
    checks : Checks
        As from `checks.read_checks`.
    """
    table = accuracy_table(checks)
    wanted = OWN_MEASURES.get(notebook.partition("_")[2], ())
    known = table[table["right"].notna() & table["measure"].str.startswith(wanted)] if wanted else table[:0]
    facts = "; ".join(
        f"{row['measure']} {row['right']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}), {row['checked']} checked"
        for row in known.to_dict("records")
    )
    return f"In these captures, by your random checks: {facts}." if facts else ""
