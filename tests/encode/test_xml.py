from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from generator.encode.markdown import one_line
from generator.encode.xml import add, document, line


@given(st.text())
def test_any_text_makes_a_document_that_reads_back_as_it(text: str) -> None:
    root = Element("feed")
    add(root, "title", text, note=text)
    read = ElementTree.fromstring(document(root))  # noqa: S314 -- our own output
    (title,) = read
    assert (title.text or "") == one_line(text)
    assert title.get("note", "") == one_line(text)


@given(st.text(), st.text())
def test_a_line_is_what_the_document_has_there(text: str, other: str) -> None:
    root = Element("feed")
    add(root, "title", text, note=other, type="text")
    written = document(root).decode()
    assert written.split("\n", 2)[2] == line(1, "title", text, note=other, type="text") + "</feed>\n"
