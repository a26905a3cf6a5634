"""Checks by hand: drawn with known chances, read as far as they are filled in, and counted."""

import csv
import json
import shutil

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from clipbook import checks, cli
from clipbook.checks.draw import allocate
from clipbook.checks.estimate import Units, corrected, tuned_weight
from clipbook.checks.rates import proportion, right_rate
from clipbook.corpus import MetadataError
from clipbook.quotes import apply_fixes
from clipbook.study_tables import open_tables

PAGE = (
    "The {0} quay is shut, and the town waits for news of the repair.\n\n"
    "“The {0} wall has been leaking since the spring and nobody came,” said Ana Ruiz, the harbour master.\n\n"
    "“We sent two engineers to the {0} quay and they found nothing,” Bo Lind said.\n\n"
    "The council of the town will meet again on Monday to talk about what the repair of the {0} quay may cost.\n"
)


NOUNS = [
    "tide", "rope", "crane", "gull", "lamp", "barge", "clerk", "tower", "winter", "letter", "market",
    "garden", "bridge", "engine", "harvest", "lantern",
]  # fmt: skip
VERBS = [
    "moved", "watched", "painted", "counted", "followed", "carried", "forgot", "repaired", "measured",
    "lifted",
]  # fmt: skip


def filler(seed):
    draw = np.random.default_rng(seed)
    words = [(draw.choice(NOUNS), draw.choice(VERBS), draw.choice(NOUNS)) for _ in range(25)]
    return " ".join(f"The {one} {did} the {other} of the town." for one, did, other in words)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The data of a study: six captures of one outlet, and their tables."""
    captures = tmp_path_factory.mktemp("study") / "data" / "captures"
    captures.mkdir(parents=True)
    for number, word in enumerate(["north", "south", "east", "west", "old", "new"]):
        text = f"The {word} quay is shut\n\n{PAGE.format(word)}\n{filler(number)}\n"
        (captures / f"{word}.txt").write_text(text, encoding="utf-8")
    open_tables(captures)
    return captures.parent


@pytest.fixture
def study(made, tmp_path):
    """The captures of a study of its own."""
    return shutil.copytree(made, tmp_path / "data") / "captures"


@pytest.fixture
def drawn(study):
    """The same with a check drawn of all twelve quotations."""
    assert check(study, "--quotes", "12") == 0
    return study


def check(captures, *more):
    return cli.main(["check", "--captures", str(captures), *more])


def sheet(captures, name="quotes"):
    path = captures.parent / "checks" / f"{name}.csv"
    return path, list(csv.DictReader(path.open(encoding="utf-8")))


def save(path, rows, **how):
    with path.open("w", newline="", **({"encoding": "utf-8"} | how)) as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def answer(row, **given):
    for heading in row:
        key = heading.partition(":")[0].replace(" ", "_")
        row[heading] = given.get(key, row[heading])


def test_a_filled_sheet_corrects_rows_and_says_how_right_the_speakers_are(study, capsys):
    assert check(study, "--quotes", "12") == 0
    path, rows = sheet(study)
    assert len(rows) == 12 and not any(
        "0." in cell for row in rows for cell in row.values()
    )  # blind to confidence
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    answer(rows[0], speaker_right="no", right_speaker="Carla Voss")
    rows.sort(key=lambda row: row["quotation"])
    save(path, rows, encoding="cp1252")  # sorted, and saved in another encoding
    tables = open_tables(study)
    said = tables.read("quotes")
    assert (said["speaker"] == "Carla Voss").sum() == 1 and (said["rule"] == "corrected by hand").sum() == 12
    table = checks.accuracy_table(tables.checks).set_index("measure")
    right = table.loc["speaker right, of quotations taken for speech"]
    assert right["right"] == pytest.approx(11 / 12) and right["checked"] == 12
    assert right["low"] == pytest.approx(
        11 / 12, abs=0.001
    )  # all twelve were looked at: nothing is left to chance
    capsys.readouterr()
    assert check(study) == 0
    said = capsys.readouterr().out
    assert "12 of 12 filled in" in said
    assert "quoted words, Bo Lind: " in said and "corrected by 12 checks; as counted 50.0%" in said


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", "|")])
def test_a_sheet_is_read_as_whatever_spreadsheet_saved_it(drawn, encoding, mark):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="Yes ", speaker_right="YES")
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.DictWriter(stream, [*reversed(rows[0])], delimiter=mark)  # and the columns moved
        writer.writeheader()
        writer.writerows(rows)
    read = checks.read_checks(drawn.parent / "checks").quotes
    assert len(read.answers) == 12 and set(read.answers["speech"]) == {"yes"}


def test_the_corrected_share_of_a_whole_count_is_the_share_in_truth(drawn):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    wrong = next(row for row in rows if row["speaker found"] == "Bo Lind")
    answer(wrong, speaker_right="no", right_speaker="ruiz")  # a surname that one person of the article has
    save(path, rows)
    tables = open_tables(drawn)
    counted = checks.CountedQuotes(tables.checks.quotes, tables.found("quotes"), tables.read("articles"))
    shares = checks.corrected_shares(counted, "outlet", ["Ana Ruiz", "Bo Lind"]).set_index("speaker")
    words = {"Ana Ruiz": 11, "Bo Lind": 11}  # of each quotation, counted by hand; six articles
    assert shares.loc["Ana Ruiz", "counted_share"] == pytest.approx(6 * words["Ana Ruiz"] / 132)
    assert shares.loc["Ana Ruiz", "share"] == pytest.approx((6 * 11 + 11) / 132)
    assert shares.loc["Bo Lind", "alone"] == pytest.approx(5 * 11 / 132)


def test_half_filled_sheets_are_used_in_part_and_it_is_said(drawn):
    path, rows = sheet(drawn)
    for row in rows[:10]:
        answer(row, speech="yes", speaker_right="yes")
    answer(rows[10], speech="yes")  # half a row tells nothing
    answer(rows[0], speech="unsure", speaker_right="")
    save(path, rows)
    table = checks.accuracy_table(checks.read_checks(drawn.parent / "checks"))
    assert table["checked"].iloc[0] == 9 and np.isnan(table["right"].iloc[0])
    assert "fewer than 10 checked; 1 of 12 not filled in" in table["note"].iloc[0]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda rows: rows[0].update(check_id="q123456789"), "cell A2: 'q123456789' was not drawn"),
        (lambda rows: rows.append(dict(rows[0])), "cell A14: .* stands in row 2 already"),
        (lambda rows: rows[1].update(quotation="Something else"), "cell A3: the text is not that of"),
        (
            lambda rows: answer(rows[2], speech="perhaps"),
            r"cell \w4 \(speech\): 'perhaps' is no answer. Write yes or no or unsure",
        ),
    ],
)
def test_a_sheet_that_is_not_what_was_drawn_is_refused_with_its_row(drawn, spoil, says):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    spoil(rows)
    save(path, rows)
    with pytest.raises(checks.CheckError, match=says):
        checks.read_checks(drawn.parent / "checks")


def test_a_renamed_column_is_named_and_a_further_one_is_the_researchers(drawn):
    path, rows = sheet(drawn)
    renamed = [
        {("who" if key.startswith("right speaker") else key): cell for key, cell in row.items()}
        for row in rows
    ]
    save(path, renamed)
    with pytest.raises(checks.CheckError, match="the column 'right speaker' is missing"):
        checks.read_checks(drawn.parent / "checks")
    save(path, [{**row, "my note": "x"} for row in rows])
    assert checks.read_checks(drawn.parent / "checks").quotes.answers.empty


def test_nothing_typed_is_overwritten_by_another_draw(study, capsys):
    check(study, "--quotes", "12")
    path, _ = sheet(study)
    path.write_text("mine")
    assert check(study, "--quotes", "12") == 2
    assert path.read_text() == "mine" and "may hold answers" in capsys.readouterr().err


def test_captures_that_came_later_are_left_out_of_the_correction_and_counted(drawn):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    save(path, rows)
    text = f"The late quay is shut\n\n{PAGE.format('late')}\n{filler(99)}\n"
    (drawn / "late.txt").write_text(text, encoding="utf-8")
    tables = open_tables(drawn)
    counted = checks.CountedQuotes(tables.checks.quotes, tables.found("quotes"), tables.read("articles"))
    assert counted.note == "" and counted.added == "it says nothing of 1 capture added after it was drawn"
    assert checks.accuracy_table(tables.checks)["note"].str.contains("nothing of 1 capture added").all()
    (drawn / "north.txt").write_text(
        "“It is quite another page now, and it is long enough,” Ana Ruiz said. " * 30
    )
    tables = open_tables(drawn)
    counted = checks.CountedQuotes(tables.checks.quotes, tables.found("quotes"), tables.read("articles"))
    assert "not corrected: 2 of the 12" in counted.note and "Draw a new check" in counted.note


def test_a_line_put_right_leaves_the_check_in_force_and_a_quotation_that_is_gone_is_left_out(drawn):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    save(path, rows)
    page = (drawn / "north.txt").read_text(encoding="utf-8")
    (drawn / "north.txt").write_text(page.replace("The town", "The whole of the town", 1), encoding="utf-8")
    new = (drawn / "new.txt").read_text(encoding="utf-8")
    gone = "“We sent two engineers to the new quay and they found nothing,” Bo Lind said."
    assert gone in new
    (drawn / "new.txt").write_text(new.replace(gone, "Two engineers found nothing."), encoding="utf-8")
    tables = open_tables(drawn)
    counted = checks.CountedQuotes(tables.checks.quotes, tables.found("quotes"), tables.read("articles"))
    assert counted.note == ""
    assert counted.added.startswith(
        "1 of the 12 that the check was drawn from are found no longer, 0 are new"
    )
    shares = checks.corrected_shares(counted, "outlet", ["Ana Ruiz"])
    assert shares["share"].iloc[0] == pytest.approx(6 * 11 / (11 * 11)) and shares["checked"].iloc[0] == 11


def test_coders_who_differ_are_left_out_until_a_third_decides(study):
    check(study, "--quotes", "12", "--coders", "ann", "bo")
    folder = study.parent / "checks"
    for name in ("ann", "bo"):
        path, rows = sheet(study, f"quotes_{name}")
        for row in rows:
            answer(row, speech="yes", speaker_right="yes")
        answer(rows[0], speaker_right="no" if name == "bo" else "yes")
        save(path, rows)
    read = checks.read_checks(folder).quotes
    assert len(read.answers) == 11 and read.undecided == 1
    save(folder / "quotes_agreed.csv", rows[:1])
    read = checks.read_checks(folder).quotes
    assert len(read.answers) == 12 and read.undecided == 0
    assert read.answers.loc[rows[0]["check_id"], "speaker right"] == "no"


def test_the_least_certain_correct_rows_and_no_estimate(study):
    check(study, "--least-certain", "3")
    path, rows = sheet(study, "quotes_least_certain")
    for row in rows:
        answer(row, speech="no")
    save(path, rows)
    tables = open_tables(study)
    assert (tables.read("quotes")["kind"] == "scare").sum() == 3
    assert checks.accuracy_table(tables.checks).empty


def test_a_check_and_a_fix_that_differ_are_refused_with_both_places():
    said = pd.DataFrame(
        {"capture_id": ["a"], "start": [1], "text": ["It leaks"], "kind": ["direct"], "speaker": ["Lind"]}
    )
    said = said.assign(rule="", confidence=0.5, probability=0.5)
    fixes = pd.DataFrame(
        {"capture_id": "a", "text": "It leaks", "speaker": ["Ruiz", "Voss"], "kind": ["", "direct"]},
        index=["quote_fixes.csv, row 2", "quotes.csv, row 9"],
    )
    with pytest.raises(
        ValueError, match=r"quote_fixes.csv, row 2 and quotes.csv, row 9 of the corrections differ"
    ):
        apply_fixes(said, fixes)
    corrected_rows, unmatched = apply_fixes(said, fixes.assign(speaker=["Ruiz", "Ruiz"]))
    assert corrected_rows["speaker"].tolist() == ["Ruiz"] and unmatched.empty
    same, _ = apply_fixes(said, fixes.assign(speaker="", kind=""))  # laid out and not filled in
    assert same["confidence"].tolist() == [0.5]


def test_more_is_drawn_where_errors_weigh_more():
    assert allocate(np.array([100, 100]), np.array([1.0, 3.0]), 40).tolist() == [10, 30]
    assert allocate(np.array([3, 500]), np.array([9.0, 1.0]), 20).sum() >= 20
    assert allocate(np.array([3, 500]), np.array([9.0, 1.0]), 20)[0] == 3  # no more than there are
    assert allocate(np.array([90]), np.array([1.0]), 2).tolist() == [2]  # no more than was asked for
    assert allocate(np.array([90, 20]), np.array([1.0, 1.0]), 6).min() == 3  # too few for five of each


def test_the_difference_estimator_by_hand():
    """Two strata of 4 and 2 units, one of 10 words each; the machine says s of all but the last."""
    found, true = np.array([1, 1, 1, 1, 1, 0.0]), np.array([1, 0, 1, 1, 0, 1.0])
    words = np.full(6, 10.0)
    known = np.array([1, 1, 0, 0, 1, 1]) > 0
    units = Units(
        np.arange(6),
        np.array([0, 0, 0, 0, 1, 1]),
        known,
        (found * words)[:, None],
        words,
        (true * words)[:, None],
        words,
    )
    # checks alone: 4/2 * (10 + 0) + 2/2 * (0 + 10) = 30 of 60 words
    assert corrected(units, 0.0).value[0] == pytest.approx(0.5)
    # the machine's total is 50; of the checked 4/2 * 20 + 1 * 10 = 50: nothing is moved
    assert corrected(units, 1.0).value[0] == pytest.approx(0.5)
    # right are the first of the first stratum alone: 4/2 * 1 = 2 of 4 + 2 units
    assert tuned_weight(units, found == true) == pytest.approx(2 / 6)


def test_a_proportion_within_strata_by_hand():
    """Cochran's stratified mean: strata of 80 and 20, of which 8 of 10 and 2 of 5 are right."""
    strata = np.repeat([0, 1], [10, 5])
    right = np.array([1] * 8 + [0] * 2 + [1] * 2 + [0] * 3, float)
    share, low, high, number = proportion(strata, np.array([80, 20]), right, np.ones(15))
    assert share == pytest.approx((80 * 0.8 + 20 * 0.4) / 100) and number == 15
    variance = 0.8**2 * (1 - 10 / 80) * 0.16 / 9 + 0.2**2 * (1 - 5 / 20) * 0.24 / 4
    assert (high - low) / 2 == pytest.approx(2.14 * variance**0.5, rel=0.1)  # Student's t at 14 degrees


