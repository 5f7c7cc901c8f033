"""The verbs that tie a speaker to what is said, with every form, and what each needs beside it to count."""

from __future__ import annotations

from enum import Enum


class Cue(Enum):
    """What a verb needs to be taken as reporting speech; the value is the confidence that it then carries."""

    SAY = 0.95  # any complement will do
    URGE = 0.85  # to …, for …, on … or that …
    THINK = 0.7  # a clause must follow
    NAME = 0.75  # a quotation or that … must stand beside it


_SAY = """
    say tell add argue explain insist claim emphasize emphasise stress warn contend assert maintain reply respond
    acknowledge concede remark comment reiterate recall recount complain lament quip caution state counter allege affirm
    reckon muse opine joke boast admit testify tweet note observe retort interject exclaim elaborate predict forecast
    conclude report announce declare answer confide
    """
_URGE = """
    urge recommend propose suggest advise promise pledge vow demand request appeal call threaten advocate implore
    encourage swear offer agree ask invite instruct order
    """
_THINK = """
    think believe hope feel expect fear worry doubt suspect consider assume regret anticipate
    """
_NAME = """
    describe accuse fault credit criticize criticise condemn denounce blast slam praise hail dismiss reject defend deny disclose reveal
    indicate hint imply confirm estimate post underline underscore highlight clarify point repeat shout whisper murmur
    mutter cry scoff theorize theorise speculate reason specify characterize characterise blame welcome applaud apologize
    apologise read show find stipulate assure inform notify remind write plead attest cite continue begin go laugh sigh smile nod joke
    snap growl chime intone preach question wonder inquire enquire ask sum put signal mention rule protest object calculate
    stress attribute liken compare label dub brand term blog message email text publish vent fume rave gush
    """
_PASSED_ON = frozenset({"laugh", "sigh", "smile", "nod", "continue", "begin", "go", "sum", "put", "snap"})

_IRREGULAR = {
    "say": ("says", "said", "said", "saying"), "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"), "think": ("thinks", "thought", "thought", "thinking"),
    "feel": ("feels", "felt", "felt", "feeling"), "know": ("knows", "knew", "known", "knowing"),
    "swear": ("swears", "swore", "sworn", "swearing"), "show": ("shows", "showed", "shown", "showing"),
    "find": ("finds", "found", "found", "finding"), "begin": ("begins", "began", "begun", "beginning"),
    "go": ("goes", "went", "gone", "going"), "put": ("puts", "put", "put", "putting"), "see": ("sees", "saw", "seen", "seeing"),
    "mean": ("means", "meant", "meant", "meaning"), "hear": ("hears", "heard", "heard", "hearing"),
    "understand": ("understands", "understood", "understood", "understanding"), "read": ("reads", "read", "read", "reading"),
    "learn": ("learns", "learned", "learned", "learning"), "sum": ("sums", "summed", "summed", "summing"),
    "quip": ("quips", "quipped", "quipped", "quipping"), "admit": ("admits", "admitted", "admitted", "admitting"),
    "slam": ("slams", "slammed", "slammed", "slamming"), "snap": ("snaps", "snapped", "snapped", "snapping"),
    "blog": ("blogs", "blogged", "blogged", "blogging"), "dub": ("dubs", "dubbed", "dubbed", "dubbing"),
    "forecast": ("forecasts", "forecast", "forecast", "forecasting"), "plead": ("pleads", "pleaded", "pleaded", "pleading"),
}  # fmt: skip


def _forms(lemma: str) -> tuple[str, str, str, str]:
    """Third person, past, past participle, present participle."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return third, lemma + "ed", lemma + "ed", lemma + "ing"


def _table() -> tuple[dict[str, Cue], frozenset[str], frozenset[str]]:
    cues: dict[str, Cue] = {}
    bases, gerunds = set(), set()
    for kind, lemmas in ((Cue.NAME, _NAME), (Cue.THINK, _THINK), (Cue.URGE, _URGE), (Cue.SAY, _SAY)):
        for lemma in lemmas.split():
            third, past, participle, gerund = _forms(lemma)
            bases.add(lemma)
            gerunds.add(gerund)
            cues.update(dict.fromkeys((lemma, third, past, participle, gerund), kind))
    return cues, frozenset(bases), frozenset(gerunds)


CUES, BASES, GERUNDS = _table()
"""Every form → what it needs; the forms that are a base, a present participle."""

NEGATIONS = frozenset(
    "not never n't neither nor didn't doesn't don't hasn't haven't wouldn't won't couldn't cannot".split()
)
HEARS = frozenset("was were been being be is are am get gets got gotten".split())
"""Before a participle these make the subject the hearer: "was told", "has been asked"."""
AUXILIARIES = frozenset(
    "has have had having is was are were would will could can may might must should did does do 's 've 'd further".split()
)
ADVERBS = frozenset(
    """
    also later then still even often once again further earlier now today yesterday first last just previously recently
    reportedly all both himself herself themselves itself once twice always sometimes since thus nonetheless nevertheless
    instead meanwhile however too simply only
    """.split()
)

PAST = frozenset(
    """
    was were had did went came took made gave got left met saw began became ran stood sat won lost led held kept brought
    fell rose grew spoke wrote drew drove flew knew paid sent sold spent built bought caught felt found heard said told
    thought read set put cut shut shot fought struck hit quit beat bet blew broke chose clung dealt dug ate fled flung
    forgot froze hung hid hurt knelt laid leapt lent lay lit meant rang rode sought shook shone shrank sang sank slept slid
    sprang stole stuck swept swam swung taught tore threw woke wore wept wound
    """.split()
)
"""Past forms that no ending tells, by which a sentence's first finite verb is known."""
