"""Coding in JupyterLab with the keyboard alone: three texts, closed, opened again, and on from there."""

import json
import shutil
from pathlib import Path
from urllib.request import Request, urlopen

import pandas as pd
import pytest
from lab_server import TOKEN, open_notebook, window_on

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
BEACON = "https://tracker.invalid/x.png"
ATTACK = f"<img src='{BEACON}' onerror='window.hacked=1'><script>window.hacked=1;fetch('{BEACON}')</script>"
CELLS = (
    'import clipbook as cb\nbook = cb.open_workbook("02_framing", codebook="generic")',
    'book.code("conflict")',
)


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A workbook with three captures of the sample, and one that attacks whoever looks at it."""
    folder = tmp_path_factory.mktemp("panel") / "study"
    captures = folder / "data" / "captures" / "outlet"
    captures.mkdir(parents=True)
    files = sorted((ROOT / "data" / "captures").glob("*/*.txt"))[:4]
    for file in files[1:]:
        shutil.copy(file, captures)
    story = files[0].read_text(encoding="utf-8").replace(". ", f". They attacked {ATTACK} the harbour. ")
    (captures / "hostile.txt").write_text(f"Row over {ATTACK} the pier\n\n{story}", encoding="utf-8")
    notebook = {
        "cells": [
            {"cell_type": "code", "id": f"cell-{place}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
            for place, source in enumerate(CELLS)
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "code.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def window(chromium, lab):
    with window_on(chromium, lab) as page:
        page.left = []
        page.on("request", lambda made: page.left.append(made.url))
        yield page


def run_cells(window, lab: str) -> None:
    """Open the notebook and run its two cells, by keys."""
    open_notebook(window, lab, "code")
    window.wait_for_function("() => document.activeElement.matches('.jp-Cell')")
    for _ in CELLS:
        window.keyboard.press("Shift+Enter")
    window.wait_for_function("() => document.activeElement.matches('.clipbook-code input')")


def type_keys(window, *keys: str) -> None:
    """Press keys one by one, each when what the last one led to is in sight."""
    for key in keys:
        before = window.locator(".clipbook-code").inner_text()
        window.keyboard.press(key)
        window.wait_for_function(
            "before => document.querySelector('.clipbook-code').innerText !== before", arg=before
        )


def answers(study) -> pd.DataFrame:
    sheet = pd.read_csv(study / "data" / "codes" / "codes_ana.csv", dtype=str, keep_default_na=False)
    return sheet.loc[:, sheet.columns.str.contains(r"\.\d: ")]


def end_kernels(lab: str) -> None:
    ask = {"Authorization": f"token {TOKEN}"}
    for session in json.load(urlopen(Request(f"{lab}/api/sessions", headers=ask))):
        urlopen(Request(f"{lab}/api/sessions/{session['id']}", headers=ask, method="DELETE"))


def test_three_texts_are_coded_by_keys_alone_and_the_next_day_goes_on(window, lab, study):
    run_cells(window, lab)
    panel = window.locator(".clipbook-code")
    window.keyboard.type("ana")
    type_keys(window, "Enter")
    assert panel.locator(".count").inner_text() == "0 of 4"
    window.wait_for_function("() => document.activeElement.matches('.clipbook-code .text')")
    cells = window.locator(".jp-Notebook-cell").count()
    type_keys(window, "y", "n", "y", "n", "n", "n", "u", "y")
    type_keys(window, "z", "z")  # takes back the last two
    assert answers(study).iloc[2].tolist() == [""] * answers(study).shape[1]
    type_keys(window, "u", "u", "n")
    assert panel.locator(".count").inner_text() == "3 of 4"
    conflict = answers(study).filter(like="conflict.")
    assert conflict.iloc[:3].to_numpy().tolist() == [
        ["yes", "no", "yes"],
        ["no"] * 3,
        ["unsure", "unsure", "no"],
    ]
    assert (conflict.iloc[3] == "").all() and (answers(study).drop(columns=conflict.columns) == "").all(
        axis=None
    )
    assert window.locator(".jp-Notebook-cell").count() == cells  # b, d, x, y of the notebook were not meant

    end_kernels(lab)
    run_cells(window, lab)
    window.keyboard.press("Tab")  # past the button that starts
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.innerText") == "ana (3)"
    type_keys(window, "Enter")
    assert panel.locator(".count").inner_text() == "3 of 4"
    type_keys(window, "ArrowLeft")
    assert panel.locator("li[aria-current] .said").inner_text() == "no"
    type_keys(window, "ArrowRight")
    window.keyboard.type("yyn")  # faster than the sheet is written
    panel.get_by_role("paragraph").filter(has_text="All 4 texts are coded.").wait_for()
    assert answers(study).filter(like="conflict.").iloc[3].tolist() == ["yes", "yes", "no"]


def test_what_a_text_contains_is_read_and_never_run(window, lab, study):
    """Every text of the sheet is looked at; the attack stands there as its own words."""
    panel = window.locator(".clipbook-code")
    seen, cues = set(), set()
    for _ in range(12):
        type_keys(window, "ArrowLeft")
        seen.add(panel.locator(".text").inner_text())
        cues.update(panel.locator("mark").all_inner_texts())
    assert len(seen) == 4 and sum(BEACON in text for text in seen) == 1
    assert "attacked" in cues and not any("<" in cue for cue in cues)
    assert window.evaluate("window.hacked") is None
    assert [url for url in window.left if not url.startswith((lab, "blob:", "data:"))] == []
    assert panel.locator(".text img, .text script").count() == 0
