"""Words that stand beside names, or are names as well as words: what linking weighs."""

# What is also an ordinary word does not link at a sentence's start, nor beside another capital.
ORDINARY = frozenset(
    "art bill carol chance chase dawn dean don drew faith frank gene grace guy heather holly hope iris ivy jack "
    "joy june april may august mark max miles olive pat pearl penny ray rich rob robin rose ruby sandy sue summer "
    "autumn violet will benefits business care children communications communities customer data democracy design "
    "digital education elections engagement environment estates finance growth health highways housing "
    "improvement infrastructure innovation insight legal leisure libraries library licensing transport learning "
    "parking parks people performance planning policy procurement property regeneration registrars repairs "
    "research revenues security service services strategy support tax technology training transformation waste "
    "young".split()
)
# What stands before a name with a capital, and is no part of it.
TITLES = frozenset(
    "cllr councillor mayor dr mr mrs ms miss mx sir dame lord lady prof professor rev director deputy chief "
    "executive officer head leader lead manager member chair minister secretary commissioner president colleague "
    "colleagues team friend chancellor baroness inspector sergeant captain nurse".split()
)
# Capitals of a headline: "Catch Up With Henry About Data".
PLAIN_WORDS = frozenset(
    "a about after again all along also an and any are as at away back be because been before best big both but "
    "by can catch catching chat chatting day dear did do every few for from get getting good great had has have "
    "having he hello help helping her here hi him his how if in into is it its join joined joining just last "
    "later like looking lots lunch made making many meet meeting met more most my new next no not now of off on "
    "once one only or other our out over part people per plus really said saw seeing session she so some speaking "
    "spoke still talk talking than thank thanks that the their them then there these they thing things this those "
    "through time to today tomorrow too two under up update us very via visit visiting was we week welcome well "
    "were what when where which while who why will with without work working workshop would "
    "yesterday you your".split()
)
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thur thurs fri sat sun".split()
)
