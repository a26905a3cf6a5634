"""Live blogs, newsletters and roundups say what they are, and single stories are taken for neither. All texts are invented."""

from __future__ import annotations

import pytest

from clipbook.article import parse_article
from clipbook.records import Article, Capture

HEAD = "Home\nNews\nSport\nSign in\n\n"
FOOT = (
    "\n\nMost read\nCat elected mayor for a day\nFive soups for cold evenings\n\nTerms\n© 2031 Kellmere Post"
)
INTRO = "Polls have closed in Kellmere, where five candidates want to be mayor. We bring you every result as it comes."
ENTRIES = [
    ("Turnout up", "Turnout was 61 per cent, the returning officer says, nine points more than four years ago."),
    ("First boxes", "The first boxes, from the harbour wards, put Edda Moll ahead with 44 per cent of the votes."),
    ("Recount in ward six", "Ward six is being counted again after two bundles were put on the wrong table, officials say."),
    ("Bardo concedes", "Lucian Bardo has conceded. “I have lost to better weather,” he told supporters in the bowling alley."),
    ("Moll wins", "Edda Moll is the new mayor of Kellmere. She will take office on the first of June, she said."),
]  # fmt: skip
CLOCK = ["20:41", "20:02", "19:30", "18:55", "18:10"]
SHAPES = {
    "time, title": (CLOCK, "{time}\n{title}\n\n{text}"),
    "title above": (CLOCK, "{title}\n{time}\n\n{text}"),
    "with a zone, then the title, then a name": ([f"{time} GMT" for time in CLOCK], "{time}\n\n{title}\n\n{name}\n\n{text}"),
    "points and halves of the day": (["8.41pm", "8.02pm", "7.30pm", "6.55pm", "6.10pm"], "{time}\n{title}\n{text}"),
    "ages": (["12m ago", "51m ago", "1h ago", "2h ago", "3h ago"], "{time}\n{title}\nBy {name}\n{text}"),
    "full dates": ([f"3 May 2031 {time}" for time in CLOCK], "{time}\n{name}, reporter\n{title}\n{text}"),
    "a label glued on": ([f"{time}Updated" for time in CLOCK], "{time}\n{title}\n\n{text}"),
    "a name glued on": ([f"{time}{name}" for time, name in zip(CLOCK, ["Ana Ruiz", "Jon Bell"] * 3, strict=False)], "{time}\n{title}\n{text}"),
    "names and buttons below": (CLOCK, "{time}\n{title}\n{text}\n{name}\nShare"),
    "oldest first": (CLOCK[::-1], "{time}\n{title}\n\n{text}"),
}  # fmt: skip


def parse(text: str) -> Article:
    return parse_article(Capture("a", "a.txt", "text", text=text))


def page(title: str, *blocks: str) -> str:
    return HEAD + "\n\n".join((title, "By Greta Holm\n3 May 2031, 20:45", *blocks)) + FOOT


@pytest.mark.parametrize(("times", "shape"), SHAPES.values(), ids=list(SHAPES))
def test_a_live_blog_is_its_titles_and_texts_in_order(times: list[str], shape: str) -> None:
    entries = [
        shape.format(time=time, title=title, text=text, name=["Ana Ruiz", "Jon Bell"][number % 2])
        for number, (time, (title, text)) in enumerate(zip(times, ENTRIES, strict=True))
    ]
    article = parse(page("Election night: counting under way in Kellmere", INTRO, *entries))
    lines = [line for line in article.body.split("\n") if line]
    told = [line for title, text in ENTRIES for line in (title, text)]
    assert lines[-len(told) :] == told
    assert lines[: -len(told)] in ([INTRO], [])  # else it is the standfirst
    assert any(note.startswith("a live blog or timeline: 5 entries") for note in article.notes)
    assert (article.status, article.authors) == ("ok", ("Greta Holm",))
    assert str(article.published) == "2031-05-03 20:45:00"


def test_times_and_titles_listed_above_the_entries_are_no_text() -> None:
    listed = "Key events\n" + "\n".join(
        f"{time}\n{title}" for time, (title, _) in zip(CLOCK, ENTRIES, strict=True)
    )
    entries = [f"{time}\n{title}\n\n{text}" for time, (title, text) in zip(CLOCK, ENTRIES, strict=True)]
    article = parse(page("Election night in Kellmere", INTRO, listed, *entries))
    assert [article.body.count(title) for title, _ in ENTRIES] == [1, 1, 1, 1, 1]
    assert not any(time in article.body for time in CLOCK)
    assert any("5 entries" in note for note in article.notes)


def test_no_time_of_an_entry_is_the_date_of_a_page_without_one() -> None:
    entries = [f"3 May 2031 {time}\n{text}" for time, (_, text) in zip(CLOCK, ENTRIES, strict=True)]
    article = parse(f"Election night in Kellmere\n\nBy Greta Holm\n\n{INTRO}\n\n" + "\n\n".join(entries))
    assert article.published is None


