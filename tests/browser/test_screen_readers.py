"""What a screen reader is told: Chromium's own tree of roles and names, of the page that searches and of the coding panel."""

import json

import pandas as pd
import pytest
from search_examples import ARTICLES

from clipbook.coding_panel import CodingPanel
from clipbook.files import write_text
from clipbook.framing import load_codebook
from clipbook.framing.coding_session import open_session
from clipbook.pages import explore_page

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser

CONTROLS = {
    "button",
    "searchbox",
    "textbox",
    "combobox",
    "checkbox",
    "link",
    "Date",
    "spinbutton",
    "progressbar",
}
NAMED = CONTROLS | {"table", "list", "region", "dialog", "heading"}
NO_QUOTES = pd.DataFrame(
    columns=["capture_id", "start", "end", "text", "speaker", "kind", "words", "confidence"]
)
NO_CUES = pd.DataFrame(columns=["capture_id", "frame", "cue", "field", "sentence_start", "sentence_end"])
PANEL = """<!DOCTYPE html><html lang="en"><title>Panel</title><main id="here"></main><script type="module">
const held = {0}, heard = [];
const model = {{ get: (name) => held[name], set: (name, value) => {{ held[name] = value; }}, save_changes() {{}}, off() {{}},
  on: (_, call) => heard.push(call), send: async (told) => {{ held.shown = await window.told(told); heard.forEach((call) => call()); }} }};
const source = {1};
const panel = await import(URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }})));
panel.default.render({{ model, el: document.getElementById("here") }});
</script></html>"""


def tree(page) -> list[dict]:
    """Give role, name and properties of everything that is not hidden from a screen reader; text alone is left out."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in nodes if not node.get("ignored")]
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            "about": node.get("description", {}).get("value", ""),
            **{told["name"]: told["value"].get("value") for told in node.get("properties", [])},
        }
        for node in seen
    ]


def names(page, role: str) -> list[str]:
    return [node["name"] for node in tree(page) if node["role"] == role]


def test_the_searching_page_names_every_control_and_table_and_says_what_was_found(tmp_path, open_page):
    path = tmp_path / "explore.html"
    write_text(path, explore_page(ARTICLES, NO_QUOTES, NO_CUES))
    page = open_page(path)
    expect(page.locator("#summary")).not_to_contain_text("Opening")
    page.keyboard.press("Tab")
    page.locator("#q").fill("strike")
    page.locator("#q").press("Enter")
    expect(page.locator("#results")).to_be_visible()
    nodes = tree(page)
    assert [node for node in nodes if node["role"] in NAMED and not node["name"]] == []
    (asked,) = [node for node in nodes if node["role"] == "searchbox"]
    assert asked["name"] == "Words to find" and "any ending" in asked["about"]
    assert {"Outlet", "Said by", "With a cue of"} <= set(names(page, "combobox"))
    assert names(page, "Date") == ["From", "To"]
    (status,) = [node for node in nodes if node["role"] == "status"]
    assert status["live"] == "polite" and page.get_by_role("status").inner_text().startswith("2 places in")
    assert names(page, "table") == ["By outlet", "Over time", "Who says it"]
    heads = [node["name"] for node in nodes if node["role"] == "columnheader"]
    assert (
        heads.count("per 10,000 words") == 2 and "" not in heads
    )  # the bars repeat numbers and are not read
    row = page.get_by_role("row", name="Quay")
    assert row.get_by_role("cell").count() == 3 and row.get_by_role("rowheader").inner_text() == "Quay"

    page.get_by_role("list", name="The places").get_by_role("link").first.press("Enter")
    dialog = page.get_by_role("dialog", name="Ferry strike ends")
    expect(dialog).to_be_visible()
    (focus,) = [node for node in tree(page) if node.get("focused") and node["role"] != "RootWebArea"]
    assert (focus["role"], focus["name"]) == ("mark", "strike")  # the place itself, not the head of the text
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.fixture
def panel(tmp_path, open_page):
    """The coding panel with its session, outside Lab."""
    book = load_codebook("generic")

    def start(coder):
        return open_session(tmp_path, book, "conflict", coder, ARTICLES.head(2).assign(outlet="Quay"))

    made = CodingPanel("Conflict", [("bo", 1)], start)
    path = tmp_path / "panel.html"
    held = json.dumps({"shown": made.shown, "seen": False}).replace("<", "\\u003c")
    write_text(path, PANEL.format(held, json.dumps(made._esm).replace("<", "\\u003c")))
    page = open_page(tmp_path / "panel.html")

    def told(message):
        made._heard(None, message, None)
        return made.shown

    page.expose_function("told", told)
    expect(page.get_by_role("textbox")).to_be_visible()
    return page


def test_the_coding_panel_names_every_control_and_says_each_question_and_the_end(panel):
    def unnamed():
        return [node["role"] for node in tree(panel) if node["role"] in NAMED - {"list"} and not node["name"]]

    assert panel.get_by_role("group", name="Coding panel").count() == 1 and unnamed() == []
    panel.get_by_role("textbox", name="Your name as a coder").fill("ana")
    panel.keyboard.press("Enter")
    status = panel.get_by_role("status")
    expect(status).to_contain_text("Text 1 of 2. Does the story show disagreement")
    assert unnamed() == [] and panel.get_by_role("progressbar", name="texts coded").count() == 1
    assert {"Yes Y", "No N", "Unsure U", "Take back Z"} <= set(names(panel, "button"))
    expect(panel.get_by_role("region", name="Text 1 of 2")).to_be_focused()
    expect(panel.get_by_role("button", name="Cues C", pressed=True)).to_be_visible()
    panel.keyboard.press("c")
    expect(panel.get_by_role("button", name="Cues C", pressed=False)).to_be_visible()
    panel.keyboard.press("y")
    expect(status).to_contain_text("Does one side reproach")
    expect(panel.locator("[aria-current]")).to_contain_text("Does one side reproach")
    expect(panel.get_by_role("button", name="Cues C", pressed=False)).to_be_visible()  # as it was left
    for question in ("opposing sides", "show disagreement", "reproach", "opposing sides"):
        panel.keyboard.press("n")
        expect(status).to_contain_text(question)
    panel.keyboard.press("n")
    expect(status).to_contain_text("All 2 texts are coded")
