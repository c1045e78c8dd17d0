"""Still pictures, made at build time as SVG that the page holds: no script, no other file, readable in any light.

A picture here is numbers that a template draws with; every one stands beside a table or a list that says the same.
"""
