"""Names of places, as far as a resume needs them: what is missing here costs a guess, never a crash."""

import re

from core.parsing.vocabulary import company_score, phrase_set, word_set

_COUNTRIES = phrase_set(
    """
    usa | us | u.s. | u.s.a. | united states | united states of america | uk | u.k. | united
    kingdom | england | scotland | wales | northern ireland | ireland | germany | deutschland |
    france | spain | españa | italy | italia | portugal | netherlands | the netherlands | belgium
    | luxembourg | switzerland | schweiz | suisse | austria | österreich | denmark | sweden |
    norway | finland | iceland | poland | czech republic | czechia | slovakia | hungary | romania
    | bulgaria | greece | turkey | türkiye | russia | ukraine | belarus | serbia | croatia |
    slovenia | bosnia and herzegovina | north macedonia | albania | lithuania | latvia | estonia |
    georgia | armenia | azerbaijan | israel | uae | united arab emirates | saudi arabia | qatar |
    kuwait | bahrain | oman | jordan | lebanon | iraq | iran | egypt | morocco | maroc | tunisia |
    algeria | nigeria | ghana | kenya | ethiopia | tanzania | uganda | rwanda | south africa |
    india | pakistan | bangladesh | sri lanka | nepal | china | hong kong | taiwan | japan | south
    korea | korea | vietnam | thailand | malaysia | singapore | indonesia | philippines |
    australia | new zealand | canada | mexico | méxico | brazil | brasil | argentina | chile |
    colombia | peru | perú | ecuador | uruguay | venezuela | bolivia | paraguay | costa rica |
    panama | guatemala | cuba | dominican republic | jamaica | malta | cyprus | kazakhstan |
    uzbekistan | mongolia | cameroon | senegal | zambia | zimbabwe | botswana | namibia |
    mozambique
    """
)
_REGIONS = phrase_set(
    """
    alabama | alaska | arizona | arkansas | california | colorado | connecticut | delaware |
    florida | georgia | hawaii | idaho | illinois | indiana | iowa | kansas | kentucky | louisiana
    | maine | maryland | massachusetts | michigan | minnesota | mississippi | missouri | montana |
    nebraska | nevada | new hampshire | new jersey | new mexico | new york | north carolina |
    north dakota | ohio | oklahoma | oregon | pennsylvania | rhode island | south carolina | south
    dakota | tennessee | texas | utah | vermont | virginia | washington | west virginia |
    wisconsin | wyoming | ontario | quebec | québec | british columbia | alberta | manitoba |
    saskatchewan | nova scotia | new brunswick | andhra pradesh | assam | bihar | delhi | goa |
    gujarat | haryana | karnataka | kerala | madhya pradesh | maharashtra | odisha | punjab |
    rajasthan | tamil nadu | telangana | uttar pradesh | uttarakhand | west bengal | bavaria |
    bayern | hessen | saxony | sachsen | new south wales | victoria | queensland | washington dc |
    d.c. | catalonia | île-de-france
    """
)
_REGION_CODES = word_set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
    OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ON QC BC AB MB SK NS NB NL PE NSW VIC QLD WA
    """
)
_CITIES = phrase_set(
    """
    berlin | hamburg | munich | münchen | cologne | köln | frankfurt | frankfurt am main |
    stuttgart | düsseldorf | leipzig | dresden | bremen | hannover | hanover | nürnberg |
    nuremberg | karlsruhe | heidelberg | freiburg | bonn | mannheim | aachen | münster | essen |
    dortmund | vienna | wien | graz | linz | salzburg | zurich | zürich | basel | bern | geneva |
    genève | lausanne | paris | lyon | marseille | toulouse | lille | nantes | bordeaux |
    strasbourg | grenoble | nice | rennes | montpellier | brussels | bruxelles | antwerp | ghent |
    amsterdam | rotterdam | utrecht | eindhoven | the hague | delft | london | manchester |
    birmingham | leeds | liverpool | bristol | edinburgh | glasgow | cambridge | oxford | belfast
    | cardiff | dublin | cork | galway | madrid | barcelona | valencia | sevilla | seville |
    bilbao | málaga | malaga | zaragoza | lisbon | lisboa | porto | rome | roma | milan | milano |
    turin | torino | bologna | florence | naples | copenhagen | aarhus | stockholm | gothenburg |
    malmö | oslo | bergen | helsinki | espoo | tampere | warsaw | kraków | krakow | wrocław |
    wroclaw | gdańsk | gdansk | poznań | prague | brno | bratislava | budapest | bucharest | cluj-
    napoca | iași | sofia | athens | thessaloniki | istanbul | ankara | izmir | belgrade | zagreb
    | ljubljana | kyiv | kiev | lviv | kharkiv | minsk | moscow | saint petersburg | vilnius |
    riga | tallinn | tel aviv | haifa | jerusalem | dubai | abu dhabi | doha | riyadh | cairo |
    casablanca | tunis | lagos | abuja | accra | nairobi | addis ababa | cape town | johannesburg
    | mumbai | pune | bangalore | bengaluru | hyderabad | chennai | delhi | new delhi | noida |
    gurgaon | gurugram | kolkata | ahmedabad | jaipur | kochi | coimbatore | chandigarh | indore |
    lucknow | nagpur | trivandrum | thiruvananthapuram | mysore | vadodara | karachi | lahore |
    islamabad | dhaka | colombo | kathmandu | beijing | shanghai | shenzhen | guangzhou | hangzhou
    | taipei | tokyo | osaka | kyoto | seoul | busan | hanoi | ho chi minh city | bangkok | kuala
    lumpur | jakarta | manila | sydney | melbourne | brisbane | perth | adelaide | auckland |
    wellington | toronto | vancouver | montreal | montréal | ottawa | calgary | waterloo | new
    york | new york city | nyc | brooklyn | san francisco | san jose | san diego | los angeles |
    palo alto | mountain view | menlo park | sunnyvale | cupertino | berkeley | irvine | davis |
    santa barbara | urbana-champaign | madison | ann arbor | chapel hill | santa clara | seattle |
    redmond | bellevue | portland | boston | chicago | austin | dallas | houston | denver |
    boulder | atlanta | miami | philadelphia | pittsburgh | detroit | minneapolis | phoenix | salt
    lake city | las vegas | san francisco bay area | bay area | silicon valley | washington |
    washington dc | washington, d.c. | mexico city | guadalajara | monterrey | bogotá | bogota |
    medellín | lima | santiago | buenos aires | são paulo | sao paulo | rio de janeiro |
    montevideo | quito
    """
)
_WORKPLACE = re.compile(
    r"(?:(?:fully|100\s?%)\s)?(?:remote|hybrid|on-?site|home\s?office|télétravail|remoto)"
    r"(?:\s?[(,/-]?\s?(?:remote|hybrid|worldwide|[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\)?)?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b(?:\d{4,6}(?:-\d{4})?|[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2})\b")
_LONGEST_PLACE = 60
_MOST_WORDS_OF_PLACE = 5
_KNOWN_PLACES = _CITIES | _COUNTRIES | _REGIONS


def is_place(text: str) -> bool:
    """Whether a text is nothing but a place: a known city or country, "City, Region", "Remote"."""
    plain = _POSTCODE.sub("", text).strip(" ,().-")
    if not plain or len(plain) > _LONGEST_PLACE:
        return False
    if _WORKPLACE.fullmatch(plain) or _is_known_place(plain):
        return True
    *head, tail = [part.strip() for part in plain.replace(" (", ", ").split(",")]
    if not head or not _is_region(tail) or not all(map(_is_state, head[1:])):
        return False
    return _looks_like_name(head[0]) and not company_score(head[0])


def _is_known_place(text: str) -> bool:
    parts = [part.strip() for part in re.split(r"[/&,]", text)]
    return all(part.casefold() in _KNOWN_PLACES or _WORKPLACE.fullmatch(part) for part in parts)


def _is_region(text: str) -> bool:
    return text in _REGION_CODES or text.casefold() in _COUNTRIES | _REGIONS


def _is_state(text: str) -> bool:
    """A region that is no city as well: what stands before a city is no place."""
    return _is_region(text) and text.casefold() not in _CITIES


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS_OF_PLACE and all(word[0].isupper() for word in words)
