"""What grammar checkers say of an article: LanguageTool, a server that is asked, or Harper, in this process.

Read `matches` (what they find), `english` (which English a text is in), `languagetool`, `harper`, then `checker`, which asks.
"""
