"""Files that are broken, hostile or endless: one row with a clear reason, and the rest is read."""

import gzip
import io
import os
import signal
import sys
import zipfile
import zlib

import capture_makers as make
import pytest

from clipbook import cli
from clipbook.captures import Limits, read_captures
from clipbook.files import read_csv

GOOD = {"good.txt": make.STORY.encode()}


def read(tmp_path, files, **options):
    folder = tmp_path / "captures"
    folder.mkdir(exist_ok=True)
    for name, data in (GOOD | files).items():
        (folder / name).write_bytes(data)
    captures = list(read_captures([folder], **options))
    [good] = [c for c in captures if c.source_file == "good.txt"]
    assert good.text == make.STORY
    return [c for c in captures if c.source_file != "good.txt"]


def locked_pdf():
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(make.pdf([make.PARAGRAPHS]))))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb_docx():
    return make.zipped({"word/document.xml": b"<a>" + b" " * 40_000_000})


def entity_docx():
    out = io.BytesIO(make.docx(["words"]))
    inside = zipfile.ZipFile(out)
    files = {name: inside.read(name) for name in inside.namelist()}
    declared = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    start, _, rest = files["word/document.xml"].partition(b"?>")
    return make.zipped(files | {"word/document.xml": start + b"?>" + declared + rest})


def aes_pdf():
    """A PDF of the usual kind of protection: no password to open it, but AES encryption."""
    zeros = {
        name: b"<" + b"00" * size + b">" for name, size in (("O", 48), ("U", 48), ("OE", 32), ("UE", 32))
    }
    keys = b" ".join(b"/%b %b" % (name.encode(), value) for name, value in zeros.items())
    protection = (
        b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -1 /Perms <%b> %b "
        b"/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>" % (b"00" * 16, keys)
    )
    return make.pdf([make.PARAGRAPHS]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + protection)


def bomb_pdf():
    packed = zlib.compress(bytes(80_000_000), 9)
    start, _, rest = make.pdf([["words"]]).partition(b"<< /Length ")
    end = rest[rest.index(b"endstream") :]
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\n" % (len(packed), packed)
    return start + stream + end


