"""What an administrator is told to grant, filled with the school's own addresses."""

from __future__ import annotations

from connectors.microsoft365.permissions import PermissionAdvice, permission_advice

MAILBOXES = ("reports@tillbrook.example", "head@tillbrook.example", "o'brien@tillbrook.example")


def advice() -> PermissionAdvice:
    return permission_advice(
        client_id="11111111-2222-3333-4444-555555555555",
        mailboxes=MAILBOXES,
        site="tillbrook.sharepoint.example,1,2",
        drive_owners=("office@tillbrook.example",),
    )


def test_every_mailbox_is_in_the_scope_and_tested() -> None:
    exchange = advice().exchange
    for address in ("reports@tillbrook.example", "head@tillbrook.example"):
        assert f"PrimarySmtpAddress -eq '{address}'" in exchange
        assert f"-Resource {address}" in exchange
    assert "PrimarySmtpAddress -eq 'o''brien@tillbrook.example'" in exchange


def test_every_role_is_bound_to_the_scope() -> None:
    lines = [
        line for line in advice().exchange.splitlines() if line.startswith("New-ManagementRoleAssignment")
    ]
    assert lines
    assert all('-CustomResourceScope "Casework mailboxes"' in line for line in lines)


def test_the_site_gets_a_grant_that_is_lowered_after_setup() -> None:
    sharepoint = advice().sharepoint
    assert "tillbrook.sharepoint.example,1,2" in sharepoint
    assert 'roles = @("fullcontrol")' in sharepoint
    assert sharepoint.index("fullcontrol") < sharepoint.rindex('roles = @("write")')
    assert "office@tillbrook.example" in sharepoint


def test_the_power_over_the_heads_mailbox_is_said_in_one_sentence() -> None:
    power = advice().power
    assert power.count(". ") == 0
    assert "read, change, delete and send any mail" in power
    assert "head@tillbrook.example" in power


def test_no_mail_permission_is_asked_for_in_entra() -> None:
    in_entra = [name for name, _ in advice().grant if "Microsoft Graph" in name]
    assert in_entra == ["Sites.Selected (Microsoft Graph, application)"]
    assert "every mailbox" in advice().warning


def test_to_see_who_is_away_opens_nobodys_mail() -> None:
    advised = permission_advice(
        client_id="11111111-2222-3333-4444-555555555555",
        mailboxes=MAILBOXES,
        site="tillbrook.sharepoint.example,1,2",
        absences=("Clerk@tillbrook.example", MAILBOXES[1]),
    )

    scopes = [line for line in advised.exchange.splitlines() if "Casework absences" in line]
    assert [line for line in scopes if "clerk@tillbrook.example" in line]
    assert not [line for line in scopes if MAILBOXES[1] in line], "that mailbox is open already"
    roles = [line for line in scopes if line.startswith("New-ManagementRoleAssignment")]
    assert len(roles) == 1
    assert '"Application MailboxSettings.Read"' in roles[0]
