"""Tables and records that other people's tools write: every cell where it belongs, or a row that says why not."""

from __future__ import annotations

import io
import json
from pathlib import Path

import capture_makers as make
import pytest

from clipbook.captures import read_captures

TEXT = (
    "The ferry to Skerrow will not sail this winter, the harbour master said on Monday. Islanders had asked for one boat a week. "
    "“We are not asking for the moon,” said Brede Halvorsen, who runs the shop."
)
OTHER = "Rye is dear this year, millers say. A sack costs a third more than in spring, and bakers have begun to mix in oats."


def read(tmp_path: Path, name: str, data: bytes | str | list | dict) -> list:
    path = tmp_path / name
    if isinstance(data, list | dict):
        data = json.dumps(data)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_captures([path]))


def stated(capture, *names: str) -> tuple[str, ...]:
    return tuple(capture.fields.get(name, "") for name in names)


WANTED = ("No boat to Skerrow", "Skerrow Tidende", "2025-11-03")


def check(capture, *, url: str = "") -> None:
    assert (capture.failure, capture.text) == ("", TEXT)
    assert stated(capture, "headline", "outlet") == WANTED[:2]
    assert capture.fields["published"].startswith(
        (WANTED[2], "1762149600000")
    )  # six in the morning of that day
    assert capture.url == url


# ------------------------------------------------------------------- JSON

