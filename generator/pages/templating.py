"""Jinja's compiler, told what is sure of the templates of pages, so that to fill one in costs half as much.

Jinja asks of every value whether it wants to be escaped, looks a missing attribute up as a key, and asks of every
function which of Jinja's own things it wants to be given. None of that is needed here: `finalize` alone encodes what
goes into a page, attributes are attributes, and the functions are the project's own or macros. What is written out is
the same; a template that says `one.key` of a mapping, instead of `one["key"]`, fails at once.
"""

from __future__ import annotations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame


class _Generator(CodeGenerator):
    """Writes attribute access, calls and output as Python has them."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 -- Jinja's own name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002 -- Jinja's own name and signature
        if forward_caller or node.dyn_args is not None or node.dyn_kwargs is not None:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(")")


class PageEnvironment(Environment):
    """An environment whose `finalize` makes every value the string that goes into the page.

    Without async, sandbox and functions that are given Jinja's context, of which the shorter code knows nothing.
    """

    code_generator_class = _Generator
