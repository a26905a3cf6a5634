"""Pages in Chromium: nothing captured runs or leaves, switches and keyboard work, nothing bars a reader."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pages_corpus import BODY, build_site, tables

from clipbook.files import write_text
from clipbook.pages import evidence_link, gallery_page, slug

pytestmark = pytest.mark.browser

BEACON = "https://tracker.invalid/x.png"
ATTACKS = (
    f'"><script>fetch("{BEACON}")</script>',
    f"'><img src={BEACON} onerror=alert(1)>",
    f'</title></style></textarea><iframe src="{BEACON}"></iframe>',
    f'<svg onload=alert(1)><use href="{BEACON}#x"/></svg><link rel=stylesheet href={BEACON}>',
    f'<meta http-equiv="refresh" content="0;url={BEACON}"><base href="{BEACON}">',
    f'<style>@import "{BEACON}"</style>',
    "{{7*7}}${alert(1)}`<a href=javascript:alert(1) autofocus onfocus=alert(1)>",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"), tables()).parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    attack = "".join(ATTACKS)
    corpus = tables(
        outlet=attack,
        speaker=attack,
        headline=attack,
        url=f"javascript:fetch('{BEACON}')",
        body=BODY.replace("Monday", attack),
        ids=(f"../../{attack}", f"{attack}/second"),
    )
    return build_site(tmp_path_factory.mktemp("hostile"), corpus, title=attack).parent


def pages(folder: Path) -> list[Path]:
    """One page of each kind, and every page of an article."""
    kinds: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.html")):
        kinds.setdefault(path.name if "article" in path.name else path.stem.partition("-")[0], path)
    return sorted({*kinds.values(), folder / "index.html"})


def left_the_disk(page) -> list[str]:
    return [url for url in page.left if urlsplit(url).scheme not in ("file", "data")]


def test_a_hostile_corpus_runs_no_script_and_sends_no_request(hostile, open_page):
    for path in pages(hostile):
        page = open_page(path)
        page.wait_for_timeout(200)
        assert page.complaints == [] and left_the_disk(page) == [], path.name
        assert page.url == path.as_uri()
        assert (
            page.evaluate("document.scripts.length + document.querySelectorAll('iframe,base,link').length")
            == len(page.query_selector_all("#findings"))  # the gallery has one script, its own
        )


def test_a_hostile_figure_runs_nothing_when_opened_by_itself(hostile, open_page):
    page = open_page(hostile / "04_quotes" / "share.svg")
    assert page.complaints == [] and left_the_disk(page) == []


def test_the_policy_itself_stops_a_script_and_a_picture_from_elsewhere(site, open_page):
    page = open_page(site / "index.html")
    page.evaluate(
        "address => { try { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s); } catch {} const i = new Image(); i.src = address; document.body.append(i); }",
        BEACON,
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran === undefined")
    assert any("Content Security Policy" in said for said in page.complaints)


DRAWN = "[...document.images].every(image => image.complete && image.naturalWidth > 0)"


def test_no_page_complains_and_every_figure_is_visible(site, open_page):
    for path in pages(site):
        page = open_page(path)
        page.emulate_media(color_scheme="dark")
        for _ in range(200):  # the dark drawings are fetched after the switch
            if drawn := page.evaluate(DRAWN):
                break
            page.wait_for_timeout(100)
        assert drawn
        assert page.complaints == [] and left_the_disk(page) == [], path.name


def test_figures_follow_the_readers_light_or_dark(site, open_page):
    shown = {scheme: open_page(site / "index.html", scheme=scheme) for scheme in ("light", "dark")}
    sources = {name: page.evaluate("document.images[0].currentSrc") for name, page in shown.items()}
    assert sources["light"].endswith("share.svg") and sources["dark"].endswith("share.dark.svg")


def test_no_page_has_to_be_scrolled_sideways(site, open_page):
    for path in pages(site):
        page = open_page(path)
        for width in (400, 1000, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path.name, width)


def test_a_bar_is_two_clicks_from_its_sentences(site, open_page):
    page = open_page(site / "index.html")
    page.get_by_text("The data behind it, with the evidence").click()
    page.get_by_role("link", name="Ana Ruiz", exact=True).click()
    assert page.get_by_text("We told them so.").is_visible()
    page.get_by_role("link", name="Bridge shut").first.click()
    assert page.locator(":target").count() == 1
    page.get_by_role("link", name="Ana Ruiz speaks most").click()
    assert unquote(page.url).endswith(f"index.html#{slug('04_quotes/share')}")


def test_from_a_bar_in_the_figure_two_clicks_lead_to_its_sentences(site, open_page):
    page = open_page(site / "index.html")
    page.locator(".ways a").first.click()
    row = page.locator("tr:target")
    row.wait_for()
    row.get_by_role("link", name="Ana Ruiz").click()
    assert page.get_by_text("We told them so.").is_visible()


def test_tables_sort_and_narrow_and_findings_are_filtered(site, open_page):
    page = open_page(site / "index.html")
    page.get_by_text("The data behind it, with the evidence").click()
    words = "[...document.querySelectorAll('.figure tbody tr')].map(row => row.cells[0].textContent)"
    for expected in (["Bo Lind", "Ana Ruiz"], ["Ana Ruiz", "Bo Lind"]):  # 3 and 8 words
        page.get_by_role("button", name="words").click()
        assert page.evaluate(words) == expected
    asked = page.get_by_label("Only findings with")
    asked.fill("nobody of this name")
    assert page.locator("#findings li:visible, .figure:visible").count() == 0
    asked.fill("ruiz SPEAKS")
    assert page.locator("#findings li:visible").count() == page.locator(".figure:visible").count() == 1
    assert page.complaints == []


def test_the_tenth_figure_is_fewer_than_fifteen_keys_away(tmp_path, open_page):
    figures = {f"f{n}": {"title": f"Finding {n}", "alt": "Bars."} for n in range(1, 12)}
    write_text(
        tmp_path / "index.html", gallery_page({"notebooks": {"04_quotes": {"figures": figures}}}, tmp_path)
    )
    page = open_page(tmp_path / "index.html")
    for _ in range(13):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Finding 10":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[id='{slug('04_quotes/f10')}']:target")


def test_a_sentence_of_a_list_is_two_clicks_from_the_figures_it_counts_in(site, open_page):
    page = open_page(next((site / "evidence").glob("speaker-ana-ruiz*")))
    page.get_by_text("Figures that these count in").click()
    page.get_by_role("link", name="Ana Ruiz speaks most").click()
    place = slug("04_quotes/share")
    assert unquote(page.url).endswith(f"index.html#{place}")
    assert page.locator(f"[id='{place}'] img").is_visible()


def look(page, selector: str, what: str) -> str:
    return page.evaluate(
        "([selector, what]) => getComputedStyle(document.querySelector(selector))[what]", [selector, what]
    )


@pytest.mark.parametrize(
    ("layer", "selector", "what"),
    [
        ("Who speaks", ".text .q", "borderBottomStyle"),
        ("Who speaks", ".text .who", "display"),
        ("Frame cues", ".cue", "borderBottomStyle"),
        ("Hardest sentences", ".hard", "textDecorationLine"),
    ],
)
def test_each_layer_can_be_switched_off_and_on_by_keyboard(site, open_page, layer, selector, what):
    page = open_page(site / "evidence" / evidence_link("post/bridge-shut"))
    before = look(page, selector, what)
    page.get_by_label(layer).focus()
    page.keyboard.press("Space")
    assert look(page, selector, what) == "none" != before
    page.keyboard.press("Space")
    assert look(page, selector, what) == before


def test_keywords_are_off_until_asked_for(site, open_page):
    page = open_page(site / "evidence" / evidence_link("post/bridge-shut"))
    assert look(page, ".kw", "fontWeight") == "400"
    page.get_by_label("Keywords").check()
    assert look(page, ".kw", "fontWeight") == "700"


def test_the_first_tab_offers_the_way_to_the_content(site, open_page):
    page = open_page(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_can_be_clicked_can_be_reached_by_tab(site, open_page):
    page = open_page(site / "evidence" / evidence_link("post/bridge-shut"))
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    wanted = page.evaluate("document.querySelectorAll('a[href], input, summary').length")
    reached = set()
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('a[href], input, summary')].indexOf(document.activeElement)"
            )
        )
    assert len(reached - {-1}) == wanted


def test_no_serious_bar_for_readers_with_disabilities(site, open_page, axe):
    for path in pages(site):
        page = open_page(path, width=400)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(result => result.violations)")
        page.set_viewport_size({"width": 1600, "height": 900})
        page.emulate_media(color_scheme="dark")
        found += page.evaluate("axe.run().then(result => result.violations)")
        serious = [
            (fault["id"], fault["nodes"][0]["html"], fault["nodes"][0]["failureSummary"])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert serious == [], path.name


def test_pages_print_without_switches_and_with_every_figure(site, open_page, tmp_path):
    page = open_page(site / "evidence" / evidence_link("post/bridge-shut"))
    on_screen = look(page, ".text .q", "backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".switches").is_visible()
    assert look(page, ".text .q", "backgroundColor") == on_screen
    gallery = open_page(site / "index.html")
    gallery.emulate_media(media="print")
    assert gallery.locator("img").first.is_visible()
    gallery.pdf(path=tmp_path / "gallery.pdf")
    assert (tmp_path / "gallery.pdf").read_bytes().startswith(b"%PDF")
