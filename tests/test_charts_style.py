"""The house style: what a figure looks like whatever the data, and that it saves to the same bytes."""

import io
import itertools
import re
from xml.dom import minidom

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from looks import faults
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from clipbook.charts import findings, forms, lettering, panels, scales, style, timeline
from clipbook.charts.corpus import role_chart
from clipbook.charts.figure import LAYOUTS, LayoutError, drawn_for
from clipbook.charts.lettering import balance, plain, text_width, wrap

LONG = "The Extraordinarily Long-Named North-Western Provincial Evening Courier and Advertiser"
ADDRESS = "https://www.an-unbroken-address-that-never-seems-to-end.example.org/with/a/path"
OUTLETS = [*(f"Outlet {letter}" for letter in "ABCDEFGHIJ"), LONG, ADDRESS]
TITLE = "No clear difference in the share of quoted words that officials hold between the outlets compared"


def framed(fig, ax, title=TITLE):
    return style.finish(
        fig,
        ax,
        title=title,
        subtitle="Share of quoted words.",
        source="Source: three captures; n = 3 articles",
        interval="95% bootstrap interval over articles",
    )


def bar_figure(count):
    values = np.linspace(0.6, 0.05, count)
    fig, ax = style.new_figure(forms.rows_height(count))
    forms.bars(ax, OUTLETS[-count:], values, [*map(findings.percent, values)])
    return framed(fig, ax)


def dot_figure(count):
    values = np.linspace(70, 40, count)
    fig, ax = style.new_figure(forms.rows_height(count))
    bounds = pd.DataFrame({"low": values - 6, "high": values + 5})
    forms.dots(ax, OUTLETS[-count:], values, bounds, references=[(60, "plain English", "left")])
    return framed(fig, ax)


def group_figure(series):
    fig, ax = style.new_figure(forms.rows_height(5, series=series))
    columns = [np.linspace(1, 5, 5) + step for step in range(series)]
    named = {
        OUTLETS[-index - 1]: pd.DataFrame({"share": values, "low": values - 1, "high": values + 1})
        for index, values in enumerate(columns)
    }
    forms.dot_groups(ax, ["Conflict", "Morality", LONG, "Responsibility", "Human interest"], named, "share")
    return framed(fig, ax)


def time_table(count, dates):
    rows = [
        (outlet, date, 0.4 + 0.03 * index)
        for index, outlet in enumerate(OUTLETS[-count:])
        for date in pd.to_datetime(dates)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "day", "share"])
    return table.assign(low=table["share"] - 0.1, high=table["share"] + 0.1)


def time_figure(count, dates):
    return framed(*timeline.time_figure(time_table(count, dates), when="day", value="share", series="outlet"))


def table_figure(columns):
    speakers = ["Ana Ruiz", "Bo Lind", "Extraordinarily-Named Person", "everyone else"]
    cells = pd.DataFrame(
        [
            {"row": speaker, "column": OUTLETS[-column - 1], "share": share, "low": share / 2, "high": share * 1.4}
            for column in range(columns)
            for speaker, share in zip(speakers, (0.5, 0.02, 0.0, 0.31), strict=True)
        ]
    )  # fmt: skip
    names = list(dict.fromkeys(cells["column"]))
    notes = [f"{1203 + place:,} words" for place in range(columns)]
    return framed(*panels.bar_table(cells, speakers, names, notes=notes, muted=["everyone else"]))


def panel_figure(groups):
    frames = ["conflict", "human", "economic", "moral"]
    rows = [
        {"group": group, "frame": frame, "mean": 1 + place, "low": 0.5 + place, "high": 1.5 + 2 * place}
        for frame in frames
        for place, group in enumerate(OUTLETS[:groups])
    ]
    names = {frame: f"Consequences that are {frame} and of length" for frame in frames}
    return framed(*panels.frame_panels(pd.DataFrame(rows), OUTLETS[:groups], OUTLETS[:groups], names))


