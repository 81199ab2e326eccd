"""What is known of pages and language: it looks at documents, and knows no rule, level or report.

Read `odds`, `linemodel` (is this line the article?), `duplicates` (what stands twice), `sitelines` (what a site repeats),
`passages` (where they begin and end), `spun`, `mojibake` and `garbling`, `figures`.
"""