STORY_GZ = gzip.compress(make.STORY.encode() * 50)
REFUSED = {  # what is large, or takes long to make, is made by the one test that reads it
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n ", "empty"),
    "empty.html": (b"  ", "empty"),
    "removed.html": (b"\x01\x02", "empty"),
    "marks.md": (b"# \n", "empty"),
    "settings.md": (b"---\ntitle: a\n---\n", "empty"),
    "junk.txt": (bytes(range(256)) * 50, "binary"),
    "junk.html": (b"<html>" + bytes(range(32)) * 500, "binary"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(900), "PNG image"),
    "image.png": (b"\x00\x01picture", ".png are not read"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "old Word document"),
    "cut.txt.gz": (STORY_GZ[:-20], "cut off"),
    "wrong.txt.gz": (STORY_GZ[:40] + b"\xff\xff\xff\xff" + STORY_GZ[44:], "damaged"),
    "not.gz": (b"some words", "named .gz but"),
    "bomb.txt.gz": (gzip.compress(bytes(3_000_000)), "many times its size"),
    "locked.pdf": (locked_pdf, "password"),
    "aes.pdf": (aes_pdf(), "AES encryption"),
    "bomb.pdf": (bomb_pdf, "unpacks to too many bytes"),
    "scan.pdf": (make.pdf([[]]), "OCR"),
    "cut.pdf": (make.pdf([make.PARAGRAPHS])[:200], "damaged"),
    "bomb.docx": (bomb_docx, "many times its size"),
    "entity.docx": (entity_docx(), "document type"),
    "cut.docx": (make.docx(["words"])[:900], "damaged"),
    "bomb.html": (b"<html>" + b"<div>" * 5000 + b"words", "nested too deeply"),
    "table.csv": (b"name,size\na,1\n", "no column of article texts"),
    "table.xlsx": (lambda: make.xlsx([["name"], ["a"]]), "no column of article texts"),
    "lines.jsonl": (b"[1, 2]\n", "not a JSON object"),
    "deep.jsonl": (b"[" * 100_000 + b"\n", "nested too deeply"),
    "markup.jsonl": (b'{"html": "' + b"<div>" * 5000 + b'words"}\n', "nested too deeply"),
    "field.jsonl": (b'{"text": "words", "author": "' + b"A" * 300_000 + b'"}\n', "Limits.field_chars"),
    "header.eml": (b"Content-Type: text/plain; " + b"a=b; " * 9000 + b"\r\n\r\nwords", "too long"),
    "parts.eml": (b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"words", "nested too deeply"),
    "endless.warc": (b"A" * 3_000_000, "does not end|damaged"),
    "endless.warc.gz": (
        lambda: gzip.compress(b"WARC/1.0\r\nA: " + bytes(range(33, 127)) * 30_000, 0),
        "does not end",
    ),
    "empty.zip": (make.zipped({}), "not of that format|damaged|contains no page"),
    "empty.mhtml": (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a--",
        "no HTML",
    ),
    "none.eml": (b"Subject: a\r\nContent-Type: image/png\r\n\r\nabc", "no text"),
    "none.warc": (make.warc({}, packed=False), "no HTML page"),
    "not.rtf": (b"some words", "not rich text"),
    "long.txt": (b"word\n" * 200_000, "too many lines"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_one_failed_row_with_its_reason(tmp_path, name):
    data, reason = REFUSED[name]
    [capture] = read(tmp_path, {name: data() if callable(data) else data})
    assert (capture.text, capture.html) == ("", "")
    assert any(part in capture.failure for part in reason.split("|")), capture.failure
    assert capture.source_file == name


def test_every_limit_is_named_where_it_is_hit(tmp_path):
    for name, limits, files in [
        ("file_bytes", Limits(file_bytes=2000), {"a.txt": b"word " * 500}),
        ("page_bytes", Limits(page_bytes=2000), {"a.txt": b"word " * 500}),
        ("text_chars", Limits(text_chars=2000), {"a.txt": b"word " * 500}),
        ("html_chars", Limits(html_chars=500), {"a.html": make.page().encode()}),
        ("lines", Limits(lines=20), {"a.txt": b"word\n" * 30}),
        ("field_chars", Limits(field_chars=20), {"a.csv": b"text,title\nwords," + b"a" * 30}),
        ("depth", Limits(depth=5), {"a.html": b"<html>" + b"<div>" * 9 + b"words"}),
        ("tags", Limits(tags=5), {"a.html": b"<html>" + b"<br>" * 9 + b"words"}),
        ("attributes", Limits(attributes=900), {"a.html": b"<html><p " + b"ab " * 1000 + b">words"}),
        ("pages", Limits(pages=1), {"a.pdf": make.pdf([["some words"], ["other words"]])}),
        ("records", Limits(records=1), {"a.csv": b"text\nwords\n"}),
        ("nesting", Limits(nesting=1), {"a.zip": make.zipped({"b.zip": make.zipped({"c.txt": b"words"})})}),
        ("ratio", Limits(ratio=10), {"a.txt.gz": gzip.compress(b"word " * 300_000)}),
        (
            "archive_bytes",
            Limits(archive_bytes=2000),
            {"a.warc": make.warc({"https://a.example": make.page()})},
        ),
        ("seconds", Limits(seconds=1e-9), {"a.pdf": make.pdf([["some words"]])}),
    ]:
        folder = tmp_path / name
        folder.mkdir()
        for file, data in files.items():
            (folder / file).write_bytes(data * 2 if name == "records" else data)
        failures = [c.failure for c in read_captures([folder], limits=limits) if c.failure]
        assert len(failures) == 1, name
        assert f"Limits.{name}" in failures[0]


def test_limits_that_let_nothing_through_are_refused():
    with pytest.raises(ValueError, match=r"Limits\.lines"):
        Limits(lines=0)


def test_archive_members_that_lead_out_or_are_links_are_refused_one_by_one(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("fine.txt", make.STORY)
        archive.writestr("../../escape.txt", "words")
        archive.writestr("/absolute.txt", "words")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    captures = read(tmp_path, {"a.zip": out.getvalue()})
    assert [bool(c.failure) for c in captures] == [True, True, False, True]
    assert {c.capture_id for c in captures if c.failure and "leads out" in c.failure} == {
        "a.zip/../../escape", "a.zip//absolute"
    }  # fmt: skip


def test_a_member_without_a_name_stops_no_other(tmp_path):
    captures = read(tmp_path, {"a.zip": make.zipped({"": b"words", "b.txt": b"other words", "c/": b""})})
    assert [(c.capture_id, c.text) for c in captures] == [("a.zip/", "words"), ("a.zip/b", "other words")]


def test_half_letters_of_json_and_rich_text_are_joined_or_marked(tmp_path):
    rows = b'{"text": "A \\ud83d\\ude00 and \\ud83d.", "title": "\\ud83d", "\\udc00": "\\ude00"}'
    rich = b"{\\rtf1 A \\u-10179?\\u-8704? smile}"
    table, text = read(tmp_path, {"a.jsonl": rows, "b.rtf": rich})
    assert (table.text, table.fields["headline"]) == ("A 😀 and \ufffd.", "\ufffd")
    assert text.text == "A 😀 smile"
    for written in (*table.fields, *table.fields.values()):
        written.encode("utf-8")


def test_what_a_table_states_is_as_clean_as_a_text(tmp_path):
    row = '{"text": "Words.", "title": "A\\u0000B\\u001b\\n\\u202eC", "outlet": " ", "size": "1\\u0007"}'
    [capture] = read(tmp_path, {"a.jsonl": row.encode()})
    assert capture.fields == {"headline": "AB C", "column size": "1", "body_only": "yes"}


def test_a_stated_headline_keeps_its_spaces_as_a_line_does_and_names_have_single_ones(tmp_path):
    row = '{"text": "Words.", "title": " The  bridge \\n  is shut", "outlet": "Quay  \\n Echo"}'
    [capture] = read(tmp_path, {"a.jsonl": row.encode()})
    assert (capture.fields["headline"], capture.fields["outlet"]) == ("The  bridge is shut", "Quay Echo")


def test_files_of_one_name_in_several_folders_are_told_apart(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "page.txt").write_text(f"words of {name}")
        (tmp_path / name / "sub" / f"{name}.txt").write_text("words")
    captures = list(read_captures([tmp_path / "one", tmp_path / "two"]))
    named = {c.source_file: (c.capture_id, c.text) for c in captures}
    assert sorted(named) == ["one/page.txt", "sub/one.txt", "sub/two.txt", "two/page.txt"]
    assert named["two/page.txt"] == ("two/page", "words of two")


@pytest.mark.skipif(os.sep == "\\" or sys.platform == "darwin", reason="such names cannot be there")
def test_names_that_look_alike_or_are_no_text_stay_apart(tmp_path):
    names = ("é.txt".encode(), "e\u0301.txt".encode(), b"\xe9.txt", b"\xe8.txt")
    for number, name in enumerate(names):
        path = os.path.join(os.fsencode(tmp_path), name)
        with open(path, "wb") as stream:
            stream.write(b"words %d" % number)
    captures = list(read_captures([tmp_path]))
    assert sorted(c.source_file for c in captures) == ["\\xe8.txt", "\\xe9.txt", "é#2.txt", "é.txt"]
    assert len({c.capture_id for c in captures}) == 4


def test_a_pipe_or_an_endless_device_keeps_no_table_waiting(tmp_path):
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "good.txt").write_text(make.STORY)
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    signal.alarm(600)  # ends the test, where it would wait for ever
    try:
        assert cli.main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 0
    finally:
        signal.alarm(0)
    status = read_csv(tmp_path / "out" / "articles.csv").set_index("source_file")["status"]
    assert status.to_dict() == {"good.txt": status["good.txt"], "pipe.txt": "failed", "zero.txt": "failed"}
    assert status["good.txt"] != "failed"


def test_a_changed_file_is_measured_again_though_another_has_its_name(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(f"{make.STORY}\n\nWords of {name}, it said.")
    command = ["tables", str(tmp_path / "one"), str(tmp_path / "two"), "--out", str(tmp_path / "out")]
    assert cli.main(command) == 0
    for name in ("one", "two"):
        (tmp_path / name / "page.txt").write_text(f"{make.STORY}\n\nOther words of {name}, it said.")
        assert cli.main(command) == 0
        lines = read_csv(tmp_path / "out" / "lines.csv").groupby("capture_id")["text"].last()
        assert lines[f"{name}/page"] == f"Other words of {name}, it said."


def test_archives_inside_archives_share_one_budget(tmp_path):
    inner = make.zipped({"a.txt": bytes(400_000)})
    outer = make.zipped({f"{number}.zip": inner for number in range(40)})  # no single member is large
    captures = read(tmp_path, {"bomb.zip": outer})
    assert len(captures) == 40
    assert all(capture.failure for capture in captures)
    assert "Limits.ratio" in captures[-1].failure


def test_a_web_archive_cut_off_keeps_what_came_before(tmp_path):
    pages = {f"https://courier.example/{n}": make.page(f"Story {n}") for n in range(3)}
    for name, data in {"a.warc.gz": make.warc(pages), "b.warc": make.warc(pages, packed=False)}.items():
        captures = read(tmp_path, {name: data[: len(data) // 2]})
        assert not captures[0].failure
        assert "cut off" in captures[-1].failure
        (tmp_path / "captures" / name).unlink()


def test_links_out_of_the_folder_and_pipes_are_not_opened(tmp_path):
    folder = tmp_path / "captures"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("words of another folder")
    (tmp_path / "other").mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (folder / "tree").symlink_to(tmp_path / "other")
    (folder / "loop").symlink_to(folder)
    (folder / "inside.txt").symlink_to(folder / "good.txt")
    os.mkfifo(folder / "pipe.txt")
    captures = {c.source_file: c for c in read(tmp_path, {})}
    assert captures["inside.txt"].text == make.STORY
    assert all(captures[name].failure for name in ("out.txt", "gone.txt", "tree", "loop", "pipe.txt"))
    assert "link" in captures["out.txt"].failure


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    from clipbook.captures.source import Source

    opened = Source.open

    def refuse(source):
        if source.name == "shut.txt":
            raise PermissionError(13, "Permission denied")
        return opened(source)

    monkeypatch.setattr(Source, "open", refuse)
    [capture] = read(tmp_path, {"shut.txt": b"words"})
    assert "permission denied" in capture.failure


def test_fifty_megabytes_on_one_line_are_refused(tmp_path):
    [capture] = read(tmp_path, {"endless.txt": b"word " * 10_000_000})
    assert "Limits.text_chars" in capture.failure


def test_an_endless_cell_fails_alone(tmp_path):
    table = b'text\nA story.\n"' + b"word " * 1000 + b'"\nAnother story.\n'
    captures = read(tmp_path, {"t.csv": table}, limits=Limits(text_chars=2000))
    assert [capture.text for capture in captures] == ["A story.", "", "Another story."]
    assert "Limits.text_chars" in captures[1].failure


def test_files_handed_out_one_by_one_give_the_same_captures(tmp_path):
    from clipbook.captures import find_files, read_file

    read(tmp_path, {"a.eml": make.eml(), "b.warc": make.warc({"https://a.example": make.page()})})
    folder = tmp_path / "captures"
    one_by_one = [capture for found in find_files([folder]) for capture in read_file(found)]
    assert one_by_one == list(read_captures([folder]))
