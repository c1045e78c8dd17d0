"""Values to XML documents: feeds. Text is normalised first, since no XML document may hold most controls."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from generator.encode.markdown import one_line

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("atom", ATOM)


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child of `parent` with `text` on one line; attributes that are empty are left out."""
    child = SubElement(parent, name, {key: one_line(value) for key, value in attributes.items() if value})
    if text:
        child.text = one_line(text)
    return child


def line(depth: int, name: str, text: str = "", **attributes: str) -> str:
    """An element as `document` writes it, on a line of its own, `depth` elements deep."""
    told = "".join(f' {key}="{_attribute(one_line(value))}"' for key, value in attributes.items() if value)
    text = one_line(text)
    content = f">{_text(text)}</{name}>" if text else " />"
    return f"{' ' * depth}<{name}{told}{content}\n"


def document(root: Element) -> bytes:
    """The document of `root`, as UTF-8, one element a line."""
    indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return _text(value).replace('"', "&quot;")
