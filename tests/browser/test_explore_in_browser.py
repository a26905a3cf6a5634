"""The page that searches articles, in Chromium: it finds what Python finds, by keyboard too, and nothing hostile runs."""

import re
from urllib.parse import urlencode, urlsplit

import pandas as pd
import pytest
from search_examples import ARTICLES, EXAMPLES, REFUSED

import clipbook as cb
from clipbook.files import write_text
from clipbook.pages import explore_page

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser

BEACON = "https://tracker.invalid/x.png"
ATTACK = (
    f"</script><script>fetch('{BEACON}')</script><img src={BEACON} onerror=alert(1)><svg onload=alert(1)>"
    f'"><iframe src="{BEACON}"></iframe><a href="javascript:alert(1)">x</a><base href="{BEACON}"> {{{{7*7}}}} ${{alert(1)}}'
)
BODY = ARTICLES["body"][2]
AT = BODY.index("It’s warm")
QUOTES = pd.DataFrame(
    [("moor/1", AT, AT + 9, "It’s warm", "Ana Ruiz", "direct", 2, 0.9)],
    columns=["capture_id", "start", "end", "text", "speaker", "kind", "words", "confidence"],
)
START = ARTICLES["body"][0].index("A strike")
EVIDENCE = pd.DataFrame(
    [("quay/1", "conflict", "strike", "body", START, START + 17)],
    columns=["capture_id", "frame", "cue", "field", "sentence_start", "sentence_end"],
)


@pytest.fixture(scope="module")
def explore(tmp_path_factory):
    path = tmp_path_factory.mktemp("explore") / "explore.html"
    write_text(path, explore_page(ARTICLES, QUOTES, EVIDENCE))
    return path


def says(page, text):
    """Wait until the page says so; its policy allows the usual way of waiting, by eval, as little as any other script."""
    expect(page.locator("#summary")).to_contain_text(text)


def ready(page):
    expect(page.locator("#summary")).not_to_contain_text("Opening")
    return page


def ask(page, query):
    """Give what the page says to a query; the answer to Enter is there before the next step."""
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    return page.locator("#summary").inner_text()


def places(page):
    return page.evaluate(
        "[...document.querySelectorAll('#list .line')].map(line => [...line.children].map(part => part.textContent))"
    )


def test_the_script_finds_the_places_that_python_finds(explore, open_page):
    page = ready(open_page(explore))
    for query, _ in EXAMPLES:
        summary = ask(page, query)
        expected = cb.search(ARTICLES, query)[["left", "match", "right"]].to_numpy().tolist()
        assert (places(page) if expected else []) == expected, query
        assert summary.startswith(f"{len(expected)} place"), query
    for query, says in REFUSED:
        if query.strip():
            assert says in ask(page, query), query
            with pytest.raises(cb.ClipbookError) as refused:
                cb.search(ARTICLES, query)
            assert ask(page, query) == str(refused.value)
    assert page.complaints == []


def rows(page, name):
    return page.evaluate(
        "name => [...document.querySelectorAll(`#${name} tbody tr`)].map(row => [...row.children].slice(0, -1).map(cell => cell.textContent))",
        name,
    )


def test_counts_by_outlet_time_and_speaker_are_those_counted_by_hand(explore, open_page):
    page = ready(open_page(explore))
    # warms, warming in Quay (14 + 3 and 20 + 2 words), warm in Moor (24 + 4 and 14 + 2): 2 of 39, 1 of 44
    assert ask(page, "warm*") == "3 places in 2 of 4 articles: 361.4 per 10,000 words."
    assert rows(page, "outlets") == [["Quay", "2", "1", "512.8"], ["Moor", "1", "1", "227.3"]]
    assert rows(page, "times") == [
        ["week of 2 March 2026", "0", "0", "0"],
        ["week of 9 March 2026", "2", "1", "909.1"],
        ["week of 16 March 2026", "1", "1", "357.1"],
        ["no date", "0", "0", "0"],
    ]
    assert rows(page, "voices") == [["not in a quotation", "2", "1"], ["Ana Ruiz", "1", "1"]]


def test_filters_narrow_places_and_the_words_that_they_are_divided_by(explore, open_page):
    page = ready(open_page(explore))
    ask(page, "warm*")
    page.locator("#outlet").select_option("Moor")
    says(page, "1 place in 1 of 2 articles")
    assert ask(page, "warm*") == "1 place in 1 of 2 articles: 227.3 per 10,000 words."
    page.locator("#outlet").select_option("")
    page.get_by_label("Said by").fill("Ana Ruiz")
    assert (
        ask(page, "warm*") == "1 place in 1 of 4 articles: 5,000 per 10,000 words looked through."
    )  # 1 of 2 words
    page.get_by_label("Said by").fill("Nobody Known")
    assert ask(page, "warm*") == "Nobody of this name is quoted."
    page.get_by_label("Said by").fill("")
    page.locator("#frame").select_option("conflict")
    assert ask(page, "strike").startswith("1 place in 1 of 4 articles: 2,500 per 10,000")  # 1 of 4 words
    page.get_by_role("button", name="Clear").click()
    page.locator("[name=from]").fill("2026-03-09")
    assert ask(page, "strike") == "0 places in 0 of 2 articles: 0 per 10,000 words."
    page.locator("[name=from]").fill("")
    page.locator("[name=to]").fill("2026-03-02")
    assert ask(page, "strike").startswith("2 places in 1 of 1 article")