HEAD = {"title": WANTED[0], "url": "https://tidende.example/1"}
TOOLS = {
    "news-please": HEAD | {"maintext": TEXT, "date_publish": "2025-11-03 06:00:00", "authors": ["B. Halvorsen"], "source": "Skerrow Tidende"},
    "newspaper4k": HEAD | {"text": TEXT, "publish_date": "2025-11-03T06:00:00", "authors": [], "sitename": "Skerrow Tidende", "summary": ""},
    "trafilatura": HEAD | {"text": TEXT, "date": "2025-11-03", "sitename": "Skerrow Tidende", "hostname": "tidende.example", "raw_text": TEXT[:50], "comments": ""},
    "news service": {"status": "ok", "totalResults": 1, "articles": [HEAD | {"source": {"id": None, "name": "Skerrow Tidende"}, "publishedAt": "2025-11-03T06:00:00Z", "content": TEXT}]},
    "event registry": {"articles": {"page": 1, "results": [HEAD | {"body": TEXT, "source": {"uri": "tidende.example", "title": "Skerrow Tidende"}, "dateTime": "2025-11-03T06:00:00Z", "date": "2025-11-03", "sentiment": float("nan")}]}},
    "media cloud": [HEAD | {"stories_id": 4, "story_text": "", "text": TEXT, "media_name": "Skerrow Tidende", "publish_date": "2025-11-03"}],
    "search engine": {"hits": {"total": 1, "hits": [{"_id": "a", "_source": HEAD | {"content": TEXT, "publisher": "Skerrow Tidende", "date": "2025-11-03"}}]}},
    "blog": [{"title": {"rendered": WANTED[0]}, "content": {"rendered": f"<p>{TEXT}</p>"}, "date": "2025-11-03T06:00:00", "author": 17, "link": HEAD["url"], "site_name": "Skerrow Tidende"}],
    "a store of documents": [HEAD | {"text": TEXT, "publisher": "Skerrow Tidende", "published": {"$date": {"$numberLong": "1762149600000"}}}],
    "columns": {"title": {"0": WANTED[0]}, "url": {"0": HEAD["url"]}, "text": {"0": TEXT}, "outlet": {"0": "Skerrow Tidende"}, "date": {"0": "2025-11-03"}},
    "columns as lists": {"title": [WANTED[0]], "url": [HEAD["url"]], "text": [TEXT], "outlet": ["Skerrow Tidende"], "date": ["2025-11-03"]},
    "columns and rows": {"columns": ["title", "url", "text", "outlet", "date"], "index": [0], "data": [[WANTED[0], HEAD["url"], TEXT, "Skerrow Tidende", "2025-11-03"]]},
    "newspaper's own": {"response": {"results": [{"webTitle": WANTED[0], "webUrl": HEAD["url"], "webPublicationDate": "2025-11-03T06:00:00Z", "fields": {"bodyText": TEXT, "publication": "Skerrow Tidende"}}]}},
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("indent", [None, 2])
def test_records_of_other_tools(tmp_path, tool, indent):
    [capture] = read(tmp_path, "a.json", json.dumps(TOOLS[tool], indent=indent))
    check(capture, url=HEAD["url"])


def test_objects_over_several_lines_one_after_the_other(tmp_path):
    both = [HEAD | {"text": TEXT}, {"title": "Rye", "text": OTHER}]
    captures = read(tmp_path, "a.jsonl", "\n".join(json.dumps(item, indent=2) for item in both))
    assert [capture.text for capture in captures] == [TEXT, OTHER]


def test_a_deep_or_broken_line_fails_alone(tmp_path):
    deep = '{"text": ' + "[" * 950 + "]" * 950 + "}"
    lines = [json.dumps({"text": TEXT}), deep, "{broken", json.dumps({"text": OTHER})]
    captures = read(tmp_path, "a.jsonl", "\n".join(lines))
    assert [bool(capture.failure) for capture in captures] == [False, True, True, False]
    assert "Line 3 is no JSON object" in captures[2].failure
    assert captures[3].text == OTHER


def test_a_text_that_a_service_cut_says_so(tmp_path):
    [capture] = read(
        tmp_path, "a.json", {"articles": [{"title": "x", "content": TEXT[:80] + "… [+1834 chars]"}]}
    )
    assert capture.text == TEXT[:80]
    assert capture.notes == ("the text is cut off: 1,834 characters are missing",)


# ---------------------------------------------------------------- delimited

HEADINGS = {
    "german": "Titel;Zeitung;Datum;Volltext;Adresse",
    "french": "Titre;Journal;Date de publication;Texte;Lien",
    "spanish": "Título;Medio;Fecha;Cuerpo;Enlace",
    "dutch": "Kop;Krant;Datum;Inhoud;Link",
    "swedish": "Överskrift;Tidning;Datum;Brödtext;Länk",
    "swedish again": "Rubrik;Tidning;Publicerad;Brödtext;Länk",
    "german compounds": "Artikelüberschrift;Zeitungsname;Veröffentlicht am;Artikeltext;Adresse",
    "italian": "Titolo;Testata;Data di pubblicazione;Testo dell'articolo;Link",
    "portuguese": "Título;Veículo;Data da publicação;Texto da matéria;Link",
    "snakes": "article_title;media_name;publish_date;full_article_text;article_url",
    "fields of an answer": "webTitle;fields.publication;webPublicationDate;fields.bodyText;webUrl",
    "humps": "ArticleHeadline;NewsOutlet;PubDate;StoryText;CanonicalUrl",
}


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("mark", [";", ",", "\t", "|", "^", "~", "¦"])
@pytest.mark.parametrize("line", [False, True])
def test_headings_and_marks(tmp_path, language, mark, line):
    row = [WANTED[0], WANTED[1], WANTED[2], f'"{TEXT}"', HEAD["url"]]
    table = (
        (f"sep={mark}\r\n" if line else "")
        + HEADINGS[language].replace(";", mark)
        + "\r\n"
        + mark.join(row)
        + "\r\n"
    )
    [capture] = read(tmp_path, "a.csv", table)
    check(capture, url=HEAD["url"])


def test_the_fullest_text_counts(tmp_path):
    [one, two] = read(tmp_path, "a.csv", f'title,text,content\na,,"{TEXT}"\nb,"{OTHER}",short\n')
    assert (one.text, two.text) == (TEXT, OTHER)
    [capture] = read(tmp_path, "b.csv", f'title,text,text\na,"{TEXT}",\n')
    assert capture.text == TEXT


def test_a_row_of_too_many_cells_fails_with_its_numbers(tmp_path):
    captures = read(
        tmp_path, "a.csv", f'title,text\na,"{TEXT}"\nb,It rained, it snowed, and then it froze\nc,"{OTHER}"\n'
    )
    assert captures[1].failure.startswith("Row 3 has 4 cells, but the table has 2 columns;")
    assert [capture.text for capture in captures] == [TEXT, "", OTHER]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (f'a,"{TEXT}\n', 2),
        (f'a,"{TEXT}"\nb,"{OTHER}\nc,"{TEXT}"\nd,"{OTHER}"\n', 3),
        (f'a,"{TEXT}"\nb,"{OTHER}"\nc,"{TEXT}', 4),
        (f'a,"{TEXT}"\n\nb,"two\nlines"\nc,"{OTHER}\nd,x', 6),
    ],
)
def test_a_cell_that_is_not_closed_is_refused_with_its_line(tmp_path, rows, line):
    captures = read(tmp_path, "a.csv", "title,text\n" + rows)
    assert f"begins with a double quotation sign on line {line} is not closed" in captures[-1].failure
    assert all(capture.text in (TEXT, OTHER, "two\nlines") for capture in captures[:-1])


