"""Files of every further kind, and files that are called something else than they are."""

from __future__ import annotations

import base64
import gzip
import json
import plistlib
from datetime import datetime
from importlib import import_module
from pathlib import Path

import capture_makers as make
import pytest

from clipbook import captures
from clipbook.captures import failed_by_machine, read_captures
from clipbook.captures.formats import FOREIGN, MEMBERS, PACKED, READERS, REFUSED, SIGNATURES
from clipbook.corpus import read_article

BODY = "\n\n".join(make.PARAGRAPHS)
INSIDE = "".join(f"<p>{text}</p>" for text in make.PARAGRAPHS)


def read(tmp_path: Path, name: str, data: bytes | str) -> list:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_captures([path]))


def rss(*contents: str) -> str:
    items = "".join(
        f"<item><title>Story {n}</title><link>https://lindmouth.example/{n}</link><dc:creator>Tove Berg</dc:creator>"
        f"<pubDate>Mon, 04 Mar 2024 09:30:00 +0100</pubDate><description>Two lines.</description>{content}</item>"
        for n, content in enumerate(contents, 1)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title>{items}</channel></rss>'
    )


def full() -> str:
    return f"<content:encoded><![CDATA[{INSIDE}]]></content:encoded>"


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.txt", "feed.html"])
def test_a_feed_gives_its_stories_and_refuses_teasers(tmp_path, name):
    one, two = read(tmp_path, name, rss(full(), ""))
    assert (one.text, one.url) == (BODY, "https://lindmouth.example/1")
    assert [one.fields[field] for field in ("headline", "authors", "outlet")] == [
        "Story 1",
        "Tove Berg",
        "The Courier",
    ]
    assert two.failure == "The feed holds only a teaser of the story “Story 2” (2 words); save its page."
    assert any("the file is named" in note for note in one.notes) == (name in {"feed.txt", "feed.html"})


def test_atom_with_markup_as_elements(tmp_path):
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry><title>Bridge shut</title><author><name>Tove Berg'
        '</name></author><link href="https://lindmouth.example/b"/><published>2024-03-04T09:30:00Z</published><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{INSIDE}</div></content></entry></feed>'
    )
    [capture] = read(tmp_path, "a.atom", feed)
    assert (capture.text, capture.url, capture.fields["authors"]) == (
        BODY,
        "https://lindmouth.example/b",
        "Tove Berg",
    )


def test_tei(tmp_path):
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Bridge shut</title><author>Tove Berg</author>'
        '</titleStmt><sourceDesc><bibl><publisher>The Courier</publisher><date when="2024-03-04">4 March</date></bibl></sourceDesc></fileDesc>'
        f"</teiHeader><text><body>{INSIDE}</body></text></TEI>"
    )
    [capture] = read(tmp_path, "a.xml", tei)
    assert capture.text == BODY
    assert [capture.fields[field] for field in ("headline", "authors", "outlet", "published")] == [
        "Bridge shut",
        "Tove Berg",
        "The Courier",
        "2024-03-04",
    ]


def nitf(content: str, docdata: str = "") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd"><nitf><head><title>Slug</title>'
        f'<meta name="online_sections" content="Science"/><docdata>{docdata}</docdata></head><body><body.head><hedline><hl1>Bridge shut'
        "</hl1><hl2>Ferries to run</hl2></hedline><byline>By <person>Tove Berg</person><byttl>Staff Writer</byttl></byline>"
        f"<abstract><p>What an archivist says of it.</p></abstract></body.head>{content}</body></nitf>"
    )


def test_an_article_of_an_agency_in_nitf(tmp_path):
    photo = "<media><media-caption><p>The bridge at dawn.</p></media-caption></media>"
    issued = '<date.issue norm="20240304T093000+0100"/><pubdata name="The Courier" position.section="City"/>'
    [capture] = read(tmp_path, "a.xml", nitf(f"<body.content>{photo}{INSIDE}</body.content>", issued))
    article = read_article(capture)
    assert (capture.failure, article.body, article.headline, article.outlet) == (
        "",
        BODY,
        "Bridge shut",
        "The Courier",
    )
    assert (article.authors, article.section) == (("Tove Berg",), "City")
    assert (article.published, article.published_zone) == (datetime(2024, 3, 4, 9, 30), "+01:00")


