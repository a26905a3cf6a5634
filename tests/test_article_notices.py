"""Lines that are no story wherever they stand, and lines that look like them and are. All lines are invented."""

from __future__ import annotations

import numpy as np
import pytest

from clipbook.article.asides import drop_asides, drop_closing, key_points
from clipbook.article.furniture import is_date_label, never_story
from clipbook.article.gaps import fill_gaps
from clipbook.article.traits import PageTraits, page_traits

NEVER = [
    "Read more: Ferry crews vote to strike",
    "More from the Pellworth Post",
    "Recommended from our editors",
    "20:42Ana Ruiz",
    "Pictured from left are the harbour master Ana Ruiz and the pilot Jonas Bell",
    "The old pier reopened on Monday after two years of repairs. Marit Olsen",
    "The old pier reopened on Monday after two years of repairs. Supplied",
    "Crowds at the quay on Monday. (Marit Olsen/Norland Press)",
    "This website uses cookies to improve your experience.",
    "_nid 1 year Set by the site to tell visitors apart; the cookie holds no names.",
    "© 2031 Pellworth Media. All rights reserved.",
    "This article contains affiliate links and we may earn a commission.",
    "The information provided on this website is no medical advice.",
    "No spam, we promise. You can unsubscribe at any time.",
    "Did you see the whale? Write to us at news@pellworth.example",
    "Join our harbour community to keep talking about boats.",
    "If you liked this story, become a member.",
    "Sign up for The Harbour Letter",
    "Thanks for reading The Harbour Letter! Subscribe for free to receive new posts and support my work.",
    "The Harbour Letter is a reader-supported publication. To get new posts, become a paid subscriber.",
    "You’re currently a free subscriber to The Harbour Letter. For the full experience, upgrade.",
    "You are receiving this newsletter because you signed up on our website.",
    "View this email in your browser",
    "(SOUNDBITE OF WAVES)",
    "For the latest news, weather and sports, head to WPLW.",
    "Get the latest from the islands. Sign up here.",
    "You have 2 free articles remaining this month.",
    "Getty Images A ferry leaves the harbour at dawn",
    "EPA A man sells fish beside the road",
    "We do this work every day at no cost to you.",
]
STORY = [
    "The board will decide on Monday whether the last boat still runs.",
    "“Read our privacy policy,” the minister told them, and left the room.",
    "Bake the cookies for ten minutes and let them cool.",
    "Agents earn a commission of four per cent on every house they sell.",
    "He said that nobody had asked the islanders. Ana Ruiz, who lives there, agrees.",
    "The band will join our list of great acts next year.",
    "Thanks for reading it aloud, she told him, and sat down.",
    "Google Maps showed the street as it was before the flood.",
    "EPA officials took samples of the river on Monday.",
    "For more than a year nobody headed to the island.",
    "Read this letter in your own time, he wrote, and sign it or do not.",
    "You received this letter because you signed for it, the judge told him.",
    "Two partners store grain in the old sheds by the quay.",
    "More than nine thousand people cross the bridge every day.",
    "She has reserved all rights to her song, her lawyer says.",
    "20:42 was the time on the stopped clock.",
    "Most read the letter twice before they signed it.",
]


@pytest.mark.parametrize("line", NEVER)
def test_what_a_page_says_of_itself_is_never_the_story(line: str) -> None:
    assert never_story(line)


@pytest.mark.parametrize("line", STORY)
def test_news_in_like_words_is_the_story(line: str) -> None:
    assert not never_story(line)


def test_a_story_about_cookies_keeps_its_sentences() -> None:
    opening = [
        "norland bans cookies that follow users",
        "websites in norland must stop using cookies from may.",
    ]
    line = "The ban covers every cookie that a website sets before its visitors have agreed."
    assert never_story(line)
    assert not never_story(line, opening)


def test_a_label_without_its_date() -> None:
    assert is_date_label("Published on")
    assert is_date_label("Last updated:")
    assert not is_date_label("Published on Monday")


def _page(*lines: str) -> PageTraits:
    return page_traits(lines)