def test_the_address_holds_the_view_and_opens_it_again(explore, open_page):
    page = ready(open_page(explore))
    ask(page, "warm*")
    page.get_by_role("link", name="Moor", exact=True).click()
    says(page, "1 place in 1 of 2 articles")
    place = "#" + page.url.partition("#")[2]
    again = ready(open_page(explore, place=place))
    assert again.locator("#q").input_value() == "warm*" and again.locator("#outlet").input_value() == "Moor"
    assert again.locator("#summary").inner_text() == page.locator("#summary").inner_text()
    hostile = ready(
        open_page(
            explore, place="#" + urlencode({"q": ATTACK, "outlet": ATTACK, "article": ATTACK, "at": ATTACK})
        )
    )
    hostile.wait_for_timeout(200)
    assert hostile.complaints == [] and [url for url in hostile.left if urlsplit(url).scheme != "file"] == []


def test_by_keyboard_alone_from_the_query_to_the_place_and_back(explore, open_page):
    page = ready(open_page(explore))
    page.locator("#q").focus()
    page.keyboard.type("strike")
    page.keyboard.press("Enter")
    says(page, "2 places in 1 of 4 articles")
    first, second = page.locator("#list a").all()
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")  # the second place, in the body
    expect(page.locator("#text mark")).to_be_focused()
    expect(page.locator("#text mark")).to_have_text("strike")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(second).to_be_focused()  # back at the link
    expect(page).to_have_url(re.compile("#q=strike$"))
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#title mark")).to_be_focused()  # the first, in the headline


def test_a_hostile_corpus_runs_nothing_and_sends_nothing(tmp_path, open_page):
    hostile = ARTICLES.assign(
        headline=ATTACK,
        outlet=ATTACK,
        body=f"{ATTACK} ferry {ATTACK}",
        capture_id=[ATTACK + n for n in "abcd"],
    )
    said = QUOTES.assign(speaker=ATTACK, capture_id=ATTACK + "a", start=0, end=300)
    cues = EVIDENCE.assign(frame=ATTACK, capture_id=ATTACK + "a")
    for name, query in (("whole", ""), ("shared", "ferry")):
        write_text(tmp_path / f"{name}.html", explore_page(hostile, said, cues, query=query))
        page = ready(open_page(tmp_path / f"{name}.html"))
        if not query:
            ask(page, "ferry")
            page.locator("#list a").first.click()
            expect(page.locator("dialog")).to_be_visible()
            assert page.locator("#text").inner_text().count("onerror=alert(1)") == 2
        page.wait_for_timeout(200)
        assert len(places(page)) == 4 and page.complaints == []
        assert [url for url in page.left if urlsplit(url).scheme != "file"] == []
        assert (
            page.evaluate(
                "document.querySelectorAll('iframe,base,img,[onerror],[onload],a[href^=\"javascript\"]').length"
            )
            == 0
        )
        assert page.evaluate("document.scripts.length") == 2


def test_the_policy_stops_any_other_script(explore, open_page):
    page = ready(open_page(explore))
    page.evaluate(
        "try { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s) } catch {}"
    )
    page.evaluate(
        "try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">') } catch {}"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran === undefined")


def test_a_shared_page_shows_its_places_and_takes_no_other_query(tmp_path, open_page):
    write_text(tmp_path / "shared.html", explore_page(ARTICLES, QUOTES, EVIDENCE, query="warm*"))
    page = ready(open_page(tmp_path / "shared.html", place="#q=ferry"))
    assert page.locator("#summary").inner_text() == "3 places in 2 of 4 articles: 361.4 per 10,000 words."
    assert page.locator("#q").get_attribute("readonly") is not None
    assert rows(page, "voices") == [["not in a quotation", "2", "1"], ["Ana Ruiz", "1", "1"]]
    page.locator("#outlet").select_option("Moor")
    says(page, "1 place in 1 of 2 articles")
    page.get_by_role("button", name="Clear").click()
    says(page, "3 places in 2 of 4 articles")  # the filters are gone, the query stays


def test_of_many_places_some_are_shown_and_more_on_demand(tmp_path, open_page):
    many = ARTICLES.head(1).assign(body="ferry " * 250)
    write_text(tmp_path / "many.html", explore_page(many, QUOTES, EVIDENCE.iloc[:0]))
    page = ready(open_page(tmp_path / "many.html"))
    assert ask(page, "ferry").startswith("251 places in 1 of 1 article")
    assert len(places(page)) == 100
    page.get_by_role("button", name="Show 100 more of 251").click()
    page.get_by_role("button", name="Show 51 more of 251").click()
    expect(page.locator("#list li")).to_have_count(251)
    expect(page.locator("#more")).to_be_hidden()


def test_no_width_scrolls_sideways_and_nothing_bars_a_reader(explore, open_page, axe):
    for scheme in ("light", "dark"):
        page = ready(open_page(explore, scheme=scheme))
        ask(page, "warm*")
        for width in (360, 1000, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