THREE_YEARS = pd.date_range("2021-02-01", "2024-02-01", freq="MS")
FIGURES = {
    "one bar": lambda: bar_figure(1),
    "twelve bars": lambda: bar_figure(12),
    "three bars": lambda: bar_figure(3),
    "a table of five columns": lambda: table_figure(5),
    "a table of two columns": lambda: table_figure(2),
    "panels of twelve outlets": lambda: panel_figure(12),
    "one dot": lambda: dot_figure(1),
    "twelve dots": lambda: dot_figure(12),
    "two groups": lambda: group_figure(2),
    "four groups": lambda: group_figure(4),
    "one day": lambda: time_figure(3, ["2024-05-03"]),
    "one outlet, one day": lambda: time_figure(1, ["2024-05-03"]),
    "three years": lambda: time_figure(4, THREE_YEARS),
    "two lines": lambda: time_figure(2, ["2023-12-30", "2024-01-02", "2024-01-09"]),
    "twelve outlets over time": lambda: time_figure(12, THREE_YEARS[:12]),
}


@pytest.mark.parametrize("width", LAYOUTS)
@pytest.mark.parametrize("name", FIGURES)
def test_no_label_is_cut_off_lies_on_another_or_is_too_small(name, width):
    with drawn_for(width):
        fig, _ = FIGURES[name]()
    assert not list(faults(fig))


@pytest.mark.parametrize("name", ["twelve bars", "three years", "one day"])
def test_the_same_data_give_the_same_bytes(name):
    one, _ = FIGURES[name]()
    two, _ = FIGURES[name]()
    assert style.svg_bytes(one) == style.svg_bytes(one) == style.svg_bytes(two)
    assert style.png_bytes(one) == style.png_bytes(two)


def test_saved_files_hold_no_date_and_need_no_font_of_the_reader():
    drawn = style.svg_bytes(bar_figure(1).fig).decode()
    assert "dc:date" not in drawn
    assert "<text" not in drawn and "font-family" not in drawn
    assert b"Software" not in style.png_bytes(bar_figure(1).fig)


def test_captured_text_is_never_read_as_mathematics_nor_as_markup():
    names = ["$\\frac{1", "costs $5 to $6", "<script>alert(1)</script>", "a\x00b\u202ec --> d"]
    fig, ax = style.new_figure(forms.rows_height(4))
    forms.bars(ax, names, [4, 3, 2, 1], "4321")
    framed(fig, ax, title="$x^2$ & </svg>")
    drawn = style.svg_bytes(fig)
    minidom.parseString(drawn)
    assert b"<script" not in drawn
    assert any(text.get_text() == "costs $5 to $6" for text in fig.findobj(Text))


def test_a_missing_value_is_written_out_and_has_no_bar():
    fig, ax = style.new_figure(forms.rows_height(2))
    forms.bars(ax, ["A", "B"], [3.0, np.nan], ["3.0", ""])
    framed(fig, ax)
    assert "not measured" in [text.get_text() for text in ax.texts]
    assert [bar.get_width() for bar in ax.patches] == [3.0, 0.0]


def test_bars_start_at_zero_and_the_first_row_is_on_top():
    _, ax = bar_figure(3)
    low, _ = ax.get_xlim()
    bottom, top = ax.get_ylim()
    assert low == 0 and bottom > top


def test_dark_swaps_paper_and_ink():
    fig, _ = bar_figure(2)
    light, dark = style.svg_bytes(fig).decode(), style.darkened(style.svg_bytes(fig)).decode()
    assert style.PAPER in light and style.PAPER not in dark
    assert style.DARK[style.PAPER] in dark and style.DARK[style.INK] in dark


def channel(pair):
    part = int(pair, 16) / 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour):
    linear = [channel(colour[at : at + 2]) for at in (1, 3, 5)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_three_to_one_for_marks_and_more_for_text():
    for paper, swap in ((style.PAPER, {}), (style.DARK[style.PAPER], style.DARK)):
        for hue in (*style.HUES, style.CONTEXT):
            assert contrast(swap.get(hue, hue), paper) >= 3
        for letters in (style.INK, style.QUIET, *style.LETTERS):
            assert contrast(swap.get(letters, letters), paper) >= 4.5


def test_more_than_four_series_on_one_panel_are_refused_by_name():
    _, ax = style.new_figure()
    one = pd.DataFrame({"share": [1.0], "low": np.nan, "high": np.nan})
    with pytest.raises(ValueError, match="5 series for 4 hues: series 0"):
        forms.dot_groups(ax, ["row"], {f"series {number}": one for number in range(5)}, "share")


def test_more_than_four_lines_become_small_panels():
    _, axes = time_figure(5, THREE_YEARS)
    assert len(axes) == 5


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2024-05-03", "2024-05-03", ["3 May\n2024"]),
        ("2024-05-03", "2024-05-05", ["3 May\n2024", "4 May", "5 May"]),
        ("2023-11-15", "2024-03-02", ["Dec\n2023", "Jan\n2024", "Feb", "Mar"]),
        ("2019-06-01", "2024-06-01", ["2020", "2021", "2022", "2023", "2024"]),
    ],
)
def test_dates_are_marked_at_round_days_months_or_years(first, last, labels):
    _, ax = style.new_figure()
    scales.date_scale(ax, pd.Series(pd.to_datetime([first, last])), most=5)
    assert [label.get_text() for label in ax.get_xticklabels()] == labels