def test_a_record_that_was_damaged_is_refused(drawn):
    record = drawn.parent / "checks" / "quotes.drawn.json"
    stored = json.loads(record.read_text())
    del stored["units"]
    record.write_text(json.dumps(stored))
    with pytest.raises(checks.CheckError, match="damaged"):
        checks.read_checks(drawn.parent / "checks")


def test_a_check_of_another_corpus_is_refused(drawn):
    for page in drawn.glob("*.txt"):
        page.rename(page.with_stem(f"other-{page.stem}"))
    with pytest.raises(checks.CheckError, match="is of another corpus"):
        open_tables(drawn).read("quotes")


def test_a_copy_or_two_files_that_differ_are_refused_by_name(drawn):
    path, rows = sheet(drawn)
    save(path.with_name("quotes (1).csv"), rows)
    with pytest.raises(checks.CheckError, match=r"quotes \(1\).csv: looks like a copy"):
        checks.read_checks(drawn.parent / "checks")
    path.with_name("quotes (1).csv").unlink()
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    save(path, rows)
    book = load_workbook(path.with_suffix(".xlsx"))
    page = book.active
    place = next(cell.column for cell in page[1] if str(cell.value).startswith("speech"))
    page.cell(2, place).value = "no"
    book.save(path.with_suffix(".xlsx"))
    with pytest.raises(checks.CheckError, match="hold different answers"):
        checks.read_checks(drawn.parent / "checks")


