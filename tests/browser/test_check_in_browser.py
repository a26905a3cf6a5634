"""The pages beside a check's sheets, of hostile captures, in Chromium: to be read by keyboard, and nothing runs."""

import csv
from urllib.parse import urlsplit

import pytest

from clipbook import cli
from clipbook.files import write_text
from clipbook.pages.article import audit_page
from clipbook.pages.render import audit_file
from clipbook.study_tables import open_tables

pytestmark = pytest.mark.browser

BEACON = "https://tracker.invalid/x.png"
ATTACK = (
    f"<script>fetch('{BEACON}')</script><img src='{BEACON}' onerror=alert(1)>"
    f'"><iframe src="{BEACON}"></iframe><svg onload=alert(1)> [[ ]] {{{{7*7}}}}'
)
STORY = (
    "URL: https://quay.example/{0}\n\n{0} quay is shut {1}\n\nThe {0} quay is shut, and the town waits for news of it {1}.\n\n"
    "“The {0} wall has been leaking since the spring, {1} and nobody came,” said Ana Ruiz, the harbour master.\n\n"
    "{2}\n\nThe fight over the {0} quay will cost the town a great deal of money, the council fears.\n"
)
FILLER = "The {0} {1} was moved to the {1} of the town, where people counted every {0} that they could see. "
WORDS = ("crane", "lamp", "barge", "tower", "market", "letter", "engine", "garden")
SHEETS = ("quotes", "missed", "cues", "captures")


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    """The folder of a check, in a study whose captures have been read into pages."""
    study = tmp_path_factory.mktemp("study")
    captures = study / "data" / "captures"
    captures.mkdir(parents=True)
    for name, first in (("North", WORDS[:4]), ("South", WORDS[4:])):
        filler = "".join(FILLER.format(name.lower(), word) * 3 for word in first)
        (captures / f"{name}.txt").write_text(STORY.format(name, ATTACK, filler), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIPBOOK_FIGURES", str(study / "figures"))
        tables = open_tables(captures)
        lines = tables.read("lines")
        for article in tables.read("articles").to_dict("records"):
            own = lines[lines["capture_id"] == article["capture_id"]]
            page = study / "figures" / "evidence" / audit_file(article["capture_id"])
            write_text(page, audit_page(article, own.to_dict("records")))
        assert cli.main(["check", "--captures", str(captures)]) == 0
    return study / "data" / "checks"


def rows(checks, name):
    return list(csv.DictReader((checks / f"{name}.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("name", SHEETS)
def test_every_row_of_a_sheet_is_on_its_page_which_runs_nothing_and_fits(checks, name, open_page):
    wanted = [row["check_id"] for row in rows(checks, name)]
    assert wanted
    page = open_page(checks / f"{name}.html", width=400, place=f"#{wanted[-1]}")
    assert page.evaluate("[...document.querySelectorAll('article')].map(unit => unit.id)") == wanted
    assert page.locator(":target").get_attribute("id") == wanted[-1]
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "<script>" in page.locator("main").inner_text()  # the attack is there, as words
    assert (
        page.evaluate("document.scripts.length + document.querySelectorAll('iframe, img, svg').length") == 0
    )
    page.wait_for_timeout(200)
    assert page.complaints == []
    assert [url for url in page.left if urlsplit(url).scheme not in ("file", "data")] == []


def test_a_quotation_is_found_marked_in_its_whole_article_by_keyboard(checks, open_page):
    page = open_page(checks / "quotes.html")
    row = rows(checks, "quotes")[0]
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    unit = page.locator(f"#{row['check_id']}")
    assert unit.locator("details mark").is_visible()
    assert unit.locator("details mark").inner_text() == row["quotation"]
    assert "the council fears" in unit.locator("details").inner_text()  # far below the quotation


def test_the_captured_page_is_one_link_away_and_says_nothing_of_confidence(checks, open_page):
    page = open_page(checks / "quotes.html")
    row = rows(checks, "quotes")[0]
    page.locator(f"#{row['check_id']}").get_by_role("link", name="The captured page, line by line").click()
    page.wait_for_url("**/figures/evidence/audit-*")
    said = page.locator("body").inner_text()
    assert row["quotation"][:20] in said and "confidence" not in said
