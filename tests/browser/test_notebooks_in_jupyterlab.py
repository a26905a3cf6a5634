"""Notebooks in JupyterLab, opened and run as a reader would: no error, figures and tables to be seen, and from a
table one click to the marked sentence, there and from disk."""

import json
import shutil
from pathlib import Path

import pytest
from lab_server import open_notebook, wait_for, window_on

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
each_slowly = pytest.mark.parametrize(  # one of them in ``make test``, all in ``make test-slow``
    "name", [pytest.param(name, marks=[] if name == "04_quotes" else pytest.mark.slow) for name in NOTEBOOKS]
)
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
PLACE = "a[href*='#t'], a[href*='#line-']"  # to a sentence of an article, to a line of a capture
LOADED = "images => [images.length, images.filter(one => one.naturalWidth > 0).length]"


@pytest.fixture(scope="module")
def study(ran, tmp_path_factory) -> Path:
    """A workbook of its own with three captures of each of two outlets, as a run left it."""
    return shutil.copytree(ran, tmp_path_factory.mktemp("lab") / "study")


@pytest.fixture(scope="module")
def window(chromium, lab):
    with window_on(chromium, lab) as page:
        yield page


def run_all(window, lab: str, study: Path, name: str) -> list[dict]:
    """Open a notebook, run all of it, save it, and give its code cells as saved."""
    open_notebook(window, lab, name)
    window.get_by_role("menuitem", name="Run", exact=True).click()
    window.get_by_role("menuitem", name="Run All Cells").first.click()

    def cells() -> list[dict]:
        window.keyboard.press("Control+s")
        window.wait_for_timeout(500)
        saved = json.loads((study / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        return [cell for cell in saved["cells"] if cell["cell_type"] == "code"]

    def ran() -> bool:
        if not window.locator(IDLE).count():  # a save takes the browser longer than a cell its work
            return False
        done[:] = cells()
        failed = any(out["output_type"] == "error" for cell in done for out in cell["outputs"])
        return failed or all(cell["execution_count"] for cell in done)

    done: list[dict] = []
    wait_for(ran, seconds=400)
    return done


def look_through(window) -> tuple[int, int]:
    """Scroll from top to bottom; give how many figures came into view, and how many were broken."""
    panel = window.locator(".jp-WindowedPanel-outer").first
    seen: dict[str, bool] = {}
    for place in range(0, panel.evaluate("panel => panel.scrollHeight"), 600):
        panel.evaluate("(panel, place) => panel.scrollTo(0, place)", place)
        window.wait_for_timeout(80)
        found = panel.evaluate(
            "panel => [...panel.querySelectorAll('.jp-OutputArea img')].filter(image => image.checkVisibility())"
            ".map(image => [image.src.slice(-400), image.complete && image.naturalWidth > 300 && image.width > 300])"
        )
        seen.update(found)
    return len(seen), sum(not whole for whole in seen.values())


@each_slowly
def test_a_notebook_runs_in_jupyterlab_without_error_and_shows_its_figures(window, lab, study, name):
    cells = run_all(window, lab, study, name)
    outputs = [output for cell in cells for output in cell["outputs"]]
    errors = [output["evalue"] for output in outputs if output["output_type"] == "error"]
    assert errors == []
    warned = ["".join(output["text"]) for output in outputs if output.get("name") == "stderr"]
    assert warned == []
    drawn = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(drawn) == len(list((study / "figures" / name).glob("*.png")))
    assert len(drawn) > 1 or name == "00_start"
    assert look_through(window) == (len(set(drawn)), 0)


def is_of_the_row(page, row: list[str]) -> bool:
    """Tell whether a page has been opened at what a row of a table quotes, and that is in sight."""
    page.wait_for_selector(":target", state="attached")
    place, top = page.evaluate(
        "() => { const at = document.querySelector(':target'), text = at.closest('p, h1').cloneNode(true);"
        "text.querySelectorAll('.tag, .who, .hardtag').forEach(label => label.remove());"
        "return [text.textContent, at.getBoundingClientRect().top]; }"
    )
    letters = "".join(filter(str.isalnum, place.lower()))
    quoted = ["".join(filter(str.isalnum, cell.lower()))[:40] for cell in row]
    return 0 <= top < 1000 and any(len(cell) > 3 and cell in letters for cell in quoted)


@each_slowly
def test_a_table_in_jupyterlab_opens_the_article_at_the_marked_sentence(window, lab, study, name):
    window.goto(f"{lab}/lab/tree/notebooks/{name}.ipynb?reset")  # saved and trusted by the run before
    panel = window.locator(".jp-WindowedPanel-outer").first
    panel.wait_for()
    link = window.locator(".jp-OutputArea table").locator(PLACE).first
    for place in range(0, 40_000, 500):
        panel.evaluate("(panel, place) => panel.scrollTo(0, place)", place)
        window.wait_for_timeout(100)
        if link.count():
            break
    row = link.locator("xpath=ancestor::tr/*").all_text_contents()
    with window.context.expect_page() as opened:
        link.click()
    page = opened.value
    assert is_of_the_row(page, row)
    page.get_by_role("link", name="All figures").first.click()
    page.get_by_role("heading", name="Provenance").wait_for()
    wait_for(lambda: len(set(page.locator("img").evaluate_all(LOADED))) == 1, seconds=120)  # all are shown
    page.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_table_of_a_notebook_on_disk_opens_the_article_at_the_marked_sentence(study, open_page, name):
    page = open_page(study / "figures" / "notebooks" / f"{name}.html")
    link = page.locator("table").locator(PLACE).first
    row = link.locator("xpath=ancestor::tr/*").all_text_contents()
    link.click()
    assert is_of_the_row(page, row)


def test_the_gallery_opened_in_jupyterlab_shows_its_figures_and_leads_to_sentences(window, lab, study):
    window.goto(f"{lab}/lab/tree/figures/index.html?reset")
    gallery = window.frame_locator(".jp-HTMLViewer iframe")
    gallery.get_by_role("heading", name="Provenance").wait_for()
    wait_for(lambda: len(set(gallery.locator("img").evaluate_all(LOADED))) == 1, seconds=120)
    assert gallery.locator("img").count() == len(list((study / "figures").glob("*/*.png")))
    card = gallery.locator("article.figure").filter(has=gallery.locator("a[href^='evidence/speaker']")).first
    card.get_by_text("The data behind it").click()
    card.locator("a[href^='evidence/speaker']").first.click()
    gallery.locator("blockquote a").first.click()
    # in the article: the list before has a target, too
    gallery.locator(".q").first.wait_for(state="attached")
    gallery.locator(":target").wait_for(state="attached")


@pytest.mark.slow
def test_an_error_of_ours_is_one_sentence_in_jupyterlab(window, lab, study):
    notebook = json.loads((study / "notebooks" / "03_readability.ipynb").read_text(encoding="utf-8"))
    [cell] = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    cell["source"] = "".join(cell["source"]).replace('measure = "fre"', 'measure = "flesh"')
    (study / "notebooks" / "wrong.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    cells = run_all(window, lab, study, "wrong")
    [error] = [out for one in cells for out in one["outputs"] if out["output_type"] == "error"]
    assert len(error["traceback"]) == 1 and "measure is 'flesh'; choose one of" in error["traceback"][0]
