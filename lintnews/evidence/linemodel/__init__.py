"""How likely each block is not the article: a small model of wording, shape, place and company.

Two steps. A linear model of words tells what a block is worded like (the article, a headline list, a comment, …). Trees then
weigh that together with the block's shape, its place, and what the blocks around it are worded like. All figures stand in
`data/line_model.json`, written by `benchmarks/train_line_model.py`; nothing here needs more than the standard library.
Read `wording`, `figures`, `page` and `measuring`, `trees`, then `model`, which joins them.
"""
