"""What templates/platforms.toml says of complaining to a platform, and what a mistake in it is told like."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import templates
from casework.errors import SettingsError
from connectors.documents.host_packs import read_host_packs
from connectors.documents.messages import load_platforms

SHIPPED = Path(templates.__file__).parent / "platforms.toml"


def test_the_platforms_that_the_policy_names_have_a_pack_of_their_own_with_day_and_source() -> None:
    packs = read_host_packs(SHIPPED)

    for name in ("Facebook", "Instagram", "Snapchat", "Twitter", "WhatsApp", "TikTok"):
        pack = packs.of(name)
        assert pack is not packs.general
        assert pack.checked >= date(2026, 11, 28)
        assert pack.source
        assert any("48 hours" in step for step in pack.next_steps)
        assert any("seven days" in step for step in pack.next_steps)


def test_every_category_of_the_register_has_a_reason_that_platforms_use() -> None:
    packs = read_host_packs(SHIPPED)

    assert packs.general.reasons_for(("threat of violence",))[0].startswith("Violence or a threat")
    assert packs.general.reasons_for(()) == packs.general.reasons_for(("other",))


def test_the_file_with_its_packs_is_still_read_as_the_list_of_platforms() -> None:
    assert load_platforms(SHIPPED).of_address("https://www.facebook.com/groups/x/posts/1") is not None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("checked = 2026-11-28", "[report]: checked is missing"),
        ("minimum_age = 13", "minimum_age must be a number of years"),
        ("under_age =", "undr_age is no entry that Casework knows"),
    ],
)
def test_a_mistake_names_platform_entry_and_what_to_write(tmp_path: Path, changed: str, told: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    instead = {
        "checked = 2026-11-28": "",
        "minimum_age = 13": 'minimum_age = "13"',
        "under_age =": "undr_age =",
    }
    file = tmp_path / "platforms.toml"
    file.write_text(re.sub(re.escape(changed), instead[changed], text, count=1), encoding="utf-8")

    with pytest.raises(SettingsError) as error:
        read_host_packs(file)

    assert told in str(error.value)
