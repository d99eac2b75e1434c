"""How one asks back, in the languages that an interview can be held in besides English.

Wordings of whole utterances in lower case, without signs. Hindi is missing: nobody who speaks it has
written them.
"""

POLITE = (
    r"bitte|entschuldigung|entschuldigen sie|por favor|perdón|disculpe|s'il vous plaît|s'il te plaît|"
    r"per favore|scusi|desculpe|proszę|przepraszam"
)
_GERMAN_AGAIN = (
    r"wie|noch ?(?:ein)?mal|(?:wiederholen sie|wiederhole) (?:bitte )?(?:die frage|das)|"
    r"(?:k[aö]nn(?:en|st|test|ten)|würde(?:n|st)) (?:sie|du)(?: bitte)? (?:mir )?(?:die (?:letzte )?frage|das)(?: bitte)?"
    r"(?: noch ?(?:ein)?mal)? (?:wiederholen|stellen|sagen|vorlesen)"
)
_GERMAN_OTHERWISE = (
    r"(?:k[aö]nn(?:en|st|test|ten)|würde(?:n|st)) (?:sie|du)(?: bitte)? (?:mir )?(?:die frage|das)(?: bitte)? "
    r"(?:anders (?:formulieren|sagen|ausdrücken|stellen)|umformulieren|erklären|erläutern)|"
    r"was mein(?:en sie|st du)(?: damit| genau)?|ich verstehe (?:die frage|das|sie|dich) nicht|"
    r"(?:das|die frage) habe ich nicht verstanden|ich habe (?:die frage|das) nicht verstanden"
)
_SPANISH_AGAIN = (
    r"(?:me )?(?:puedes?|podrías?)(?: por favor)? (?:repetir(?:me|lo)?|decir)(?: (?:la|esa|su|tu) pregunta| eso)?"
    r"(?: otra vez| de nuevo)?|repita(?: la pregunta)?|otra vez|una vez más|cómo (?:dice|dijo)"
)
_SPANISH_OTHERWISE = (
    r"(?:me )?(?:puedes?|podrías?)(?: por favor)? (?:reformular|aclarar|explicar)(?:me|lo)?"
    r"(?: (?:la|esa|su|tu) pregunta| eso)?|qué quiere(?:s)? decir(?: con eso)?|"
    r"no (?:entiendo|entendí|comprendo)(?: bien)?(?: la pregunta)?"
)
_FRENCH_AGAIN = (
    r"(?:est ce que vous )?(?:pouvez|pourriez|peux|pourrais)(?: (?:vous|tu))?(?: s'il (?:vous|te) plaît)? (?:me )?"
    r"(?:répéter|redire|reposer)(?: (?:la|votre|ta|cette) question| cela| ça)?|"
    r"répétez(?: la question)?|encore une fois"
)
_FRENCH_OTHERWISE = (
    r"(?:est ce que vous )?(?:pouvez|pourriez|peux|pourrais)(?: (?:vous|tu))?(?: s'il (?:vous|te) plaît)? (?:me )?"
    r"(?:l')?(?:reformuler|clarifier|préciser|expliquer)(?: (?:la|votre|ta|cette) question| cela| ça)?|"
    r"que voulez vous dire(?: par là)?|je (?:ne )?comprends pas(?: (?:la|votre) question)?|"
    r"je n'ai pas compris(?: (?:la|votre) question)?"
)
_ITALIAN_AGAIN = (
    r"(?:mi )?(?:può|potrebbe|puoi|potresti)(?: per favore)? ripeter(?:e|mi|la)(?: la domanda)?|"
    r"ripeta(?: la domanda)?|ancora una volta|come scusi"
)
_ITALIAN_OTHERWISE = (
    r"(?:mi )?(?:può|potrebbe|puoi|potresti)(?: per favore)? (?:riformulare|chiarire|spiegare)(?: la domanda)?|"
    r"(?:che )?cosa intende(?: dire)?|non (?:capisco|ho capito)(?: la domanda)?"
)
_PORTUGUESE_AGAIN = (
    r"(?:você )?(?:pode|poderia|podes|poderias)(?: por favor)? repetir(?: a pergunta| isso)?|"
    r"repita(?: a pergunta)?|outra vez|mais uma vez|de novo"
)
_PORTUGUESE_OTHERWISE = (
    r"(?:você )?(?:pode|poderia|podes|poderias)(?: por favor)? (?:reformular|esclarecer|explicar)(?: a pergunta| isso)?|"
    r"o que quer dizer(?: com isso)?|não (?:entendi|compreendi|percebi)(?: a pergunta)?"
)
_POLISH_AGAIN = (
    r"(?:czy )?(?:może|możesz|mógłby|mógłbyś|mogłaby|mogłabyś)(?: pani?)? (?:proszę )?powtórzyć(?: (?:to )?pytanie| to)?|"
    r"(?:proszę )?powtórzyć(?: pytanie)?|jeszcze raz"
)
_POLISH_OTHERWISE = (
    r"(?:czy )?(?:może|możesz|mógłby|mógłbyś|mogłaby|mogłabyś)(?: pani?)? (?:proszę )?"
    r"(?:wyjaśnić|przeformułować|doprecyzować)(?: (?:to )?pytanie| to)?|"
    r"nie (?:rozumiem|zrozumiałem|zrozumiałam)(?: pytania)?|co pani? ma na myśli"
)

AGAIN = "|".join(
    (
        *(_GERMAN_AGAIN, _SPANISH_AGAIN, _FRENCH_AGAIN),
        *(_ITALIAN_AGAIN, _PORTUGUESE_AGAIN, _POLISH_AGAIN),
    )
)
"""To hear the question once more."""
OTHERWISE = "|".join(
    (
        *(_GERMAN_OTHERWISE, _SPANISH_OTHERWISE, _FRENCH_OTHERWISE),
        *(_ITALIAN_OTHERWISE, _PORTUGUESE_OTHERWISE, _POLISH_OTHERWISE),
    )
)
"""To hear it in other words."""
