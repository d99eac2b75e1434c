"""The headings of a resume's sections, in English, German, French and Spanish."""

import re
from enum import StrEnum
from unicodedata import combining, normalize

from core.parsing.vocabulary import is_title_word, phrase_set, word_set


class SectionKind(StrEnum):
    """What a section is about. OTHER is also what stands before the first heading."""

    EXPERIENCE = "experience"
    EDUCATION = "education"
    PROJECTS = "projects"
    SKILLS = "skills"
    SUMMARY = "summary"
    CERTIFICATIONS = "certifications"
    LANGUAGES = "languages"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


_PHRASES = {
    SectionKind.EXPERIENCE: """
        experience | experiences | work | employment | career | work history | employment
        history | job history | career history | professional background | professional
        history | work background | internships | internship | career summary and experience
        | positions held | appointments | industry experience | teaching experience |
        research experience | volunteer experience | volunteering experience | leadership
        experience | relevant experience | experience summary | employment record |
        berufserfahrung | berufserfahrungen | berufliche erfahrung | berufliche erfahrungen
        | werdegang | beruflicher werdegang | beruflicher hintergrund | praktische erfahrung
        | praktische erfahrungen | praktika | berufspraxis | arbeitserfahrung | erfahrung |
        erfahrungen | tatigkeiten | berufstatigkeit | experience professionnelle |
        experiences professionnelles | parcours professionnel | parcours | emplois | stages
        | experiencia | experiencia profesional | experiencia laboral | historial laboral |
        trayectoria profesional | trayectoria | empleo
    """,
    SectionKind.EDUCATION: """
        education | educational background | academic background | academic history |
        academic qualifications | academics | academic degrees | qualifications and
        education | studies | educational qualifications | educational qualification |
        academic profile | academic record | academic qualification | schooling | education
        and certifications | education and training | training and education | degrees |
        ausbildung | bildung | bildungsweg | studium | schulbildung | akademischer werdegang
        | schulische ausbildung | akademische ausbildung | bildungsgang | formation |
        formations | etudes | diplomes | scolarite | parcours academique | cursus |
        formation academique | educacion | formacion | formacion academica | estudios |
        formacion educativa | academica
    """,
    SectionKind.PROJECTS: """
        projects | project | portfolio | side projects | open source | open source projects
        | hackathons | project experience | project work | projects undertaken | open source
        contributions | projekte | projekterfahrung | eigene projekte | projets | projets
        personnels | realisations | proyectos
    """,
    SectionKind.SKILLS: """
        skills | skill | skill set | skillset | skillsets | technologies | competencies |
        competences | expertise | tools | tech stack | stack | technical | proficiencies |
        core competencies | areas of expertise | tech | technical proficiency | technical
        proficiencies | technical expertise | abilities | strengths | know how | programming
        | programming languages | frameworks | software | it skills | computer skills |
        computer proficiency | technical knowledge | technical environment | technical
        qualifications | areas of competency | areas of experience | summary of skills |
        skills summary | fields | kenntnisse | fahigkeiten | fertigkeiten | kompetenzen |
        edv kenntnisse | it kenntnisse | fachkenntnisse | technische kenntnisse |
        technologien | starken | kenntnisse und fahigkeiten | besondere kenntnisse |
        competences techniques | competences informatiques | outils | informatique | savoir
        faire | atouts | habilidades | aptitudes | competencias | conocimientos |
        tecnologias | herramientas | destrezas | conocimientos tecnicos | habilidades
        tecnicas | conocimientos informaticos
    """,
    SectionKind.SUMMARY: """
        summary | profile | objective | about | about me | career objective | objectives |
        career summary | overview | introduction | who i am | personal statement | statement
        | professional summary | bio | executive summary | highlights | summary of
        qualifications | qualifications summary | career profile | personal profile |
        personal summary | qualifications | profil | kurzprofil | uber mich |
        zusammenfassung | ziel | berufsziel | personliches profil | a propos | a propos de
        moi | objectif | objectifs | resumen | perfil | sobre mi | objetivo | perfil
        profesional | extracto | objetivo profesional
    """,
    SectionKind.CERTIFICATIONS: """
        certifications | certification | certificates | licenses | licences | credentials |
        trainings | training | courses | coursework | professional development |
        certifications and licenses | licensure | online courses | workshops | certified
        courses | professional qualifications | licenses and certificates | certificates and
        training | zertifikate | zertifizierungen | weiterbildung | weiterbildungen |
        fortbildung | fortbildungen | kurse | certificats | cours | certificaciones |
        certificados | cursos
    """,
    SectionKind.LANGUAGES: """
        languages | language | language skills | spoken languages | foreign languages |
        linguistic skills | languages known | language proficiency | sprachen |
        sprachkenntnisse | fremdsprachen | langues | competences linguistiques | idiomas |
        lenguas
    """,
    SectionKind.PUBLICATIONS: """
        publications | publication | papers | articles | research papers | books |
        conference papers | selected publications | journal articles | veroffentlichungen |
        publikationen | publicaciones
    """,
    SectionKind.AWARDS: """
        awards | honors | honours | achievements | accomplishments | scholarships |
        fellowships | recognition | recognitions | distinctions | prizes | key achievements
        | awards and honors | grants | honors and awards | auszeichnungen | preise |
        stipendien | erfolge | prix | recompenses | bourses | premios | logros |
        reconocimientos | becas | distinciones
    """,
    SectionKind.INTERESTS: """
        interests | hobbies | activities | extracurricular activities | extra curricular
        activities | extracurricular | personal interests | hobbies and interests | passions
        | leisure | interessen | hobbys | freizeit | interets | loisirs | centres d interet
        | centres d interets | intereses | aficiones | pasatiempos
    """,
    SectionKind.REFERENCES: """
        references | referees | recommendations | testimonials | referenzen | referencias
    """,
    SectionKind.OTHER: """
        contact | contacts | contact information | contact details | contact me | personal
        details | personal information | personal data | personal particulars | patents |
        talks | invited talks | presentations | conferences | volunteering | volunteer work
        | volunteer | community service | memberships | affiliations | professional
        affiliations | professional memberships | declaration | availability | links |
        social | social media | additional information | other information | other |
        miscellaneous | leadership | status | teaching | service | operating systems |
        research interests | additional | kontakt | kontaktdaten | personliche daten |
        personliche angaben | patente | vortrage | ehrenamt | ehrenamtliches engagement |
        engagement | sonstiges | mitgliedschaften | zur person | coordonnees | contacto |
        datos personales | datos de contacto | informations personnelles | brevets |
        benevolat | divers | informations complementaires | voluntariado | otros |
        informacion adicional | informacion personal | other experience and interests
    """,
}
_KINDS = {phrase: kind for kind, phrases in _PHRASES.items() for phrase in phrase_set(phrases)}
_SQUEEZED = {phrase.replace(" ", ""): kind for phrase, kind in _KINDS.items()}
_FILLERS = word_set(
    """
    professional work working relevant selected key personal technical academic additional
    other my core recent main notable related and of the more legal industry research teaching
    clinical retail it general current previous prior past further military soft hard special
    specialized significant major a de des la et y und beruflicher berufliche weitere meine
    mes mis ausgewahlte history summary background professionnelle professionnelles
    profesional laboral details overview software engineering development areas computer
    freelance online independent university student business
    """
)
_ENDINGS = word_set("experience experiences skills projects education awards")
_NO_SECTION_BEFORE = word_set("user customer client employee candidate digital art")
_LONGEST_HEADING = 60
_MOST_WORDS = 7
_MOST_WORDS_BEFORE_ENDING = 4
_LETTER_SPACED = re.compile(r"(?:[^\W\d_]\s{1,3}){3,40}[^\W\d_]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def heading_kind(text: str) -> SectionKind | None:
    """What the section is about that this heading opens; None where it is no heading."""
    if len(text) > _LONGEST_HEADING or text.rstrip()[-1:] in {"", ".", ",", ";"}:
        return None
    phrase = plain(text)
    if not phrase or is_phrase(phrase):
        return _KINDS.get(phrase)
    if _LETTER_SPACED.fullmatch(text.strip(" :")):
        return _kind_of_letters(phrase.replace(" ", ""))
    return _kind_of_words(phrase.split())


def is_phrase(text: str) -> bool:
    """Whether a plain text is a heading word for word."""
    return text in _KINDS


def plain(text: str) -> str:
    """Lower case without accents, signs and digits."""
    bare = "".join(char for char in normalize("NFKD", text) if not combining(char)).casefold()
    return _NOT_LETTERS.sub(" ", bare).strip()


def _kind_of_letters(squeezed: str) -> SectionKind | None:
    """For a heading whose letters were set apart, so that its words are not known."""
    if squeezed in _SQUEEZED:
        return _SQUEEZED[squeezed]
    rests = (squeezed[len(word) :] for word in _FILLERS if squeezed.startswith(word))
    return next((_SQUEEZED[rest] for rest in rests if rest in _SQUEEZED), None)


def _kind_of_words(words: list[str]) -> SectionKind | None:
    if len(words) > _MOST_WORDS:
        return None
    telling = [word for word in words if word not in _FILLERS]
    kinds = [_KINDS.get(word) for word in telling]
    if kinds and all(kinds):
        return kinds[0]
    if words[-1] in _ENDINGS and len(words) <= _MOST_WORDS_BEFORE_ENDING and _may_be_section(words):
        return _KINDS[words[-1]]
    return _KINDS.get(" ".join(telling))


def _may_be_section(words: list[str]) -> bool:
    return not any(word in _NO_SECTION_BEFORE or is_title_word(word) for word in words)
