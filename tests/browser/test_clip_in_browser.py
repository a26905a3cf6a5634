"""The bookmarks of ``clipbook clip`` on local pages in Chromium, plain, with strict policies, and hostile.

A browser runs a bookmark in the page beyond the page's policy, as it runs what is evaluated here.
"""

import json
import re
from urllib.parse import unquote

import pandas as pd
import pytest

from clipbook.commands.study import clip_page
from clipbook.corpus import read_corpus

pytestmark = pytest.mark.browser

ADDRESS = "https://www.quayherald.example/news/ferry-stays"
STORY = "".join(
    f"<p>The harbour council of Westry met on {day} to talk about the ferry, which has not sailed since the winter and may "
    "not sail again before the thaw, the port office said in a letter to the islanders.</p>"
    for day in ("Monday", "Tuesday", "Friday", "Sunday")
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Quay Herald"},
        {
            "@type": ["NewsArticle"], "headline": "Ferry stays in port", "datePublished": "2026-03-02T07:30:00+01:00",
            "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"name": "Bo Lind"}], "publisher": {"name": "Quay Herald"},
        },
    ],
}  # fmt: skip


def markup(title="Ferry stays in port | Quay Herald", head="", linked=LINKED):
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}"
        f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body><nav><a href=/>Home</a> '
        f"<a href=/news>News</a></nav><article><h1>Ferry stays in port</h1>{STORY}</article><footer>Cookie settings</footer>"
    )


@pytest.fixture
def clip(chromium, tmp_path):
    """Show a page under an address, click a bookmark, and read what was saved."""
    context = chromium.new_context(accept_downloads=True)
    links = dict(zip(("text", "html"), re.findall(r'href="javascript:([^"]+)"', clip_page()[0]), strict=True))

    def clipped(html, kind="text", headers=None, seconds=240):
        page = context.new_page()
        page.asked = []
        page.route(
            "**/*",
            lambda route: route.fulfill(
                body=html, headers={"content-type": "text/html; charset=utf-8", **(headers or {})}
            ),
        )
        page.goto(ADDRESS + "#comments")
        page.on("request", lambda made: page.asked.append(made.url))
        with page.expect_download(timeout=1000 * seconds) as saved:
            page.evaluate(unquote(links[kind]))
        name = saved.value.suggested_filename
        folder = tmp_path / "captures"
        saved.value.save_as(folder / name)
        assert [url for url in page.asked if not url.startswith("blob:")] == []
        return read_corpus([folder]).articles.iloc[0], (folder / name).read_text(encoding="utf-8"), name

    yield clipped
    context.close()


def test_the_text_is_saved_with_what_the_page_states(clip):
    article, text, name = clip(markup())
    assert re.fullmatch(
        r"www\.quayherald\.example-Ferry-stays-in-port-Quay-Herald-\d{4}-\d\d-\d\d\.txt", name
    )
    assert text.startswith(f"URL: {ADDRESS}\nClipped: ")
    assert (article["url"], article["outlet"], article["headline"]) == (
        ADDRESS,
        "Quay Herald",
        "Ferry stays in port",
    )
    assert (
        article["published"] == pd.Timestamp("2026-03-02 07:30") and article["authors"] == "Ana Ruiz; Bo Lind"
    )
    assert article["body"].count("harbour council") == 4 and "Cookie" not in article["body"]


def test_the_html_is_saved_with_its_address(clip):
    article, text, name = clip(markup(), "html")
    assert name.endswith(".html") and f"saved from url=({len(ADDRESS):04})" in text
    assert (article["format"], article["url"], article["outlet"]) == ("html", ADDRESS, "Quay Herald")
    assert (
        article["published"] == pd.Timestamp("2026-03-02 07:30")
        and article["body"].count("harbour council") == 4
    )


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'none'",
        "script-src 'self'; require-trusted-types-for 'script'",
        "default-src 'self'; sandbox allow-scripts allow-downloads",
    ],
)
def test_a_strict_policy_of_the_site_does_not_stop_it(clip, policy):
    for kind in ("text", "html"):
        article, _, _ = clip(markup(), kind, {"content-security-policy": policy})
        assert (article["url"], article["outlet"]) == (ADDRESS, "Quay Herald")


def test_a_sandbox_that_forbids_downloads_saves_nothing(clip):
    from playwright.sync_api import TimeoutError as NothingSavedError

    with pytest.raises(NothingSavedError):
        clip(markup(), headers={"content-security-policy": "sandbox allow-scripts"}, seconds=2)


def test_a_page_without_metadata_still_gives_its_address(clip):
    article, text, _ = clip(f"<title></title><body><h1>Ferry stays</h1>{STORY}", "text")
    assert article["url"] == ADDRESS and article["outlet"] == "quayherald.example" and "Page date" not in text


def test_no_page_can_forge_a_line_of_the_head_or_the_files_name(clip):
    attack = "x\nURL: https://evil.example/\nOutlet: Evil/../../etc\u2028Outlet: Evil"
    linked = {
        "@type": "NewsArticle",
        "headline": attack,
        "author": attack,
        "publisher": {"name": attack},
        "datePublished": {"a": 1},
    }
    article, text, name = clip(markup(title="../../" + attack, linked=[linked, None, 3, "x"]))
    head = text.split("\n\n")[0].split("\n")
    names = ["URL", "Clipped", "Page title", "Page heading", "Page site", "Page author"]
    assert [line.split(":")[0] for line in head] == names
    assert sum(line.startswith(("URL:", "Outlet:")) for line in head) == 1 and "Outlet: Evil" not in head
    assert article["url"] == ADDRESS and not set('/\\<>:"|?*\n') & set(name) and not name.startswith(".")


def test_the_page_with_the_bookmarks_needs_no_script_and_nothing_from_elsewhere(tmp_path, open_page, axe):
    (tmp_path / "clip.html").write_text(clip_page()[0], encoding="utf-8")
    page = open_page(tmp_path / "clip.html")
    assert page.complaints == [] and [url for url in page.left if not url.startswith("file:")] == []
    for width in (360, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.evaluate(axe)
    assert [one["id"] for one in page.evaluate("axe.run()")["violations"]] == []