def test_a_newspapers_archive_in_nitf_repeats_the_lead(tmp_path):
    blocks = f'<block class="lead_paragraph"><p>{make.PARAGRAPHS[0]}</p></block><block class="full_text">{INSIDE}</block>'
    dated = '<pubdata date.publication="19980304T000000" ex-ref="https://lindmouth.example/1" name="The Courier"/>'
    [capture] = read(tmp_path, "1.xml", nitf(f"<body.content>{blocks}</body.content>", dated))
    assert (capture.text, capture.url, capture.fields["section"]) == (
        BODY,
        "https://lindmouth.example/1",
        "Science",
    )
    assert read_article(capture).published == datetime(1998, 3, 4)


def test_nitf_without_a_text_is_refused_and_its_summary_is_none(tmp_path):
    [capture] = read(tmp_path, "a.xml", nitf("<body.content/>"))
    assert capture.failure == "The NITF document has no text."


def test_notes_of_evernote(tmp_path):
    notes = "".join(
        f'<note><title>Clip {n}</title><content><![CDATA[<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "x"><en-note>{INSIDE}</en-note>]]></content>'
        f"<note-attributes><source-url>https://lindmouth.example/{n}</source-url></note-attributes></note>"
        for n in (1, 2)
    )
    captures = read(
        tmp_path,
        "clips.enex",
        f'<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://x/en-export.dtd"><en-export>{notes}</en-export>',
    )
    assert [(c.url, c.fields["headline"]) for c in captures] == [
        (f"https://lindmouth.example/{n}", f"Clip {n}") for n in (1, 2)
    ]
    assert all(make.PARAGRAPHS[1] in capture.html for capture in captures)


def test_a_format_is_read_by_a_function_that_exists_or_refused_and_not_both():
    for reader in set(READERS.values()):
        module, function = reader.split(".")
        assert callable(getattr(import_module(f"clipbook.captures.{module}"), function)), reader
        named = (f"``{ending}``" in captures.__doc__ for ending in READERS if READERS[ending] == reader)
        assert any(named), f"no ending of {reader} is in the table of captures/__init__.py"
    assert READERS.keys() & REFUSED.keys() == set()
    assert {start for start, _ in SIGNATURES} & {start for start, _ in FOREIGN} == set()
    assert {ending for _, ending in SIGNATURES + MEMBERS} | PACKED <= READERS.keys()


def test_xml_that_declares_entities_is_refused(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    [capture] = read(tmp_path, "a.xml", bomb)
    assert capture.failure == "The XML declares entities, which is not allowed."


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("before", ["", "<!--" + "x" * 100_000 + "-->"])
def test_an_office_document_with_a_document_type_is_refused_wherever_it_stands(tmp_path, before, codec):
    markup = f'<?xml version="1.0" encoding="{codec}"?>{before}<!DOCTYPE d [<!ENTITY a "b">]><d/>'
    parts = {"word/document.xml": markup.encode(codec)}
    [capture] = read(tmp_path, "a.docx", make.zipped(parts))
    assert "declares a document type" in capture.failure


def test_an_opendocument_text(tmp_path):
    inside = "".join(f"<text:p>{text}</text:p>" for text in make.PARAGRAPHS)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:'
        f'xmlns:text:1.0"><office:body><office:text><text:h text:outline-level="1">Bridge shut</text:h>{inside}</office:text></office:body>'
        "</office:document-content>"
    )
    data = make.zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}
    )
    for name in ("a.odt", "a.docx", "a.zip"):
        [capture] = read(tmp_path, name, data)
        assert (capture.text, capture.fields["headline"]) == (f"Bridge shut\n\n{BODY}", "Bridge shut")


