"""If-Match and If-None-Match in the forms in which clients send them."""

import pytest

from practice_tenant.sites.etags import names_tag

GUID = "921629FF-806B-4F87-9507-5B4A54EF7534"
TAGS = (f'"{{{GUID}}},1"', f'"c:{{{GUID}}},4"')


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (f'"{{{GUID}}},1"', True),
        (f"{{{GUID}}},1", True),
        (f'W/"{{{GUID}}},1"', True),
        (f'"c:{{{GUID}}},4"', True),
        (f'"{{{GUID}}},7", "{{{GUID}}},1"', True),
        ("*", True),
        (f'"{{{GUID}}},11"', False),
        (f'"{{{GUID}}},4"', False),
        (f'"c:{{{GUID}}},1"', False),
        ("", False),
        ('""', False),
    ],
)
def test_a_header_names_a_version_exactly(header: str, named: bool) -> None:
    assert names_tag(header, TAGS) is named


def test_a_list_items_tag_has_no_brackets() -> None:
    tag = f'"{GUID.lower()},2"'
    assert names_tag(tag, (tag,))
    assert not names_tag(f'"{GUID.lower()},21"', (tag,))