def _marks(*values: int) -> np.ndarray:
    return np.array(values, bool)


def test_labels_of_advertisements_are_no_lines_of_the_page() -> None:
    page = _page("One sentence of the story.", "Advertisement", "Another sentence of it.")
    assert page.text == ["One sentence of the story.", "Another sentence of it."]
    assert page.blank_before.tolist() == [0, 1]


@pytest.mark.parametrize("label", ["Play Video", "Unmute", "0:00 / 1:42", "Now playing: The last boat"])
def test_buttons_of_a_player_are_no_lines_of_the_page(label: str) -> None:
    assert _page("One sentence of it.", label, "Another.").text == ["One sentence of it.", "Another."]


LIST = ("", "The boats will stop at these piers:", "Velden North", "Marstrand Old Quay", "Saltey")


def test_a_list_after_a_colon_belongs_to_the_story() -> None:
    page = _page("First, the boats.", *LIST, "", "Contact us")
    chance = np.array([0.9, 0.9, 0.1, 0.1, 0.1, 0.1], np.float32)
    kept = fill_gaps(page, chance, _marks(1, 1, 0, 0, 0, 0), never_story)
    assert kept.tolist() == [True, True, True, True, True, False]


def test_what_follows_a_colon_is_no_list_without_a_blank_line_at_its_end() -> None:
    page = _page("First, the boats.", *LIST, "Search", "Jobs", "Our terms of use", "Our privacy policy")
    chance = np.full(9, 0.1, np.float32)
    kept = fill_gaps(page, chance, _marks(1, 1, 0, 0, 0, 0, 0, 0, 0), never_story)
    assert kept.tolist() == [True, True] + [False] * 7


def test_the_turns_of_an_interview_belong_together() -> None:
    page = _page(*(f"{label}: {words}" for label, words in zip("QAQAQAQA", "abcdefgh", strict=True)), "Home")
    kept = fill_gaps(page, np.full(9, 0.05, np.float32), _marks(1, 1, 1, 1, 1, 1, 0, 0, 0), never_story)
    assert kept.tolist() == [True] * 8 + [False]


def test_a_label_that_hardly_occurs_is_no_speaker() -> None:
    page = _page("The board meets in May.", "It has not said more.", "Listen: the last boat", "Home")
    kept = fill_gaps(page, np.full(4, 0.05, np.float32), _marks(1, 1, 0, 0), never_story)
    assert kept.tolist() == [True, True, False, False]


def test_excerpts_of_other_stories_are_dropped_with_their_headings() -> None:
    excerpt = "The board met on {} and heard from a dozen people who live on the islands and wor..."
    days = ("Monday", "Tuesday", "Friday")
    others = [line for day in days for line in (f"What the board did on {day}", excerpt.format(day))]
    page = _page("The story itself ends here, after many words about the boats and the board.", *others)
    assert drop_asides(page, _marks(1, 1, 1, 1, 1, 1, 1)).tolist() == [True] + [False] * 6


CLOSING = [
    "Correction: an earlier version of this article gave the wrong height of the quay.",
    "A version of this story appears in print on May 3, 2031, on page 4.",
    "Thank you for reading. If you can, please support us from as little as £2 a month.",
    "Ana Ruiz has lived by the harbour since 2009 and keeps two boats.",
    "Subscribe now to keep reading",
    "This story is republished from the Velden Echo under an open licence.",
    "Bo Lind contributed to this report.",
    "Contact Ana Ruiz at aruiz@pellworth.example.",
    "Copyright 2031 The Velden Wire. This material may not be published or rewritten.",
]


@pytest.mark.parametrize("line", CLOSING)
def test_what_speaks_of_the_article_or_its_author_ends_the_story(line: str) -> None:
    page = _page(*STORY, line)
    assert drop_closing(page, drop_asides(page, _marks(*[1] * 6)), ["Ana Ruiz"]).tolist() == [True] * 5 + [
        False
    ]


