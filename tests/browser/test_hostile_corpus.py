"""Hostile captures through the commands themselves: tables hold no formula, nothing runs, nothing leaves."""

import csv
import json
import random
from urllib.parse import urljoin, urlsplit

import pytest

from clipbook import cli
from clipbook.files import read_csv

BEACON = "https://tracker.invalid/x.png"
SCRIPT = f"<script>fetch('{BEACON}')</script><img src='{BEACON}' onerror=alert(1)>"
FORMULA = f'=HYPERLINK("{BEACON}","a")'
SPEAKER = "Ana <b onmouseover=alert(1)>Ruiz"
SYLLABLES = ("ba", "ne", "ro", "li", "tu", "mak", "sen", "dor", "vil", "han", "pe", "cor")


def story(seed):
    """Paragraphs of invented words, different for every seed, with an attack in each."""
    chance = random.Random(seed)
    words = [" ".join("".join(chance.choices(SYLLABLES, k=2)) for _ in range(14)) for _ in range(8)]
    return "\n\n".join(
        f"“It is not safe, {said},” said {SPEAKER}, the engineer. The bridge shut on Monday {SCRIPT} as {said}. "
        f"{said.capitalize()} +1 @here {FORMULA} $\\alpha$ and $x_1$ cost $5."
        for said in words
    )


NAMES = (
    f"{FORMULA.replace('/', '')}.txt",
    '"><svg onload=alert(1)>.txt',
    "-rf ~ `id` $(id) & %00 ..txt",
    "é" * 100 + ".txt",
    "javascript:alert(1)#?.txt",
    "con.txt",
)


@pytest.fixture(scope="module")
def captures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "data" / "captures"
    for number, name in enumerate(NAMES):
        place = folder / ("@outlet <script>" if number % 2 else "=1+1")
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"{SCRIPT} Bridge shut {number}\n\n{story(number)}", encoding="utf-8")
    row = {
        "title": FORMULA,
        "author": f"{SCRIPT}; @sum",
        "outlet": SCRIPT,
        "date": "2024-03-04",
    }
    rows = [
        {**row, "text": story(20), "url": f"javascript:fetch('{BEACON}')"},
        {**row, "text": story(21), "url": f"data:text/html,{SCRIPT}", "wave": FORMULA},
    ]
    (folder / "set.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    outlets = [{"source_file": path.relative_to(folder).as_posix(), "outlet": f"{FORMULA}{SCRIPT}", "kind": SCRIPT}
               for path in sorted(folder.rglob("*.txt"))]  # fmt: skip
    with (folder.parent / "captures.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["source_file", "outlet", "kind"])
        writer.writeheader()
        writer.writerows(outlets)
    page = f"<html><head><base href='{BEACON}'><title>{SCRIPT}</title></head><body><h1>Bridge</h1>"
    paragraphs = "".join(f"<p>{part}</p>" for part in story(30).split("\n\n"))
    (folder / "page.html").write_text(
        f"{page}{SCRIPT}<iframe src={BEACON}></iframe>{paragraphs}", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def tables(captures):
    """The tables of the study, where a run brings them up to date."""
    assert cli.main(["tables", str(captures), "--out", str(captures.parent / "tables")]) == 0
    return captures.parent / "tables"


def test_no_cell_of_any_table_is_a_formula_and_all_come_back(tables):
    written = sorted(tables.glob("*.csv"))
    assert written
    for path in written:
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        risky = [
            cell
            for cell in cells
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)
        ]
        assert risky == [], path.name
    articles = read_csv(tables / "articles.csv", dtype=str, keep_default_na=False)
    assert set(articles["status"]) == {"ok"}
    assert len(articles) == len(NAMES) + 3
    assert (articles["headline"] == FORMULA).sum() == 2


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def figures(captures, tables, tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("figures")
    own = ["01_corpus", "04_quotes"]
    present = [name for name in own if (root / "notebooks" / f"{name}.ipynb").is_file()]
    assert cli.main(["run", *present, "--captures", str(captures), "--figures", str(folder)]) == 0
    return folder


@pytest.mark.browser
def test_nothing_runs_and_nothing_leaves_after_a_run(figures, open_page):
    pages = sorted([*figures.rglob("*.html"), *figures.rglob("*.svg")])
    page = open_page(pages[0])
    for path in pages:
        page.left.clear()
        page.complaints.clear()
        page.goto(path.as_uri())
        page.wait_for_timeout(50)
        gone = [url for url in page.left if urlsplit(url).scheme not in ("file", "data")]
        assert gone == [] and page.url == path.as_uri(), path.name
        assert not [said for said in page.complaints if said.strip() == "1"], path.name  # alert(1)
        if path.suffix == ".html":
            addresses = page.evaluate(  # of a picture's links, too
                "[...document.querySelectorAll('a')].map(a => a.href.baseVal ?? a.href).filter(Boolean)"
            )
            targets = {f"{urlsplit(urljoin(page.url, address)).scheme}:" for address in addresses}
            assert targets <= {"file:", "http:", "https:"}, path.name
            assert (
                page.evaluate(
                    "document.querySelectorAll('[onerror],[onload],[onmouseover],iframe,base').length"
                )
                == 0
            )
    assert len(pages) > 10


@pytest.mark.browser
def test_no_file_is_written_outside_or_under_a_hostile_name(figures):
    for path in figures.rglob("*"):
        name = path.relative_to(figures).as_posix()
        assert len(path.name.encode()) <= 255 and not set("<>\"'`$|&;=?*#%") & set(name), name
