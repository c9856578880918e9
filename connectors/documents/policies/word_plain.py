"""Reads the paragraphs of a Word document that hold nothing but runs of words, which most do, without walking them."""

from dataclasses import dataclass

from lxml import etree

_Element = etree._Element  # noqa: SLF001 - the library gives its elements no public name

# What a reader sees otherwise than as words one after the other, or not at all.
_NOT_PLAIN = (
    *(
        "tab",
        "ptab",
        "br",
        "cr",
        "noBreakHyphen",
        "softHyphen",
        "del",
        "moveFrom",
        "fldChar",
        "fldSimple",
        "rt",
    ),
    *(
        "vanish",
        "sdt",
        "txbxContent",
        "AlternateContent",
        "smartTag",
        "customXml",
        "sym",
        "pict",
        "drawing",
        "object",
    ),
)
_ANYWHERE = tuple(f"{{*}}{name}" for name in _NOT_PLAIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainParagraphs:
    """Knows which paragraphs of a part are more than words; the library finds them without a step in Python each."""

    words: dict[_Element, list[str]]
    others: set[_Element]
    styled: set[_Element]

    @classmethod
    def of(cls, root: _Element) -> "PlainParagraphs | None":
        """Looks a part through; None where its root is in no namespace."""
        space, _, _ = str(root.tag).rpartition("}")
        if not space:
            return None
        paragraph = f"{space}}}p"
        others: set[_Element] = set()
        for element in root.iter(*_ANYWHERE):
            others.update(element.iterancestors(paragraph))
        styled: set[_Element] = set()
        for style in root.iter(f"{space}}}pStyle"):
            styled.update(style.iterancestors(paragraph))
        return cls(words=_words(root, paragraph, f"{space}}}t"), others=others, styled=styled)

    def text(self, paragraph: _Element) -> str | None:
        """Gives the words of a plain paragraph; None where it has to be walked, or is no paragraph."""
        words = self.words.get(paragraph)
        if words is None or paragraph in self.others:
            return None
        return words[0] if len(words) == 1 else "".join(words)

    def has_style(self, paragraph: _Element) -> bool:
        return paragraph in self.styled or paragraph not in self.words


def _words(root: _Element, paragraph: str, words: str) -> dict[_Element, list[str]]:
    found: dict[_Element, list[str]] = {}
    current: list[str] = []
    for element in root.iter(paragraph, words):
        if element.tag == paragraph:
            current = found[element] = []
        elif element.text:
            current.append(element.text)
    return found
