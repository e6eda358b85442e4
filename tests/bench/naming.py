"""A council's directory: who and what the notes of the benchmark name. The same for a seed."""

import random

from tests.bench.vocabulary import some_words

AUTHORS, OTHERS, PROJECTS, PROGRAMMES, TEAMS, ORGANISATIONS, SERIES, TAGS = 200, 40, 60, 6, 24, 40, 12, 60
GIVEN = """Abi Adaeze Ade Agnes Ahmed Aisha Alan Alice Amara Amir Ana Andrew Anil Anna Arjun Ayo Bashir Beatrice Ben
Bilal Brigid Callum Carla Cate Chidi Chloe Clive Colette Dai Daniel Deepa Delroy Diana Dylan Ebun Edith Elif
Emeka Emma Esther Ewan Farah Fatima Felix Fiona Gareth Gemma Grace Hana Harriet Hassan Helen Henry Ibrahim
Imogen Ines Isaac Jade James Jasmine Joan Joel Kamal Karen Kwame Laila Leah Leon Liam Lorna Lucy Malik Marta
Matthew Megan Michael Mina Nadia Naomi Neil Nia Nisha Olga Omar Oscar Patrick Paula Priya Rachel Rafael
Rebecca Rita Rohan Ruth Samir Sara Sean Selma Shanice Simon Sofia Tariq Tessa Thomas Uma Vera Victor Wanda
Yusuf Zainab Zara Zoe""".split()
FAMILY = """
Abbott Achebe Adair Afolabi Ahern Akhtar Alcott Amadi Arden Ashworth Babatunde Baines Balogun Barlow Beckett
Begum Bellamy Bhatt Blackwood Boateng Braith Brannigan Brathwaite Cadogan Callaghan Carrick Chadha Chaudhry
Clegg Coker Corrigan Cotterill Dacosta Dalgleish Danjuma Dasgupta Delaney Denholm Desai Devlin Donnelly
Drummond Ekwueme Ellery Fairclough Farrant Fenwick Ferreira Finnegan Gallagher Garside Ghosh Gittens Golding
Greenhalgh Haddad Hartigan Haworth Hegarty Holloway Ibekwe Iqbal Jagger Jephson Kapoor Kavanagh Keane
Kershaw Khalil Kilbride Lennox Lightfoot Lomax Loughran Macauley Mahmood Malhotra Marchetti Mensah Merrick
Milburn Moreau Mukherjee Nakamura Nettleton Nwosu Oduya Ogilvie Okafor Olawale Osborne Padgett Pargeter
Pemberton Quartey Rahman Ramsbottom Redfern Rosario Sandhu Satterthwaite Sinclair Somerset Tattersall Tetteh
Thackray Trevino Uddin Valdez Vasquez Wadsworth Wainwright Whitlock Winstanley Yardley Yeboah""".split()
FIRST = """
Amber Anchor Arrow Beacon Birch Bramble Brass Bridge Canal Candle Cedar Cobalt Copper Coral Crane Crown Dove
Ember Falcon Fern Flint Garnet Harbour Hazel Heron Ivory Jasper Kestrel Lantern Laurel Linden Maple Marble
Meadow Mercury Mill Mosaic Nettle Nimbus Oak Opal Orchard Otter Pearl Pepper Pilot Plover Quartz Raven River
Rowan Saffron Silver Slate Sparrow Swift Thistle Tidal Walnut Willow""".split()
SECOND = "Ledger Gateway Register Hub Checker Planner Finder Exchange Passport Desk Tracker Atlas Portal Link".split()
PHASES = ["discovery", "alpha", "beta", "live", "retired"]
BIGGEST = "harbour-ledger"  # named in a twentieth of all passages
SERIES_NAMES = """Digital Leadership Board|Service Standup Review|Architecture Forum|Data Board|Show and Tell Weekly|
Delivery Huddle|Procurement Clinic|Security Forum|User Research Guild|Content Crit|Estates Steering Group|
Partners Round Table""".replace("\n", "").split("|")


def directory(seed):
    """Return who and what there is, as notes.directory brings it in, with a list of tags and the biggest project."""
    chance = random.Random(f"{seed}/directory")  # noqa: S311 - nothing secret
    teams, organisations = teams_of(chance), organisations_of(chance)
    people = people_of(chance, teams, organisations)
    projects = projects_of(chance, people, organisations)
    tags = sorted({word for word in some_words(chance, 4_000) if len(word) > 5})
    return {
        "organisations": organisations,
        "teams": teams,
        "people": people,
        "projects": projects,
        "meeting_series": [{"key": slug(name), "name": name, "about": sentence(chance)} for name in SERIES_NAMES],
        "tags": chance.sample(tags, TAGS),
    }


def teams_of(chance):
    above = [f"{word} Directorate" for word in FIRST[:4]]
    names = [*above, *(f"{word} Squad" for word in FIRST[10 : 6 + TEAMS])]
    return [
        {"key": slug(name), "name": name, "about": sentence(chance)}
        | ({"part_of": chance.choice(above)} if name not in above else {})
        for name in names
    ]


def organisations_of(chance):
    kinds = ["internal", "council", "partner", "supplier"]
    names = [f"{family} {chance.choice(['Trust', 'Borough Council', 'Associates', 'Group'])}" for family in FAMILY]
    return [
        {"key": slug(name), "name": name, "category": chance.choice(kinds), "about": sentence(chance)}
        for name in chance.sample(names, ORGANISATIONS)
    ]


def people_of(chance, teams, organisations):
    """Return the authors first. Given names are shared: which Michael is a question here as well."""
    names = [f"{GIVEN[place % len(GIVEN)]} {FAMILY[(place * 7) % len(FAMILY)]}" for place in range(AUTHORS + OTHERS)]
    squads = [team["name"] for team in teams if "part_of" in team]
    people = []
    for place, name in enumerate(names):
        person = {"key": slug(name), "name": name, "role": " ".join(some_words(chance, 2)).capitalize()}
        if place < AUTHORS:
            person["team"] = squads[place % len(squads)]
        else:
            person |= {"category": "partner", "organisation": chance.choice(organisations)["name"]}
        people.append(person)
    return people


def projects_of(chance, people, organisations):
    """Return the projects, the biggest first, then programmes, then what is mostly part of one."""
    names = ["Harbour Ledger"]
    while len(names) < PROJECTS:
        name = f"{FIRST[len(names) - 1]} {chance.choice(SECOND)}"
        names.append(f"{name} Programme" if len(names) <= PROGRAMMES else name)
    programmes = names[1 : 1 + PROGRAMMES]
    projects = []
    for place, name in enumerate(names):
        authors = chance.sample(people[:AUTHORS], 5)
        project = {
            "key": slug(name),
            "name": name,
            "aim": sentence(chance),
            "phase": chance.choice(PHASES),
            "state": chance.choices(["active", "paused", "finished"], [8, 1, 1])[0],
            "category": "programme" if name in programmes else chance.choice(["project", "project", "product"]),
            "lead": authors[0]["name"],
            "members": [{"person": author["name"]} for author in authors[1:]],
            "partners": [one["name"] for one in chance.sample(organisations, chance.randint(0, 3))],
        }
        if name not in programmes and (place == 0 or chance.random() < 0.7):
            project["part_of"] = programmes[place % PROGRAMMES]
        projects.append(project)
    return projects


def sentence(chance):
    return " ".join(some_words(chance, chance.randint(8, 16))).capitalize() + "."


def slug(name):
    return name.lower().replace(" ", "-")
