"""The parents and neighbours who write to the school, none of whom exists."""

from practice_tenant.mail.values import Person

BRYONY = Person(name="Bryony Hale", address="bryony.hale@example.net")
DELPHINE = Person(name="Delphine Arkwell", address="delphine.arkwell@example.net")
ROWAN = Person(name="Rowan Tressick", address="rowan.tressick@example.org")
MAUD = Person(name="Maud Ellery", address="maud.ellery@example.net")
INES = Person(name="Ines Farrow", address="ines.farrow@example.org")
OSWIN = Person(name="Oswin Pell", address="oswin.pell@example.net")
SEFTON = Person(name="Sefton Marsh", address="sefton.marsh@example.org")
WILLOW_CLUB = Person(name="Willow After-School Club", address="hello@willow-club.example.org")
PHOTOGRAPHER = Person(name="Larkfield Photography", address="bookings@larkfield.example.org")
