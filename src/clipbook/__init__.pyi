"""The types of what `clipbook` loads on use, for editors and type checkers."""

from clipbook.charts import (
    Figure as Figure,
)
from clipbook.corpus import (
    find_events as find_events,
    read_corpus as read_corpus,
)
from clipbook.errors import (
    ClipbookError as ClipbookError,
)
from clipbook.framing import (
    agreement_table as agreement_table,
    calibrate as calibrate,
    coding_plan as coding_plan,
    frame_contrasts as frame_contrasts,
    frame_evidence as frame_evidence,
    frame_means as frame_means,
    frame_robustness as frame_robustness,
    frame_scores as frame_scores,
    frame_shares as frame_shares,
    frame_timeline as frame_timeline,
    load_codebook as load_codebook,
    shipped_codebooks as shipped_codebooks,
    suggest_cues as suggest_cues,
    target_scores as target_scores,
)
from clipbook.keywords import (
    collocates as collocates,
    concordance as concordance,
    find_topics as find_topics,
    group_keywords as group_keywords,
    keyness_table as keyness_table,
    keyword_table as keyword_table,
    search as search,
    term_rates as term_rates,
    topic_shares as topic_shares,
)
from clipbook.quotes import (
    apply_fixes as apply_fixes,
    apply_speakers as apply_speakers,
    concentration as concentration,
    find_quotes as find_quotes,
    headline_quotes as headline_quotes,
    quote_share as quote_share,
    quoted_part as quoted_part,
    share_robustness as share_robustness,
    with_absent as with_absent,
)
from clipbook.readability import (
    formula_table as formula_table,
    group_readability as group_readability,
    hardest_sentences as hardest_sentences,
    readability_contrasts as readability_contrasts,
    readability_over_time as readability_over_time,
    readability_table as readability_table,
)
from clipbook.stats.planning import (
    articles_needed as articles_needed,
)
from clipbook.stats.regression import (
    regression_table as regression_table,
)
from clipbook.study import (
    new_study as new_study,
)
from clipbook.tables import (
    update_tables as update_tables,
)
from clipbook.text.sentences import (
    sentence_table as sentence_table,
)
from clipbook.text.words import (
    count_words as count_words,
)
from clipbook.shipped import __version__ as __version__
from clipbook.workbook import (
    open_workbook as open_workbook,
)