def test_a_draw_that_was_killed_is_drawn_again(study):
    check(study, "--quotes", "12")
    for file in (study.parent / "checks").glob("quotes.[cx]*"):
        file.unlink()  # the record alone had been written
    assert check(study, "--quotes", "12") == 0
    assert len(sheet(study)[1]) == 12


def test_what_a_check_of_captures_says_is_heeded_by_the_next_run(study):
    """Of one capture in a file of several, too, and of that alone."""
    rows = [f'"Pier {n} is shut","{PAGE.format(n)} {filler(n)}","2031-05-0{n}"' for n in (1, 2)]
    text = "\n".join(["title,text,date", *(row.replace("\n\n", " ").replace("\n", " ") for row in rows)])
    (study / "set.csv").write_text(text, encoding="utf-8")
    assert check(study, "--pages", "8") == 0
    path, rows = sheet(study, "captures")
    for row in rows:
        answer(row, outlet_right="yes", date_right="yes", headline_right="yes", body_whole="yes")
    first, north = (next(row for row in rows if name in row["headline"]) for name in ("Pier 1", "north"))
    answer(
        first, outlet_right="no", right_outlet="Quay Post", headline_right="no", right_headline="Pier shut"
    )
    answer(north, date_right="no", right_date="2031-04-30")
    save(path, rows)
    articles = open_tables(study).read("articles").set_index("capture_id")
    assert articles.loc["set#1", ["outlet", "headline", "outlet_from"]].tolist() == [
        "Quay Post", "Pier shut", "checks/captures",
    ]  # fmt: skip
    assert articles.loc["set#2", ["outlet", "headline"]].tolist() == ["", "Pier 2 is shut"]
    assert articles.loc["north", "published"] == pd.Timestamp("2031-04-30")
    (study.parent / "captures.csv").write_text("source_file,published\nnorth,2031-05-01\n")
    with pytest.raises(
        MetadataError,
        match=r"captures.csv row 2 and checks/captures.csv row \d+ differ on published of north",
    ):
        open_tables(study)