def test_rows_without_a_date_are_left_out_of_a_time_line():
    table = time_table(1, ["2024-05-03", "2024-06-03"])
    table.loc[len(table)] = ["Outlet A", pd.NaT, 0.9, 0.8, 1.0]
    _, ax = timeline.time_figure(table, when="day", value="share", series="outlet")
    assert len(ax.lines[0].get_xdata()) == 2


def test_lines_are_no_wider_than_asked_and_end_in_an_ellipsis_when_cut():
    lines = wrap(f"{LONG} {ADDRESS}", 1.5, most=3)
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert all(text_width(line) <= 1.5 * 72 for line in lines)
    assert wrap("", 2.0) == []
    assert wrap("short name", 2.0) == ["short name"]


def test_a_count_after_a_name_is_neither_broken_nor_cut_off():
    assert wrap(f"{LONG} (n = 1,203)", 1.5)[-1].endswith("… (n = 1,203)")
    assert wrap("Harbour Post (n = 9)", text_width("Harbour Post (n =") / 72 + 0.1) == [
        "Harbour Post",
        "(n = 9)",
    ]
    assert wrap("Harbour Post, 893 words", 1.4)[-1].endswith("893 words")


def test_lines_of_a_title_are_of_like_length():
    lines = balance(TITLE, 6.0, size=12.5, weight="bold", most=3)
    assert len(lines) == len(wrap(TITLE, 6.0, size=12.5, weight="bold", most=3))
    widths = [text_width(line, 12.5, "bold") for line in lines]
    assert min(widths) > max(widths) / 2


def test_series_keep_the_order_of_the_table():
    table = time_table(5, ["2024-05-03", "2024-05-10"]).iloc[::-1]
    _, axes = timeline.time_figure(table, when="day", value="share", series="outlet")
    names = [" ".join(ax.get_title(loc="left").split()) for ax in axes]
    assert names[0].startswith("https:") and names[-1] == "Outlet H"


def strokes(ax):
    return [segment for lines in ax.collections for segment in getattr(lines, "get_segments", list)()]


def test_every_interval_is_a_stroke_in_every_panel_whether_its_neighbours_have_one_or_not():
    table = time_table(3, ["2024-05-06", "2024-05-13", "2024-05-20"])
    table.loc[1, ["low", "high"]] = np.nan
    _, axes = timeline.time_figure(table, when="day", value="share", series="outlet")
    drawn = [sum(len(segment) == 2 for segment in strokes(ax)) for ax in axes]
    assert drawn == [2, 3, 3]


def test_a_line_is_broken_over_weeks_without_captures():
    table = time_table(1, ["2024-05-06", "2024-05-13", "2024-06-03", "2024-06-10"])
    _, ax = timeline.time_figure(table, when="day", value="share", series="outlet")
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, False, True, False, False]


def test_months_of_unlike_length_do_not_break_a_line():
    _, ax = timeline.time_figure(time_table(1, THREE_YEARS), when="day", value="share", series="outlet")
    assert not np.isnan(ax.lines[0].get_ydata()).any()


def test_one_wide_interval_does_not_stretch_the_scale_and_its_arrow_is_explained():
    fig, ax = style.new_figure(forms.rows_height(4))
    forms.dots(ax, "abcd", [2, 3, 4, 5], pd.DataFrame({"low": [1, 2, 3, 4], "high": [3, 4, 5, 60]}))
    framed(fig, ax)
    assert ax.get_xlim()[1] < 10
    assert "Arrows: the interval goes on." in " ".join(text.get_text() for text in fig.texts)
    fig, ax = style.new_figure(forms.rows_height(2))
    forms.dots(ax, "ab", [2, 3], pd.DataFrame({"low": [1, 2], "high": [3, 4]}))
    framed(fig, ax)
    assert "Arrows" not in " ".join(text.get_text() for text in fig.texts)


