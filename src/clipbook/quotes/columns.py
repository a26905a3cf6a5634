"""The columns by which a candidate speaker is weighed."""

from __future__ import annotations

OF_QUOTATION = (
    "alone", "capital", "colon", "log_words", "final_comma", "final_stop", "i_inside", "we_inside",
    "quotes_in_sentence", "left_exists", "right_exists", "left_is_close", "right_is_close", "leads_paragraph",
    "words_outside", "single", "unclosed",
)  # fmt: skip
OF_MENTION = (
    "mention", "name", "organisation", "phrase", "pronoun", "plural_pronoun", "it", "place", "placed", "first_of_paragraph",
    # its part in its clause
    "subject", "after_preposition", "owner", "modifier", "object", "verb_follows", "cues",
    # what is known of the entity
    "full_name", "titled", "role", "document", "gendered", "log_mentions", "log_speeches",
)  # fmt: skip
OF_BOTH = (
    # who is judged
    "previous", "unnamed", "nobody",
    # where the mention stands
    "same_before", "same_after", "back_1", "paragraph_up", "paragraphs_up",
    "paragraph_down", "log_distance", "quotes_between", "speakers_between", "sentences_between",
    "nearest_speaker_before", "nearest_speaker_after", "first_of_sentence", "rank_before",
    # the reporting words it is subject of
    "left_cue", "right_cue", "back_cue", "ahead_cue", "left_gap", "right_gap", "touches", "strong",
    "rule_before_verb", "rule_inverted", "rule_clause", "rule_same", "rule_colon", "rule_according",
    "rule_participle", "rule_passive", "cue_gap", "splits_clause", "rival_left", "rival_right", "rival_touches",
    "cue_same_sentence", "cue_takes_other_quote",
    # what the entity has said so far
    "last_speaker", "spoke_before", "last_share", "named_inside", "first_seen",
    # the same speaker as the quotation before
    "previous_same_paragraph", "previous_paragraph", "previous_distance", "previous_cues_between", "previous_certainty",
    "previous_ends_comma",
    # nobody: a title, a term, a scare quote
    "title_case", "capitals", "after_owner", "after_determiner", "after_naming", "after_title_cue", "before_noun",
    "verbs_inside", "pronouns_inside", "function_share", "said_in_sentence", "repeated", "after_as", "after_preposition_here",
    "before_is_name", "list_of_quotes", "comma_before", "sentence_end", "left_strong", "right_strong", "left_describes",
    "writer_here", "heading", "before_relative", "after_be", "after_modifier", "within_phrase", "log_quotes",
    "quoted_share", "words_of_quote_before", "words_of_quote_after",
)  # fmt: skip
COLUMNS = (*OF_QUOTATION, *OF_MENTION, *OF_BOTH)
X = {name: position for position, name in enumerate(COLUMNS)}
RULES = {
    "speaker before verb": X["rule_before_verb"], "verb before speaker": X["rule_inverted"],
    "subject of the clause": X["rule_clause"], "same subject": X["rule_same"], "colon": X["rule_colon"],
    "according to": X["rule_according"], "agent of a passive": X["rule_according"], "passive": X["rule_passive"],
    "participle after speaker": X["rule_participle"],
}  # fmt: skip
