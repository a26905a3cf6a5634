"""Who says it: every order of speaker, verb and quotation, with names from many countries."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.quotes import UNATTRIBUTED, article_quotes, find_quotes, headline_quotes
from clipbook.readability import readability_table
from clipbook.text.sentences import sentence_table


def speakers(body: str) -> list[str]:
    return [quote.speaker for quote in article_quotes(body)]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("“The water came at night and took the road,” said Oluwaseun Adébáyò.", "Oluwaseun Adébáyò"),
        ("“The water came at night and took the road,” Ingrid Sørbø said.", "Ingrid Sørbø"),
        ("Nguyễn Thị Lan said: “The water came at night and took the road.”", "Nguyễn Thị Lan"),
        ("Tariq al-Harun told reporters that “the road is gone and so is the bridge”.", "Tariq al-Harun"),
        (
            "According to Beatriz da Conceição, “the road is gone and will not be rebuilt”.",
            "Beatriz da Conceição",
        ),
        (
            "“The road is gone and so is the bridge,” according to Pieter van der Meulen.",
            "Pieter van der Meulen",
        ),
        ("“The road,” said Kwabena Ofosu-Mensah, “is gone and so is the bridge.”", "Kwabena Ofosu-Mensah"),
        ("Mayor Siobhán Ó Dálaigh: “The road is gone and so is the bridge.”", "Siobhán Ó Dálaigh"),
        ("Prime Minister Aruni Wickramage said “the road will open again in May”.", "Aruni Wickramage"),
        ("“We lost the road,” said Lumo Water’s chief engineer, Tomasz Zieliński.", "Tomasz Zieliński"),
        ("“We lost the road,” said Rosa Quispe, 41, a teacher from Lumo.", "Rosa Quispe"),
        ("“We lost the road,” a police spokesperson said.", "a police spokesperson"),
        ("“We lost the road,” said a spokesman for the Lumo council.", "a spokesman for the Lumo council"),
    ],
)
def test_every_order(body: str, speaker: str) -> None:
    assert set(speakers(body)) == {speaker}


def test_both_parts_of_a_split_quotation_have_one_speaker() -> None:
    assert speakers('"It leaks," Ana Ruiz said. "It always has, and nobody cares."') == ["Ana Ruiz"] * 2


def test_pronoun_goes_to_the_person_of_that_gender() -> None:
    body = (
        "Ana Ruiz, the harbour master, met the fisherman Bo Lind on Monday.\n\n"
        "“The boats are old and the nets are torn,” she said.\n\n"
        "“Nobody will buy them now,” he said."
    )
    assert speakers(body) == ["Ana Ruiz", "Bo Lind"]


@pytest.mark.parametrize(
    "body",
    [
        "Bo Lind, the clerk of Lumo, opened the quay. Ferrylink has not built it.",
        "Bo Lind, the clerk of Lumo, met the Harbour Board.",
        "Bo Lind spoke for an hour. Quaywatch keeps the records.",
        "Bo Lind lives beside the yard. The Lumo Water Company runs it.",
        "Bo Lind wrote to the islands. Skerrow was shut last year.",
    ],
)
def test_he_is_no_company_and_no_town(body: str) -> None:
    assert speakers(f"{body}\n\n“We lost the road and the bridge that night,” he said.") == ["Bo Lind"]


@pytest.mark.parametrize("source", ["a letter from Odalys Renko", "Odalys Renko, who runs the yard"])
def test_who_is_named_as_a_source_is_no_place(source: str) -> None:
    body = (
        "Mr Bo Lind opened the quay on Monday.\n\n"
        f"The works will go on, according to {source}.\n\n"
        "“We will not stop before the winter, whatever the weather brings,” she wrote."
    )
    assert speakers(body) == ["Odalys Renko"]


def test_a_description_goes_to_who_has_that_role() -> None:
    body = (
        "Governor Ana Ruiz came to the quay with the engineer Bo Lind.\n\n"
        "“We will rebuild every metre of it,” the governor said."
    )
    assert speakers(body) == ["Ana Ruiz"]


def test_who_a_profile_is_about_is_meant_by_the_office() -> None:
    body = (
        "Ana Ruiz receives visitors in a room that looks on to the quay.\n\n"
        "The mayor of Port Averin is in her second term, and she is a careful speaker.\n\n"
        "“I should have asked about the engine,” she says."
    )
    assert speakers(body) == ["Ana Ruiz"]


def test_an_office_of_another_place_is_not_the_only_mayor_named_by_role() -> None:
    body = (
        "Mayor Ana Ruiz came to the quay with the engineer Bo Lind.\n\n"
        "“We lost the road,” the mayor of Lumo said."
    )
    assert speakers(body) == ["the mayor of Lumo"]


def test_a_relative_clause_has_its_own_subject() -> None:
    body = "The plan was thrown out by Ana Ruiz, who called it “a plan for the road and nothing else”. Bo Lind left."
    assert speakers(body) == ["Ana Ruiz"]


def test_a_heading_lifted_from_what_somebody_says_is_speech() -> None:
    body = (
        "The road was closed on Monday.\n\n"
        "‘The boats are old’\n\n"
        "Ana Ruiz has lived beside the quay for forty years.\n\n"
        "“The boats are old and the nets are torn,” she said."
    )
    assert [(quote.text, quote.kind, quote.speaker) for quote in article_quotes(body)] == [
        ("The boats are old", "direct", "Ana Ruiz"),
        ("The boats are old and the nets are torn,", "direct", "Ana Ruiz"),
    ]


def test_two_people_with_one_surname_stay_two() -> None:
    body = (
        "“I saw the wave come in,” said Ana Ruiz.\n\n"
        "Her brother Pablo Ruiz was at sea. “I heard it only on the radio,” Pablo Ruiz said.\n\n"
        "“We are both lucky,” Ana Ruiz added."
    )
    assert speakers(body) == ["Ana Ruiz", "Pablo Ruiz", "Ana Ruiz"]


def test_a_name_inside_the_quotation_is_not_its_speaker() -> None:
    assert speakers("“Bo Lind never asked us about it,” said Ana Ruiz.") == ["Ana Ruiz"]


def test_a_surname_takes_the_full_name() -> None:
    body = "Ana Ruiz runs the ferry. “It is late every day,” Ruiz said."
    assert speakers(body) == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("“The road is gone and so is the bridge,” said a Lumo Republican.", "a Lumo Republican"),
        ("“The road is gone and so is the bridge,” a juggler in the crowd says.", "a juggler in the crowd"),
        ("According to police, the man was “armed and very drunk that night”.", "police"),
        ("A projection by the bank predicted “a long and cold winter for all”.", "A projection by the bank"),
        ("The old welder shook his head, saying it was “a long way down to the sea”.", "The old welder"),
        ("“The road is gone and so is the bridge,” I said.", "I"),
    ],
)
def test_unnamed_sources_are_kept_as_such(body: str, speaker: str) -> None:
    assert speakers(body) == [speaker]


@pytest.mark.parametrize(
    "body",
    [
        "Ana Ruiz's campaign said the claim was “false and unfair to the city”.",
        "“The claim is false and unfair,” said a spokesman for Ana Ruiz.",
        "“The claim is false and unfair,” said Ana Ruiz's lawyer.",
    ],
)
def test_who_speaks_for_somebody_is_not_that_person(body: str) -> None:
    assert "Ana Ruiz" not in speakers(body)


def test_the_paragraph_before_may_introduce_the_speaker() -> None:
    body = "Ana Ruiz has mended nets in Lumo for thirty years.\n\n“It is slow work and it hurts my hands.”"
    assert speakers(body) == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        (
            "Lumo's water ministry met on Monday. “We found nothing,” the ministry said.",
            "Lumo's water ministry",
        ),
        ("Farolito said its ships are late. “We are sorry for it,” the company said.", "Farolito"),
        ("Plant expert Ana Ruiz works for Lumo Gardens. “It grows fast,” the expert says.", "Ana Ruiz"),
    ],
)
def test_a_body_described_is_the_one_named_before(body: str, speaker: str) -> None:
    assert speakers(body) == [speaker]


def test_many_people_are_not_one_woman() -> None:
    body = (
        "Ana Ruiz, who lost her seat, watched from the gallery. Hundreds of islanders had come to the hall.\n\n"
        "“Let her speak to us all,” they chanted."
    )
    assert speakers(body) != ["Ana Ruiz"]


def test_a_title_tells_two_people_of_one_surname_apart() -> None:
    body = "“I was at sea that night,” Mr Ruiz said.\n\n“I was at home that night,” Mrs Ruiz said."
    assert speakers(body) == ["Mr Ruiz", "Mrs Ruiz"]


def test_a_husband_does_not_speak_as_his_wife() -> None:
    body = (
        "“He took the keys and walked away,” Rosa Vant, a former spinner, said.\n\nThe council meets on Monday.\n\n"
        "“I worked there for thirty years,” said Mr Vant, her husband."
    )
    assert speakers(body) == ["Rosa Vant", "Mr Vant"]
    assert find_quotes(pd.DataFrame({"capture_id": ["a"], "body": [body]}))["speaker"].tolist() == speakers(
        body
    )


def test_a_given_name_of_either_gender_takes_both_pronouns() -> None:
    body = "Leslie Ruiz mends nets in Lumo. “It is slow work and it hurts,” {} said."
    assert speakers(body.format("she")) == speakers(body.format("he")) == ["Leslie Ruiz"]


def test_a_dateline_does_not_speak() -> None:
    body = "LUMO, May 3 (Wire) — The mayor came home.\n\n“I am glad to be back,” she said."
    assert speakers(body) == ["The mayor"]


def test_an_abbreviation_in_brackets_is_the_organisation() -> None:
    body = "The Lumo Water Board (LWB) met. “We will mend the pipe by Friday,” the LWB said."
    assert speakers(body) == ["Lumo Water Board"]


def test_a_word_before_a_name_is_no_part_of_it() -> None:
    body = "Maybe Okafor will come. “The quay is shut and will stay shut,” Okafor said."
    assert speakers(body) == ["Okafor"]


def test_what_is_said_behind_a_name_and_a_comma_has_that_speaker() -> None:
    body = (
        "The head of the centre, Tariq al-Harun, says the problem with hydrogen is its price.\n\n"
        "“It is much too dear for us,” he said."
    )
    assert speakers(body) == ["Tariq al-Harun"]


def test_titles_and_scare_quotes_are_no_speech() -> None:
    body = "She read from her novel “The Last Ferry Home” in the so-called “reading room” of the library."
    assert {quote.kind for quote in article_quotes(body)} <= {"title", "scare"}
    assert set(speakers(body)) == {UNATTRIBUTED}


def test_a_short_sentence_of_its_own_behind_a_colon_is_speech() -> None:
    [quote] = article_quotes("From the desk of Rosa Vant, chief miller:\n\n“The price will double.”")
    assert quote.kind == "direct"


def test_indirect_speech_only_on_request() -> None:
    articles = pd.DataFrame({"capture_id": ["a"], "body": ["Ana Ruiz said that the ferry will stop in May."]})
    assert find_quotes(articles).empty
    row = find_quotes(articles, indirect=True).iloc[0]
    assert (row["kind"], row["speaker"], row["text"]) == (
        "indirect",
        "Ana Ruiz",
        "the ferry will stop in May",
    )


@pytest.mark.parametrize(
    "line",
    [
        "WATCH: “The night the pier fell”",
        "READ MORE: “The night the pier fell”",
        "The band played “The Night The Pier Fell”.",
        "She wrote a novel called “The Night The Pier Fell”.",
        "It is a so-called “night pier”.",
    ],
)
def test_links_works_and_terms_are_no_speech(line: str) -> None:
    body = (
        f"Ana Ruiz runs the ferry. “It is late every day,” Ruiz said.\n\n{line}\n\nThe pier opened in 1921."
    )
    kinds = {quote.text: quote.kind for quote in article_quotes(body)}
    assert kinds.pop("It is late every day,") == "direct"
    assert set(kinds.values()) <= {"title", "scare"}


@pytest.mark.parametrize(
    "line", ["— Ana Ruiz, mayor of Lumo", "– Ana Ruiz, 41", "- Ana Ruiz", "-- Ana Ruiz, Lumo"]
)
def test_a_name_behind_a_dash_below_a_quotation_is_its_speaker(line: str) -> None:
    body = f"Bo Lind opened the quay.\n\n“The road is gone and so is the bridge.”\n\n{line}\n\nThe pier opened in 1921."
    assert speakers(body) == ["Ana Ruiz"]


def test_a_heading_below_a_quotation_is_not_its_speaker() -> None:
    body = "Bo Lind opened the quay.\n\n“The road is gone and so is the bridge.”\n\nLumo Bank\n\nThe bank opened in 1921."
    assert speakers(body) == ["Bo Lind"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Ana Ruiz said mending it would cost four million.", ["mending it would cost four million"]),
        ("Ana Ruiz said in a letter to the board that the quay will stay shut.", ["the quay will stay shut"]),
        ("Ana Ruiz told Lantern Radio that the quay will stay shut.", ["the quay will stay shut"]),
        ("Ana Ruiz told reporters she would not stand again.", ["she would not stand again"]),
        ("The quay will stay shut, Ana Ruiz said on Monday.", ["The quay will stay shut"]),
        ("The old quay, she says, will not be mended.", ["The old quay", "will not be mended"]),
        ("Ana Ruiz attacked the board, saying the plan was lost.", ["the plan was lost"]),
        ("Ana Ruiz, a clerk from Lumo, said Lind would sell the boat.", ["Lind would sell the boat"]),
        ("The quay opened in 1921, according to Ana Ruiz.", ["The quay opened in 1921"]),
        ("In a letter to the board, Ana Ruiz joked about the quay.", []),
        ("Ana Ruiz maintains the old quay at Lumo.", []),
        ("Ana Ruiz posted a picture of the quay.", []),
        ("Ana Ruiz was told that the quay is shut.", []),
    ],
)
def test_what_is_reported_without_marks(body: str, said: list[str]) -> None:
    assert [row.text for row in article_quotes(body, indirect=True)] == said


@pytest.mark.parametrize(
    "body",
    [
        "Ana Ruiz, a clerk from Lumo, said Lind would sell the boat.",
        "Ana Ruiz, who runs the ferry, said Bo Lind’s offer was too low.",
        "Ana Ruiz, its chief engineer, says engines are dear.",
    ],
)
def test_who_is_spoken_of_behind_the_verb_is_not_its_subject(body: str) -> None:
    assert {row.speaker for row in article_quotes(body, indirect=True)} == {"Ana Ruiz"}


def test_columns_and_offsets() -> None:
    body = "“It is late,” said Ana Ruiz."
    table = find_quotes(pd.DataFrame({"capture_id": ["a"], "body": [body]}))
    assert list(table.columns) == [
        "capture_id", "start", "end", "text", "words", "kind", "cue", "speaker", "speaker_words", "rule",
        "confidence", "probability", "speaker_in_article", "described",
    ]  # fmt: skip
    row = table.iloc[0]
    assert body[row["start"] : row["end"]] == row["text"] == "It is late,"
    assert (row["words"], row["kind"], row["cue"], row["speaker_words"]) == (3, "direct", "said", "Ana Ruiz")
    assert 0 <= row["confidence"] <= 1


def test_an_article_without_quotations_gives_the_columns_only() -> None:
    table = find_quotes(pd.DataFrame({"capture_id": ["a", "b"], "body": ["Nothing was said.", ""]}))
    assert table.empty
    assert "speaker" in table.columns


def test_headlines_are_apart() -> None:
    articles = pd.DataFrame(
        {
            "capture_id": ["a"],
            "headline": ["‘We are late,’ says Ruiz"],
            "body": ["Ana Ruiz runs the ferry to Lumo."],
        }
    )
    row = headline_quotes(articles).iloc[0]
    assert row["text"] == "We are late,"
    assert articles["headline"][0][row["start"] : row["end"]] == row["text"]


FRENCH = (
    "« Nous n'avons pas assez d'argent pour réparer le port cette année », a déclaré le maire Pierre Martin. "
    "Anne Dubois lui a répondu mardi soir : « C'est la faute de la région, qui ne paie plus rien depuis deux ans. »"
)


def test_articles_in_other_languages_have_no_quotations_rather_than_wrong_ones():
    """By English rules the reporter's words between the two quotations would be one themselves."""
    english = "“We have no money for the harbour,” said Ana Ruiz, the mayor, on Tuesday."
    articles = pd.DataFrame({"capture_id": ["a", "b"], "body": [FRENCH, english], "language": ["fr", ""]})
    assert find_quotes(articles)["capture_id"].tolist() == ["b"]
    heads = articles.assign(headline=["« Pas d'argent », dit le maire", "“No money,” says mayor"])
    assert set(headline_quotes(heads)["capture_id"]) == {"b"}
    sentences = sentence_table(articles, find_quotes(articles)).set_index("capture_id")
    assert sentences.loc["a", "quoted_share"].isna().all()
    assert sentences.loc[["b"], "quoted_share"].tolist() == [pytest.approx(7 / 14)]
    scopes = readability_table(articles, find_quotes(articles)).groupby("capture_id")["scope"].unique()
    assert "narration" not in scopes["a"] and "narration" in scopes["b"]


