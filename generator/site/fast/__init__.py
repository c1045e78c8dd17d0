"""A quicker way through MkDocs for generated pages, giving the very bytes that MkDocs gives.

Each module leans on one place of MkDocs' or Material's insides and is tested against the stock build:

`front`   front matter without a YAML parser
`markup`  the generated block of a page without Python-Markdown
`shapes`  Material's template rendered once for each shape of page, then filled in
`build`   the order of MkDocs' own build around them

Whatever one of them does not know for sure, MkDocs' own function does.
"""
