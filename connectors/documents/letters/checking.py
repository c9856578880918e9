"""What a check of a letter's Word file finds before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import LetterTemplateError
from connectors.documents.letters.located import LocatedTemplate
from connectors.documents.templating.fields import FieldList
from connectors.documents.templating.problems import TemplateProblem, as_problem, find_name_problems


def find_field_problems(template: LocatedTemplate, declared: FieldList) -> Iterator[TemplateProblem]:
    """Broken tags, tags that no field answers, and fields that no tag uses."""
    broken = [
        TemplateProblem(
            template=template.name,
            paragraph=paragraph,
            tag=tag,
            reason="the tag is not whole; write {{ field }}",
        )
        for paragraph, tag in template.broken_tags()
    ]
    if broken:
        yield from broken  # jinja2 would only say the same in harder words
        return
    try:
        used = template.used_names()
    except LetterTemplateError as error:
        yield as_problem(error)
        return
    yield from find_name_problems(declared, used, template.place_of)