def test_a_rival_named_inside_a_long_quotation_does_not_speak_it() -> None:
    body = (
        "After two days of talks on the quay, Mayors Rosa Vant and Odo Lerrin agreed that the ferry would go on.\n\n"
        "“Given what the crews have done, the mayor of Skell and I agree that the ferry must sail until May (at least),”"
        " said Mayor Vant after the talks.\n\n"
        "Mayor Odo Lerrin later referred to last month’s note by Mayors Brandt and Vant on night sailings, which has"
        " calmed the islands.\n\n"
        "“We welcome the note that was signed in Corvane by Ms. Vant and Mr. Brandt. And I am glad that the two towns"
        " have come closer.\n(…)\n"
        "I care above all about the steps that both towns have taken for the harbour.”\n\n"
        "The new boat is both a gift and a risk."
    )
    said = [(quote.speaker, quote.text.count("\n")) for quote in article_quotes(body)]
    assert said == [("Rosa Vant", 0), ("Odo Lerrin", 2)]


@pytest.mark.parametrize(("text", "speaker"), [
    ("Her husband, Odo Vant, runs the mill. Rosa Vant chairs the board. “Let it rain,” said Mr Vant.", "Odo Vant"),
    ("“It grows,” said the LWB’s Rosa Vant.", "Rosa Vant"),
    ("“It grows,” said Odo’s partner, Rosa Vant.", "Rosa Vant"),
    ("Rosa Vant spoke on Monday.\n\n“We are sorry,” her statement read.", "Rosa Vant"),
    ("The harbour board met. The delay was described as “shameful” by the harbour board.", "the harbour board"),
    ("“Come in?” Lerrin nods and says, “We are open.”", "Lerrin"),
    ("“It grows,” the Minister for Trade and Inner Works, Senator the Hon. Rosa Vant, told us.", "Rosa Vant"),
    ("The miller spoke first.\n\nAnd from Chairwoman Rosa Vant:\n\n“It grows, and so do we.”", "Rosa Vant"),
    ("“It grows,” said Odo “Red” Lerrin. “It does,” Lerrin added.", "Odo “Red” Lerrin"),
    ("“It grows,” said a miller who goes by the name of “Red”. “It does,” he added.", "a miller"),
    ("Lerrin & Sons said: “It grows.”", "Lerrin & Sons"),
    ("Miller Don Lerrin came. “It grows,” Lerrin said.", "Don Lerrin"),
    ("Nine-year-old Odo Lerrin came. “It grows,” he said.", "Odo Lerrin"),
    ("“It grows,” the miller, Odo Lerrin, was quoted as saying by the Lumo Post.", "Odo Lerrin"),
    ("Odo Lerrin mills. Lerrin was quoted by the Lumo Post as saying: “It grows.”", "Odo Lerrin"),
    ("The Lumo Post quoted Odo Lerrin as saying “it grows and grows”.", "Odo Lerrin"),
    ("The agency cited a clerk in the mill as telling reporters: “It grows.”", "a clerk in the mill"),
    ("“It grows as it should,” the paper quoted a fisherman as saying.", "a fisherman"),
    ("The paper quoted Odo Lerrin: “It grows.”", "The paper"),
    ("“It grows,” a spokesman for the harbour board, Odo Lerrin, told us.", "Odo Lerrin"),
    ("A lawyer for the family, Rosa Vant, said: “It grows.”", "Rosa Vant"),
])  # fmt: skip
def test_names_in_chains_and_behind_owners(text: str, speaker: str) -> None:
    assert article_quotes(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("authors", "speaker"),
    [("Ana Ruiz", "Ana Ruiz"), ("Ana Ruiz; Bo Lind", "the writer"), ("", "the writer")],
)
def test_what_a_writer_says_as_i_is_the_authors(authors: str, speaker: str) -> None:
    """Writers of several articles are not one person called "I"."""
    body = "The harbour master came to my table. “You will never sell a single fish in this town,” I said."
    articles = pd.DataFrame({"capture_id": ["a"], "body": [body], "authors": [authors]})
    assert find_quotes(articles)["speaker"].tolist() == [speaker]