STORIES = [
    ("Harbour crane falls onto empty quay", "A crane as tall as a church fell onto the eastern quay of Sollen early on Sunday, hours after the last dockers had gone home."),
    ("Growers count losses after hail", "Hail the size of walnuts stripped vineyards in the Orbe valley on Thursday evening, and growers expect to lose a third of this year's grapes."),
    ("Museum gives bronze head back", "Curators will return a bronze head that a colonial officer took from the kingdom of Ulama in 1911 and hid in a hat box."),
    ("Tram to the university delayed", "Line nine will open in March instead of December, since the rails in its tunnel lie eleven millimetres too close to the wall."),
    ("Lynx with kittens filmed", "Cameras in Tarn national park have filmed a lynx carrying a kitten across a brook while another waits and complains."),
    ("Rovers win the cup", "Teenager Ezra Quill headed in a corner in the ninety-fourth minute, and Rovers won the final for the first time in 51 years."),
]  # fmt: skip
ROUNDUPS = {
    "headings": ("Sollen this week", [f"{title}\n\n{text}" for title, text in STORIES]),
    "numbers": ("Six things to know this morning", [f"{n}. {title}. {text}" for n, (title, text) in enumerate(STORIES, 1)]),
    "a title that says so": ("Morning briefing: a crane falls", [f"{title}. {text}" for title, text in STORIES]),
    "points": ("Cranes and grapes", ["Good morning. This is what happened while you slept.", *(f"• {text}" for _, text in STORIES)]),
    "sections": ("A crane and a cup", [STORIES[0][1], "In other news", *(text for _, text in STORIES[1:4]), "What we’re reading", STORIES[5][1]]),
}  # fmt: skip


@pytest.mark.parametrize(("title", "blocks"), ROUNDUPS.values(), ids=list(ROUNDUPS))
def test_a_roundup_says_so(title: str, blocks: list[str]) -> None:
    assert any("newsletter or roundup" in note for note in parse(page(title, *blocks)).notes)


STORY = [
    "The ice rink in Kellmere stays open for at least ten years, after skaters collected nine thousand signatures and the council found money for a new compressor.",
    "The rink was to close in spring, because its cooling plant leaks ammonia and burns as much power as four schools in Kellmere.",
    "Coach Halvard Brekke, whose skaters train on the rink at five in the morning, cried in the gallery when the council voted.",
    "The new plant costs 3.4 million and warms the swimming pool with its waste heat. Half of the money comes from a climate fund.",
    "Councillor Edda Moll said roads needed the money more than a rink. “You cannot skate to work,” she told the council.",
    "The rink closes for repairs from April until September, when skaters will train in Lumo, coach Brekke said.",
]  # fmt: skip
PARTS = ["What is planned?", "Why was it to close?", "Who trains there?", "What does it cost?", "Who is against it?", "What comes next?"]  # fmt: skip
SINGLE = {
    "plain": STORY,
    "subheads": [f"{part}\n\n{text}" for part, text in zip(PARTS, STORY, strict=True)],
    "numbered": [f"{n}. {part}\n\n{text}" for n, (part, text) in enumerate(zip(PARTS, STORY, strict=True), 1)],
    "questions": [f"Q: {part} Tell us.\n\nA: I can say this. {text}" for part, text in zip(PARTS, STORY, strict=True)],
    "a timeline below": [*STORY, "How the day went", "7.30am: Skaters gather.", "9.15am: The doors open.", "11.40am: The vote is taken."],
    "lengths of recordings": [part for length, text in zip(["5:00", "6:53", "4:10", "6:30", "2:24", "7:01"], STORY, strict=True) for part in (text, length)],
}  # fmt: skip


def test_dates_of_a_story_and_of_others_below_are_no_times_of_entries() -> None:
    others = [
        f"{title}\n{day} May 2031 20:{day}\n{text}" for day, (title, text) in enumerate(STORIES[:4], 11)
    ]
    article = parse("Skaters save the old ice rink\n15 May 2031 20:45\n\n" + "\n\n".join([*STORY, *others]))
    assert not any("live blog" in note for note in article.notes)
    assert (article.headline, str(article.published)[:10]) == ("Skaters save the old ice rink", "2031-05-15")


@pytest.mark.parametrize("blocks", SINGLE.values(), ids=list(SINGLE))
@pytest.mark.parametrize("title", ["Skaters save the old ice rink", "Five things to know about the ice rink"])
def test_a_single_story_is_neither(title: str, blocks: list[str]) -> None:
    article = parse(page(title, *blocks))
    assert not any("live blog" in note or "roundup" in note for note in article.notes)
    assert article.status == "ok"
