"""The names in a text: what is linked and why, what is asked, and how each is settled."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html_join

from notes import names
from notes.breaks import break_offered
from notes.evidence import beside, ranked
from notes.found import CHOSEN, DEFINED, EXPLICIT, LINKED, SETTLED, SHORT
from notes.markdown import clean
from notes.matcher import LINKED_KINDS
from notes.models import Mention, NameChoice, Note, Passage, Question
from notes.renaming import let_follow
from notes.saying import newest_first, texts_saying, what_says
from notes.words import name_key, squash
from people.models import Alias, DirectoryVersion, Entry, Person, names_changed

WHY = {
    LINKED: "as listed",
    EXPLICIT: "written expressly",
    SHORT: "nobody else who was there is called so",
    SETTLED: "named in full elsewhere in this text",
    DEFINED: "this text says that it calls it so",
    CHOSEN: "settled",
}


@dataclass
class Linked:
    """Words of a text that are linked to an entry, and why."""

    entry: Entry
    words: str
    why: str
    times: int = 1
    choice: NameChoice | None = None
    is_learnt: bool = False  # the text's own short form, which the directory has not
    may_be_dropped: bool = True  # it was not said expressly


@dataclass
class Asked:
    """A name in a text that is a question: who may be meant, the likeliest first, and where it stands."""

    words: str
    kind: str
    candidates: list
    passages: list = field(default_factory=list)
    quotations: list = field(default_factory=list)  # (what stands before it, the name, what stands behind it)


@dataclass
class Names:
    linked: list
    asked: list
    dropped: list  # the choices by which words of this text are no names
    break_offered: object = None


def names_in(text):
    """Return the Names of a stored note or meeting: at most 15 queries, whatever its length."""
    matcher = names.current()
    mentions = Mention.objects.filter(passage__text=text.pk).select_related("passage", "entry")
    mentions = list(mentions.order_by("passage__position", "pk"))
    choices = {}
    held = NameChoice.objects.holding_for(text)
    for choice in sorted(held, key=lambda one: (one.text_id is not None, one.author_id is not None)):
        choices[choice.key] = choice
    linked = {}
    for mention in mentions:
        for start, end, how in mention.places:
            words = mention.passage.words[start:end]
            place = mention.entry_id, name_key(words), how
            if place in linked:
                linked[place].times += 1
            else:
                linked[place] = Linked(mention.entry, words, WHY[how], choice=choices.get(name_key(words)))
                linked[place].is_learnt = how == DEFINED and mention.entry_id not in matcher.called(words)
                linked[place].may_be_dropped = how != EXPLICIT
                if how != CHOSEN:
                    linked[place].choice = None
    return Names(
        list(linked.values()),
        questions_in(text, matcher, {mention.entry_id for mention in mentions}),
        [choice for choice in choices.values() if choice.entry_id is None and is_said(choice, text)],
        break_offered(text) if isinstance(text, Note) else None,
    )


def is_said(choice, text):
    return what_says([choice.words])(f"{text.title} {text.body}")


def questions_in(text, matcher, named):
    asked, entries, around = {}, {}, defaultdict(str)
    questions = Question.objects.filter(passage__text=text.pk).select_related("passage")
    for question in questions.order_by("passage__position", "pk"):
        [start, end] = question.places[0]
        words = question.passage.words[start:end]
        one = asked.setdefault(question.key, Asked(words, question.kind, []))
        one.passages.append(question.passage)
        one.quotations.append(question.quotation)
        entries[question.key] = candidates_for(words, question, matcher, text, named)
        around[question.key] += f" {beside(question.passage.words, start, end)}"
    found = ranked(text, entries, around, named)
    for key, one in asked.items():
        one.candidates = found[key]
    return list(asked.values())


def candidates_for(words, question, matcher, text, named):
    """Return the primary keys of those a question is about."""
    if question.kind == Question.Kind.WHO:
        return set()
    found = matcher.perhaps(words)
    people = {entry for entry in found if matcher.is_person(entry)}
    here = (found - people) | matcher.here(people, text.on)
    return here or found


@transaction.atomic
def settle(text, words, entry, scope):
    """Settle what words mean in a "text", for its "author" or for "everybody"; `entry` None says: no name at all.

    Return the choice, or raise a ValidationError. The texts it holds for are linked anew with `follow_choice`.
    """
    if not squash(words):
        raise ValidationError("Say a name.")
    whose = {"text": text.text_ptr if scope == "text" else None, "author": text.author if scope == "author" else None}
    NameChoice.objects.filter(key=name_key(words), **whose).delete()
    choice = NameChoice(words=words, entry=entry, **whose)
    choice.full_clean()
    choice.save()
    return choice


def follow_choice(choice, text=None):
    """Link the texts anew for which a choice holds, or held; return a sentence with how many, or nothing."""
    if choice.text_id:
        return let_follow([choice.text_id], f"“{choice.words}”")
    passages = Passage.objects.filter(author=choice.author_id) if choice.author_id else Passage.objects.all()
    keys = newest_first(texts_saying([choice.words], passages))
    first = [text.pk] if text is not None and text.pk in keys else []
    return let_follow(list(dict.fromkeys([*first, *keys])), f"“{choice.words}”")


def one_called(words):
    """Return the one entry that somebody means with a name or handle; a sentence if there is none, or several."""
    words = clean(words).strip().removeprefix("@")
    found = list(Entry.objects.called(words).filter(kind__in=LINKED_KINDS).distinct()[:3]) if words else []
    if not words:
        raise ValidationError("Say whose other name it is: a name, or the @handle of a page.")
    if len(found) != 1:
        problem = "Several are called" if found else "Nobody and nothing in the directory is called"
        raise ValidationError(f"{problem} “{words}”. Write the name in full, or the @handle of the page.")
    return found[0]


@transaction.atomic
def add_person(words, *, is_to_check):
    """Put somebody into the directory whom a text names; return the person. A ValidationError says who is there."""
    DirectoryVersion.go_on()  # whoever adds the same one in the same moment waits here
    refuse_known(Person, words)
    person = Person(name=" ".join(words.split()), is_to_check=is_to_check)
    person.full_clean(exclude=["slug"])
    person.save()
    return person


def refuse_known(model, words):
    """Refuse to add somebody or something of that name again."""
    if not squash(words):
        raise ValidationError("Say a name.")
    if model.objects.called(words).exists():
        raise ValidationError(f"“{words}” is in the directory already. Use “Same as”.")


def add_alias(entry, words):
    """List another name of an entry, and let the texts that say it follow; return a sentence with how many."""
    alias = Alias(entry=entry, name=" ".join(words.split()))
    alias.full_clean()
    alias.save()
    return tell_texts(entry, {alias.name})


def tell_texts(entry, said):
    sentences = [sentence for _, sentence in names_changed.send(type(entry), entry=entry, names=said) if sentence]
    return sentences[0] if sentences else ""


def settle_everywhere(settled, matcher):
    """Settle names for everybody: [(words, entry, or None for no name), ...].

    What only one may mean becomes another name of it, in the directory; what several are called is a choice.
    `matcher` is of the directory before any of the entries was made. The texts follow with `follow_words`.
    """
    DirectoryVersion.go_on()
    for words, entry in settled:
        others = matcher.perhaps(words) - {entry.pk} if entry else set()
        is_listed = entry is not None and name_key(words) in {name_key(name) for name in entry.names()}
        if entry is None or others or (is_listed and entry.pk in matcher.paths):
            settle(None, words, entry, "everybody")
        elif not is_listed:
            alias = Alias(entry=entry, name=" ".join(words.split()))
            alias.full_clean()
            alias.save()


def follow_words(words):
    """Link the texts anew that say any of some names; return a sentence with how many, or nothing."""
    return let_follow(newest_first(texts_saying(words, Passage.objects.all())), "these names")


def sentences(*some):
    """Return sentences one after the other, those that are empty left out, with the links that are in them."""
    return format_html_join(" ", "{}", ((one,) for one in some if one))
