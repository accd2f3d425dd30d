"""What is said of a match: codes with their sentences, in English and Spanish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A reason, a question or a caution: a code, and the words of its sentence."""

    code: str
    words: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: Language = "en") -> str:
        """Return the sentence in `language`."""
        return SENTENCES[self.code][LANGUAGES.index(language)].format(**self.words)

    def say(self, language: Language = "en") -> str | None:
        """Return what to say on the phone, `None` where it is no question.

        It tells nothing of the person: it asks what a provider does for anybody.
        """
        sentence = SPOKEN.get(self.code)
        if sentence is None:
            return None
        return sentence[LANGUAGES.index(language)].format(**self.words)


SENTENCES: dict[str, tuple[str, str]] = {
    # Reasons.
    "serves_county": ("Serves {county} County", "Atiende el condado de {county}"),
    "statewide": ("Serves all of North Carolina", "Atiende toda Carolina del Norte"),
    "remote": (
        "By phone or online from anywhere in North Carolina",
        "Por teléfono o en línea desde cualquier lugar de Carolina del Norte",
    ),
    "takes_others": (
        "Takes people from other counties",
        "Recibe a personas de otros condados",
    ),
    "covers_all": ("Helps with everything you ticked", "Ayuda con todo lo que marcó"),
    "covers_several": (
        "Helps with {count} of the needs you ticked",
        "Ayuda con {count} de las necesidades que marcó",
    ),
    "all_rules_met": (
        "You meet every rule we have on record",
        "Usted cumple todas las reglas que tenemos anotadas",
    ),
    "language_staff": ("Staff speak {language}", "El personal habla {language}"),
    "language_interpreter": (
        "Has interpreters for {language}",
        "Tiene intérpretes de {language}",
    ),
    "tailored": (
        "Made for people in this situation",
        "Pensado para personas en esta situación",
    ),
    "open_now": ("Open now", "Abierto ahora"),
    "answered": (
        "Somebody answers its phone day and night",
        "Alguien contesta su teléfono de día y de noche",
    ),
    "has_room": ("Reported room: {count}", "Informó que tiene lugar: {count}"),
    "trafficking_focus": (
        "Made for survivors of trafficking",
        "Creado para sobrevivientes de trata de personas",
    ),
    "trafficking_included": (
        "Says it serves survivors of trafficking",
        "Dice que atiende a sobrevivientes de trata de personas",
    ),
    "verified": ("Confirmed on {day}", "Confirmado el {day}"),
    # Questions.
    "age": (
        "Ask whether they take a person of this age",
        "Pregunte si reciben a una persona de esta edad",
    ),
    "gender": (
        "Ask whether they take a person of this gender",
        "Pregunte si reciben a una persona de este género",
    ),
    "children": (
        "Ask whether children can stay",
        "Pregunte si los niños pueden quedarse",
    ),
    "partner": (
        "Ask whether it matters if the trafficker was a partner",
        "Pregunte si importa que el tratante haya sido pareja",
    ),
    "victimization": (
        "Ask whether they take survivors of trafficking",
        "Pregunte si reciben a sobrevivientes de trata de personas",
    ),
    "immigration": (
        "Ask which immigration status they need, before you say any",
        "Pregunte qué estatus migratorio piden, antes de decir alguno",
    ),
    "substances": (
        "Ask whether a person must be sober",
        "Pregunte si la persona debe estar sobria",
    ),
    "exploitation": (
        "Ask whether they take survivors of both labor and sex trafficking",
        "Pregunte si reciben a sobrevivientes de trata laboral y de trata sexual",
    ),
    "pets": ("Ask whether pets can come", "Pregunte si aceptan mascotas"),
    "photo_id": (
        "Ask whether a photo ID is needed",
        "Pregunte si se necesita una identificación con foto",
    ),
    "police_report": (
        "Ask whether a police report is needed",
        "Pregunte si se necesita una denuncia a la policía",
    ),
    "justice": (
        "Ask whether a warrant or a record matters",
        "Pregunte si importa una orden de arresto o un antecedente",
    ),
    "disability": (
        "Ask whether they can host a person with this disability",
        "Pregunte si pueden recibir a una persona con esta discapacidad",
    ),
    "insurance": (
        "Ask whether insurance is needed",
        "Pregunte si se necesita seguro médico",
    ),
    "income": (
        "Ask for the income limit",
        "Pregunte cuál es el límite de ingresos",
    ),
    "pregnant": (
        "Ask whether pregnancy matters",
        "Pregunte si importa el embarazo",
    ),
    "household": (
        "Ask whether the people who come along can stay",
        "Pregunte si pueden quedarse las personas que acompañan",
    ),
    "tribal": (
        "Ask whether tribal membership is needed",
        "Pregunte si hay que pertenecer a una tribu",
    ),
    "faith": (
        "Ask whether taking part in worship is required",
        "Pregunte si es obligatorio participar en el culto",
    ),
    "lgbtq": (
        "Ask whether it is only for LGBTQ people",
        "Pregunte si es solo para personas LGBTQ",
    ),
    "housing_status": (
        "Ask whether a person must be without a home",
        "Pregunte si la persona debe estar sin hogar",
    ),
    "occupation": (
        "Ask whether it is only for some kinds of work",
        "Pregunte si es solo para ciertos trabajos",
    ),
    "custody": (
        "Ask whether foster care or custody matters",
        "Pregunte si importa estar bajo custodia o en un hogar de acogida",
    ),
    "other": (
        "Ask about the condition on the listing",
        "Pregunte por la condición que aparece en la ficha",
    ),
    "area_unsaid": (
        "Ask whether they serve the county where the person is",
        "Pregunte si atienden el condado donde está la persona",
    ),
    "area_partial": (
        "Ask whether they serve {county} County: the list of counties may be short",
        "Pregunte si atienden el condado de {county}: la lista puede estar incompleta",
    ),
    "area_neighbor": (
        "Ask whether they take people from {county} County, which is next door",
        "Pregunte si reciben a personas del condado vecino de {county}",
    ),
    "area_far": (
        "Ask whether they take people from {county} County",
        "Pregunte si reciben a personas del condado de {county}",
    ),
    "language_ask": (
        "Ask for somebody who speaks {language}, or an interpreter",
        "Pida a alguien que hable {language}, o un intérprete",
    ),
    "room": ("Ask whether there is room", "Pregunte si hay lugar"),
    "ride": (
        "Ask how to get there without a ride: it is farther than the person can go",
        "Pregunte cómo llegar sin transporte: queda más lejos de lo que puede ir",
    ),
    # Cautions.
    "full": ("Said it is full", "Informó que está lleno"),
    "waitlist": ("It has a waiting list", "Tiene lista de espera"),
    "unverified": (
        "Nobody has confirmed this listing yet",
        "Nadie ha confirmado todavía esta ficha",
    ),
    "closed_now": ("Closed now", "Cerrado ahora"),
    "no_number": (
        "We have no number for it: dial 211, and NC 211 can look it up",
        "No tenemos su número: marque 211 y NC 211 puede buscarlo",
    ),
    "doubtful_line": (
        "We were told more than once that its number does not work: if so, dial 211",
        "Nos dijeron más de una vez que su número no funciona: si es así, marque 211",
    ),
    "doubtful_number": (
        "We were told more than once that a number of it does not work: try another",
        "Nos dijeron más de una vez que uno de sus números no funciona: pruebe otro",
    ),
    "said_closed": (
        "We were told more than once that it has closed: call before you go",
        "Nos dijeron más de una vez que ha cerrado: llame antes de ir",
    ),
    "said_refuses": (
        "We were told more than once that it does not offer this: ask first",
        "Nos dijeron más de una vez que no ofrece esto: pregunte primero",
    ),
    "bounced": (
        "Our mail to it does not arrive: ask whether the listing is still right",
        "Nuestro correo no le llega: pregunte si la ficha sigue siendo correcta",
    ),
    "silent": (
        "It has not answered our last letters: ask whether the listing is still right",
        "No ha contestado nuestras últimas cartas: pregunte si la ficha es correcta",
    ),
    "refers_only": (
        "Sends people on to others; it does not give this help itself",
        "Envía a otros lugares; no da esta ayuda directamente",
    ),
    "faith_based": (
        "A faith-based provider, or one that asks for taking part in worship",
        "Un proveedor religioso, o uno que pide participar en el culto",
    ),
    "prefers_others": (
        "Mostly for other people: ask first",
        "Principalmente para otras personas: pregunte primero",
    ),
    "language_not_listed": (
        "Lists other languages than {language}",
        "Anuncia otros idiomas, no {language}",
    ),
    "near_danger": (
        "One of its places is in a county to avoid, or too near: ask for another",
        "Uno de sus lugares está en un condado que evitar, o muy cerca: pida otro",
    ),
    "where_unknown": (
        "Where it is, is not shown: ask whether it is in a county to avoid",
        "No se muestra dónde está: pregunte si está en un condado que evitar",
    ),
}
"""Each code with its English and its Spanish sentence."""