@pytest.mark.parametrize(("text", "speaker"), [
    ("President Abel Stour met Queen Ida. With Ida at his side, the US President said: “I like snow.”", "Abel Stour"),
    ("Actor Abel Stour left plays in Hull, York and Derby.\n\n“I need rest,” his statement said.", "Abel Stour"),
    ("The Danes wept. The Lumo Water Bureau asked for the Danes’ help.\n\n“We wait,” the agency said.", "Lumo Water Bureau"),
    ("“We pay twice,” Green Lanes volunteer coordinator Ida Moss said.", "Ida Moss"),
    ("“We won,” said Ida Moss. Coach Abel Stour was calmer: “Once.”", "Abel Stour"),
    ("A person close to the talks said the sides were “a street apart”.", "A person close to the talks"),
    ("“It is cold,” said Abel Stour. The walks also help clerk Ida Moss, 50. “I sleep,” she says.", "Ida Moss"),
    ("Cellist Ida Moss plays. “It is cold,” she said.", "Ida Moss"),
])  # fmt: skip
def test_offices_bodies_and_those_who_describe_themselves(text: str, speaker: str) -> None:
    assert article_quotes(text)[-1].speaker == speaker


def test_a_description_goes_to_who_is_portrayed_and_a_body_is_no_person() -> None:
    portrait = "Ida Moss builds boats from doors. She sold the first to a priest.\n\n“A door floats,” says the soft-spoken carpenter."
    assert speakers(portrait) == ["Ida Moss"]
    worked = "Ida Moss worked for Merrowdale. Merrowdale closed its gates in May.\n\n“They gave us a clock,” she said."
    assert speakers(worked) == ["Ida Moss"]
    assert speakers("Ida Moss won. The Lumo Herald wrote a column. “She is late,” the news outlet said.") == [
        "the news outlet"
    ]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("“They knew,” said a senior clerk who spoke on condition of anonymity because of the inquiry.", "a senior clerk"),
        ("“They knew,” said a person familiar with the plan who requested anonymity.", "a person familiar with the plan"),
        ("“They knew,” said a former diver who declined to be named for fear of reprisals.", "a former diver"),
        ("“They knew,” said two people briefed on the dyke who were not authorized to discuss it publicly.", "two people briefed on the dyke"),
        ("“They knew,” said a teacher who has worked on the island for ten years.", "a teacher who has worked on the island for ten years"),
        ("A boy on a bicycle rides past and shouts: “They knew!”", "A boy on a bicycle"),
        ("A driver at the quay lifts his bag and says, “They all knew.”", "A driver at the quay"),
        ("“They all knew,” says a guard at the lock waving a torch.", "a guard at the lock"),
        ("“They knew,” said a spokesman for a human rights group.", "a spokesman for a human rights group"),
    ],
)  # fmt: skip
def test_a_source_is_called_by_its_noun_phrase_alone(body: str, speaker: str) -> None:
    assert speakers(body) == [speaker]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Councillor Pia Rask read the letter aloud.", "the letter"),
        ("Police chief Hugo Stern received a report on Friday.", "a report"),
        ("Mayor Elin Dahl tore down the poster.", "the poster"),
        ("The memo, seen by the Daily Quay, is dated May 4.", "The memo"),
        ("The watchdog fined Telmar Bank on Friday.", "The watchdog"),
        ("Lumo Council published its report on Friday.", "Lumo Council"),
    ],
)
def test_it_is_the_text_or_body_that_the_sentence_before_is_about(before: str, speaker: str) -> None:
    assert speakers(f"{before} “Nobody may cross the bridge after dark,” it said.") == [speaker]


