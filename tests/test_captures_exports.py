"""Exports of press databases in the shapes that their systems write: one row an article, with what each states."""

from __future__ import annotations

from pathlib import Path

import capture_makers as make
import pytest
from export_makers import (
    BRIDGE,
    ENGLISH,
    FRENCH,
    GERMAN,
    LANTERNS,
    TWO,
    factiva,
    numbered,
    proquest,
    uni,
    wrapped,
)

from clipbook.captures import read_captures


def read(tmp_path: Path, name: str, data: bytes | str) -> list:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_captures([path]))


def both(captures: list, **further: tuple[str, str]) -> None:
    """Both articles are there, each with its own text and what the export states."""
    assert [capture.failure for capture in captures] == ["", ""]
    assert [capture.text for capture in captures] == ["\n\n".join(LANTERNS), "\n\n".join(BRIDGE)]
    wanted = {
        "headline": ("Lantern fair leaves the square", "Herons keep the bridge shut"),
        "outlet": ("Osterveld Bode", "The Halmstow Packet"),
        **further,
    }
    for field, values in wanted.items():
        assert tuple(capture.fields.get(field, "") for capture in captures) == values, field


# ----------------------------------------------------------------- Factiva


@pytest.mark.parametrize("form", ["docx", "rtf"])
@pytest.mark.parametrize(
    "shape",
    [{}, {"kicker": "Local News"}, {"by": "", "kicker": "News"}, {"by": ""}],
    ids=["plain", "kicker", "kicker-bare", "bare"],
)
def test_factiva_documents(tmp_path, form, shape):
    captures = read(
        tmp_path,
        f"Factiva-20250610.{form}",
        getattr(make, form)([*factiva(**shape), "Search Summary", "Text: fair"]),
    )
    by = shape.get("by", "By ")
    section = shape.get("kicker", "")
    both(
        captures,
        authors=(f"{by}Hedda Prins", f"{by}Cal Dunnet"),
        published=("3 June 2025 06:12", "14 May 2025 06:12"),
        language=("en", "en"),
        section=(section, section),
    )
    assert not any(capture.notes for capture in captures)


def test_factiva_in_a_german_interface(tmp_path):
    lines = [
        line.replace("Document ", "Dokument ")
        for line in factiva(word="Wörter", dates=("3. Juni 2025", "14. Mai 2025"))
    ]
    lines = ["Englisch" if line == "English" else line for line in lines]
    both(
        read(tmp_path, "factiva.txt", "\n\n".join(lines)),
        published=("3. Juni 2025 06:12", "14. Mai 2025 06:12"),
    )


def test_factiva_page_with_fields_behind_letters(tmp_path):
    rows = ""
    for headline, author, date, outlet, text in (
        ("Lantern fair leaves the square", "By Hedda Prins", "3 June 2025", "Osterveld Bode", LANTERNS),
        ("Herons keep the bridge shut", "By Cal Dunnet", "14 May 2025", "The Halmstow Packet", BRIDGE),
    ):
        fields = {
            "SE": "Local", "HD": headline, "BY": author, "WC": f"{sum(len(p.split()) for p in text)} words", "PD": date,
            "SN": outlet, "SC": "OSTBOD", "LA": "English", "CY": f"© 2025 {outlet}",
        }  # fmt: skip
        cells = {name: f"<span>{value}</span>" for name, value in fields.items()}
        cells["LP"] = "".join(
            f'<p class="articleParagraph enarticleParagraph">{line}</p>' for line in text[:2]
        )
        cells["TD"] = "".join(
            f'<p class="articleParagraph enarticleParagraph">{line}</p>' for line in text[2:]
        )
        cells |= {"CO": "guild : Guild of Candle Makers", "AN": "Document OSTBOD0020250603el630000a"}
        table = "".join(
            f"<tr><td><b>{name}</b>&nbsp;</td><td>{value}</td></tr>" for name, value in cells.items()
        )
        rows += f'<div class="article enArticle"><table>{table}</table></div>'
    captures = read(
        tmp_path, "factiva.html", f"<html><head><title>Factiva</title></head><body>{rows}</body></html>"
    )
    both(captures, section=("Local", "Local"), authors=("By Hedda Prins", "By Cal Dunnet"))


