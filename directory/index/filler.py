"""Filler: words that say that help is wanted, and not which."""

from directory.index.words import word_set

FILLER = word_set(
    """
    i im id ive need needs needed want wants wanted looking look find finding search
    searching please help helping helps me my we our us you your he she they her him
    them who what where when how can could would should do does did has have had get
    gets getting got give gives there here any some someone somebody something
    anyone service services program programs provider providers organization
    organizations agency agencies assistance resource resources support place places
    somewhere near nearby around close closest nearest local area client clients
    survivor survivors victim victims tonight today now asap urgent urgently soon
    available options option info information about good best not no if so very just
    also take takes accept accepts offer offers open but was been being will
    necesito necesita necesitamos necesitan quiero quiere busco buscar buscando
    busca ayuda ayudar ayudame ayudenme favor donde puedo puede pueden hay tengo
    tiene tienen servicio servicios programa programas organizacion organizaciones
    agencia asistencia recurso recursos apoyo lugar lugares algo alguien cerca
    cercano cercana esta este hoy noche ahora urgente pronto disponible informacion
    sobre te nos mi mis tu muy si mas ser estar soy estoy yo ella ellos quien como
    cual cuando victima victimas sobreviviente sobrevivientes cliente clienta hola
    hello hi thanks gracias dar dan ofrece ofrecen aceptan go goes going went come
    comes coming one two three four five really lot lots kind type things
    someones their theirs his hers person people individual individuals while without
    allow allows allowing let lets pay paying call calling back which whose
    fue fueron era eran ir voy va vamos van venir dos tres cuatro cinco uno persona
    personas gente pagar llamar cosas tipo clase muchas mucho muchos poder puedan
    ayude ayuden sabe saben permiten permite recibe reciben atiende atienden habla
    hablan hable hablen out up off over into
    """
)
"""They count only where nothing else was typed: "i need help"."""