def test_rates_of_cues_that_mean_their_frame_by_hand():
    """Ten cues in each of four articles of 1,000 words, all checked: half of those in Quay mean conflict, all in Moor."""
    articles = pd.DataFrame(
        {"capture_id": list("abcd"), "outlet": ["Quay", "Quay", "Moor", "Moor"], "words": 1000, "headline": "", "body": "fight " * 10,
         "status": "ok", "duplicate_of": "", "language": "en"}
    )  # fmt: skip
    places = [(name, 6 * number) for name in "abcd" for number in range(10)]
    evidence = pd.DataFrame(
        [(name, "conflict", "fight", "body", at, at + 5, at, at + 5) for name, at in places],
        columns=["capture_id", "frame", "cue", "field", "start", "end", "sentence_start", "sentence_end"],
    )
    units = checks.cues_to_draw(evidence, articles)
    means = ["yes" if name in "cd" or number % 2 else "no" for name in "abcd" for number in range(10)]
    answers = pd.DataFrame({"means": means}, index=units["check_id"])
    frame = dict.fromkeys(units["check_id"], "conflict")
    sheet = checks.Sheet("cues", True, units, answers, frame, frozenset("abcd"), 0)
    table = checks.corrected_cue_rates(sheet, evidence, articles, "outlet").set_index("group")
    assert table["counted"].to_dict() == {"all": 10, "Moor": 10, "Quay": 10}
    assert table["rate"].round(9).to_dict() == {"all": 7.5, "Moor": 10, "Quay": 5}
    assert (table["low"] <= table["rate"]).all() and (table["rate"] <= table["high"]).all()
    assert table["checked"].to_dict() == {"all": 40, "Moor": 20, "Quay": 20}
    more = pd.concat([evidence, evidence.head(1).assign(capture_id="e")])
    late = pd.concat([articles, articles.head(1).assign(capture_id="e")])
    later = checks.corrected_cue_rates(sheet._replace(added=1), more, late, "outlet").set_index("group")
    assert later["note"].eq("it says nothing of 1 capture added after it was drawn").all()
    assert later["rate"].equals(table["rate"])
    fewer = checks.corrected_cue_rates(sheet, evidence.head(39), articles, "outlet")
    assert (
        fewer["note"]
        .iloc[0]
        .startswith("1 of the 40 that the check was drawn from are found no longer, 0 are new")
    )
    assert fewer.set_index("group").loc["all", "rate"] == pytest.approx(29 / 4)
    other = checks.corrected_cue_rates(sheet, evidence.head(30), articles, "outlet")
    assert other["rate"].isna().all() and other["note"].iloc[0].startswith("not corrected: 10 of the 40")


