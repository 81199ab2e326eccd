"""The one table of settings: what each is called, what it may be, and what it means.

Configuration files, the command line, `config show`, `config schema` and docs/settings.md are read from it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lintnews.reports import REPORTS
from lintnews.settings import shapes
from lintnews.settings.shapes import Shape


class Key(NamedTuple):
    """A setting: its name in a configuration file, and its option on the command line, if it has one.

    `help` goes on after the option and says the default. What is not `in_files` would let a file run code of others.
    """

    name: str
    shape: Shape
    help: str
    option: str | None = None
    metavar: str | None = None
    in_files: bool = True
    letter: str | None = None

    @property
    def field(self) -> str:
        """Its field in `Settings`."""
        return self.name.replace("-", "_")


KEYS = (
    Key(
        "extend",
        shapes.FILES,
        "configuration files to take over settings from, relative to this one; what stands in this one counts more",
    ),
    Key(
        "select",
        shapes.NAMES,
        "rules or families to use, ALL for all; comma-separated (default: those that are on by default)",
        "--select",
        "RULE",
    ),
    Key("extend-select", shapes.NAMES, "rules to use besides", "--extend-select", "RULE"),
    Key("ignore", shapes.NAMES, "rules or families to leave out", "--ignore", "RULE"),
    Key("per-file-ignores", shapes.NAMES_BY_PATTERN, "rules or families to leave out in the files that a pattern names"),
    Key("rule-paths", shapes.PATHS, "a rule file or a folder of them, besides those installed", "--rule-path", "PATH"),
    Key("min-confidence", shapes.SHARE, "leave out what is less sure, from 0 to 1 (default: 0.5)", "--min-confidence", "SHARE"),
    Key(
        "spun-model",
        shapes.STRING,
        "a language model that judges spun text too: a .gguf file, or a package with one",
        "--spun-model",
        "MODEL",
        in_files=False,
    ),
    Key(
        "grammar-backend",
        shapes.choice("auto", "languagetool", "harper"),
        "what checks grammar, where it is asked for: LanguageTool if there is one, else Harper (default: auto)",
        "--grammar-backend",
    ),
    Key(
        "english",
        shapes.choice("auto", "en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-ZA"),
        "the English that grammar is held against: en is any, auto that of each article's spelling (default: auto)",
        "--english",
    ),
    Key(
        "languagetool-url",
        shapes.STRING,
        "the address of a LanguageTool server, to which texts are sent",
        "--languagetool-url",
        "URL",
        in_files=False,
    ),
    Key(
        "languagetool-path",
        shapes.STRING,
        "a LanguageTool folder to start a server from; without it, where lintnews grammar install puts one",
        "--languagetool-path",
        "DIR",
        in_files=False,
    ),
    Key("unsafe-fixes", shapes.TRUTH, "apply unsafe fixes too", "--unsafe-fixes"),
    Key(
        "text-field",
        shapes.STRING,
        "where a row has its text: body.text, paras[] for a list of paragraphs, title,body for several, a number in a CSV "
        "without a header; unless named, the field that is called as texts usually are, such as text or content",
        "--text-field",
        "FIELD",
    ),
    Key("id-field", shapes.STRING, "where a row has its name, for reports and the ledger", "--id-field", "FIELD"),
    Key(
        "site-field",
        shapes.STRING,
        "where a row has its site or address, for site-wide lines; unless named, the field that is called so",
        "--site-field",
        "FIELD",
    ),
    Key(
        "encoding",
        shapes.ENCODING,
        "what files are in that have no byte order mark, such as cp1252; without it, UTF-8 or else a guess",
        "--encoding",
        "NAME",
    ),
    Key(
        "ignore-field",
        shapes.STRING,
        "where a row may name rules that are ignored in it, as a list; without it, none may",
        "--ignore-field",
        "FIELD",
    ),
    Key(
        "language",
        shapes.LANGUAGE,
        "what language articles are in, such as de; without it, each article's is told by its words",
        "--language",
        "CODE",
    ),
    Key(
        "extractor",
        shapes.choice("trafilatura", "resiliparse"),
        "what takes the article out of a page; resiliparse is the faster one, and leaves more in (default: trafilatura)",
        "--extractor",
    ),
    Key(
        "time-limit",
        shapes.SECONDS,
        "CPU seconds that an article may take before it is left as it is, 0 for any number (default: 60)",
        "--time-limit",
        "SECONDS",
    ),
    Key("exclude", shapes.PATTERNS, "files and folders to leave out, as in .gitignore", "--exclude", "GLOB"),
    Key(
        "fail-on",
        shapes.choice("error", "warning", "info", "never"),
        "the mildest level that gives exit code 1 (default: warning)",
        "--fail-on",
    ),
    Key(
        "baseline",
        shapes.FILE,
        "a file of findings that are known, and not reported; without it, lintnews-baseline.jsonl beside the configuration",
        "--baseline",
        "FILE",
    ),
    Key("allow", shapes.ALLOWS, "findings that are right as they stand; docs/adopt.md shows some"),
    Key(
        "withhold-text",
        shapes.TRUTH,
        "leave what articles say out of reports and the baseline, for archives that may not copy it",
        "--withhold-text",
    ),
    Key(
        "output-format",
        shapes.STRING,
        f"{', '.join(REPORTS)}, or a plugin's (default: full)",
        "--output-format",
        "FORMAT",
    ),
    Key(
        "cache",
        shapes.TRUTH,
        "keep what check finds; articles that stay as they are need not be checked again",
        "--cache",
    ),
    Key("jobs", shapes.COUNT, "processes; without it, one a core", "--jobs", "N", letter="-j"),
    Key("verdict", shapes.THRESHOLDS, "from where an article is doubtful; docs/verdict.md has the thresholds"),
    Key("rules", shapes.RULES, "a table for each rule whose level, fix, confidence or other options are to change"),
)

BY_NAME = {key.name: key for key in KEYS}


def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "lintnews.toml, or [tool.lintnews] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {**key.shape.schema, "description": key.help} for key in KEYS if key.in_files},
    }
