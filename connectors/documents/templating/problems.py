"""What a check of a template finds: fields unknown, unused or broken, and samples that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casework.errors import LetterTemplateError
from connectors.documents.templating.fields import FieldList


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateProblem:
    """One thing about a template that somebody should look at.

    Attributes:
        paragraph: the paragraph (of a mail, the line) that it stands in; empty if none.
        stops: True if the template cannot be used as it is; False for a remark.
    """

    template: str
    paragraph: str = ""
    tag: str = ""
    reason: str
    stops: bool = True

    def as_error(self) -> LetterTemplateError:
        return LetterTemplateError(
            template=self.template, paragraph=self.paragraph, tag=self.tag, reason=self.reason
        )


def as_problem(error: LetterTemplateError) -> TemplateProblem:
    """The problem that an error tells of."""
    return TemplateProblem(
        template=error.template, paragraph=error.paragraph, tag=error.tag, reason=error.reason
    )


def find_name_problems(
    declared: FieldList, used: set[str], place_of: Callable[[str], tuple[str, str]]
) -> Iterator[TemplateProblem]:
    """Tags that no field answers, and fields that no tag uses.

    Args:
        declared: the fields of the template.
        used: the names that its tags use.
        place_of: the paragraph and the tag in which a name is used first.
    """
    for name in sorted(used - set(declared.fields)):
        paragraph, tag = place_of(name)
        reason = f'there is no field "{name}"; the fields are listed in fields.toml'
        yield TemplateProblem(template=declared.template, paragraph=paragraph, tag=tag or name, reason=reason)
    for name, each in declared.fields.items():
        if name not in used:
            reason = f"the template does not say it ({each.meaning}); put it where it belongs"
            yield TemplateProblem(template=declared.template, tag=name, reason=reason, stops=each.required)


def find_given_problems(
    declared: FieldList, given: Mapping[str, object], place_of: Callable[[str], tuple[str, str]]
) -> Iterator[TemplateProblem]:
    """Fields that are missing or empty, and fields that the template does not have."""
    for name in declared.missing_in(given):
        paragraph, tag = place_of(name)
        reason = f"the field {name} is missing or empty ({declared.fields[name].meaning}); fill it in"
        yield TemplateProblem(template=declared.template, paragraph=paragraph, tag=tag or name, reason=reason)
    for name in declared.unknown_in(given):
        reason = f"there is no field {name} in this template; declare it in fields.toml"
        yield TemplateProblem(template=declared.template, tag=name, reason=reason)


def find_sample_problems(
    declared: FieldList, write: Callable[[Mapping[str, object]], object]
) -> Iterator[TemplateProblem]:
    """What goes wrong when the template is written with each variant of its samples, each thing once."""
    seen = set[TemplateProblem]()
    for variant in declared.variants():
        try:
            write(variant)
        except LetterTemplateError as error:
            problem = as_problem(error)
            if problem not in seen:
                seen.add(problem)
                yield problem