@pytest.mark.parametrize("line", [
    "Ana Ruiz said that the quay had no correction to make.",
    "The harbour asks you to support the boats with £2 a month, the board said.",
])  # fmt: skip
def test_a_last_sentence_in_like_words_stays(line: str) -> None:
    page = _page(*STORY, line)
    assert drop_closing(page, drop_asides(page, _marks(*[1] * 6)), ["Ana Ruiz"]).all()


def test_quotations_that_the_line_below_signs_belong_to_the_story() -> None:
    page = _page(
        "Two letters came.", "“The sea reads no minutes.”", "— Odo Lerrin, pilot", "Share", "It rained."
    )
    kept = fill_gaps(page, np.full(5, 0.2, np.float32), _marks(1, 0, 0, 0, 1), never_story)
    assert kept.tolist() == [True, True, True, False, True]


def test_a_pull_quote_is_dropped_and_what_nobody_else_says_stays() -> None:
    said = "“The boats will stay where the boats are, and so will I,” the king said."
    page = _page(
        *STORY,
        said,
        "“The boats will stay where the boats are”",
        "“No boat has ever been late here.”",
        STORY[0] * 2,
    )
    assert drop_asides(page, _marks(*[1] * 9)).tolist() == [True] * 6 + [False, True, True]
    page = _page("“The boats will stay where”", "On Tuesday, they left.", said, *STORY)
    assert drop_asides(page, _marks(*[1] * 8)).all()
    assert drop_asides(
        _page("“The boats will stay where the boats are”", said, *STORY), _marks(*[1] * 7)
    ).all()


SPEECH = [
    f"“My board will see to the {what}." for what in ("boats", "piers", "lamps", "tides", "ropes", "nets")
]
STORY = [
    f"The king opened the harbour and spoke of the {what}."
    for what in ("boats", "piers", "sea", "sky", "rain")
]


def test_a_speech_in_full_below_the_story_is_dropped_with_its_heading() -> None:
    page = _page(*STORY, "The king’s speech in full", *SPEECH, "Got a story?")
    kept = drop_asides(page, _marks(*[1] * 12, 0))
    assert kept.tolist() == [True] * 5 + [False] * 8


def test_a_quotation_of_many_paragraphs_within_the_story_stays() -> None:
    page = _page(*STORY, "He read the letter in full to the crowd that had come.", *SPEECH, "It rained.")
    assert drop_asides(page, _marks(*[1] * 13)).all()


ROWS = ["Pier Boats", "Velden 12", "Saltey 7.5", "Marstrand 20 %"]


@pytest.mark.parametrize(("above", "kept"), [("The board counted again.", False), ("It counted:", True)])
def test_rows_of_a_table_are_no_sentences_and_a_list_after_a_colon_is_the_story(
    above: str, kept: bool
) -> None:
    page = _page(*STORY, above, *ROWS, "It rained.")
    assert drop_asides(page, _marks(*[1] * 11)).tolist() == [*[True] * 6, *[kept] * 4, True]


def test_subheads_and_two_figures_are_no_table() -> None:
    page = _page(*STORY, "The boats of 2031", "Pier 12", "It rained.")
    assert drop_asides(page, _marks(*[1] * 8)).all()


def test_a_person_in_the_story_who_is_an_editor_stays() -> None:
    page = _page(
        "Ana Ruiz is the editor of the island’s paper and wrote about the boats for years.",
        "She says that the board never answered her.",
        "The board would not comment.",
        "It meets again in May.",
        "No date has been set.",
    )
    assert drop_asides(page, _marks(1, 1, 1, 1, 1)).all()


def test_a_heading_below_the_last_sentence_is_no_part_of_the_story() -> None:
    page = _page(
        "The board meets in May.", "What happens then", "It will vote.", "Our standards: how we work"
    )
    assert drop_asides(page, _marks(1, 1, 1, 1)).tolist() == [True, True, True, False]
    page = _page("The boats stop at these piers.", "- Velden North", "- Saltey")
    assert drop_asides(page, _marks(1, 1, 1)).all()