@pytest.mark.parametrize("width", ["180mm", "85mm"])
def test_a_figure_is_printed_at_the_width_of_a_journals_column(width):
    roles = pd.DataFrame({"role": ["body"], "kept": [True], "words": [9], "share": [1.0]})
    fig, _ = role_chart(roles, source="n = 9 words").at(width)
    scale, wanted = LAYOUTS[width].scale, int(width.removesuffix("mm"))
    page = PdfReader(io.BytesIO(printed := style.pdf_bytes(fig, scale=scale))).pages[0]
    picture = Image.open(io.BytesIO(style.png_bytes(fig, dpi=300, scale=scale)))
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(wanted, abs=0.1)
    assert picture.width / picture.info["dpi"][0] * 25.4 == pytest.approx(wanted, abs=0.2)
    assert printed == style.pdf_bytes(fig, scale=scale)
    assert "9 words" in page.extract_text()


def test_a_width_that_is_not_there_is_refused_with_the_choices():
    roles = pd.DataFrame({"role": ["body"], "kept": [True], "words": [9], "share": [1.0]})
    with pytest.raises(LayoutError, match="'90mm'; choose screen, 180mm, 85mm"):
        role_chart(roles, source="n = 9 words").at("90mm")
    with pytest.raises(LayoutError, match="Only what a function"):
        bar_figure(1).at("85mm")


# Machado, Oliveira and Fernandes (2009), tables of severity 1.0, on linear RGB.
SEEN = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


TO_XYZ = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
]  # of sRGB, IEC 61966-2-1


def lab(linear):
    """Give CIE L*a*b* of linear RGB, under D65."""
    x, y, z = np.cbrt(TO_XYZ @ np.clip(linear, 0, 1) / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("swap", [{}, style.DARK], ids=["light", "dark"])
def test_neighbouring_colours_differ_for_every_eye_and_when_printed_in_grey(swap):
    linear = [np.array([channel(swap.get(hue, hue)[at : at + 2]) for at in (1, 3, 5)]) for hue in style.HUES]
    for matrix in SEEN.values():
        seen = [lab(np.array(matrix) @ colour) for colour in linear]
        assert all(np.linalg.norm(one - other) > 20 for one, other in itertools.pairwise(seen))
    grey = [
        contrast(swap.get(one, one), swap.get(other, other)) for one, other in itertools.pairwise(style.HUES)
    ]
    assert min(grey) > 1.5


def test_what_stands_in_the_background_is_hollow_as_well_as_grey():
    _, ax = style.new_figure(forms.rows_height(2))
    forms.bars(ax, "ab", [1, 2], "12", highlight=[True, False])
    assert [mpl.colors.to_hex(bar.get_facecolor()) for bar in ax.patches] == [style.BLUE, style.PAPER]


def test_plain_text_is_one_line_without_marks_that_change_direction():
    assert plain(" a\n\tb\u202e c\x00 ") == "a b c"


def test_the_users_own_settings_are_left_alone():
    before = dict(mpl.rcParams)
    style.png_bytes(bar_figure(2).fig)
    assert dict(mpl.rcParams) == before


def test_a_figure_shows_itself_in_a_notebook_without_pyplot():
    fig, _ = bar_figure(1)
    assert re.match(rb"\x89PNG", fig._repr_png_())


@pytest.mark.parametrize(
    ("name", "boxes"),
    [
        ("ทะเล", "Thai"),
        ("うみ カモメ", "Japanese"),
        ("海", "Chinese characters"),
        ("Чайка", ""),
        ("نورس", ""),
    ],
)
@pytest.mark.filterwarnings("error")
def test_letters_that_no_typeface_has_are_named_at_the_foot(name, boxes, monkeypatch):
    monkeypatch.setattr(lettering, "typefaces", lambda: [lettering.TYPEFACE])
    fig, ax = style.new_figure(1.0)
    forms.bars(ax, [name], [1.0], ["1.0"])
    made = style.finish(fig, ax, title="One bar", subtitle="Words.", source="n = 1 article")
    said = " ".join(text.get_text() for text in made.fig.texts)
    assert (f"Boxes stand for {boxes}: install" in said) if boxes else ("Boxes" not in said)
