"""Words to write with: common ones, a council's, and thousands that only look English, as often as Zipf has it."""

import random
from itertools import accumulate

COMMON = """the of to and a in that is was for it on with as be at by this had not are but from or have an they which
one you were all we there would their when if more will out so up what about who get time can made into some
them other new then no than could our do now only first how over after well even way because any these give
day most us very good week team work people think know need make see look find want tell ask use try call
help show start turn move keep next last long great little own old right big high small large early young
few same able much where through back still before must between never both each down too such here may those
while again off against during without around however every always once under why few both several across
until since already often later almost enough rather quite""".split()

COUNCIL = """service resident user research council project digital data meeting story sprint prototype design content
test feedback support system platform software team workshop session interview survey form page site report
plan budget cost contract supplier procurement invoice housing repair tenant estate library school school
benefit payment parking planning licence application officer manager director colleague apprentice programme
delivery discovery product owner board steering group agenda minute action decision risk issue dependency
roadmap backlog standup retro demo release deploy build code developer engineer analyst designer researcher
architect security privacy consent access accessibility phone call letter email calendar booking room desk
laptop network wifi cloud server migration record archive map postcode address property council tax business
rate waste bin recycling street tree park social care adult child family health partner borough neighbour
community voluntary charity grant bid pilot evaluation outcome measure target metric dashboard learning
training induction recruitment interview vacancy wellbeing leave holiday festival lunch coffee cake train
bike question answer problem idea pattern principle standard guidance policy strategy governance assurance
compliance audit morning afternoon evening monday month quarter year spring summer autumn winter deadline
milestone handover""".split()

ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split()
MIDDLES = "a e i o u ai ea ee oa ou".split()
CODAS = "b ck d ft g l ld lt m mp n nd ng nt p r rd rk rm rn rt s sk st t th tch".split()
PREFIXES = [*[""] * 12, "re", "un", "over", "out"]
ENDINGS = "|||s|ed|ing|er|ers|ly|ness|ment|ation|able|ful".split("|")
SIZE = 20_000
STEMS = 6_000


def invented():
    """Return words that look English, several of each stem; the same ones for every seed."""
    chance, known = random.Random("words"), {*COMMON, *COUNCIL}  # noqa: S311 - nothing secret
    stems = [chance.choice(ONSETS) + chance.choice(MIDDLES) + chance.choice(CODAS) for _ in range(STEMS)]
    words = []
    while len(words) < SIZE:
        middle = chance.choice(MIDDLES) + chance.choice(CODAS) if chance.random() < 0.3 else ""
        word = chance.choice(PREFIXES) + chance.choice(stems) + middle + chance.choice(ENDINGS)
        if word not in known:
            known.add(word)
            words.append(word)
    return words


WORDS = list(dict.fromkeys([*COMMON, *COUNCIL, *invented()]))  # most usual first
SO_FAR = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(WORDS) + 1)))
SHARE = [1 / (rank + 2.7) / SO_FAR[-1] for rank in range(1, len(WORDS) + 1)]


def some_words(chance, count):
    return chance.choices(WORDS, cum_weights=SO_FAR, k=count)


def said_once_in(count):
    """Return the invented word that is said about once in so many words."""
    first = len({*COMMON, *COUNCIL})
    return WORDS[min(range(first, len(WORDS)), key=lambda place: abs(SHARE[place] * count - 1))]
