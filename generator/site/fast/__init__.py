"""A quicker way through MkDocs for generated pages, giving the very bytes that MkDocs gives.

Each module leans on one place of MkDocs' or Material's insides and is tested against the stock build:

`front`   front matter without a YAML parser
`tags`    what becomes of each tag of a generated block
`leads`   where its links lead
`pieces`  what becomes of a row of it
`markup`  the generated block of a page without Python-Markdown
`shapes`  Material's template rendered once for each shape of page, then filled in
`frames`  the tripwire over pages that are filled in
`work`    one page from its source to the disk
`held`    what a process that builds again keeps in memory
`pool`    several processes
`parts`   all pages and copies of a build, on as many of them
`anchors` anchors and links in few bytes
`dead`    what MkDocs says of links to anchors that are not there
`found`   the files below docs_dir
`memory`  what need not be made again
`build`   the order of MkDocs' own build around them
`later`   the same over the last build, for what changed
`plan`    what becomes of each file then

Whatever one of them does not know for sure, MkDocs' own function does.
"""
