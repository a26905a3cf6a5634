"""Reading captures: every format gives the story, with what the format itself states."""

import gzip
import hashlib
import json
from collections import Counter

import capture_makers as make
import pytest

from clipbook.captures import Limits, find_files, passed_over, read_captures
from clipbook.corpus import read_corpus

URL = "https://courier.example/news/bridge"
ROW = {"Title": make.HEADLINE, "Author": "Tove Berg", "Date": "2024-03-04", "Newspaper": "Lindmouth Courier",
       "URL": URL, "Body": "\n\n".join(make.PARAGRAPHS), "Wave": "2"}  # fmt: skip


def csv_of(row, separator=","):
    quoted = ['"' + value.replace('"', '""') + '"' for value in row.values()]
    return (separator.join(row) + "\r\n" + separator.join(quoted) + "\r\n").encode()


FILES = {
    "text.txt": make.STORY.encode(),
    "marked.md": f"# {make.HEADLINE}\n\n".encode() + "\n\n".join(make.PARAGRAPHS).encode(),
    "page.html": make.page().encode(),
    "page.htm": make.page().encode(),
    "packed.txt.gz": gzip.compress(make.STORY.encode()),
    "packed.html.gz": gzip.compress(make.page().encode()),
    "saved.mhtml": make.mhtml(make.page(), URL),
    "crawl.warc": make.warc({URL: make.page()}, packed=False),
    "crawl.warc.gz": make.warc({URL: make.page()}),
    "crawl.wacz": make.wacz({URL: make.page()}, [URL]),
    "print.pdf": make.pdf([make.STORY.split("\n")]),
    "paste.docx": make.docx(make.PARAGRAPHS, title=make.HEADLINE),
    "paste.rtf": make.rtf([make.HEADLINE, *make.PARAGRAPHS]),
    "mail.eml": make.eml(),
    "table.csv": csv_of(ROW),
    "table.tsv": csv_of(ROW, "\t"),
    "rows.jsonl": json.dumps(ROW).encode(),
    "packed.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "sheet.xlsx": make.xlsx([list(ROW), list(ROW.values())]),
    "folder.zip": make.zipped({"inner/text.txt": make.STORY.encode()}),
    "no-ending": make.STORY.encode(),
}


def read(tmp_path, files, **options):
    for name, data in files.items():
        path = tmp_path / "captures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(read_captures([tmp_path / "captures"], **options))


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_whole_story(tmp_path, name):
    [capture] = read(tmp_path, {name: FILES[name]})
    assert capture.failure == ""
    said = " ".join((capture.text or capture.html).split())
    for paragraph in make.PARAGRAPHS:
        assert paragraph in said


def test_file_names_become_identities_without_their_endings(tmp_path):
    captures = read(tmp_path, {"b/two.html.gz": FILES["packed.html.gz"], "a.txt": b"words of a page"})
    assert [(c.capture_id, c.source_file) for c in captures] == [("a", "a.txt"), ("b/two", "b/two.html.gz")]
    assert captures[0].sha256 == hashlib.sha256(b"words of a page").hexdigest()


def test_two_files_that_differ_in_ending_only_keep_it(tmp_path):
    captures = read(tmp_path, {"a.txt": b"one page", "a.md": b"another page"})
    assert [c.capture_id for c in captures] == ["a.md", "a.txt"]


def test_hidden_files_readmes_and_metadata_are_no_captures(tmp_path):
    others = {".hidden.txt": b"x", "README.md": b"x", "readme": b"x", "LICENSE.txt": b"x",
              "captures.csv": b"x", ".cache/a.txt": b"x", "page_files/a.css": b"x"}  # fmt: skip
    captures = read(tmp_path, {"page.html": FILES["page.html"], **others})
    assert [c.source_file for c in captures] == ["page.html"]


def test_a_folder_named_files_is_read_when_no_page_lies_beside_it(tmp_path):
    assert [c.source_file for c in read(tmp_path, {"case_files/a.txt": b"some words"})] == [
        "case_files/a.txt"
    ]


def test_a_file_reached_by_two_paths_is_read_once(tmp_path):
    read(tmp_path, {"a.txt": b"one page", "b.txt": b"two pages"})
    folder = tmp_path / "captures"
    once = list(read_captures([folder]))
    assert list(read_captures([folder / "a.txt", folder, folder / "b.txt"])) == once


def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        list(read_captures([tmp_path / "nowhere"]))


