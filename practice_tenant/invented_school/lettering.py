"""A small alphabet of dots, so that a picture can say something without any font on the machine."""

from collections.abc import Iterator

WIDTH = 5
HEIGHT = 9
"""Seven rows stand on the line, two hang below it."""

# One digit of base 32 for each row of five dots, from the top; rows left out are empty.
_ROWS = (
    "A=EHHVHHH B=UHHUHHU C=EHGGGHE D=UHHHHHU E=VGGUGGV F=VGGUGGG G=EHGNHHF H=HHHVHHH I=E44444E "
    "J=72222IC K=HIKOKIH L=GGGGGGV M=HRLLHHH N=HPLJHHH O=EHHHHHE P=UHHUGGG Q=EHHHLID R=UHHUKIH "
    "S=FGGE11U T=V444444 U=HHHHHHE V=HHHHHA4 W=HHHLLRH X=HHA4AHH Y=HHA4444 Z=V1248GV "
    "a=00E1FHF b=GGUHHHU c=00FGGGF d=11FHHHF e=00EHVGE f=688S888 g=00FHHHF1E h=GGUHHHH i=40C444E "
    "j=2062222IC k=GGIKOKI l=C44444E m=00QLLLL n=00UHHHH o=00EHHHE p=00UHHHUGG q=00FHHHF11 r=00MPGGG "
    "s=00FGE1U t=88S8896 u=00HHHHF v=00HHHA4 w=00HLLLA x=00HA4AH y=00HHHHF1E z=00V248V "
    "0=EHJLPHE 1=4C4444E 2=EH1248V 3=V2421HE 4=26AIV22 5=VGU11HE 6=68GUHHE 7=V124888 8=EHHEHHE 9=EHHF12C "
    ".=00000CC ,=00000CC48 !=4444404 ?=EH12404 '=448 :=0CC0CC -=000V &=CIK8LID /=01248G (=2488842 "
    ")=8422248 @=EHNLNGE +=044V44 £=698S88V"
)
_GLYPHS: dict[str, tuple[int, ...]] = {}


def dots(text: str) -> Iterator[tuple[int, int]]:
    """The column and row of every dot of a line of text; what the alphabet lacks is a gap."""
    for place, sign in enumerate(text):
        for row, bits in enumerate(_glyphs().get(sign, ())):
            for column in range(WIDTH):
                if bits >> (WIDTH - 1 - column) & 1:
                    yield place * (WIDTH + 1) + column, row


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most so many signs, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _glyphs() -> dict[str, tuple[int, ...]]:
    if not _GLYPHS:
        for entry in _ROWS.split(" "):
            _GLYPHS[entry[0]] = tuple(int(digit, 32) for digit in entry[2:])
    return _GLYPHS