def test_as_many_cues_of_each_frame_are_drawn_with_what_it_asks_and_words_without_a_cue_count(study, capsys):
    """Each page has "repair", "quay" is no cue; one page more has no cue at all, and its words are below the line."""
    (study / "plain.txt").write_text(
        "A walk\n\n" + "The cat sat on the mat near a tree. " * 40, encoding="utf-8"
    )
    assert check(study, "--cues", "20") == 0
    path, rows = sheet(study, "cues")
    drawn = pd.DataFrame(rows)
    sizes = open_tables(study).found("frame_evidence").query("capture_id != 'plain'")["frame"].value_counts()
    fair = min(20 // len(sizes), sizes.min())
    assert drawn["frame"].value_counts().min() >= fair and len(drawn) == min(20, sizes.sum())
    assert drawn["frame asks"].str.contains("?", regex=False).all()
    for row in rows:
        answer(row, means="yes")
    save(path, rows)
    tables = open_tables(study)
    articles = tables.read("articles")
    assert "plain" in tables.checks.cues.captures and "plain" not in set(
        tables.found("frame_evidence")["capture_id"]
    )
    table = checks.corrected_cue_rates(tables.checks.cues, tables.found("frame_evidence"), articles, "outlet")
    counts = tables.found("frame_evidence")["frame"].value_counts()
    for frame, counted in table.set_index("frame")["counted"].items():
        assert counted == pytest.approx(counts[frame] / articles["words"].sum() * 1000)
    capsys.readouterr()
    assert check(study) == 0
    assert "cues in 1,000 words" in capsys.readouterr().out


def test_who_types_the_right_speaker_has_said_no_and_who_is_unsure_is_counted(drawn):
    path, rows = sheet(drawn)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    answer(rows[0], speaker_right="", right_speaker="Carla Voss")
    answer(rows[1], speech="unsure")
    save(path, rows)
    table = checks.accuracy_table(checks.read_checks(drawn.parent / "checks"))
    assert table["checked"].tolist() == [11, 11] and table["right"].round(9).tolist() == [
        round(10 / 11, 9),
        1,
    ]
    assert table["note"].eq("1 of 12 unsure or half filled in, and left out").all()
    assert (open_tables(drawn).read("quotes")["speaker"] == "Carla Voss").sum() == 1


@pytest.mark.parametrize("cues", [13, 21, 22, 1000])  # the share that is right is rounded to 1 in some
def test_few_cues_that_are_all_right_are_no_proof_that_all_are(cues):
    """Ten of ten checked: Wilson's bound for ten of ten is .722."""
    every = np.arange(cues)
    rate, low, high = right_rate(every, every < 10, every >= 0, np.ones(cues))
    assert (rate, low, high) == pytest.approx((1, 0.722, 1), abs=0.001)
    rate, low, high = right_rate(every, every < 10, every < 0, np.ones(cues))
    assert (rate, low, high) == pytest.approx((0, 0, 0.278), abs=0.001)


def test_checked_cues_of_one_article_are_not_ten_answers():
    """Twenty cues in each of ten articles, all right or all wrong within one: Student's t at nine degrees is 2.26."""
    article = np.repeat(np.arange(10), 20)
    right = article < 5
    rate, low, high = right_rate(article, article >= 0, right, np.ones(10))
    assert rate == 10 and low < 5 and high > 15
    mixed = right_rate(article, article >= 0, np.arange(200) % 2 == 0, np.ones(10))
    assert mixed[2] - mixed[1] < (high - low) / 2
    assert np.isnan(right_rate(article, article == 0, right, np.ones(10))).all()


def test_a_difference_between_outlets_is_corrected_and_counted_by_hand(study):
    """Twelve quotations of eleven words in each; in Moor two of Bo Lind's six are Ana Ruiz's in truth."""
    for number, word in enumerate(["first", "second", "third", "fourth", "fifth", "sixth"]):
        text = f"The {word} quay is shut\n\n{PAGE.format(word)}\n{filler(50 + number)}\n"
        (study / f"moor-{word}.txt").write_text(text, encoding="utf-8")
    names = sorted(path.name for path in study.glob("*.txt"))
    known = [f"{name},{'Moor' if name.startswith('moor') else 'Quay'}" for name in names]
    (study.parent / "captures.csv").write_text("\n".join(["source_file,outlet", *known]), encoding="utf-8")
    check(study, "--quotes", "24")
    path, rows = sheet(study)
    for row in rows:
        answer(row, speech="yes", speaker_right="yes")
    for row in [row for row in rows if row["outlet"] == "Moor" and row["speaker found"] == "Bo Lind"][:2]:
        answer(row, speaker_right="no", right_speaker="Ana Ruiz")
    save(path, rows)
    tables = open_tables(study)
    counted = checks.CountedQuotes(tables.checks.quotes, tables.found("quotes"), tables.read("articles"))
    (row,) = checks.corrected_differences(counted, "outlet", ["Ana Ruiz"]).to_dict("records")
    assert (row["group"], row["other"]) == ("Moor", "Quay")
    assert row["difference"] == pytest.approx((66 + 22) / 132 - 66 / 132)
    assert row["low"] < row["difference"] < row["high"] and 0 < row["p"] == row["q"] < 1


def test_what_stands_around_a_quotation_is_whole_words():
    body = "one two " * 60 + "“It leaks,” " + "three four " * 60
    articles = pd.DataFrame({"capture_id": ["a"], "outlet": "", "headline": "", "body": [body]})
    start = body.index("It leaks")
    said = pd.DataFrame(
        {"capture_id": ["a"], "start": start, "end": start + 9, "text": ["It leaks,"], "words": 2, "kind": "direct",
         "speaker": "Lind", "probability": 0.9}
    )  # fmt: skip
    row = checks.quotations_to_draw(said, articles).iloc[0]
    assert row["before"].startswith("… one two") or row["before"].startswith("… two one")
    assert row["before"].endswith(" “") and row["after"].startswith("” three")
    assert row["after"].endswith(("three …", "four …")) and len(row["before"]) <= 242


@pytest.mark.parametrize("notebook", ["", "00_start", "my_question"])
def test_outside_the_notebooks_that_measure_it_is_said_where_accuracy_stands(notebook):
    assert checks.answers.accuracy(notebook).endswith("stands in its own notebook, 01 to 05.")
    assert "not been measured" not in checks.answers.accuracy("04_quotes")
