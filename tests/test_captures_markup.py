"""Bounds on markup: counted as a parser would meet them, whatever hides in quotes and scripts."""

import pytest

from clipbook.captures.html import most_attributes, tags_and_depth

PADDING = "x" * 3000  # tags of some length are looked into


@pytest.mark.parametrize(
    ("markup", "count", "deepest"),
    [
        ("<div><b>a</b><b>c</b></div>", 3, 2),
        ("<p>one<p>two<br><li>three", 4, 0),
        ("</div></div><div>", 1, 1),
        ("a < b and 3 > 2", 0, 0),
        ("", 0, 0),
    ],
)
def test_tags_and_their_depth_are_counted(markup, count, deepest):
    assert tags_and_depth(markup) == (count, deepest)


@pytest.mark.parametrize(
    ("markup", "most"),
    [
        (f"<p a=1 b=\"two words\" c='>' d {PADDING}>", 5),
        (f'<p a="{"many words " * 900}">', 1),
        (f"<p a=1><b {'c ' * 2000}>", 2000),
        (f'<script>if (a<b) c="</script><b {"c " * 2000}>"', 2000),
        (f"<SCRIPT>a<b {'c ' * 2000}></SCRIPT><p>", 0),
        ("<p a=1>", 0),  # too short to matter
    ],
)
def test_attributes_of_the_fullest_long_tag_are_counted(markup, most):
    assert most_attributes(markup) == most