def test_a_book_gives_its_chapters(tmp_path):
    container = b'<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    package = (
        b'<package><manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="a%20b.xhtml"/><item id="c" href="gone.xhtml"/>'
        b'</manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="c"/></spine></package>'
    )
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/book.opf": package,
    }
    page, gone = read(tmp_path, "a.epub", make.zipped(files | {"OEBPS/a b.xhtml": make.page().encode()}))
    assert make.PARAGRAPHS[0] in page.html
    assert "OEBPS/gone.xhtml is missing" in gone.failure


def test_a_mailbox_gives_its_messages(tmp_path):
    message = make.eml().decode()
    box = f"From desk Mon Mar  4 09:30:00 2024\n{message}\n\nFrom desk Mon Mar  4 09:31:00 2024\n{message.replace('Fwd: ', 'Fwd: Later, ')}>From here on\n"
    for name in ("a.mbox", "a.txt"):
        one, two = read(tmp_path, name, box)
        assert (one.format, one.fields["headline"]) == ("eml", make.HEADLINE)
        assert two.fields["headline"] == f"Later, {make.HEADLINE}"


def test_a_web_archive_of_safari(tmp_path):
    resource = {
        "WebResourceData": make.page().encode(),
        "WebResourceURL": "https://lindmouth.example/b",
        "WebResourceMIMEType": "text/html",
    }
    [capture] = read(
        tmp_path, "a.webarchive", plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)
    )
    assert capture.url == "https://lindmouth.example/b"
    assert make.PARAGRAPHS[0] in capture.html
    [capture] = read(tmp_path, "b.webarchive", plistlib.dumps({"Other": 1}, fmt=plistlib.FMT_BINARY))
    assert "holds no page" in capture.failure


def test_a_page_of_the_wayback_machine_has_its_own_address(tmp_path):
    page = make.page(
        head='<link rel="canonical" href="https://web.archive.org/web/20240305101112/https://lindmouth.example/b">'
    )
    bar = '<script>__wm.wombat("https://lindmouth.example/b","20240305101112","https://web.archive.org/")</script>'
    bar += "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>1,204 captures</div><!-- END WAYBACK TOOLBAR INSERT -->"
    [capture] = read(tmp_path, "a.html", page.replace("<body>", f"<body>{bar}"))
    assert (capture.url, capture.fields["captured_at"]) == (
        "https://lindmouth.example/b",
        "2024-03-05T10:11:12Z",
    )
    assert "web.archive.org/web" not in capture.html
    assert "captures</div>" not in capture.html


def test_a_page_of_archive_today_is_read_without_its_frame(tmp_path):
    link = '<link rel="canonical" href="https://archive.ph/2031.05.03-091400/https://lindmouth.example/b">'
    frame = '<div id="HEADER"><div>Saved from lindmouth.example</div></div><div id="CONTENT">'
    page = make.page(head=link).replace("<body>", f"<body>{frame}")
    [capture] = read(tmp_path, "a.html", page)
    assert (capture.url, "Saved from" in capture.html) == ("https://lindmouth.example/b", False)
    assert make.PARAGRAPHS[0] in capture.html


