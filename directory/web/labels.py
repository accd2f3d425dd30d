"""The words that pages put in the place of codes, in the language of the page."""

from directory.web.texts import lazy_gettext as _

PHASES = {
    "initial_freedom": _("First days and weeks"),
    "recovery": _("Recovery"),
    "independence": _("Independence"),
}

ANSWERED_BY = {
    "answering_service": _("Answered by an answering service"),
    "dispatch": _("Answered by 911 dispatch"),
    "sheriff": _("Answered by the sheriff’s office"),
    "police": _("Answered by the police"),
}
"""Who picks up, where it is not the agency itself."""

LINE_KINDS = {
    "voice": _("Phone"),
    "crisis": _("Crisis line"),
    "text": _("Text"),
    "tty": _("TTY"),
    "fax": _("Fax"),
}

DELIVERY = {
    "in_person": _("In person"),
    "phone": _("By phone"),
    "online": _("Online"),
    "mobile": _("Comes to you"),
}

ACCESS = {
    "walk_in": _("Walk in"),
    "self_referral": _("Call them yourself"),
    "agency_referral": _("Through an agency"),
    "dss_referral": _("Through social services (DSS)"),
    "police_referral": _("Through the police"),
    "court_referral": _("Through a court"),
    "appointment": _("By appointment"),
    "application": _("By application"),
    "through_211": _("Dial 211: NC 211 can look up the number"),
}

COST = {
    "free": _("Free"),
    "sliding_scale": _("Fee by income"),
    "fee": _("Costs a fee"),
    "insurance": _("Through insurance"),
    "varies": _("Cost varies: ask"),
}

FOCUS = {
    "trafficking": _("Made for survivors of trafficking"),
    "includes_trafficking": _("Says it serves survivors of trafficking"),
}

LANGUAGE_BY = {
    "staff": _("staff speak it"),
    "interpreter": _("through an interpreter"),
    "material": _("papers only"),
}

BASIS = {
    "system": _("Said of all such places, so ask this one"),
    "second_hand": _("As others report it"),
    "inferred": _("Our reading, so ask"),
}

REGIONS = {
    "Mountains": _("the Mountains"),
    "Piedmont": _("the Piedmont"),
    "Coastal Plain": _("the Coastal Plain"),
}

REGION_NAMES = {
    "Mountains": _("Mountains"),
    "Piedmont": _("Piedmont"),
    "Coastal Plain": _("Coastal Plain"),
}

KINDS = {
    "coalition": _("A coalition: it brings agencies together and sends people on."),
    "planning_body": _("A body that plans. It does not serve people itself."),
    "umbrella": _("An umbrella body. Its members serve people."),
}
"""What an organization is, where it does not serve people itself."""

MARKS = {
    "yes": _("Yes"),
    "only": _("Only"),
    "no": _("No"),
    "ask": _("Ask"),
}
"""The signs before a fact, as they are read out."""

HIT_REASONS = {
    "official": _("placed first: %(words)s"),
    "name": _("the name has “%(words)s”"),
    "tag": _("it offers %(words)s"),
    "text": _("the text has “%(words)s”"),
    "phrase": _("it says “%(words)s”"),
    "fits": _("recorded: %(words)s"),
    "refuses": _("its rules say no: %(words)s"),
    "county": _("it serves the county"),
    "area": _("it may serve the county"),
    "region": _("it serves part of the region"),
    "region_area": _("it may serve part of the region"),
    "elsewhere": _("it is elsewhere: ask whom it takes"),
    "statewide": _("it serves the whole state"),
    "language": _("it offers the language"),
    "filter": _("it fits the filters"),
}
"""Why a search has found a listing."""

REPORTS = {
    "wrong_number": _("The number is wrong, or it does not work"),
    "no_answer": _("Nobody answers"),
    "closed": _("It has closed"),
    "refuses": _("It does not offer what is listed"),
}
"""What users can tell of a listing."""

DOUBTS = {
    "closed": _(
        "We were told %(count)s times that it has closed (%(when)s). Call before you"
        " go."
    ),
    "wrong_number": _(
        "We were told %(count)s times that %(number)s is wrong or does not work"
        " (%(when)s)."
    ),
    "no_answer": _(
        "We were told %(count)s times that nobody answers at %(number)s (%(when)s)."
    ),
    "refuses": _(
        "We were told %(count)s times that it does not offer what is listed here"
        " (%(when)s). Ask first."
    ),
    "bounce": _(
        "Our email to it does not arrive (%(when)s). Ask whether all of this is still"
        " right."
    ),
    "silence": _(
        "It has not answered our last %(count)s emails (%(when)s). Ask whether all of"
        " this is still right."
    ),
}
"""What a listing says of a doubt about it."""

DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}

GROUPS = {
    "first": _("Best match"),
    "county": _("Serve %(place)s"),
    "maybe": _("Ask: may serve %(place)s"),
    "statewide": _("Statewide and by phone or online"),
    "anywhere": _("In North Carolina"),
    "elsewhere": _("Elsewhere in North Carolina"),
}
"""Headings over hits that reach the place in the same way."""