_FROM_COUNTY = (
    "Do you take people from {county} County?",
    "¿Reciben a personas del condado de {county}?",
)

SPOKEN: dict[str, tuple[str, str]] = {
    "age": ("What ages do you take?", "¿De qué edades reciben?"),
    "gender": (
        "Whom do you take: women, men, trans and nonbinary people?",
        "¿A quiénes reciben: mujeres, hombres, personas trans y no binarias?",
    ),
    "children": (
        "Can children come along, and up to what age?",
        "¿Pueden venir niños, y hasta qué edad?",
    ),
    "partner": (
        "Do you only help if a partner did the harm?",
        "¿Solo ayudan si el daño lo hizo una pareja?",
    ),
    "victimization": (
        "Do you take survivors of human trafficking?",
        "¿Reciben a sobrevivientes de trata de personas?",
    ),
    "immigration": (
        "Do you ask about immigration status? Which one is needed?",
        "¿Preguntan por el estatus migratorio? ¿Cuál se necesita?",
    ),
    "substances": (
        "Must a person be sober? Since when?",
        "¿La persona debe estar sobria? ¿Desde cuándo?",
    ),
    "exploitation": (
        "Do you take survivors of labor trafficking, and of sex trafficking?",
        "¿Reciben a sobrevivientes de trata laboral, y de trata sexual?",
    ),
    "pets": (
        "Can a pet come, or stay somewhere else?",
        "¿Puede venir una mascota, o quedarse en otro lugar?",
    ),
    "photo_id": (
        "Do you need a photo ID? What if it was taken away?",
        "¿Piden identificación con foto? ¿Y si se la quitaron?",
    ),
    "police_report": (
        "Do you need a police report?",
        "¿Piden una denuncia a la policía?",
    ),
    "justice": (
        "Does a warrant, a charge or a record matter to you?",
        "¿Les importa una orden de arresto, un cargo o un antecedente?",
    ),
    "disability": (
        "Can you take a person with a disability? Are there stairs?",
        "¿Pueden recibir a una persona con discapacidad? ¿Hay escaleras?",
    ),
    "insurance": (
        "Is insurance needed? What does it cost without?",
        "¿Se necesita seguro médico? ¿Cuánto cuesta sin seguro?",
    ),
    "income": ("Is there an income limit?", "¿Hay un límite de ingresos?"),
    "pregnant": (
        "Do you take pregnant people, and until when?",
        "¿Reciben a personas embarazadas, y hasta cuándo?",
    ),
    "household": (
        "Who can come along: a partner, another adult?",
        "¿Quién más puede venir: una pareja, otra persona adulta?",
    ),
    "tribal": (
        "Must a person belong to a tribe?",
        "¿Hay que pertenecer a una tribu?",
    ),
    "faith": (
        "Is taking part in worship required?",
        "¿Es obligatorio participar en el culto?",
    ),
    "lgbtq": ("Is it only for LGBTQ people?", "¿Es solo para personas LGBTQ?"),
    "housing_status": (
        "Must a person be without a home?",
        "¿La persona debe estar sin hogar?",
    ),
    "occupation": (
        "Is it only for some kinds of work, such as farm work?",
        "¿Es solo para ciertos trabajos, como el del campo?",
    ),
    "custody": (
        "Does it matter if a person is in foster care or in custody?",
        "¿Importa si la persona está en un hogar de acogida o bajo custodia?",
    ),
    "other": (
        "Is there another condition that we should know of?",
        "¿Hay alguna otra condición que debamos saber?",
    ),
    "area_unsaid": ("Which counties do you serve?", "¿Qué condados atienden?"),
    "area_partial": _FROM_COUNTY,
    "area_neighbor": _FROM_COUNTY,
    "area_far": _FROM_COUNTY,
    "language_ask": (
        "Does somebody speak {language}, or do you use an interpreter?",
        "¿Alguien habla {language}, o usan un intérprete?",
    ),
    "room": (
        "Is there room now? If not, when?",
        "¿Hay lugar ahora? Si no, ¿cuándo?",
    ),
    "ride": (
        "Can you pick a person up, or pay for a ride?",
        "¿Pueden recoger a una persona, o pagarle un viaje?",
    ),
}
"""What to say on the phone for each question, in English and in Spanish."""

