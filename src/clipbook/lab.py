"""The gallery and the evidence inside JupyterLab: what `Jupyter Server <https://jupyter-server.readthedocs.io>`_ loads.

The server gives files out only to pages that say where they come from. A page in JupyterLab's viewer has no address, so its
pictures were missing and its links refused. What lies in a figures folder is given to whoever is logged in, and no script
of it runs as the server's own.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join

from clipbook.display import SERVED, SERVED_ROOT

KINDS = (".html", ".svg", ".png", ".csv")
RECORD = "provenance.json"  # what a run leaves in its figures folder
SCRIPTED = "explore.html"  # the one page with a script: as any page of the server's it stays shut off


class FiguresHandler(AuthenticatedFileHandler):
    """Gives files of figures folders also to pages that do not say where they come from; all other files as ever."""

    @property
    def content_security_policy(self) -> str:
        """The server's policy; pages of figures may load pictures as one who is logged in, and run no script."""
        policy: str = super().content_security_policy
        if not in_figures(self._asked()) or self._asked().name == SCRIPTED:
            return policy
        return policy.replace("sandbox allow-scripts", "sandbox allow-same-origin allow-downloads")

    def check_xsrf_cookie(self) -> None:
        """Let pass what only reads figures; the cookie of the login is asked for nevertheless."""
        if not in_figures(self._asked()):
            super().check_xsrf_cookie()

    def set_default_headers(self) -> None:
        """Keep the files from pages of other servers, which now get no further than a missing origin."""
        super().set_default_headers()
        if in_figures(self._asked()):
            self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def _asked(self) -> Path:
        below = unquote(self.request.path).partition("/files/")[2]
        return Path(self.settings["server_root_dir"]).expanduser() / below


def in_figures(path: Path) -> bool:
    """Tell whether a file is one of a figures folder: that folder, or the one above, holds the record of a run."""
    return path.suffix in KINDS and any((folder / RECORD).is_file() for folder in list(path.parents)[:2])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "clipbook.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    contents = server.contents_manager
    if contents.files_handler_class is not AuthenticatedFileHandler:
        return  # the files lie elsewhere than on this disk
    files = url_path_join(server.base_url, "files/")
    os.environ |= {SERVED: files, SERVED_ROOT: str(Path(server.root_dir).resolve())}
    server.web_app.add_handlers(
        ".*$", [(url_path_join(files, "(.*)"), FiguresHandler, contents.files_handler_params)]
    )
