"""A made-up world of companies, rich enough to look at: every status, parallel and self edges, literals."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Claim, Document, Entity, Evidence, Fact, Literal, Qualifiers

NEWS = "https://w3id.org/claimgraph/news#"
BASE = "https://example.org/kg/"

NAMES = {
    "Organization": """Halvorsen Energy|Brightwater Capital|Nordlys Grid|Tidewell Robotics|Marlow Street Bank
        Quillon Systems|Fernhill Foods|Ostrava Steelworks|Cobalt & Pine|Lantern Health|Verity Airlines
        Solano Ports|Harbor Commission|Ministry of Energy|Pinecrest University|Greyfield Motors
        Aster Chemicals|Union Exchange|Kestrel Mining""",
    "Person": """Ingrid Halvorsen|Tomás Aguilar|Mei-Lin Zhou|Priya Raman|Oskar Lindqvist|Dana Whitfield
        Samuel Okafor|Ruth Abelman|Jonas Weber""",
    "Place": "Bergen|Rotterdam|Lisbon|Ostrava|Singapore|Chile",
    "Product": "GridPilot|Harvester 9|LanternOS|Type K battery|FrostLine|Skimmer drone",
}
ALIASES = {
    "Halvorsen Energy": ("Halvorsen", "Halvorsen Energi AS"),
    "Marlow Street Bank": ("Marlow Street", "MSB"),
    "Ministry of Energy": ("energy ministry",),
}
DOCUMENTS = {
    "grid-deal": ("Halvorsen bets on the northern grid", "2025-03-04"),
    "robot-harvest": ("Robots in the orchard", "2025-05-19"),
    "steel-suit": ("A steelworks goes to court", "2025-07-02"),
    "airline-talks": ("Verity and Greyfield keep talking", "2025-09-23"),
    "lantern-profile": ("The long evening of Lantern Health", "2025-11-11"),
}
# document | subject | relation | object | sentence with the [trigger] | qualifiers
SAID = """
grid-deal|Halvorsen Energy|invested_in|Nordlys Grid|Halvorsen Energy [invested $400 million in] Nordlys Grid in January, its largest bet so far.|amount=400000000 currency=USD time=2025-01 time_as_written=in_January
grid-deal|Halvorsen Energy|acquired|Cobalt & Pine|The company also [bought] the design studio Cobalt & Pine.|
grid-deal|Halvorsen Energy|partner_of|Nordlys Grid|Halvorsen Energy and Nordlys Grid [are partners] on two sea cables.|
grid-deal|Nordlys Grid|supplies|Halvorsen Energy|Nordlys Grid [supplies] transformers to Halvorsen Energy.|
grid-deal|Ingrid Halvorsen|ceo_of|Halvorsen Energy|"We have waited for this," said Ingrid Halvorsen, [chief executive of] Halvorsen Energy.|
grid-deal|Ingrid Halvorsen|founded|Halvorsen Energy|Ms Halvorsen [founded] the company in her parents' boathouse.|
grid-deal|Ingrid Halvorsen|born_in|Bergen|She [was born in] Bergen.|
grid-deal|Ingrid Halvorsen|born_on|=1971-06-02;xsd:date;2 June 1971|Ms Halvorsen was [born on] 2 June 1971.|
grid-deal|Halvorsen Energy|headquartered_in|Bergen|The [Bergen-based] group employs 3,000 people.|
grid-deal|Halvorsen Energy|founded_on|=2004;xsd:gYear;2004|The group was [founded in] 2004.|
grid-deal|Halvorsen Energy|valued_at|=2300000000;xsd:decimal;$2.3 billion;USD|Investors now [value it at] $2.3 billion.|
grid-deal|Nordlys Grid|develops|GridPilot|Nordlys Grid [makes] GridPilot, which balances load between valleys.|
grid-deal|GridPilot|based_on|LanternOS|GridPilot [is built on] LanternOS, two engineers said.|status=possible attributed_as_written=two_engineers
grid-deal|Ministry of Energy|approved|Nordlys Grid|The Ministry of Energy [cleared] Nordlys Grid to cross the fjord.|
grid-deal|Ministry of Energy|investigates|Kestrel Mining|The ministry [has opened an inquiry into] Kestrel Mining.|
grid-deal|Brightwater Capital|has_stake_in|Halvorsen Energy|Brightwater Capital [holds an 11 percent stake in] Halvorsen Energy.|percent=11
grid-deal|Brightwater Capital|has_stake_in|Nordlys Grid|It also [owns 4 percent of] Nordlys Grid.|percent=4
grid-deal|Nordlys Grid|customer_of|Ostrava Steelworks|Nordlys Grid [buys steel from] Ostrava Steelworks.|
grid-deal|Oskar Lindqvist|board_member_of|Nordlys Grid|Oskar Lindqvist [left the board of] Nordlys Grid last spring.|status=ended time=2024-21 time_as_written=last_spring
grid-deal|Halvorsen Energy|operates_in|Chile|Halvorsen Energy [plans to operate in] Chile from 2027.|status=planned time=2027 time_as_written=from_2027
robot-harvest|Tidewell Robotics|develops|Harvester 9|Tidewell Robotics [makes] the Harvester 9, an apple-picking robot.|
robot-harvest|Tidewell Robotics|launched|Skimmer drone|Tidewell Robotics [unveiled] the Skimmer drone in Lisbon.|
robot-harvest|Fernhill Foods|uses|Harvester 9|Fernhill Foods already [uses] forty of the Harvester 9 machines.|
robot-harvest|Fernhill Foods|uses|Skimmer drone|Fernhill Foods [plans to use] the Skimmer drone next season.|status=planned time=2026 time_as_written=next_season
robot-harvest|Fernhill Foods|customer_of|Tidewell Robotics|Fernhill Foods is Tidewell Robotics' [largest customer].|
robot-harvest|Brightwater Capital|invested_in|Tidewell Robotics|Tidewell Robotics, [backed by] Brightwater Capital, tripled its revenue.|
robot-harvest|Halvorsen Energy|invested_in|Tidewell Robotics|Halvorsen Energy [may invest in] Tidewell Robotics, people close to the talks said.|status=possible attributed_as_written=people_close_to_the_talks
robot-harvest|Tomás Aguilar|founded|Tidewell Robotics|Tomás Aguilar [started] Tidewell Robotics after leaving Quillon Systems.|
robot-harvest|Tomás Aguilar|ceo_of|Tidewell Robotics|Tomás Aguilar still [runs] Tidewell Robotics.|
robot-harvest|Tomás Aguilar|works_for|Quillon Systems|He [left] Quillon Systems in 2019.|status=ended time=2019 time_as_written=in_2019
robot-harvest|Tomás Aguilar|educated_at|Pinecrest University|Mr Aguilar [studied at] Pinecrest University.|
robot-harvest|Tidewell Robotics|headquartered_in|Lisbon|Tidewell Robotics, [based in] Lisbon, employs 210 people.|
robot-harvest|Tidewell Robotics|partner_of|Quillon Systems|Tidewell Robotics [denied that it works with] Quillon Systems.|status=denied attributed_to=Tidewell_Robotics
robot-harvest|Tidewell Robotics|competes_with|Quillon Systems|Its [rival] Quillon Systems sells a similar arm.|
robot-harvest|Tidewell Robotics|sued|Quillon Systems|Tidewell Robotics [sued] Quillon Systems over a gripper.|
robot-harvest|Harvester 9|uses|LanternOS|The Harvester 9 [runs on] LanternOS.|
robot-harvest|Harvester 9|uses|Type K battery|A Type K battery [powers] the Harvester 9.|
robot-harvest|Greyfield Motors|supplies|Tidewell Robotics|Greyfield Motors [supplies] wheels to Tidewell Robotics.|
robot-harvest|Mei-Lin Zhou|executive_of|Tidewell Robotics|Mei-Lin Zhou, its [chief scientist], designed the arm.|
robot-harvest|Fernhill Foods|headquartered_in|Rotterdam|The [Rotterdam] company Fernhill Foods sells pears to eleven countries.|
steel-suit|Ostrava Steelworks|sued|Kestrel Mining|Ostrava Steelworks [sued] Kestrel Mining on Monday over late ore.|time=2025-06-30 time_as_written=on_Monday
steel-suit|Kestrel Mining|supplies|Ostrava Steelworks|Kestrel Mining [no longer supplies] Ostrava Steelworks.|status=ended
steel-suit|Kestrel Mining|supplies|Ostrava Steelworks|Kestrel Mining [supplied ore to] Ostrava Steelworks for a decade.|
steel-suit|Kestrel Mining|accused|Ostrava Steelworks|Kestrel Mining [accused] the steelworks of unpaid bills.|attributed_to=Kestrel_Mining
steel-suit|Ostrava Steelworks|headquartered_in|Ostrava|Ostrava Steelworks was founded [in Ostrava].|
steel-suit|Jonas Weber|ceo_of|Ostrava Steelworks|Jonas Weber, who [heads] Ostrava Steelworks, spoke outside the court.|
steel-suit|Jonas Weber|succeeded|Ruth Abelman|Mr Weber [took over from] Ruth Abelman in 2022.|time=2022 time_as_written=in_2022
steel-suit|Ruth Abelman|ceo_of|Ostrava Steelworks|Ms Abelman [ran] Ostrava Steelworks until 2022.|status=ended end_date=2022-12-31 time_as_written=until_2022
steel-suit|Ruth Abelman|board_member_of|Aster Chemicals|She now [sits on the board of] Aster Chemicals.|
steel-suit|Kestrel Mining|operates_in|Chile|Kestrel Mining [digs] in Chile.|
steel-suit|Aster Chemicals|customer_of|Kestrel Mining|Aster Chemicals [buys lithium from] Kestrel Mining.|
steel-suit|Aster Chemicals|develops|Type K battery|Aster Chemicals [developed] the Type K battery.|
steel-suit|Harbor Commission|fined|Solano Ports|The Harbor Commission [fined] Solano Ports 48 million euros.|amount=48000000 currency=EUR
steel-suit|Solano Ports|customer_of|Ostrava Steelworks|Solano Ports [buys] cranes made of Ostrava Steelworks' steel.|
steel-suit|Solano Ports|operates_in|Rotterdam|Solano Ports [operates] two terminals in Rotterdam.|
steel-suit|Solano Ports|operates_in|Singapore|It also [runs a terminal in] Singapore.|
steel-suit|Marlow Street Bank|has_stake_in|Ostrava Steelworks|Marlow Street Bank [holds 23 percent of] Ostrava Steelworks.|percent=23
steel-suit|Marlow Street Bank|invested_in|Kestrel Mining|Marlow Street Bank [has put 90 million euros into] Kestrel Mining.|amount=90000000 currency=EUR
steel-suit|Halvorsen Energy|invested_in|Nordlys Grid|Halvorsen Energy, which [put money into] Nordlys Grid, watches the case.|
airline-talks|Verity Airlines|negotiates_with|Greyfield Motors|Verity Airlines [is in talks with] Greyfield Motors about electric tugs.|
airline-talks|Verity Airlines|acquired|Greyfield Motors|Verity Airlines [has no plans to buy] Greyfield Motors, a spokeswoman said.|status=denied attributed_as_written=a_spokeswoman
airline-talks|Verity Airlines|partner_of|Greyfield Motors|A [partnership between] Verity Airlines and Greyfield Motors may follow.|status=possible
airline-talks|Greyfield Motors|develops|FrostLine|Greyfield Motors [builds] the FrostLine, a truck for ice roads.|
airline-talks|FrostLine|uses|Type K battery|The FrostLine [uses] the Type K battery.|
airline-talks|Greyfield Motors|listed_on|Union Exchange|Greyfield Motors, [listed on] the Union Exchange, rose 3 percent.|
airline-talks|Verity Airlines|listed_on|Union Exchange|Verity Airlines [plans to list on] the Union Exchange in 2026.|status=planned time=2026 time_as_written=in_2026
airline-talks|Priya Raman|ceo_of|Verity Airlines|Priya Raman, [chief executive of] Verity Airlines, declined to comment.|
airline-talks|Dana Whitfield|chair_of|Greyfield Motors|Dana Whitfield [chairs] Greyfield Motors.|
airline-talks|Verity Airlines|headquartered_in|Singapore|Verity Airlines [is based in] Singapore.|
airline-talks|Marlow Street Bank|invested_in|Verity Airlines|Marlow Street Bank [lent to and invested in] Verity Airlines.|
airline-talks|Brightwater Capital|has_stake_in|Halvorsen Energy|Brightwater Capital, [a shareholder of] Halvorsen Energy, is interested as well.|
airline-talks|Priya Raman|educated_at|Pinecrest University|Ms Raman [holds a degree from] Pinecrest University.|
lantern-profile|Lantern Health|develops|LanternOS|Lantern Health [makes] LanternOS, which runs in 900 clinics.|
lantern-profile|Samuel Okafor|founded|Lantern Health|Samuel Okafor [founded] Lantern Health in a church hall.|
lantern-profile|Samuel Okafor|ceo_of|Lantern Health|Samuel Okafor [gave up his post as head of] Lantern Health in May.|status=ended time=2025-05 time_as_written=in_May
lantern-profile|Dana Whitfield|ceo_of|Lantern Health|Dana Whitfield now [leads] Lantern Health.|time=2025-05/.. start_date=2025-05-01
lantern-profile|Quillon Systems|invested_in|Lantern Health|Quillon Systems [invested 60 million dollars in] Lantern Health in 2023.|amount=60000000 currency=USD time=2023 time_as_written=in_2023
lantern-profile|Quillon Systems|acquired|Lantern Health|Quillon Systems [wants to buy] Lantern Health, two bankers said.|status=planned attributed_as_written=two_bankers
lantern-profile|Quillon Systems|acquired|Lantern Health|"Nobody [is buying] us," said Ms Whitfield.|status=denied attributed_to=Dana_Whitfield
lantern-profile|Brightwater Capital|invested_in|Lantern Health|Brightwater Capital [backed] Lantern Health early.|
lantern-profile|Lantern Health|sued|Lantern Health|An arm of Lantern Health [sued] Lantern Health in Singapore by mistake.|
lantern-profile|Samuel Okafor|spouse_of|Ruth Abelman|Mr Okafor and his [wife], Ruth Abelman, live near Lisbon.|
lantern-profile|Lantern Health|founded_on|=2011;xsd:gYear;2011|Lantern Health was [founded in] 2011.|
lantern-profile|Tidewell Robotics|uses|LanternOS|Tidewell Robotics [uses] LanternOS, Mr Okafor said.|attributed_to=Samuel_Okafor
"""


def entities() -> dict[str, Entity]:
    """All entities of the made-up world by name."""
    found = {}
    for type_name, names in NAMES.items():
        for name in (part.strip() for line in names.splitlines() for part in line.split("|")):
            slug = "_".join(name.replace("&", " ").split())
            found[name] = Entity(f"{BASE}entity/{slug}", name, NEWS + type_name, ALIASES.get(name, ()))
    return found


def sample() -> tuple[list[Fact], list[Document]]:
    """Facts and documents; every quote stands in its document at its offsets."""
    world, texts = entities(), {name: "" for name in DOCUMENTS}
    claims: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for line in SAID.strip().splitlines():
        source, subject, relation, target, marked, extra = line.split("|")
        before, trigger, after = marked.replace("]", "[").split("[")
        start = len(texts[source])
        texts[source] += before + trigger + after + " "
        trigger_start = start + len(before)
        evidence = Evidence(
            document=source,
            text=before + trigger + after,
            start=start,
            end=len(texts[source]) - 1,
            trigger=trigger,
            trigger_start=trigger_start,
            trigger_end=trigger_start + len(trigger),
        )
        said = {key: value.replace("_", " ") for key, _, value in (part.partition("=") for part in extra.split())}
        speaker = world.get(said.pop("attributed_to", ""))
        number = len(claims[subject, relation, target])
        claim = Claim(
            iri=f"{BASE}claim/{source}-{start}-{number}",
            subject=world[subject],
            predicate=NEWS + relation,
            object=_literal(target) if target.startswith("=") else world[target],
            qualifiers=Qualifiers(**said),
            evidence=evidence,
            attributed_to=speaker,
            phrase=trigger,
        )
        claims[subject, relation, target].append(claim)
    facts = [Fact(made[0].subject, made[0].predicate, made[0].object, tuple(made)) for made in claims.values()]
    documents = [Document(name, texts[name], title, date, f"seeds/{name}.txt") for name, (title, date) in DOCUMENTS.items()]
    return facts, documents


def _literal(text: str) -> Literal:
    value, datatype, written, *currency = text[1:].split(";")
    return Literal(value, datatype, written, currency=currency[0] if currency else None)
