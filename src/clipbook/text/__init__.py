"""The only words and sentences of the house: every count of words is :func:`clipbook.text.words.count_words`."""
