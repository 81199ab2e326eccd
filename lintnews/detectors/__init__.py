"""Ways of looking at a document, one a file; read `detector` (what one is), then any.

They don't import each other: what they share is in `evidence` and `document`.
"""

DETECTORS = {
    "above": "lintnews.detectors.above:AboveDetector",
    "block": "lintnews.detectors.block:BlockDetector",
    "ending": "lintnews.detectors.ending:EndingDetector",
    "lead-in": "lintnews.detectors.lead_in:LeadInDetector",
    "line": "lintnews.detectors.line:LineDetector",
    "phrase": "lintnews.detectors.phrase:PhraseDetector",
    "repeat": "lintnews.detectors.repeat:RepeatDetector",
    "section": "lintnews.detectors.section:SectionDetector",
    "shared": "lintnews.detectors.shared:SharedDetector",
    "site-line": "lintnews.detectors.site_line:SiteLineDetector",
    "spun": "lintnews.detectors.spun:SpunDetector",
    "stack": "lintnews.detectors.stack:StackDetector",
    "unlike-article": "lintnews.detectors.unlike_article:UnlikeArticleDetector",
}
"""The built-in detectors by the name that a rule file's `detect` uses."""