def coded() -> list[list[list[str]]]:
    """The rows of both articles, each with its code and the paragraphs of its cell."""
    return [
        [["HD", headline], ["BY", author], ["WC", f"{sum(len(p.split()) for p in text)} words"], ["PD", "3 June 2025"], ["SN", outlet],
         ["SC", "OSTBOD"], ["LA", "English"], ["LP", *text[:1]], ["TD", *text[1:]], ["NS", "gcom : Fairs"],
         ["AN", "Document OSTBOD0020250603el630000a"]]
        for headline, author, outlet, text in TWO
    ]  # fmt: skip


def test_factiva_word_tables(tmp_path):
    from docx import Document

    document = Document()
    for rows in coded():
        table = document.add_table(rows=0, cols=2)
        for code, *cell in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = code, cell[0]
            for line in cell[1:]:
                cells[1].add_paragraph(line)
    document.save(tmp_path / "a.docx")
    both(list(read_captures([tmp_path / "a.docx"])), published=("3 June 2025", "3 June 2025"))


def test_factiva_rich_text_tables(tmp_path):
    def told(text: str) -> str:
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)

    rows = "".join(
        f"\\trowd\\cellx900\\cellx9000 {code}\\cell " + "\\par ".join(map(told, cell)) + "\\cell\\row\n"
        for article in coded()
        for code, *cell in article
    )
    both(
        read(tmp_path, "a.rtf", "{\\rtf1\\ansi\\deff0 " + rows + "}"),
        published=("3 June 2025", "3 June 2025"),
    )


# ------------------------------------------------------------------- Nexis


@pytest.mark.parametrize(
    ("labels", "number", "dates"),
    [
        (ENGLISH, "{} of 2 DOCUMENTS", ("June 3, 2025 Tuesday", "May 14, 2025 Wednesday")),
        (GERMAN, "Dokument {} von 2", ("3. Juni 2025 Dienstag", "14. Mai 2025 Mittwoch")),
        (FRENCH, "Document {} de 2", ("mardi 3 juin 2025", "mercredi 14 mai 2025")),
    ],
    ids=["english", "german", "french"],
)
def test_numbered_nexis_texts(tmp_path, labels, number, dates):
    graphic = (
        "GRAPHIC: A float with forty lanterns on the square, last year.\n\n" if labels is ENGLISH else ""
    )
    cover = "Download Request: Selected Items: 1-2\nTime Of Request: Monday, June 9, 2025\n\nTerms: (fair or bridge)\n"
    captures = read(tmp_path, "nexis.TXT", numbered(labels, number, dates, after=graphic, cover=cover))
    both(
        captures,
        authors=("Hedda Prins", "Cal Dunnet"),
        section=("Stadt; S. 4", "Stadt; S. 4"),
        language=("en", "en"),
    )
    assert [capture.fields["published"][:6].strip() for capture in captures] in (
        ["June 3", "May 14"],
        ["3. Jun", "14. Ma"],
        ["3 juin", "14 mai"],
    )
    assert not any(capture.notes for capture in captures)


