"""Words by which a listing seems closed or moved, or its people sent elsewhere.

Whoever wants to keep survivors away needs no number for it: "nobody answers" does.
"""

import re

from directory.curation.proposals.days import MONTH, WEEKDAY
from directory.curation.proposals.script import folded

_DAY = (
    rf"(?:{WEEKDAY}|{MONTH}\.? \d|holidays?|noon|lunch|nights?|(?:dias )?(?:feriados?"
    r"|festivos?)|almuerzo|noche|mediodia|\d{1,2} de|\d{1,2}/\d)"
)
_CLOSED = re.compile(
    r"\bclosed\b(?! (?:on(?! (?:all|every)\b)|every (?!day)|between\b"
    r"|(?:at|after|before) \d"
    rf"|(?:for |at |each |over |during )?(?:the )?{_DAY}"
    r"|from [^.;]{1,24}?(?:\bto\b|\buntil\b|-|–)|group|caption|toe|shoe))"
    rf"|\bcerrad[oa]s?\b(?! (?:(?:en |por |durante |cada )?(?:el |la |los |las )?{_DAY}"
    r"|(?:de|desde) [^.;]{1,24}?(?:\ba\b|\bhasta\b|-|–)))"
)
"""Closed, and it is not said that it is so on some days only."""
_DAY_BEFORE = re.compile(
    rf"\b{_DAY}(?:\s?(?:,|&|\band\b|\by\b)\s?{_DAY})*:? ?"
    r"(?:(?:is|are|we are|we're|it is|esta|estamos|estan) )?(?:closed|cerrad[oa]s?)\b"
)
_ENGLISH = (
    # It is there no longer.
    r"(?:gone|left|ended|over|stopped|done) for good",
    r"permanently|forever|until further notice|indefinitely|any ?more|no longer",
    r"closing (?:down|soon|its|our|the doors|permanently|for good)",
    r"not (?:open|available|in service|operating)|unavailable|(?:do|does) not exist",
    r"out of (?:business|service|order)",
    r"shut(?:s|ting)? ?(?:down|its|our|their|the doors)",
    r"ceased?|discontinued|disconnected|defunct|dissolved|suspended|cancell?ed|shuttered",
    r"(?:has|have) (?:ended|stopped|left|gone|quit)|ended in|wound up",
    r"(?:do|does) not operate|nobody home|out of existence|not taking any\w*",
    r"(?:stopped|quit) (?:taking|answering|working|offering|operating)",
    # It is somewhere else, or somebody else.
    r"(?:has|have|we|we've|was|were|is|are|been|now) (?:just |recently )?moved",
    r"mov(?:ed|ing) (?:to|in|away|out|from)|relocat\w+|merged?|renamed|replaced",
    r"taken over|took over|transferred|redirect\w*|forward(?:s|ed|ing)",
    r"(?:now|newly) (?:at|located|called|known|run|part)",
    r"new (?:(?:phone|web|email|e-mail|street|main|help|crisis|hot) ?)?(?:number|phone"
    r"|address|location|office|website|site|email|e-mail|line|hotline|name|owner\w*"
    r"|management|home|place)",
    r"(?:number|phone|line|address|website|email|hotline) (?:has |have |is |was )?"
    r"(?:been )?(?:changed|new|different|wrong|out of date|outdated|dead|old|down)",
    r"wrong (?:number|address|place)|old (?:number|line|address)",
    # Nobody is there.
    r"(?:nobody|no one|no-one|none of us)(?:'s| (?:answer\w*|respond\w*|picks?|will"
    r"|works?|there|here|left|can|replies|call\w*|runs?|is (?:here|there|left|in|home"
    r"|on|available|answering|working)))",
    r"unanswered|never (?:answer|open|there|pick)\w*",
    r"(?:not|don't|doesn't|won't|can't|cannot) (?:be )?(?:answer|respond|pick"
    r"|reach|repl)\w*",
    # Go elsewhere.
    r"instead|(?:call|go|ask|look|try) elsewhere|somewhere else|help elsewhere",
    r"(?:do not|don't|dont|never|stop|avoid) (?:call|use|us|com|go|contact|phone|text"
    r"|visit|trust|dial|ring)\w*",
    r"(?:call|(?<!by )phone|dial|text|ring|contact|reach|try|write)(?:\W+[\w']+){0,5}?"
    r"\W+at\b(?! (?:any|all|night|noon|least|once|first|home|your|\d{1,2}\b"
    r"|the (?:door|desk|gate|front|end|same)))",
    r"(?:call|phone|dial|text|ring|contact|try|go to|use) (?:the |our )?(?:other|new"
    r"|next|sister|partner)",
    r"fake|scam|fraud\w*|hacked|unsafe|beware",
)
_SPANISH = (
    # It is there no longer.
    r"para siempre|definitiv\w+|permanentemente|hasta nuevo aviso|ya no",
    r"ya (?:cerro|cerraron|cerramos)|termino en|se acabo|se termino|busque otr[oa]",
    r"no (?:existe\w*|funciona\w*)|fuera de servicio",
    r"cerraron|(?:ha|hemos|han) cerrado|cerrara|cerraran|cerraremos|clausurad\w+",
    r"no (?:esta|estan|estamos) (?:abiert|disponible|funcionando)\w*|desconectad\w+",
    r"dej(?:o|amos|aron) de|suspendid\w+|cancelad\w+|inactiv\w+",
    # It is somewhere else, or somebody else.
    r"(?:se|nos|hemos|ha|han) (?:cerro|mud\w+|traslad\w+|cambi\w+|reubic\w+)",
    r"mudad[oa]s?|mudanza|trasladad[oa]s?|reubicad[oa]s?|fusion\w+|reemplazad\w+",
    r"nuev[oa] (?:numero|telefono|domicilio|local|lugar|sitio|correo|nombre|direccion"
    r"|linea|oficina|sede|pagina|ubicacion|casa|dueno)",
    r"(?:numero|telefono|direccion|linea|pagina|correo) (?:nuev\w+|equivocad\w+"
    r"|anterior|viej\w+|cambi\w+|ha cambiado|es otr\w+)",
    # Nobody is there.
    r"nadie (?:contesta|responde|atiende|esta|trabaja|va|puede|queda)\w*",
    r"no (?:hay|esta|queda) nadie|no (?:se )?(?:contesta|responde|atiende"
    r"|atendemos)\w*",
    # Go elsewhere.
    r"en (?:su )?lugar|en vez|en cambio|mejor (?:llam|march?|vay|us)\w+",
    r"no (?:llam|marqu|us[ea]|veng|vay|acuda|contact|escrib|confi)\w*",
    r"(?:llam(?:en?|a|ar)|marquen?|marca|contacte|comuniquese|comunicarse|escriba"
    r"|hable|hablar|llame)(?:\W+\w+){0,5}?\W+al\b(?! (?:llegar|menos|entrar|timbre"
    r"|mediodia|salir|dia|\d{1,2}\b))",
    r"fals[oa]|estafa|fraude|peligros\w+|cuidado con",
)
_WORDS = re.compile(rf"\b(?:{'|'.join((*_ENGLISH, *_SPANISH))})\b")


def seems_closed(text: str) -> frozenset[str]:
    """Return the words of `text` that keep people from calling the listing."""
    plain = " ".join(folded(text).casefold().replace("’", "'").split())
    rest = _DAY_BEFORE.sub(" ", plain)
    return frozenset(f[0] for p in (_CLOSED, _WORDS) for f in p.finditer(rest))