FACETS = {
    "service": _("Kind of help"),
    "language": _("Language"),
    "language_by": _("Who speaks it"),
    "eligibility": _("Who it is for"),
    "delivery": _("How help is given"),
    "cost": _("Cost"),
    "accessibility": _("Access"),
    "verified": _("Confirmed by the provider"),
}

ACCESSIBILITY = {
    "deaf": _("TTY, relay or sign language"),
    "mobility": _("A note on ramps or wheelchairs"),
    "service_animal": _("Service animals"),
}

VERIFIED = {
    "3": _("Within 3 months"),
    "6": _("Within 6 months"),
    "12": _("Within 12 months"),
    "any": _("At any time"),
}
"""How long ago somebody confirmed a listing."""

LISTING_FACTS = {
    "focus:trafficking": _("survivors of trafficking are served"),
    "open:always": _("day and night"),
    "lgbtq:yes": _("LGBTQ people"),
    "tribal:member": _("members of the tribe"),
}
"""Facts that words can ask for, and that are no filter."""

PLACE_NOTES = {
    "border": _("That ZIP code is in another state. We took the nearest county here."),
    "nearest": _("We do not know that ZIP code. We took the nearest one."),
    "several_counties": _("That place lies in more than one county. We took one."),
    "town": _("We took the town of that name. For the county, add the word County."),
    "county": _("We took the county. There is also a town of that name elsewhere."),
}
"""What is said where a place was taken with a grain of salt."""

EXCLUDED_BY = {
    "age": _("%(count)s because of age"),
    "gender": _("%(count)s because of gender"),
    "children": _("%(count)s because of children, or because there are none"),
    "partner": _("%(count)s because a partner must have done the harm"),
    "immigration": _("%(count)s because of immigration status"),
    "substances": _("%(count)s because sobriety is required"),
    "exploitation": _("%(count)s because of the kind of trafficking"),
    "pets": _("%(count)s because of pets"),
    "photo_id": _("%(count)s because a photo ID is required"),
    "police_report": _("%(count)s because a police report is required"),
    "justice": _("%(count)s because of a warrant, charge or record"),
    "disability": _("%(count)s because of a disability"),
    "insurance": _("%(count)s because of insurance"),
    "income": _("%(count)s because of an income limit"),
    "pregnant": _("%(count)s because of pregnancy, or its absence"),
    "household": _("%(count)s because of the people who come along"),
    "tribal": _("%(count)s because they are for tribal members"),
    "faith": _("%(count)s because taking part in worship is required"),
    "lgbtq": _("%(count)s because they are for LGBTQ people"),
    "housing_status": _("%(count)s because they are for people without a home"),
    "occupation": _("%(count)s because they are for certain workers"),
    "custody": _("%(count)s because of foster care or detention"),
    "service_area": _("%(count)s because they serve other counties"),
    "distance": _("%(count)s because they are too far away"),
    "avoid_county": _("%(count)s because they are in a county to avoid"),
}
"""Why services are left out, by the rule that leaves them out."""

WOULD_OPEN = {
    "children": _("If the answer about children were different: %(count)s more"),
    "partner": _("If the trafficker was a partner: %(count)s more"),
    "immigration": _("With another immigration status: %(count)s more"),
    "substances": _("If the answer about alcohol or drugs changed: %(count)s more"),
    "pets": _("If pets could stay elsewhere: %(count)s more"),
    "photo_id": _("With a photo ID: %(count)s more"),
    "police_report": _("With a police report: %(count)s more"),
    "justice": _("If the warrant, charge or record were cleared: %(count)s more"),
    "insurance": _("With other insurance: %(count)s more"),
    "income": _("With another income: %(count)s more"),
    "pregnant": _("If the answer about pregnancy were different: %(count)s more"),
    "household": _("If other people came along, or none: %(count)s more"),
    "faith": _("If taking part in worship were fine: %(count)s more"),
}
"""Which changed answer would open how many more."""

SWITCHES = {
    "open": _("Open now"),
    "open_now": _("Open now"),
    "quotes": _("the quotation marks"),
    "place": _("the place"),
    "near": _("the place"),
    "county": _("the place"),
    "filters": _("all filters"),
    "filters_and_place": _("all filters and the place"),
    "text": _("the words"),
    "q": _("the words"),
}
"""What can be let go of a search, besides the filters."""

ELIGIBILITY = {
    "children:yes": _("With children"),
    "pets:yes": _("With pets"),
    "pregnant:yes": _("During pregnancy"),
    "photo_id:no": _("Without a photo ID"),
    "police_report:not_willing": _("Without a police report"),
    "substances:yes": _("While using alcohol or drugs"),
    "insurance:none": _("Without insurance"),
    "immigration:undocumented": _("Without immigration status"),
    "gender:woman": _("Women"),
    "gender:man": _("Men"),
    "gender:trans_woman": _("Trans women"),
    "gender:trans_man": _("Trans men"),
    "gender:nonbinary": _("Nonbinary people"),
    "exploitation:labor": _("Survivors of labor trafficking"),
    "exploitation:sex": _("Survivors of sex trafficking"),
    "age:minor": _("Under 18"),
    "justice:record": _("With a criminal record"),
}
"""Filters by what a person is or has, in the words of the filter."""