def test_academic_nexis_with_labelled_headline_and_body(tmp_path):
    out = ""
    for place, (headline, outlet, text) in enumerate(
        [
            ("Lantern fair leaves the square", "Osterveld Bode", LANTERNS),
            ("Herons keep the bridge shut", "The Halmstow Packet", BRIDGE),
        ],
        1,
    ):
        out += (
            f"{str(place) + ' of 2 DOCUMENTS':^78}\n\n{'Copyright 2005 ' + outlet + ' Company':^78}\n{outlet:^78}\n\n"
            f"{'June 3, 2005 Friday':^78}\n{'Late Edition - Final':^78}\n\nSECTION: Section B; Column 1; Metropolitan Desk; Pg. 1\n\n"
            f"LENGTH: 79 words\n\nHEADLINE: {headline}\n\nBYLINE:  By HEDDA PRINS\n\nDATELINE: OSTERVELD, June 2\n\nBODY:\n\n"
            + "\n\n".join(map(wrapped, text))
            + "\n\nLOAD-DATE: June 3, 2005\n\n"
        )
    captures = read(tmp_path, "academic.txt", out)
    both(captures, authors=("By HEDDA PRINS", "By HEDDA PRINS"), published=("June 3, 2005", "June 3, 2005"))


def test_numbered_nexis_page(tmp_path):
    out = "<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>"
    for place, (headline, outlet, text) in enumerate(
        [
            ("Lantern fair leaves the square", "Osterveld Bode", LANTERNS),
            ("Herons keep the bridge shut", "The Halmstow Packet", BRIDGE),
        ],
        1,
    ):
        inside = "".join(f'<P CLASS="c9"><SPAN CLASS="c2">{line}</SPAN></P>\n' for line in text)
        out += (
            f'<A NAME="DOC_ID_{place}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={place}>\n<DOCFULL> -->\n<BR><DIV CLASS="c0">'
            f'<P CLASS="c1"><SPAN CLASS="c2">{place} of 2 DOCUMENTS</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN>{outlet}'
            f'</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">June </SPAN><SPAN CLASS="c2">3, 2025 Tuesday</SPAN></P>'
            f'\n</DIV>\n<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{headline}</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c5"><P CLASS="c6">'
            f'<SPAN CLASS="c8">BYLINE: </SPAN><SPAN CLASS="c2">Hedda Prins</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN>LENGTH: '
            f'</SPAN><SPAN>79 words</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c5"><BR>{inside}</DIV>\n<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN>LOAD-DATE: '
            f'</SPAN><SPAN>June 4, 2025</SPAN></P>\n</DIV>\n<BR><DIV CLASS="c0"><BR><P CLASS="c1">Copyright 2025 {outlet}<BR>All Rights Reserved'
            "</P>\n</DIV>\n"
        )
    both(
        read(tmp_path, "nexis.HTML", out),
        published=("June 3, 2025", "June 3, 2025"),
        authors=("Hedda Prins", "Hedda Prins"),
    )


@pytest.mark.parametrize("form", ["docx", "rtf"])
@pytest.mark.parametrize(
    "words",
    [
        {"cover": True},
        {"counted": False},
        {"date": "3. Juni 2025 Dienstag", "by": "Autor", "section": "Rubrik", "length": "Länge", "load": "Ladedatum"},
        {"date": "mardi 3 juin 2025", "by": "Auteur", "section": "Rubrique", "length": "Longueur", "body": "Corps"},
        {"end": "Fin du document", "load": "Date-chargement"},
    ],
    ids=["cover", "no-length", "german", "french", "french-end"],
)  # fmt: skip
def test_nexis_uni(tmp_path, form, words):
    captures = read(tmp_path, f"uni.{form}", getattr(make, form)(uni(**words)))
    both(captures, authors=("Hedda Prins", "Hedda Prins"), section=("CITY; Pg. 2", "CITY; Pg. 2"))


def test_nexis_uni_as_pdf(tmp_path):
    lines = uni()
    half = lines.index("End of Document") + 1
    within = lines.index(LANTERNS[2])
    parts = (
        ["Page 1 of 2", *lines[:within]],
        ["Page 2 of 2", "Lantern fair leaves the square", *lines[within:half]],
        ["Page 1 of 1", *lines[half:]],
    )
    pages = [[row for line in part for row in wrapped(line, 90).split("\n")] for part in parts]
    captures = read(tmp_path, "uni.pdf", make.pdf(pages))
    assert [capture.text.split() for capture in captures] == [
        " ".join(text).split() for text in (LANTERNS, BRIDGE)
    ]
    assert [capture.fields["headline"] for capture in captures] == [
        "Lantern fair leaves the square",
        "Herons keep the bridge shut",
    ]


