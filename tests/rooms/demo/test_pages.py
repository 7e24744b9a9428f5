"""A page as a browser without scripts reads it."""

import pytest

from waypost.demo.browser import Browser, StepFailed
from waypost.demo.pages import read

PAGE = """
<title>Ask</title><h1>Ask for <em>help</em></h1><script>var hidden = "not words";</script>
<a href="/people/">Our people</a> <a href="/people/new/">Register</a>
<form method="post" action="/ask/">
  <input type="hidden" name="token" value="abc">
  <input name="person" value="Rosa">
  <input type="checkbox" name="warm">
  <input type="radio" name="channel" value="ehr" checked><input type="radio" name="channel" value="phone">
  <select name="reason"><option value="">Choose</option><option value="food" selected>Food</option></select>
  <textarea name="words">Not enough
food</textarea>
  <button name="step" value="send">Send</button>
  <input name="gone" disabled value="never sent">
</form>
"""


def test_links_words_and_heading() -> None:
    page = read("http://x.example/ask/", 200, PAGE)
    assert page.heading == "Ask for help"
    assert "not words" not in page.text
    assert page.link(to="/people/new/") == "/people/new/"
    assert page.link(words="our PEOPLE") == "/people/"
    with pytest.raises(LookupError, match="no link"):
        page.link(to="/nowhere/")


def test_a_form_as_it_stands() -> None:
    form = read("http://x.example/ask/", 200, PAGE).form(having="person")
    assert (form.action, form.method) == ("/ask/", "post")
    assert form.values == {
        "token": ["abc"],
        "person": ["Rosa"],
        "channel": ["ehr"],
        "reason": ["food"],
        "words": ["Not enough\nfood"],
    }
    assert form.choices == {"warm": ["on"], "channel": ["ehr", "phone"], "reason": ["", "food"]}
    assert form.buttons == [("step", "send")]


@pytest.mark.parametrize(
    ("filled", "button", "words"),
    [
        ({"nickname": "R"}, "", "has no field 'nickname'"),
        ({"channel": "pigeon"}, "", "'channel' offers"),
        ({}, "delete", "no button 'delete'"),
    ],
)
def test_only_what_a_browser_could_send(filled: dict[str, str], button: str, words: str) -> None:
    browser = Browser("http://127.0.0.1:9")
    browser.page = read("http://127.0.0.1:9/ask/", 200, PAGE)
    with pytest.raises(StepFailed, match=words):
        browser.submit(browser.page.form(having="person"), filled, button=button)


def test_it_never_leaves_the_site() -> None:
    with pytest.raises(StepFailed, match="leads away"):
        Browser("http://127.0.0.1:9").get("https://elsewhere.example/")


def test_only_web_addresses() -> None:
    with pytest.raises(ValueError, match="http"):
        Browser("file:///etc")