NAMED = {
    "rows.txt": (json.dumps({"title": "a", "text": BODY}), "jsonl", "JSON"),
    "table.txt": ("title,date,text\na,2024-03-04,\"" + BODY + '"\n', "csv", "a table"),
    "lines.csv": (json.dumps({"title": "a", "text": BODY}) + "\n", "jsonl", "JSON"),
    "mail.txt": (b"MIME-Version: 1.0\r\n" + make.eml(), "eml", "a message"),
    "page.txt": (make.mhtml(make.page(), "https://a.example/"), "mhtml", "a page saved as MHTML"),
    "page.html": (make.mhtml(make.page(), "https://a.example/"), "mhtml", "a page saved as MHTML"),
    "part.txt": (f"<div><h1>a</h1>{INSIDE}</div>", "html", "HTML"),
    "article.md": (f"<article>{INSIDE}</article>", "html", "HTML"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_a_file_that_is_named_wrongly_is_read_as_what_it_is(tmp_path, name):
    data, form, called = NAMED[name]
    [capture] = read(tmp_path, name, data)
    assert (capture.failure, capture.format) == ("", form)
    assert (
        f"the file is named .{name.split('.')[1]} and was read as {called}, which it holds" in capture.notes
    )
    assert make.PARAGRAPHS[2] in capture.text or make.PARAGRAPHS[2] in capture.html


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.msg", b"\xd0\xcf\x11\xe0" + bytes(900), ".eml"),
        ("a.bin", b"\xd0\xcf\x11\xe0" + bytes(90) + "__substg1.0_".encode("utf-16-le"), ".eml"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(900), ".xlsx"),
        ("a.pages", make.zipped({"Index/Document.iwa": b"x"}), ".docx"),
        ("a.ods", make.zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), ".csv"),
        ("a.parquet", b"PAR1" + bytes(90), ".csv"),
        ("a.tgz", gzip.compress(bytes(900), mtime=0), "unpack it"),
        ("a.tar.gz", gzip.compress(bytes(900), mtime=0), "unpack it"),
        ("a.ris", b"TY  - NEWS\nTI  - Bridge\n", "full texts"),
        ("a.xml", b"<?xml version='1.0'?><invoice><total>1</total></invoice>", "first element is invoice"),
    ],
)
def test_what_is_not_read_says_in_one_sentence_what_to_do(tmp_path, name, data, words):
    [capture] = read(tmp_path, name, data)
    assert words in capture.failure
    assert capture.failure.count(". ") == 0


def test_the_pages_of_a_crawl_are_in_any_of_its_lists(tmp_path):
    pages = {
        "https://a.example/": make.page("Start"),
        "https://a.example/b": make.page(),
        "https://a.example/c": make.page("Other"),
    }
    files = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"url": "https://a.example/"}',
        "pages/extraPages.jsonl": b'{"url": "https://a.example/b"}',
        "archive/data.warc.gz": make.warc(pages),
    }
    captures = read(tmp_path, "a.wacz", make.zipped(files))
    assert [capture.url for capture in captures] == ["https://a.example/", "https://a.example/b"]


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(28, "No space left on device"), ImportError("no lxml")]
)
def test_what_the_machine_could_not_do_is_no_fault_of_the_file(tmp_path, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr("clipbook.captures.plain.decode", broken)
    [capture] = read(tmp_path, "a.txt", BODY)
    assert failed_by_machine(capture)
    assert "damaged" not in capture.failure


CODED = "\n".join(base64.b64encode(bytes(range(n, n + 54))).decode() for n in range(60))


def test_entities_of_markup_in_a_text_are_the_signs_they_stand_for(tmp_path):
    [capture] = read(
        tmp_path, "a.txt", f"{make.PARAGRAPHS[0]}\n\n&ldquo;No,&rdquo; said Bo&nbsp;Lind, R&amp;D."
    )
    assert capture.text.endswith("“No,” said Bo Lind, R&D.")
    assert any("entities" in note for note in capture.notes)


def test_what_no_page_shows_is_no_prose_wherever_it_stands_in_a_text(tmp_path):
    """Tags are read, packed data are left out, the source of a message is refused; a word in brackets is a word."""
    [tags] = read(tmp_path, "tags.txt", f"Bridge shut\n\n{INSIDE}{INSIDE}")
    assert "<" not in tags.text and make.PARAGRAPHS[2] in tags.text.split("\n\n")
    assert tags.text.startswith("Bridge shut\n\n")
    assert "the markup in the text was read as text" in tags.notes
    [packed] = read(tmp_path, "packed.txt", f"{make.STORY}\n\n{CODED}\n\nLast words.")
    assert packed.text.split() == [*make.STORY.split(), "Last", "words."]
    assert "60 lines of packed data, which are no words, were left out" in packed.notes
    [source] = read(tmp_path, "source.txt", b"See below.\n\n" + make.eml(html=make.page()))
    assert source.failure.startswith("The text holds the source of a message")
    [nothing] = read(tmp_path, "nothing.txt", CODED)
    assert nothing.failure.startswith("The file holds packed data and no words")
    told = f"{make.STORY}\n\nWrite <br> or </p> where a line ends."
    [plain] = read(tmp_path, "plain.txt", told)
    assert (plain.text, plain.notes) == (told, ())
