"""On the path of a test's processes: notes in a file each article that is parsed and each text searched for quotations.

Python imports one module of this name only, so that this one cuts off the network as well.
"""

import importlib.machinery
import os
import runpy
import sys
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path

runpy.run_path(str(Path(__file__).parents[1] / "offline" / "sitecustomize.py"))

COUNTED = {"clipbook.article.parse": "parse_article", "clipbook.quotes.quotations": "quotes_of_each"}


def _noting(name, call):
    def wrapped(*args, **options):
        texts = [args[0].capture_id] if name == "parse_article" else [text[:60] for text in args[0]]
        with open(os.environ["CLIPBOOK_COUNTS"], "a", encoding="utf-8") as stream:
            stream.writelines(f"{name}\t{text!r}\n" for text in texts)
        return call(*args, **options)

    return wrapped


class _Counting(MetaPathFinder, Loader):
    def find_spec(self, name, path, target=None):
        if name not in COUNTED:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            setattr(module, COUNTED[name], _noting(COUNTED[name], getattr(module, COUNTED[name])))

        spec.loader.exec_module = exec_module
        return spec


if "CLIPBOOK_COUNTS" in os.environ:
    sys.meta_path.insert(0, _Counting())