def test_cells_of_several_lines_and_stray_signs_stay_whole(tmp_path):
    cell = f'{TEXT}\n\n{OTHER}, he said, ""again""'
    captures = read(tmp_path, "a.csv", f'title,text\n6" nails,"{cell}"\nb,5" deep snow fell on Skerrow\n')
    assert captures[0].text == f'{TEXT}\n\n{OTHER}, he said, "again"'
    assert captures[0].fields["headline"] == '6" nails'
    assert captures[1].text == '5" deep snow fell on Skerrow'


def test_quotation_signs_behind_backslashes(tmp_path):
    [capture] = read(tmp_path, "a.csv", 'title,text\na,"She said \\"no, never\\", and left"\n')
    assert capture.text == 'She said "no, never", and left'


def test_empty_cells_of_other_tools_are_empty(tmp_path):
    for nothing in ("nan", "None", "NaT", "N/A", "NULL", "<NA>", "\\N", "-", "—"):
        [capture] = read(
            tmp_path, "a.csv", f'title,date,source,text\n{nothing},{nothing},{nothing},"{TEXT}"\n'
        )
        assert stated(capture, "headline", "published", "outlet") == ("", "", "")


def test_year_month_and_day_are_one_date(tmp_path):
    [one, two] = read(tmp_path, "a.csv", f'Jahr;Monat;Tag;Text\n2025;11;3;"{TEXT}"\n2025;4;;"{OTHER}"\n')
    assert (one.fields["published"], two.fields["published"]) == ("2025-11-03", "2025-04")


def test_a_month_by_its_name(tmp_path):
    [capture] = read(tmp_path, "a.csv", f'pub_year,pub_month,pub_day,text\n2025,November,3,"{TEXT}"\n')
    assert capture.fields["published"] == "3 November 2025"


@pytest.mark.parametrize(
    "heading",
    ["date_download", "scrape date", "indexed_date", "text_length", "author_id", "word count", "title hash"],
)
def test_headings_about_the_collecting_play_no_role(tmp_path, heading):
    [capture] = read(tmp_path, "a.csv", f'{heading},text\n2025-12-24,"{TEXT}"\n')
    assert capture.fields[f"column {heading}"] == "2025-12-24"


def test_objects_of_python_in_cells_give_their_name(tmp_path):
    [capture] = read(
        tmp_path, "a.csv", f"title,source,text\nx,\"{{'id': None, 'name': 'Skerrow Tidende'}}\",\"{TEXT}\"\n"
    )
    assert capture.fields["outlet"] == "Skerrow Tidende"


def test_line_breaks_that_were_spelt_out(tmp_path):
    [capture] = read(tmp_path, "a.csv", f'title,text\nx,"{TEXT}\\n\\n{OTHER}"\n')
    assert capture.text.split() == f"{TEXT} {OTHER}".split()