def test_web_archive_gives_a_capture_for_each_page_and_none_for_images_and_errors(tmp_path):
    pages = {f"https://courier.example/{n}": make.page(f"Story {n}") for n in range(1, 4)}
    captures = read(tmp_path, {"crawl.warc.gz": make.warc(pages)})
    assert [(c.capture_id, c.url) for c in captures] == [
        ("crawl#1", "https://courier.example/1"),
        ("crawl#2", "https://courier.example/2"),
        ("crawl#3", "https://courier.example/3"),
    ]
    assert captures[0].fields["captured_at"] == "2024-03-04T08:30:00Z"


def test_wacz_gives_the_pages_that_it_lists(tmp_path):
    pages = {URL: make.page(), "https://ads.example/frame": make.page("An advertisement")}
    [capture] = read(tmp_path, {"crawl.wacz": make.wacz(pages, [URL])})
    assert (capture.url, capture.format) == (URL, "wacz")


@pytest.mark.parametrize("name", ["table.csv", "rows.jsonl", "packed.jsonl.gz", "sheet.xlsx"])
def test_table_columns_are_mapped_by_their_names(tmp_path, name):
    [capture] = read(tmp_path, {name: FILES[name]})
    assert capture.url == URL
    assert capture.fields == {
        "headline": make.HEADLINE, "authors": "Tove Berg", "published": "2024-03-04",
        "outlet": "Lindmouth Courier", "column Wave": "2", "body_only": "yes",
    }  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_lines_may_be_larger_than_a_page(tmp_path, packed):
    lines = "\n".join(json.dumps(ROW | {"Wave": str(number)}) for number in range(5)).encode()
    files = {"rows.jsonl.gz": gzip.compress(lines)} if packed else {"rows.jsonl": lines}
    longest = Limits(page_bytes=len(lines) // 4)
    captures = read(tmp_path, files, limits=longest)
    assert [capture.fields["column Wave"] for capture in captures] == ["0", "1", "2", "3", "4"]
    [capture] = read(tmp_path, files, limits=Limits(page_bytes=len(lines) // 6))
    assert "A line of the file is too long" in capture.failure


def test_a_table_may_be_larger_than_a_page(tmp_path):
    heading, row = csv_of(ROW).split(b"\r\n", 1)
    table = heading + b"\r\n" + row * 5
    captures = read(tmp_path, {"table.csv": table}, limits=Limits(page_bytes=len(table) // 4))
    assert [capture.text for capture in captures] == ["\n\n".join(make.PARAGRAPHS)] * 5


def test_a_file_called_like_a_row_of_a_table_has_an_id_of_its_own(tmp_path):
    files = {
        "a.csv": b"text,title\nA story of some length.,One\nAnother.,Two\n",
        "a#1.txt": make.STORY.encode(),
    }
    assert sorted(c.capture_id for c in read(tmp_path, files)) == ["a#1", "a#1.txt", "a#2"]
    files["a#2"] = make.STORY.encode()
    assert len({c.capture_id for c in read(tmp_path, files)}) == 4


def test_a_row_without_text_fails_alone(tmp_path):
    rows = b"text,title\nA story of some length.,One\n,Two\nAnother story.,Three\n"
    captures = read(tmp_path, {"t.csv": rows})
    assert [(c.capture_id, bool(c.failure)) for c in captures] == [
        ("t#1", False),
        ("t#2", True),
        ("t#3", False),
    ]


@pytest.mark.parametrize("form", ["docx", "rtf"])
def test_nexis_export_is_split_into_its_articles(tmp_path, form):
    lines = make.nexis("Bridge shut", "Ferries full")
    captures = read(tmp_path, {f"export.{form}": getattr(make, form)(lines)})
    assert [c.capture_id for c in captures] == ["export#1", "export#2"]
    assert captures[1].text == "\n\n".join(make.PARAGRAPHS)
    assert captures[1].fields == {
        "headline": "Ferries full", "outlet": "The Lindmouth Courier", "published": "March 4, 2024",
        "section": "NEWS; Pg. 3", "authors": "By TOVE BERG", "language": "en", "body_only": "yes",
    }  # fmt: skip


def test_an_export_cut_off_says_so(tmp_path):
    lines = make.nexis("Bridge shut", "Ferries full")[:-2]
    captures = read(tmp_path, {"export.docx": make.docx(lines)})
    assert [bool(c.failure) for c in captures] == [False, True]
    assert "End of Document" in captures[1].failure


def test_singlefile_page_gives_its_address_and_drops_embedded_images(tmp_path):
    image = "data:image/png;base64," + "A" * 5000
    saved = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Mar 04 2024 09:30:00\n-->"
    html = make.page().replace("<html>", f"<html>{saved}").replace("<h1>", f'<img src="{image}"><h1>')
    [capture] = read(tmp_path, {"page.html": html.encode()})
    assert capture.url == URL
    assert capture.fields["captured_at"].startswith("Mon Mar 04 2024")
    assert len(capture.html) < 3000


def test_mhtml_and_mail_state_address_date_and_subject(tmp_path):
    captures = {c.format: c for c in read(tmp_path, {n: FILES[n] for n in ("saved.mhtml", "mail.eml")})}
    assert captures["mhtml"].url == URL
    assert captures["mhtml"].fields["captured_at"] == "2024-03-04T09:30:00+01:00"
    assert captures["eml"].fields["headline"] == make.HEADLINE
    assert captures["eml"].fields["published"] == "2024-03-04T09:30:00+01:00"


def test_a_mail_of_html_alone_is_read_as_html(tmp_path):
    mail = make.eml(text="See the web version.", html=make.page())
    [capture] = read(tmp_path, {"m.eml": mail})
    assert make.PARAGRAPHS[0] in capture.html


def test_pdf_lines_are_joined_into_paragraphs_and_page_furniture_is_left_out(tmp_path):
    import textwrap

    lines = [textwrap.wrap(text, 60) for text in make.PARAGRAPHS]
    pages = [[f"{URL} {n}/2", *lines[2 * n - 2], *lines[2 * n - 1]] for n in (1, 2)]
    [capture] = read(tmp_path, {"p.pdf": make.pdf(pages)})
    assert capture.text.split("\n\n") == make.PARAGRAPHS
    assert capture.url == URL
    assert capture.notes == ("2 lines repeated on the pages' heads and feet left out",)


def test_markdown_is_read_as_displayed(tmp_path):
    settings = '---\ntitle: A title\nsource: https://a.example/x\nauthor:\n  - "[[Ana Ruiz]]"\n  - Bo Lind\ntags:\n  - pier\n---\n'
    text = settings + "# A title\n\nSome **bold** [words](https://a.example) _here_."
    [capture] = read(tmp_path, {"a.md": text.encode()})
    assert capture.text == "A title\n\nSome bold words here."
    assert (capture.url, capture.fields) == (
        "https://a.example/x",
        {"headline": "A title", "authors": "Ana Ruiz; Bo Lind"},
    )


def test_a_wrong_ending_is_seen_through(tmp_path):
    captures = read(
        tmp_path, {"a.txt": FILES["print.pdf"], "b.txt": FILES["page.html"], "c.pdf": FILES["page.html"]}
    )
    assert [(c.format, bool(c.failure)) for c in captures] == [("pdf", False), ("html", False), ("pdf", True)]


def test_zip_members_are_read_as_if_in_a_folder(tmp_path):
    inner = make.zipped({"deep.txt": b"words inside two archives"})
    files = {
        "b.txt": b"some words",
        "a/page.html": FILES["page.html"],
        "c.zip": inner,
        "__MACOSX/._b.txt": b"\x00",
    }
    captures = read(tmp_path, {"all.zip": make.zipped(files)})
    assert [c.capture_id for c in captures] == ["all.zip/a/page", "all.zip/b", "all.zip/c.zip/deep"]
    assert captures[2].sha256 == hashlib.sha256(b"words inside two archives").hexdigest()


def test_what_is_passed_over_is_counted_with_the_reason(tmp_path):
    files = {
        "a.txt": make.STORY, ".hidden": "x", "README.md": "x", "licence/one.html": "x", "licence/two.html": "x",
        "page.html": make.page(), "page_files/a.js": "x", "a.css": "x", "below/captures.csv": "source_file\nb.txt\n",
        "tables/articles.csv": "capture_id,source_file\n", "tables/lines.csv": "capture_id,line\n", "tables/odd.txt": "x",
        "below/quotes.csv": "capture_id,quote\n", "below/b.txt": make.STORY,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    passed: Counter[str] = Counter()
    assert [found.name for found in find_files([tmp_path], passed)] == ["a.txt", "below/b.txt", "page.html"]
    assert passed_over(passed) == (
        "11 files passed over: captures.csv, which counts beside the folder given (1), clipbook's own tables (4), "
        "hidden (1), parts of a saved page (2), readme or licence (3)"
    )
    assert read_corpus(tmp_path).notes == (passed_over(passed),)
    assert passed_over({}) == ""