LANGUAGE_NAMES: dict[str, tuple[str, str]] = {
    "en": ("English", "inglés"),
    "es": ("Spanish", "español"),
    "mul": ("other languages", "otros idiomas"),
    "ar": ("Arabic", "árabe"),
    "ase": ("American Sign Language", "lengua de señas americana"),
    "fr": ("French", "francés"),
    "vi": ("Vietnamese", "vietnamita"),
    "zh": ("Chinese", "chino"),
    "ko": ("Korean", "coreano"),
    "ru": ("Russian", "ruso"),
    "hmn": ("Hmong", "hmong"),
    "gu": ("Gujarati", "guyaratí"),
    "de": ("German", "alemán"),
    "tl": ("Tagalog", "tagalo"),
    "ur": ("Urdu", "urdu"),
    "hi": ("Hindi", "hindi"),
    "sw": ("Swahili", "suajili"),
    "ps": ("Pashto", "pastún"),
    "prs": ("Dari", "darí"),
    "my": ("Burmese", "birmano"),
    "kar": ("Karen", "karen"),
    "rw": ("Kinyarwanda", "kinyarwanda"),
    "mam": ("Mam", "mam"),
    "quc": ("K'iche'", "quiché"),
    "pt": ("Portuguese", "portugués"),
    "ht": ("Haitian Creole", "criollo haitiano"),
    "fa": ("Persian", "persa"),
    "uk": ("Ukrainian", "ucraniano"),
    "th": ("Thai", "tailandés"),
    "am": ("Amharic", "amárico"),
    "so": ("Somali", "somalí"),
    "ti": ("Tigrinya", "tigriña"),
    "ne": ("Nepali", "nepalí"),
    "pl": ("Polish", "polaco"),
    "rad": ("Rade", "rade"),
    "jra": ("Jarai", "jarai"),
    "bdq": ("Bahnar", "bahnar"),
    "kpm": ("Koho", "koho"),
    "cmo": ("Mnong", "mnong"),
}
"""Languages by their BCP 47 primary tag, in English and in Spanish."""


def language_name(code: str, language: Language = "en") -> str:
    """Return the name of a BCP 47 tag, the tag itself where no name is known."""
    names = LANGUAGE_NAMES.get(code.lower().split("-", 1)[0])
    return names[LANGUAGES.index(language)] if names else code