FERRY = [
    "The ferry board of Velden will buy two electric boats before the summer, it said on Monday.",
    "The old ferry burns a ton of oil on every crossing, and its engine fails in most winters.",
    "“Passengers have waited long enough for boats that run,” said Marit Olsen, who leads the board.",
    "The board borrows the money from the island’s bank and pays it back over twenty years of crossings.",
    "Both boats carry forty cars and three hundred passengers, twice as many as the old ferry.",
]
SCHOOL = [
    "Teachers in Saltey walked out of their classrooms on Tuesday over a plan to merge three schools.",
    "Parents brought soup to the gates, and the mayor called the strike a shame.",
    "Teachers say that the merger takes sixty pupils into classrooms that were built for thirty.",
    "The mayor wants the three schools in one house, since two of the classrooms stand empty on most days.",
    "Parents and teachers will meet the mayor on Friday, and a vote on the merger is due after Easter.",
]


@pytest.mark.parametrize("between", [["By Jonas Bell"], ["Share", "Most read", "2 May"], []])
def test_the_next_story_of_an_endless_page_is_dropped_from_its_title_on(between: list[str]) -> None:
    more = [
        "When both boats run, the board sells the old ferry, or sinks it as a reef for the island’s divers.",
        "Passengers pay for a crossing what they pay now; the price for cars rises by a quarter, said Marit Olsen.",
    ]
    page = _page(*FERRY, *more, *between, "Teachers walk out over merger plan", *SCHOOL)
    kept = _marks(*[1] * 7, *[0] * len(between), *[1] * 6)
    assert drop_asides(page, kept).tolist() == [True] * 7 + [False] * (len(between) + 6)


def test_the_items_of_a_round_up_are_one_story() -> None:
    items = [
        ("Bridges", "Painters start on the northern arch this week and finish before the regatta, weather permitting."),
        ("Libraries", "Readers borrowed forty thousand novels last winter, a quarter more than in any year before."),
        ("Foxes", "A vixen raised five cubs beneath the grandstand, and nobody has the heart to move them."),
        ("Markets", "Stallholders may sell hot chestnuts again after the chief of the fire brigade changed his mind."),
        ("Music", "An orchestra of retired dentists plays Haydn in the old slaughterhouse; tickets cost eleven crowns."),
        ("Weather", "Expect drizzle, then sleet, then more drizzle, and keep something dry for the journey home."),
        ("Trams", "Line seven ends two stops early until June because a gas main must be replaced underneath."),
        ("Chess", "Twelve-year-old Odd Brevik beat three masters in an afternoon and asked for lemonade."),
    ]  # fmt: skip
    page = _page(*[line for item in items for line in item])
    assert drop_asides(page, _marks(*[1] * 16)).all()


def test_a_byline_between_two_parts_of_one_story_cuts_nothing() -> None:
    more = [
        "The ferry board said that the old ferry will be sold when both boats run.",
        "Passengers pay what they pay now, and the bank gets its money from the cars on board.",
    ]
    page = _page(*FERRY, "What the board says of the old ferry", "By Marit Olsen", *more)
    assert drop_asides(page, _marks(*[1] * 6, 0, 1, 1)).tolist() == [True] * 6 + [False, True, True]


def test_what_stands_below_the_heading_of_the_foot_is_dropped() -> None:
    bio = "Jonas Bell has walked every pier on the islands. He used to mend clocks in Saltey."
    page = _page(*FERRY, "About the author", bio)
    assert drop_asides(page, _marks(*[1] * 5, 0, 1)).tolist() == [True] * 5 + [False] * 2


def test_a_box_amid_the_story_does_not_end_it() -> None:
    page = _page(*FERRY[:2], "More from Velden", *FERRY[2:])
    assert drop_asides(page, _marks(1, 1, 0, 1, 1, 1)).tolist() == [True, True, False, True, True, True]


@pytest.mark.parametrize(("parts", "points"), [(1, 2), (3, 0)])
def test_points_stand_once_on_a_page_and_not_in_each_part_of_a_story(parts: int, points: int) -> None:
    page = _page(
        *["", *FERRY[:2], "", "Summary", "Two boats are bought.", "They carry forty cars.", ""] * parts
    )
    assert key_points(page).sum() == points