@pytest.mark.parametrize("cell", [f'["{TEXT}", "\\u201cNo\\u201d"]', f"['{TEXT}', '“No”']"])
def test_a_list_of_paragraphs_in_a_cell(tmp_path, cell):
    quoted = cell.replace('"', '""')
    [capture] = read(tmp_path, "a.csv", f'title,text\nx,"{quoted}"\n')
    assert capture.text == f"{TEXT}\n\n“No”"


def test_markup_entities_and_wraps_in_cells(tmp_path):
    first, second = TEXT.split(" Islanders", 1)
    cells = [
        f"<p>{first}</p><p>Islanders{second}</p>", f"&lt;p&gt;{first}&lt;/p&gt;&lt;p&gt;Islanders{second}&lt;/p&gt;",
        f"{first}<br/><br/>Islanders{second}",
    ]  # fmt: skip
    for cell in cells:
        [capture] = read(tmp_path, "a.jsonl", {"title": "Rye &amp; oats", "text": cell})
        assert capture.text == f"{first}\n\nIslanders{second}"
        assert capture.fields["headline"] == "Rye & oats"
    import textwrap

    [capture] = read(tmp_path, "b.jsonl", {"text": "\n".join(textwrap.wrap(TEXT + " " + OTHER, 60))})
    assert capture.text == f"{TEXT} {OTHER}"


def test_lines_above_the_heading_are_left_out(tmp_path):
    [capture] = read(tmp_path, "a.csv", f'Search of 3 May\n\ntitle,date,text\na,2025-11-03,"{TEXT}"\n')
    assert capture.text == TEXT
    assert capture.notes == ("the 2 lines above the heading were left out",)


def test_a_workbook_is_read_where_its_texts_are(tmp_path):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(make.xlsx([["Notes"], ["made in May"]])))
    sheet = book.create_sheet("Articles")
    sheet.append(["Titre", "Texte"])
    sheet.append(["a", TEXT])
    out = io.BytesIO()
    book.save(out)
    [capture] = read(tmp_path, "a.xlsx", out.getvalue())
    assert (capture.text, capture.notes) == (TEXT, ("only the sheet Articles was read",))


def test_a_cell_as_full_as_a_spreadsheet_holds_is_noted(tmp_path):
    long = ("Rain fell on Skerrow. " * 1500)[:32_767]
    [capture] = read(tmp_path, "a.csv", f'title,text\na,"{long}"\n')
    assert "the most that a spreadsheet keeps" in capture.notes[0]


def test_rows_that_r_numbered(tmp_path):
    captures = read(tmp_path, "a.csv", f'"title","text"\n"1","a","{TEXT}"\n"2","b","{OTHER}"\n')
    assert [(c.fields["headline"], c.text) for c in captures] == [("a", TEXT), ("b", OTHER)]


def test_a_workbook_with_lines_above_its_heading(tmp_path):
    rows = [
        ["Search of 3 May"],
        ["Title", "Newspaper", "Date", "Text"],
        ["No boat", "Skerrow Tidende", "2025-11-03", TEXT],
    ]
    [capture] = read(tmp_path, "a.xlsx", make.xlsx(rows))
    assert (capture.fields["headline"], capture.text) == ("No boat", TEXT)
    assert capture.notes == ("the 1 lines above the heading were left out",)


@pytest.mark.parametrize(
    ("encoding", "headings", "title"),
    [
        ("cp1250", "Tytuł;Treść artykułu", "Łódź stoi"),
        ("cp1251", "Заголовок;Текст", "Мост закрыт"),
        ("cp932", "見出し;本文", "橋が閉鎖"),
    ],
)
def test_an_encoding_in_which_the_headings_are_known(tmp_path, encoding, headings, title):
    [capture] = read(tmp_path, "a.csv", f"{headings}\n{title};{title}, {'x' * 40}\n".encode(encoding))
    assert capture.fields["headline"] == title
