"""Words that tell a job title from a company, a school and a degree.

English, German, French and Spanish; in lower case, with their accents. Facts about language only: what
is missing here costs a guess, never a crash.
"""

import re
from collections.abc import Callable


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, set apart by upright strokes and wrapped anywhere."""
    return frozenset(phrase.strip() for phrase in " ".join(text.split()).split("|"))


ANY_WORD, HEAD_WORD, CERTAIN = 2, 3, 4  # scores
_AFTER_HEAD = re.compile(
    r"\s(?:of|for|in|at|to|on|und|and|de|del|du|des|für|im|bei|pour|en|para|I{1,3}|IV|\d)\b|[,/(&|:\u2013]|\s-\s"
)
_DOMAIN = re.compile(r"\w\.(?:com|org|net|io|ai|de|edu|gov|co)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_TITLES = word_set(
    """
    engineer developer programmer coder architect manager director analyst scientist consultant
    designer administrator admin intern internship trainee apprentice apprenticeship assistant
    associate lead leader head chief officer president vp svp avp evp cto ceo cfo coo cio ciso cmo
    cpo founder cofounder partner owner specialist coordinator supervisor technician tester
    researcher professor lecturer teacher instructor tutor fellow student postdoc postdoctoral
    scholar nurse doctor physician surgeon pharmacist dentist accountant auditor attorney lawyer
    counsel paralegal solicitor barrister judge secretary receptionist clerk cashier
    representative rep agent advisor adviser executive recruiter writer editor journalist reporter
    author translator interpreter chef cook waiter waitress barista bartender server driver
    operator mechanic electrician plumber carpenter welder machinist pilot volunteer freelancer
    freelance contractor member buyer planner strategist evangelist advocate ambassador expert
    practitioner therapist counselor counsellor psychologist coach trainer librarian banker trader
    broker economist statistician mathematician physicist chemist biologist master devops sre sdet
    qa worker employee foreman inspector guard artist producer photographer animator marketer
    controller merchandiser bookkeeper superintendent principal dean chair chairman chairperson
    chairwoman negotiator observer captain sergeant lieutenant commander caretaker cleaner
    handyman installer laborer labourer packer modeler webmaster moderator mentor facilitator
    organizer organiser salesman salesperson seller teller underwriter actuary estimator scheduler
    dispatcher curator archivist conservator paramedic caregiver nanny babysitter housekeeper
    janitor superintendant registrar provost curate minister pastor liaison generalist buddy
    steward stewardess host hostess concierge stylist hairdresser builder surveyor draftsman
    drafter geologist ecologist microbiologist technologist hygienist radiographer optometrist
    veterinarian dietitian nutritionist firefighter policeman detective investigator prosecutor
    magistrate notary realtor appraiser assessor collector processor typist stenographer
    proofreader copywriter blogger vlogger influencer illustrator sculptor musician composer
    conductor singer actor actress dancer choreographer promoter sponsor treasurer vorstand
    ingenieur entwickler entwicklerin berater beraterin leiter leiterin mitarbeiter mitarbeiterin
    werkstudent werkstudentin praktikant praktikantin praktikum geschäftsführer geschäftsführerin
    assistent assistentin techniker technikerin architekt architektin forscher forscherin referent
    referentin kaufmann kauffrau azubi auszubildender auszubildende hilfskraft doktorand
    doktorandin dozent dozentin lehrer lehrerin beauftragter sachbearbeiter sachbearbeiterin
    verkäufer verkäuferin gründer gründerin inhaber freiberufler selbstständig aushilfe
    ehrenamtlicher développeur développeuse ingénieur ingénieure cheffe responsable directeur
    directrice stagiaire stage alternant alternante alternance consultante technicien technicienne
    analyste gérant gérante chercheur chercheuse apprenti apprentie assistante vendeur vendeuse
    chargé chargée enseignant enseignante professeur fondateur fondatrice concepteur rédacteur
    comptable infirmier infirmière architecte administrateur doctorant desarrollador
    desarrolladora ingeniero ingeniera gerente directora jefe jefa becario becaria programador
    programadora analista consultor consultora técnico técnica coordinador coordinadora profesor
    profesora investigador investigadora arquitecto arquitecta diseñador diseñadora vendedor
    vendedora administrativo auxiliar encargado fundador fundadora asesor asesora practicante
    prácticas ayudante maestro maestra
    """
)
_TITLE_ENDING = re.compile(
    r".{3,}(?:entwickler|ingenieur|leiter|berater|manager|assistent|techniker|architekt|student|praktikum"
    r"|praktikant|forscher|referent|kaufmann|mitarbeiter|lehrer|beauftragter|trainer|designer|führer)(?:in)?"
)
_COMPANIES = word_set(
    """
    inc incorporated llc llp ltd limited corp corporation co company companies gmbh ag kg kgaa ohg
    se sa sas sarl bv nv plc pvt pty oy ab asa spa srl sl sla ev mbh ug bank group gruppe groupe
    grupo holding holdings technologies technology tech solutions systems services software labs
    lab laboratory laboratories consulting consultants consultancy partners associates agency
    foundation ministry department council association society center centre church museum library
    studio studios media networks network industries enterprises enterprise international capital
    ventures pharma pharmaceuticals insurance airlines airways motors energy communications
    telecom logistics retail stores store restaurant restaurants hotel hotels club federation
    union authority bureau commission court consortium organization organisation startup brewery
    airport force army navy office offices team research analytics robotics interactive digital
    games gaming entertainment publishing press books news magazine radio television financial
    finance payments securities advisors advisory investments realty properties construction
    engineering manufacturing automotive aerospace electronics semiconductor semiconductors
    devices instruments healthcare health medical care hospital clinic clinics salon fitness gym
    supermarket foods food farms
    """
)
_LEGAL_FORMS = word_set(
    "inc incorporated llc llp ltd limited corp corporation gmbh ag kgaa sarl plc pvt pty srl mbh ohg"
)
_COMPANY_ENDING = re.compile(
    r".{3,}(?:universität|hochschule|klinik|klinikum|bank|werke|schule|verein|institut|verlag|gesellschaft"
    r"|versicherung)"
)
_INSTITUTIONS = word_set(
    """
    university universities college institute institution school academy polytechnic universität
    fachhochschule hochschule gymnasium berufsschule realschule schule akademie institut kolleg
    université universite école ecole lycée lycee iut insa universidad universitat università
    universita politecnico politécnica politecnica instituto escuela colegio facultad uniwersytet
    politechnika universiteit universitet seminary conservatory kolegium vidyalaya vidyapeeth iit
    nit iiit bits mit eth epfl ucl caltech ucla tum rwth kit lmu hec insead cegep campus faculty
    bootcamp
    """
)
_DEGREE_WORDS = re.compile(
    r"""\b(?:
      ph\.?\s?d | d\.?phil | doctor(?:ate|al)? | doktor\w* | promotion | juris | bachelor\w*(?:['\u2019]s)?
    | masters?(?:['\u2019]s)?(?!\w) | masterstudium | magister | diplom\w* | staatsexamen | abitur | fachabitur
    | matura | baccalauréat | bac\s?\+\s?\d | licence | licenciatura | licenciad[oa] | grado | maestría
    | doctorado | bachillerato | maîtrise | degree | graduat\w+ | undergraduate | postgraduate | certificate
    | associate['\u2019]?s?\sdegree | associate\sof | a[-\s]levels? | gcses? | high\sschool\sdiploma
    | intermediate | semester\sabroad | exchange\ssemester | erasmus | studies | studium | études
    | ausbildung | lehre | umschulung | ingénieur\w* | ingeniería | nanodegree | pgdm? | b\.?\s?tech | m\.?\s?tech
    | b\.?\s?com | m\.?\s?com | b\.?\s?arch | m\.?\s?arch | mphil | m\.\s?phil | mba | emba | bba | bca | mca
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DEGREE_LETTERS = re.compile(
    r"""(?<![\w.])(?:
      [BM]\.?\s?S\.?\s?c? | [BM]\.?\s?A | [BM]\.?\s?Eng | [BM]\.?\s?E | [BM]\.?\s?Ed | M\.?S\.?Ed | Ed\.?[DMS]
    | ED\.?D | [BM]\.?S\.?W | M\.?L\.?I?\.?S | J\.?D | LL\.?[BMD] | M\.?D | M\.?B\.?A | [BM]\.?F\.?A | M\.?P\.?[AH]
    | BTS | DUT | DEUG | CAP | HSC | SSL?C | GED | [BM]\.?\s?Tech | [BM]\.?\s?Phil | SB | SM | AB | A\.?A\.?S?
    )\.?(?!\w)""",
    re.VERBOSE,
)
_DEPARTMENTS = word_set(
    """
    platform infrastructure payments growth search ads data cloud mobile core security engineering
    marketing sales product products operations ops research design finance hr backend frontend
    web ios android ml ai machine learning analytics devops team division group department
    development r d technology it support customer success quality assurance human resources legal
    logistics risk compliance strategy communications science tools systems network networks
    embedded firmware full stack end back front and of the i ii iii
    """
)
SPOKEN_LANGUAGES = word_set(
    """
    english german french spanish italian portuguese dutch swedish norwegian danish finnish
    icelandic polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian
    serbian croatian bosnian slovenian slovene macedonian albanian lithuanian latvian estonian
    arabic hebrew persian farsi urdu hindi bengali punjabi gujarati marathi tamil telugu kannada
    malayalam sinhala nepali chinese mandarin cantonese japanese korean vietnamese thai indonesian
    malay tagalog filipino swahili amharic hausa yoruba igbo zulu afrikaans catalan basque
    galician irish welsh latin esperanto armenian georgian azerbaijani kazakh uzbek pashto kurdish
    mongolian burmese khmer lao odia assamese konkani maltese luxembourgish englisch deutsch
    französisch spanisch italienisch portugiesisch niederländisch russisch türkisch polnisch
    arabisch chinesisch japanisch schwedisch anglais allemand français espagnol italien portugais
    russe arabe chinois japonais inglés ingles alemán aleman francés frances español espanol
    italiano portugués ruso árabe chino japonés catalán franzosisch turkisch niederlandisch
    francais portugues
    """
)


def is_title_word(word: str) -> bool:
    """Whether a word (lower case) names a kind of job."""
    return word in _TITLES or bool(_TITLE_ENDING.fullmatch(word))


def title_score(text: str) -> int:
    """How much a text sounds like a job title: 3 where its head word is one, 2 for another word, else 0."""
    return _score(text, is_title_word)


def company_score(text: str) -> int:
    """How much a text sounds like an employer, as `title_score`; 4 with a legal form or as a school."""
    words = set(_words(text))
    is_certain = not words.isdisjoint(_LEGAL_FORMS | _INSTITUTIONS) or bool(_DOMAIN.search(text))
    return CERTAIN if is_certain else _score(text, _is_company_word)


def names_institution(text: str) -> bool:
    """Whether a text names a place of study."""
    return any(word in _INSTITUTIONS or _COMPANY_ENDING.fullmatch(word) for word in _words(text))


def names_degree(text: str) -> bool:
    """Whether a text names a degree or a course of study."""
    return bool(_DEGREE_WORDS.search(text) or _DEGREE_LETTERS.search(text))


def split_degree(text: str) -> tuple[str, str]:
    """A degree in letters that a text begins with, and the rest; ("", text) where it does not."""
    match = _DEGREE_LETTERS.match(text) or _DEGREE_WORDS.match(text)
    if (
        match is None
        or not text[match.end() :].startswith(" ")
        or text[match.end() + 1 :][:1].islower()
    ):
        return "", text
    return match.group(), text[match.end() :].strip()


def is_department(text: str) -> bool:
    """Whether a text is nothing but the name of a part of a company."""
    words = _words(text)
    return bool(words) and all(word in _DEPARTMENTS for word in words)


def _score(text: str, is_telling: Callable[[str], bool]) -> int:
    words = _words(text)
    if not any(is_telling(word) for word in words):
        return 0
    head = _words(_AFTER_HEAD.split(text, maxsplit=1)[0])
    return HEAD_WORD if head and is_telling(head[-1]) else ANY_WORD


def _is_company_word(word: str) -> bool:
    return word in _COMPANIES or bool(_COMPANY_ENDING.fullmatch(word))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
