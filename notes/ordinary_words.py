"""Words that stand beside names, or are names as well as words: what linking weighs."""

# Given names that are words as well. They do not link at a sentence's start, nor beside another capital.
GIVEN_NAMES = frozenset(
    "al amber angel april art august autumn basil bill buddy carol chance chase chip christian coral daisy dale "
    "dawn dean dolly don drew dusty earl faith frank gale gay gene ginger glen grace grant guy harmony harper "
    "hazel heath heather herb holly honor honour hope hunter iris ivy jack jade jasmine jay jean jewel joy june "
    "junior king lance lane lily marina mark mason max may melody mercy miles miller norm olive opal pansy pat "
    "patience pearl peg penny poppy prince prudence ray reed rich rob robin rocky rod rose rosemary ruby rusty "
    "sage sandy skip sky stone storm sue summer sunny tanner terry trinity troy tucker unity verity victor violet "
    "wade ward will willow winter woody young".split()
)
# Surnames that are words, ranks or colours as well. Alone they say nothing, beside a title they do.
SURNAMES = frozenset(
    "abbot archer baker bank banks barber barnes bell berry best bird bishop black blue bond bower bridge bridges "
    "brook brooks brown bull burns bush butcher butler carpenter carter case chamber chambers church clay cook "
    "cooper cross crow day dear dice dove drake dyer early east falls farmer field fields fish fisher fleet "
    "flower flowers foot ford forest forester fox frost fry gardener gates gold golden good goose grave graves "
    "gray green grey hall hand hands hardy hart hawk head heath hill hills hood hook house hunt hunter kidd "
    "kitchen knight lake lamb law lawn leaf little long lord love lovely major march marsh mason may mills money "
    "moon moor moore moss mountain mustard newman nice noble north page paige park parker parks peace peacock "
    "penny perry piper place plant pole poole pope porter post potter power powers price pride priest prince "
    "quick rain read reader reed rice rich ring rivers road rock roper rose rush sadler sailor sales salmon sands "
    "sargent savage sawyer school shade sharp shepherd ship short silver singer small smart smith snow south "
    "spring steel stone stones storm street strong sugar summer summers swan sweet swift tanner taylor temple "
    "thatcher thorn tree turner wait walker wall walls ward warden waters way weaver weeks well wells west wheat "
    "wheeler white wild wilde winter winters wise wolf wood woods works world worth wright young".split()
)
# Names of places that are names of people as well.
PLACES = frozenset(
    "america austin barking barnet barnsley bath bedford belfast berkeley berlin beverley birmingham blackburn "
    "bolton boston bradford brent bristol britain bromley brooklyn burnley burton bury buxton camden canterbury "
    "cardiff carlisle carolina chad chatham chelsea cheltenham chester chesterfield clifton cornwall coventry "
    "crawley croydon dallas darlington denver derby devon dorset dover dublin durham ealing edinburgh ely enfield "
    "england epsom essex exeter farnham florence france georgia german germany glasgow gloucester greenwich "
    "hackney hamilton hampshire hampton haringey harlow harrogate harrow hastings hatfield havering hereford "
    "hertford holland hounslow houston hull huntingdon india ipswich ireland islington israel jamaica jersey "
    "jordan kendal kensington kent kingston lambeth lancaster leeds leicester lewes lewisham lincoln lisbon "
    "liverpool london luton madison maidstone manchester marlow melbourne merton middleton milan milton montana "
    "nelson newark newham newport newton norfolk northampton norwich nottingham odessa oxford paris perth "
    "peterborough plymouth poland preston reading redbridge reigate richmond rochdale rochester rome rugby "
    "salford savannah scotland sheffield shrewsbury slough somerset southend southwark spain stafford stamford "
    "stanley stirling stockport stratford suffolk sunderland surrey sussex sutton swansea swindon sydney taunton "
    "telford texas torquay trent victoria virginia wales walsall washington waterloo watford wellington wells "
    "westminster weston whitby wigan wilton wiltshire wimbledon winchester windsor woking wolverhampton worcester "
    "york".split()
)
# What services and subjects are called, and what is written of every day.
SUBJECTS = frozenset(
    "adults audit benefits business care children communications communities contracts customer customers data "
    "democracy design development digital economy education elections engagement environment estates families "
    "finance governance growth health heritage highways homes housing hr improvement inclusion information "
    "infrastructure innovation insight learning legal leisure libraries library licensing markets operations "
    "parking parks partnerships payments payroll people performance place planning policy procurement product "
    "property regeneration registrars repairs research resilience revenues risk safety school schools security "
    "service services skills spaces sport strategy streets support sustainability tax technology tourism training "
    "transformation transport waste wellbeing young youth".split()
)
# What is also an ordinary word does not link at a sentence's start, nor beside another capital.
ORDINARY = GIVEN_NAMES | SUBJECTS
MONTHS = frozenset("april august june march may".split())  # those that are people's names as well
# What stands before a name with a capital, and is no part of it.
HONORIFICS = frozenset(
    "alderman baroness cllr councillor dame dr lady lord mayor miss mr mrs ms mx prof professor rev reverend "
    "sir".split()
)
OF_COUNCILLORS = frozenset("alderman cllr councillor mayor".split())
OF_ANYBODY = frozenset("dame lady lord miss mr mrs ms mx sir".split())  # of residents more often than of colleagues
TITLES = HONORIFICS | frozenset(
    "captain chair chancellor chief colleague colleagues commissioner deputy director executive friend head "
    "inspector lead leader manager member minister nurse officer president secretary sergeant team".split()
)
# What follows the name of a place, a firm or a day, and not of a person: Mark Lane, Hope Street, May Day.
OF_PLACES = frozenset(
    "academy act arena arms avenue award awards bridge building castle centre chapel church churchyard close "
    "college common community corner cottage cottages council court crescent cup day days drive estate farm "
    "festival fields foundation garden gardens gate green grove hall heath hill hospital hotel house industries "
    "inn island junction lane library lido limited lodge ltd market medical memorial mews mill museum park pier "
    "place plaza primary pub quay road row school secondary society square station street surgery terrace theatre "
    "tower towers trust university valley view villa village villas walk ward way week wharf wood woods yard".split()
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
    "were what when where which while who why will with without work working workshop would yesterday you "
    "your".split()
)
DAYS_AND_MONTHS = frozenset(
    "april august christmas december easter february fri friday january july june march may mon monday november "
    "october sat saturday september sun sunday thu thur thurs thursday tue tues tuesday wed wednesday".split()
)
# What follows somebody's name, where the same word, not meant as a name, is not followed by it.
AFTER_A_PERSON = frozenset(
    "also and asked asks brings brought came can chaired could did does finds found from gave gets gives got had "
    "has held helped holds hopes joined keeps kept knew knows leads led made makes met needs owes put puts ran "
    "reckons runs said saw says sees sends sent sets shared showed shows speaks spoke suggests tells thinks "
    "thought told took wants was went who will would wrote".split()
)
# What a service is followed by where it is meant, and not what it does: "Housing are moving".
AFTER_A_SERVICE = (AFTER_A_PERSON - {"and", "from", "who", "was"}) | frozenset(
    "are colleagues have officers were".split()
)
# What says that it is another one of that name.
OF_ANOTHER = frozenset("another different other".split())
# Who is nobody's colleague: "my sister Charlotte".
RELATIONS = frozenset(
    "aunt boyfriend brother cat cousin dad daughter dog father friend girlfriend gran grandad grandma grandmother "
    "husband landlord mam mother mum nan neighbour nephew niece sister son uncle wife".split()
)
INTRODUCES = frozenset("called named".split())  # somebody who is not known yet
COUNCILS = frozenset("authority borough council county district".split())  # ends of names whose first word is a place
# What counts things, or says that they are somebody's or anybody's.
OF_MANY = frozenset(
    "a an any every few her his its many more most no other several some their these those your".split()
)
# The first words of names that say nothing by themselves.
GENERAL = frozenset(
    "central city county district east eastern first general great greater international local national new north "
    "northern our public royal single social south southern st the united urban west western".split()
)
# What makes a project of a subject: "the digital apprenticeship programme".
OF_PROJECTS = frozenset("initiative pilot pilots program programme project projects scheme schemes service".split())
