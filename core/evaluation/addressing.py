"""Sentences of an answer that speak to whoever judges it, instead of answering the question.

Found by wordings, in English. It cannot find all of them and need not: it takes such sentences out of
the evidence, and the judgement does not rest on it alone.
"""

import re
from itertools import pairwise

from core.evaluation.plain import plain_words
from core.evaluation.text import sentences
from core.prompting.fences import one_line

_JUDGE = (
    r"(?:ai|a\.i\.|chat ?gpt|gpt-?\d?|llm|language model|chat ?bot|grader|evaluator|examiner|judge"
    r"|assistant(?! manager| director| professor)|scoring (?:system|model))"
)
_ORDERS = r"(?:instructions|prompts?|directions|directives|guidelines|restrictions|rubric)"
_EARLIER = (
    r"(?:previous|prior|above|earlier|preceding|foregoing|original|initial|existing|your|my|system)"
)
_BEST = r"(?:full|top|max(?:imum)?|high(?:est)?|perfect|best|excellent|5|five|10|ten|100)"
_MARKS = r"(?:marks?|scores?|points|grades?|credit|ratings?|levels?)"
_OUT_OF = r"\d+ ?(?:/|out of) ?\d+"
_THIS = r"(?:this|my|the) (?:\w+ )?(?:answer|response|submission|candidate|applicant|interview)"
_REPLY = r"(?:answers?|reply|replies|responses?|output)"
_MODES = r"(?:developer|god|dan|debug|admin|maintenance|unrestricted)"

# Wordings that occur in honest answers are left out, even where they would find more: a server that
# should return only JSON, a parser that ignores all messages, “forget what I said before”.
_OVERRIDING = (
    rf"\b(?:ignore|disregard|forget) (?:\w+ ){{0,3}}{_EARLIER}\b[^.\n]{{0,25}}\b(?:{_ORDERS}|rules|context|conversation)\b",
    rf"\b(?:ignore|disregard|forget|override) (?:all|any|every|these|those|the) (?:\w+ )?(?:{_ORDERS})\b",
    r"\b(?:ignore|disregard|forget) (?:everything|anything|all)(?: that)? (?:above|before|prior|from|you)\b",
    r"\b(?:ignore|disregard|override) (?:the |your |all )?(?:grading|scoring|moral|ethical) \w+",
    rf"\b(?:new|updated|important|special|secret|hidden) {_ORDERS} ?(?::|for you\b|follow\b)",
    r"\b(?:your|reveal (?:the|your)|print (?:the|your)) (?:system|developer|initial|hidden) (?:prompt|message)\b",
)
_MARKING = (
    rf"\b(?:give|award|grant|assign) (?:me|it|this|{_THIS})\b[^.\n]{{0,30}}(?:\b{_BEST}\b[^.\n]{{0,15}}\b{_MARKS}\b|{_OUT_OF})",
    rf"(?:^|(?<=[.!?\n,:;])|(?<=[.!?,:;] )|\b(?:please|must|should|just|and|then) )(?:give|award|grant|assign)\b[^.\n]{{0,15}}\b{_BEST}\b(?: possible)? {_MARKS}\b",
    rf"\b(?:{_THIS}|i) (?:really |clearly |fully )?(?:deserves?|earns?|merits?)\b[^.\n]{{0,25}}(?:\b{_BEST}\b[^.\n]{{0,15}}\b{_MARKS}\b|{_OUT_OF})",
    rf"\b(?:rate|grade|score|mark|judge|evaluate|accept|treat|consider|count) (?:me|{_THIS})\b[^.\n]{{0,25}}\b(?:{_BEST}|correct|complete|outstanding|pass(?:ed)?)\b",
    rf"\b(?:score|grade|rating|mark|verdict)s? ?(?:[:=]|(?:is|must be|should be)\b) ?(?:{_OUT_OF}|\d+ ?%|a\+|(?:perfect|excellent|pass)\b)",
    r"\b(?:correctness|completeness|clarity|depth) ?[:=] ?[0-5]\b",
    rf"\b{_THIS} (?:should|must) (?:get|receive|be (?:rated|graded|scored|marked|considered))\b",
    rf"\b{_THIS} (?:is (?:perfect|flawless|excellent|outstanding)|has (?:already )?been (?:graded|scored|rated|approved))\b",
    r"\b(?:all|every|each) (?:criteri\w+|rating category) [^.\n]{0,25}\b(?:5|five|max\w*|highest|full)\b",
)
_CASTING = (
    r"\byou are now (?:an?|the|my|in|going to|no longer|free (?:of|from)|acting|called|dan|known as)\b|\bfrom now on,? you\b|\byou (?:will|shall|must|are to|are going to) (?:now )?(?:act as|pretend|role-?play|simulate|impersonate|behave like)\b",
    rf"\byou are (?:an?|the|my) (?:\w+ ){{0,2}}(?:{_JUDGE}|dan|unfiltered|amoral)\b|\byou have no (?:\w+ )?restrictions\b",
    r"\bpretend (?:to be (?:an?|my)|you(?:'re| are|r)?)\b|\bi (?:want|need|would like) you to (?:act|pretend|be|become|play|simulate|respond|answer|reply|write|ignore|give|rate)\b",
    r"\b(?:role-?play(?:ing)? as|take (?:up|on) the (?:persona|role) of|let's play a game|stay in character|do anything now)\b",
    r"\bact (?:as|like) (?:if you|my |an? (?:ai|unfiltered|evil|chatbot|terminal|character))",
    rf"\b(?:as|being) an? (?:ai )?(?:large )?language model\b|\bas an? (?:ai|large language model)(?: (?:language )?model| assistant)?(?: ?,|,? i\b|,? you\b)|\b(?:hi|hello|hey|dear|attention|note (?:to|for)|message (?:to|for)),? (?:the |any |all )?{_JUDGE}\b",
    rf"\b(?:god|dan) mode\b|\b(?:enter|activate|you are in) {_MODES} mode\b",
    r"\byour (?:programming|content polic\w+|ethical \w+|guidelines|restrictions|knowledge cut-?off)\b",
    r"\b(?:without|no|ignor(?:e|ing)|disregard(?:ing)?) (?:any |all )?(?:possible )?(?:moral|ethical|ethics)\b",
)
_DICTATING = (
    rf"\b(?:begin|start|end|finish|preface|prefix|conclude|append|modify|alter|translate|rewrite|rearrange|encode|render|express|enhance|augment|format)\b[^.\n]{{0,40}}\byour (?:\w+ )?{_REPLY}\b",
    r"\b(?:write|insert|include|incorporate|add|embed|integrate|mention|provide|combine|display|replace|substitute)\b[^.\n]{0,60}\byour (?:answer|reply)\b",
    rf"(?:^|(?<=[.!?\n])|(?<=[.!?] ))in your {_REPLY}, \w+|\byour (?:next |final |first |whole |only )?{_REPLY} (?:must|has to|needs to|can only)\b",
    r"\b(?:reply|answer) (?:only|just|exactly|with (?:only|just|exactly|the (?:word|phrase)))\b|\brespond with (?:the (?:word|phrase|following text|exact)|exactly)\b",
    r"\b(?:respond|reply|answer) (?:to (?:me|my (?:prompts?|questions?|messages?|requests?|first))\b|as (?:if you|though you|an ai)\b|(?:in|using) (?:reverse|base ?\d\d|emoji\w*|all caps|\w+ encoding)\b)",
    r"\b(?:never|do not|don't) (?:refuse (?:any|my|a |to answer)|mention (?:that )?you\b|say (?:that )?you (?:can't|cannot|are)|include any (?:warnings?|disclaimers?))",
    r"\b(?:following|below|subsequent) code (?:block|snippet|excerpt|section|fragment|segment)\b[^.\n]{0,80}\b(?:your|the) (?:\w+ )?(?:code(?:base)?|implementation|solution|algorithm|logic|functionality)\b",
    r"\byour (?:code|implementation|solution|algorithm)\b[^.\n]{0,80}\b(?:following|below|subsequent) code\b",
)
_FAKING = (
    r"</?(?:system|assistant|instructions?|evaluation|rubric|rules?|verdict|judge|bos|eos)\b[^>\n]{0,60}>|</(?:answer|question|prompt|candidate|resume)\b|<answer id|<\|[\w/ ]{2,30}\|>",
    r"\[/?(?:inst|sys|system|assistant)\]|<<sys>>|\[(?:system|admin|override)\b[^\]\n]{0,40}\]",
    r"[\"'](?:correctness|completeness|clarity|better_answer|key_points|verdict|overall_score)[\"'] ?:|[\"'](?:level|score|overall|rating|grade)[\"'] ?: ?[\"']?(?:5|10|100)\b",
    r"(?:^|\n)\W{0,4}(?:system (?:note|message|override|prompt|instructions?)|(?:assistant|evaluator|grader|judge)(?: \w+)?) ?:",
    r"(?<!#)#{2,6} ?(?:instructions?|assistant|human|new (?:instructions?|task))\b|(?:^|\n)\W{0,8}end of (?:the )?(?:answer|transcript|prompt|instructions)\b",
)

_WORDINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (*_OVERRIDING, *_MARKING, *_CASTING, *_DICTATING, *_FAKING)
)
_PLAIN = str.maketrans("“”„’‘", '"""\'\'')
_SHOWN_CHARACTERS = 80

Spans = tuple[tuple[int, int], ...]


def addressed_spans(answer: str) -> Spans:
    """The sentences [start, end) that address the evaluator, in order; next to each other, as one."""
    plain = answer.translate(_PLAIN)
    hits = [match.span() for wording in _WORDINGS for match in wording.finditer(plain)]
    if not hits:
        return ()
    found = [
        (sentence.start, sentence.end)
        for sentence in sentences(answer)
        if any(start < sentence.end and sentence.start < end for start, end in hits)
    ]
    return tuple(_merged(answer, found))


def warning_for(answer: str, spans: Spans) -> str:
    """A sentence for the candidate about words that were not counted; empty where there are none.

    `spans` are the answer's `addressed_spans`.
    """
    if not spans:
        return ""
    start, end = spans[0]
    shown = one_line(plain_words(answer[start:end]), _SHOWN_CHARACTERS)
    count = "One part" if len(spans) == 1 else f"{len(spans)} parts"
    speaks, was = ("speaks", "It was") if len(spans) == 1 else ("speak", "They were")
    return f"{count} of your answer {speaks} to the evaluator (“{shown}”). {was} not counted."


def _merged(answer: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but space between them joined."""
    if not spans:
        return []
    bounds = [spans[0][0]]
    for (_, end), (start, _) in pairwise(spans):
        if answer[end:start].strip():
            bounds += [end, start]
    bounds.append(spans[-1][1])
    return list(zip(bounds[::2], bounds[1::2], strict=True))