def test_the_subject_of_the_sentence_before_goes_on_as_a_pronoun() -> None:
    body = (
        "Sisters Ada Lowe and Nell Lowe run the bakery. Ada gets up at three. “I like the quiet,” she says. "
    )
    assert speakers(f"{body}Nell comes at six. “I like the sleep,” she says.") == ["Ada Lowe", "Nell Lowe"]


@pytest.mark.parametrize(
    "lead", ["Coastguard Liv Moen was blunter:", "Liv Moen, his deputy, put it another way:"]
)
def test_who_leads_to_a_colon_speaks_whatever_the_verb(lead: str) -> None:
    assert speakers(f"“Keep away,” the mayor, Tor Falk, told residents. {lead} “You will drown.”") == [
        "Tor Falk",
        "Liv Moen",
    ]


def test_words_in_capitals_are_given_as_they_are_written() -> None:
    body = "THE COUNCIL MET AT NOON IN THE HALL AND NOBODY CAME TO LISTEN TO WHAT IT SAYS. “THE ROAD IS SHUT AND WILL STAY SHUT,” SAID A CLERK OF THE TOWN."
    (quote,) = article_quotes(body)
    assert (quote.text, quote.speaker_words, quote.cue) == (
        "THE ROAD IS SHUT AND WILL STAY SHUT,",
        "A CLERK OF THE TOWN",
        "SAID",
    )
