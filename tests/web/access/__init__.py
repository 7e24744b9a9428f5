"""Who may open what: every address of the site × role × relation to the record behind it, written by hand.

How to read and add a row: ``docs/how-to/say-who-may-open-a-page.md``.
"""
