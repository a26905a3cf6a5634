"""Pages that list stories are no article; pages that tell one in parts are."""

from __future__ import annotations

import pytest

from clipbook.article import parse_article
from clipbook.records import Article, Capture

STORIES = [
    ("Harbour crane collapses", "A crane fell onto the quay on Sunday night, and nobody was hurt, the port said."),
    ("Vineyards hit by hail", "Growers in the southern hills expect to lose a third of this year's grapes."),
    ("Museum returns bronze head", "The city museum will give back a bronze that was taken a century ago."),
    ("Ice rink to stay open", "Skaters collected nine thousand signatures, and the council has found the money."),
    ("Tram line nine delayed", "The new line to the university will open in March instead of December."),
    ("Lynx photographed again", "Cameras in the national park caught a lynx with two kittens for the first time."),
]  # fmt: skip


def parse(text: str) -> Article:
    form = "html" if text.startswith("<") else "text"
    return parse_article(Capture("a", f"a.{form}", form, **{form: text}))


FRONTS = {
    "links with teasers": "<h1>Region</h1>"
    + "".join(f'<h2><a href="/{title}">{title}</a></h2><p>{teaser}</p>' for title, teaser in STORIES),
    "titles with dates": "Region\n\n"
    + "\n\n".join(f"{title}\n{teaser}\n{day} March 2031" for day, (title, teaser) in enumerate(STORIES, 3)),
    "search results": "Results for: harbour\n\n"
    + "\n\n".join(f"{title}\nMar {day}, 2031 — {teaser}" for day, (title, teaser) in enumerate(STORIES, 3)),
}


@pytest.mark.parametrize("page", FRONTS.values(), ids=list(FRONTS))
def test_a_page_that_lists_stories_is_no_article(page: str) -> None:
    article = parse(page)
    assert (article.status, article.body) == ("failed", "")
    assert any("several stories" in note for note in article.notes)


@pytest.mark.parametrize("between", ["\n", "</a></li><li><a href='/x'>"])
def test_a_menu_alone_is_no_article(between: str) -> None:
    menu = between.join(["Home", "News", "Sport", "Weather", "Jobs", "Contact us", "Log in", "Follow us"])
    article = parse(f"<ul><li><a href='/x'>{menu}</a></li></ul>" if between != "\n" else menu)
    assert article.status in ("failed", "thin")
    assert article.notes


NO_STORIES = {
    "front without dates": "Today\n" + "\n".join(f"{title}\n{teaser}" for title, teaser in STORIES),
    "programme of the evening": """On screen tonight
Channel Seven
19:00
River Kings. Two brothers inherit a barge and find that they cannot stand each other.
20:15
The Long Table. Six strangers cook for a judge who has lost his sense of smell.
21:30
Late Edition. The news of the day, and a look at the morning's papers.
Channel Eight
19:30
Deep Winter. Foxes, owls and a photographer who waits eleven nights for both.
20:30
Cup Replay. The best goals of the second round, chosen by former players.
22:00
Night Ferry (1962). A stoker falls in love with a passenger who does not exist.""",
    "results": "Second league\nSaturday\n"
    + "\n".join(f"{place} {club} {30 - place} {20 - place} 4 {place + 2} {50 - place} 31" for place, club in enumerate(
        ["Varn", "Ostel", "Lindau", "Mere", "Kastel", "Pinn", "Torvald", "Esk", "Hollow", "Brant", "Quill", "Sarn"], 1)),
    "error": "The Kellmere Post\nPage not found\nThe page that you were looking for has been moved, or its address was typed "
    "wrongly. You can search for it above, or go back to our home page and begin again there. If you think that something "
    "is broken, please tell us which link brought you to this place, and we will mend it as soon as we can.",
}  # fmt: skip


@pytest.mark.parametrize("page", NO_STORIES.values(), ids=list(NO_STORIES))
def test_what_hardly_looks_like_a_story_is_no_article_without_a_word(page: str) -> None:
    article = parse(page)
    assert article.status in ("failed", "thin")
    assert article.notes


def test_a_story_in_short_items_is_one() -> None:
    items = "".join(f"<h2>{title}</h2><p>{teaser}</p>" for title, teaser in STORIES)
    article = parse(f"<h1>Six things to know today</h1><p>By Petra Lund</p><p>3 March 2031</p>{items}")
    assert article.status == "ok"
    assert "nine thousand signatures" in article.body


def test_a_menu_names_no_section() -> None:
    story = "\n\n".join(f"{teaser} {STORIES[0][1]}" for _, teaser in STORIES)
    page = "{}\n\nHarbour crane collapses\n\nBy Petra Lund\n3 March 2031\n\n" + story
    assert parse(page.format("Home\nNews\nSport\nWeather")).section == ""
    assert parse(page.format("World\nHealth\nScience\nPhotos\nThe coast\nLive\nOver")).section == ""
    assert parse(page.format("The Velden Echo\n\nBusiness")).section == "Business"
    assert parse(page.format("Home > News > Business")).section == "Business"
