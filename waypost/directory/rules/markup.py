"""Descriptions that a feed took from a web page: their words, as people read them."""

import html
import re

_TAG = r"p|br|ul|ol|li|b|i|u|em|strong|a|div|span|h[1-6]|table|tbody|thead|tr|td|th|hr|font|img|script|style"
_ANY = re.compile(rf"</?(?:{_TAG})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(r"<(?:br|hr|li)\b[^<>]*>|</tr\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|div|h[1-6]|ul|ol|table)\s*>", re.IGNORECASE)
_LINES = re.compile(r"[ \t]*\n\s*\n\s*")


def as_plain_words(text: str) -> str:
    """Without tags and with the letters that entities stand for; a text without any stays as it is.

    ``<p>Hot</p><p>Free &amp; open</p>`` is two paragraphs. What looks like a tag and is none stays
    ("<5 years").
    """
    if "<" not in text and "&" not in text:
        return text
    if "<" not in text or not _ANY.search(text):
        return html.unescape(text)
    seen = _PARAGRAPH.sub("\n\n", _LINE.sub("\n", _UNSEEN.sub("", text)))
    return _LINES.sub("\n\n", html.unescape(_ANY.sub("", seen))).strip()