def test_an_article_shorter_than_its_export_says_is_noted(tmp_path):
    lines = ["Length: 412 words" if line.startswith("Length") else line for line in uni()]
    captures = read(tmp_path, "uni.docx", make.docx(lines))
    assert captures[0].notes == (
        f"the export counts 412 words in this article, {len(' '.join(LANTERNS).split())} were read",
    )


def test_an_article_dated_by_its_month_keeps_its_outlet(tmp_path):
    captures = read(tmp_path, "uni.docx", make.docx(uni(date="June 2025")))
    assert [captures[0].fields[name] for name in ("outlet", "published")] == ["Osterveld Bode", "June 2025"]


# ---------------------------------------------------------------- ProQuest


STATED = {
    "authors": ("Hedda Prins", "Cal Dunnet; Ida van der Sar"),
    "published": ("Jun 3, 2025", "Jun 3, 2025"),
    "section": ("Region", "Region"),
}


def test_proquest_text_with_rules(tmp_path):
    rule = "_" * 60
    text = f"{rule}\n\nReport Information from ProQuest\n\n9 June 2025 10:15\n\n{rule}\n\nTable of contents\n\n1. Lantern fair leaves the square\n\n"
    text += "".join(
        f"{rule}\n\nDocument {n} of 2\n\n" + "\n\n".join(proquest(*two)) + "\n\n"
        for n, two in enumerate(TWO, 1)
    )
    text += f"{rule}\n\nBibliography\n\nCitation style: APA 6th\n\nPrins, H. (2025, Jun 03). Lantern fair leaves the square.\n"
    both(read(tmp_path, "ProQuestDocuments.txt", text), **STATED)


def test_proquest_page_without_rules(tmp_path):
    inside = "".join(f"<p>{line.replace(':', ':</strong>', 1)}</p>" for two in TWO for line in proquest(*two))
    both(read(tmp_path, "ProQuest.html", f"<html><body>{inside}</body></html>"), **STATED)


def test_proquest_mail(tmp_path):
    text = "".join("_" * 60 + "\n\n" + "\n\n".join(proquest(*two)) + "\n\n" for two in TWO)
    both(read(tmp_path, "mail.eml", make.eml("Results from ProQuest", text)), **STATED)


def test_proquest_in_german(tmp_path):
    words = {
        "by": "Autor",
        "text": "Volltext",
        "outlet": "Publikationstitel",
        "date": "Publikationsdatum",
        "id": "ProQuest-Dokument-ID",
        "last": "Datenbank",
    }
    both(
        read(tmp_path, "p.docx", make.docx([line for two in TWO for line in proquest(*two, **words)])),
        **STATED,
    )


def test_proquest_without_full_text_fails_alone(tmp_path):
    lines = [line for line in proquest(*TWO[0]) if not line.startswith("Full text") and line not in LANTERNS]
    captures = read(tmp_path, "p.txt", "\n\n".join([*lines, *proquest(*TWO[1])]))
    assert (
        captures[0].failure == "The export holds no full text of this article, only what is known about it."
    )
    assert captures[1].text == "\n\n".join(BRIDGE)


# -------------------------------------------------------------- Europresse


