"""clipbook: captures of news pages in, tables and figures out.

    import clipbook as cb

    book = cb.open_workbook()            # the study in this folder; its tables are brought up to date
    book.articles, book.quotes           # DataFrames; book.<Tab> lists the others
    cb.find_quotes("“It leaks,” Ana Ruiz said.")  # tables, a text or a list of texts

Captures    read_corpus  update_tables  open_workbook  new_study
Text        count_words  sentence_table
Quotations  find_quotes  headline_quotes  quote_share  with_absent  quoted_part  concentration
            apply_speakers  apply_fixes
Framing     load_codebook  shipped_codebooks  frame_scores  frame_evidence  frame_means  frame_contrasts
            frame_timeline  suggest_cues  target_scores  agreement_table  calibrate  frame_shares
Reading     readability_table  formula_table  group_readability  readability_contrasts
            readability_over_time  hardest_sentences
Keywords    keyword_table  keyness_table  group_keywords  search  concordance  collocates
            term_rates  find_topics  topic_shares
Designs     articles_needed  coding_plan  regression_table  find_events  frame_robustness
            share_robustness
Figures     Figure; from clipbook.charts import quotes, framing, readability, keywords, ...
Errors      ClipbookError

help(cb.find_quotes) describes one of them, with an example.
"""

from __future__ import annotations

import os
from importlib import import_module

from clipbook.shipped import __version__

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # Arrow's own keeps what it has freed: 100 MB

_ROOMS = {  # where a name is loaded from when it is first used, so that ``clipbook --help`` need not wait for pandas
    "charts": "Figure",
    "corpus": "find_events read_corpus",
    "errors": "ClipbookError",
    "framing": "agreement_table calibrate coding_plan frame_contrasts frame_evidence frame_means frame_robustness frame_scores frame_shares "
    "frame_timeline load_codebook shipped_codebooks suggest_cues target_scores",
    "keywords": "collocates concordance find_topics group_keywords keyness_table keyword_table search "
    "term_rates topic_shares",
    "quotes": "apply_fixes apply_speakers concentration find_quotes headline_quotes quote_share quoted_part "
    "share_robustness with_absent",
    "readability": "formula_table group_readability hardest_sentences readability_contrasts readability_over_time "
    "readability_table",
    "stats.planning": "articles_needed",
    "stats.regression": "regression_table",
    "study": "new_study",
    "tables": "update_tables",
    "text.sentences": "sentence_table",
    "text.words": "count_words",
    "workbook": "open_workbook",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = ["__version__", *sorted(_HOME)]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Load a name on first use."""
    if name not in _HOME:
        from difflib import get_close_matches

        near = get_close_matches(name, __all__, 1)
        said = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"module 'clipbook' has no attribute {name!r}{said}")
    return getattr(import_module(f"clipbook.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """List what a researcher uses."""
    return list(__all__)
