"""Diagnostics as pages to look at: an overview with plots, a table of articles, and a page for each.

Read `report` (an article's part, made by workers), `folder` (the parts to files), then `repeats` and `gathered`, `charts` and
`overview`, and `page` (the one page, of `page.html`, `page.css` and `page.js`).
"""
