"""Ways of looking at a document, one a file; read `detector` (what one is), then any.

They don't import each other: what they share is in `evidence` and `document`.
"""

DETECTORS = {
    "above": "lintnews.detectors.above:AboveDetector",
    "block": "lintnews.detectors.block:BlockDetector",
    "box": "lintnews.detectors.box:BoxDetector",
    "ending": "lintnews.detectors.ending:EndingDetector",
    "entity": "lintnews.detectors.entity:EntityDetector",
    "figure": "lintnews.detectors.figure:FigureDetector",
    "grade-jump": "lintnews.detectors.grade_jump:GradeJumpDetector",
    "garbled": "lintnews.detectors.garbled:GarbledDetector",
    "grammar": "lintnews.detectors.grammar:GrammarDetector",
    "last": "lintnews.detectors.last:LastDetector",
    "lead-in": "lintnews.detectors.lead_in:LeadInDetector",
    "line": "lintnews.detectors.line:LineDetector",
    "lone-line": "lintnews.detectors.lone_line:LoneLineDetector",
    "long-sentence": "lintnews.detectors.long_sentence:LongSentenceDetector",
    "mojibake": "lintnews.detectors.mojibake:MojibakeDetector",
    "no-article": "lintnews.detectors.no_article:NoArticleDetector",
    "other-language": "lintnews.detectors.other_language:OtherLanguageDetector",
    "phrase": "lintnews.detectors.phrase:PhraseDetector",
    "repeat": "lintnews.detectors.repeat:RepeatDetector",
    "replace": "lintnews.detectors.replace:ReplaceDetector",
    "section": "lintnews.detectors.section:SectionDetector",
    "shared": "lintnews.detectors.shared:SharedDetector",
    "site-line": "lintnews.detectors.site_line:SiteLineDetector",
    "spun": "lintnews.detectors.spun:SpunDetector",
    "stack": "lintnews.detectors.stack:StackDetector",
    "thread": "lintnews.detectors.thread:ThreadDetector",
    "unlike-article": "lintnews.detectors.unlike_article:UnlikeArticleDetector",
    "within": "lintnews.detectors.within:WithinDetector",
}
"""The built-in detectors by the name that a rule file's `detect` uses."""
