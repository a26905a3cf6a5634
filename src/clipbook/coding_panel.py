"""The panel in JupyterLab in which a coder reads texts and answers by single keys; `coding_session` is what it shows."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from clipbook.errors import ClipbookError
from clipbook.framing.coding_session import Asked, CodingSession

_TEMPLATES = files("clipbook") / "templates"


class CodingPanel(anywidget.AnyWidget):
    """A widget that shows a session, and asks for the coder's name first where none is given.

    Each key is one message, which names the question that the coder saw; what is shown next comes from the sheet's state
    after that. Texts are sent as plain text with marked pieces.

    Parameters
    ----------
    title : str
        Shown while the name is asked for.
    coders : list of (str, int)
        Who has a sheet, and how many texts are coded in it.
    start : callable
        Opens the session of a coder, as `framing.coding_session.open_session` does.
    coder : str
        "" asks for it.
    """

    _esm = (_TEMPLATES / "coding_panel.js").read_text(encoding="utf-8")
    _css = (_TEMPLATES / "coding_panel.css").read_text(encoding="utf-8")
    shown = traitlets.Dict().tag(sync=True)
    seen = traitlets.Bool(False).tag(sync=True)  # by somebody: later views leave the focus where it is

    def __init__(
        self,
        title: str,
        coders: list[tuple[str, int]],
        start: Callable[[str], CodingSession],
        coder: str = "",
    ) -> None:
        self.session = start(coder) if coder else None
        self._start, self._asking, self._turn = start, {"title": title, "coders": coders}, 0
        super().__init__(shown=self._state())
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        """Say what stands here where the panel cannot be shown."""
        return "A panel for coding; run this cell in JupyterLab to see it."

    def _heard(self, _: Any, told: dict[str, Any], __: Any) -> None:
        wrong = ""
        try:
            self._act(told)
        except (ClipbookError, OSError) as error:
            wrong = str(error)
        finally:  # the panel waits for it
            self._turn += 1
            self.shown = self._state(wrong)

    def _act(self, told: dict[str, Any]) -> None:
        session = self.session
        if session is None:
            self.session = self._start(str(told.get("coder", "")))
        elif told["do"] == "answer":
            session.answer(Asked(*told["asked"]), told["answer"])
        elif told["do"] == "take back":
            session.take_back()
        elif told["do"] == "move":
            session.move(1 if told["by"] > 0 else -1)

    def _state(self, wrong: str = "") -> dict[str, Any]:
        state = self.session.shown() if self.session else self._asking
        return {**state, "wrong": wrong, "turn": self._turn}
