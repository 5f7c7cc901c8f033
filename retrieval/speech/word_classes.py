"""The closed classes of English words by which a sentence's phrases are told apart, all in lower case."""

from __future__ import annotations

ARTICLES = frozenset("the a an".split())
DETERMINERS = ARTICLES | frozenset("one another his her their its this that our some two three several many".split())
PREPOSITIONS = frozenset("of for from in at with on by to about under near outside behind inside".split())
LINKS = frozenset("of for and on in to at the & with de".split())
"""What joins the parts of an organisation's name: Ministry of Science and ICT."""
PRONOUNS = frozenset("he she they it i we you".split())
PERSONAL = frozenset("he she".split())
"""Pronouns that mean one person."""
THIRD = PERSONAL | frozenset("they it".split())
"""Pronouns that a document's own text may use for somebody in it."""
CLAUSE_OPENERS = frozenset("that whether if how why what when where who which".split())
ADVERBIALS = frozenset(
    """
    on in at during after before by to this last late early earlier later yesterday today tonight monday tuesday
    wednesday thursday friday saturday sunday when while as through via with from for of about again
    """.split()
)
"""Words that open a phrase of time, place or manner, rather than what was said."""
JOINTS = frozenset({",", ":", "—", "–"})
"""Marks between a verb and what it reports."""
BREAKS = frozenset({",", "—", "–", "--", "-"})
"""Marks at the edges of something put in."""