def test_europresse_page(tmp_path):
    out = "<html><head><title>Europresse</title></head><body>"
    for headline, outlet, author, header, text in (
        (
            "Lantern fair leaves the square",
            "Osterveld Bode (site web)",
            "Hedda Prins",
            "Régions, mardi 3 juin 2025 - 06:12 80 mots, p. 4",
            LANTERNS,
        ),
        (
            "Herons keep the bridge shut",
            "The Halmstow Packet, no. 811",
            "",
            "mercredi 14 mai 2025 72 mots",
            BRIDGE,
        ),
    ):
        body = "".join(f"<p>{line}</p>" for line in text)
        out += (
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}<br></span></div>'
            f'<span class="DocHeader">{header}</span><div class="titreArticle"><p class="titreArticleVisu">{headline}</p></div>'
            f'<p class="sm-margin-bottomNews">{author}</p></header><section><div class="DocText clearfix"><div class="docOcurrContainer">{body}'
            f"</div></div></section><footer><small>© 2025 {outlet}. Tous droits réservés.</small></footer></article>"
        )
    captures = read(tmp_path, "europresse.html", out + "</body></html>")
    both(captures, authors=("Hedda Prins", ""), section=("Régions", ""))
    assert [capture.fields["published"][:11] for capture in captures] == ["3 juin 2025", "14 mai 2025"]


# ------------------------------------------------------ what is not divided


def other_systems() -> dict[str, str]:
    wiso = "".join(
        f"Quelle: {outlet}, 03.06.2025, S. 4\nRessort: Lokales\nDokumentnummer: A4711{n}\n\n{headline}\n\n" + "\n\n".join(text)
        + "\n\nAlle Rechte vorbehalten: (c) Bode Verlag\n\n© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH\n\n"
        for n, (headline, _, outlet, text) in enumerate(TWO)
    )  # fmt: skip
    dutch = "".join(
        f"{h}\n\nBron: {o}\nDatum: 3 juni 2025\nPagina: 4\nAuteur: H. Prins\n\n" + "\n\n".join(t) + "\n\n"
        for h, _, o, t in TWO
    )
    japanese = "".join(
        f"<table><tr><td>発行日\t2025年06月03日</td></tr><tr><td>面名\t社会</td></tr><tr><td>文字数\t800文字</td></tr></table><p>{h}</p><p>"
        + "</p><p>".join(t)
        + "</p>"
        for h, _, o, t in TWO
    )
    return {
        "wiso.txt": wiso,
        "gopress.txt": "GoPress\n" + dutch,
        "archive.txt": "Retriever\n\n"
        + "\n\n".join(
            f"{h}\n{o}, 2025-06-03\n\n" + "\n\n".join(t) + "\n\nLäs hela artikeln på http://archive.example/a"
            for h, _, o, t in TWO
        ),
        "newspapers.txt": "\n\n".join(
            f"{o}\n\n{h}\n\n" + "\n\n".join(t) + f"\n\nnews·20250603·BO·00{n}"
            for n, (h, _, o, t) in enumerate(TWO)
        ),
        "kikuzo.html": f"<html><body>朝日新聞社 聞蔵II{japanese}</body></html>",
    }


@pytest.mark.parametrize("name", ["wiso.txt", "gopress.txt", "kikuzo.html", "archive.txt", "newspapers.txt"])
def test_other_systems_are_refused_as_exports(tmp_path, name):
    [capture] = read(tmp_path, name, other_systems()[name])
    assert (
        "with 2 articles, which could not be divided; save each article as a file of its own"
        in capture.failure
    )
    assert not capture.text
    assert not capture.html


def test_whole_paragraphs_as_long_as_a_label_are_not_joined(tmp_path):
    """Lines of which many are longer than those that follow each other were never wrapped."""
    lines = factiva()
    captures = read(
        tmp_path, "factiva.txt", "\n".join(line if len(line) < 60 else f"\n{line}\n" for line in lines)
    )
    assert [capture.failure for capture in captures] == ["", ""]
    assert [capture.fields["headline"] for capture in captures] == [headline for headline, *_ in TWO]


def test_a_cut_export_says_so_for_its_last_article(tmp_path):
    lines = factiva()[:-3]
    captures = read(tmp_path, "factiva.docx", make.docx(lines))
    assert [capture.failure for capture in captures] == [
        "",
        "The last article of the export is cut off: it has no line with its document number.",
    ]
