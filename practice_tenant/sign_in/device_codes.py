"""Sign-in on another device: a short code that a person confirms on a page."""

import secrets
import time
from html import escape
from string import Template
from urllib.parse import parse_qsl

from practice_tenant.directory import User
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import Application, find_application
from practice_tenant.sign_in.discovery import check_tenant_name
from practice_tenant.sign_in.refusals import SignInRefusedError, render_refusal
from practice_tenant.tenant import Tenant

_LIFE = 900
# Without letters and digits that look alike.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PAGE = Template("""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sign in with a code</title>
<style>body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}
label,select,input,button{display:block;font:inherit;margin:.4rem 0}</style>
<h1>Sign in with a code</h1><p>$message</p><form method="post">
<label for="code">The code that the application shows</label><input id="code" name="user_code" value="$code">
<label for="user">Who signs in</label><select id="user" name="user">$users</select>
<button name="answer" value="yes">Sign in</button><button name="answer" value="no">Refuse</button></form></html>""")


async def device_code(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /{tenant}/oauth2/v2.0/devicecode."""
    try:
        application, scope = _checked_start(tenant, request)
    except SignInRefusedError as refusal:
        return render_refusal(refusal, request.headers.get("client-request-id", ""))
    return Answer.json(_new_code(tenant, application, scope))


def _checked_start(tenant: Tenant, request: GraphRequest) -> tuple[Application, str]:
    check_tenant_name(tenant, request.parameter("tenant"))
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    application = find_application(tenant, form.get("client_id", ""))
    if application is None:
        raise SignInRefusedError(700016, "unauthorized_client", "The application was not found.")
    if not form.get("scope"):
        raise SignInRefusedError(900144, "invalid_request", "The request must contain 'scope'.")
    return application, form["scope"]


def _new_code(tenant: Tenant, application: Application, scope: str) -> dict[str, object]:
    device, user_code = secrets.token_urlsafe(40), "".join(secrets.choice(_SIGNS) for _ in range(9))
    tenant.database.execute(
        "INSERT INTO device_code (device_code, user_code, client_id, scope, expires_at, state) "
        "VALUES (?, ?, ?, ?, ?, 'pending')",
        (device, user_code, application.client_id, scope, time.time() + _LIFE),
    )
    page = f"{tenant.login_root}/common/oauth2/deviceauth"
    return {
        "user_code": user_code,
        "device_code": device,
        "verification_uri": page,
        "expires_in": _LIFE,
        "interval": 1,
        "message": f"To sign in, open the page {page} and enter the code {user_code} to authenticate.",
    }


async def show_page(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /{tenant}/oauth2/deviceauth."""
    return _page(tenant, "Choose a person of the practice school.", request.options.other.get("code", ""))


async def confirm(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /{tenant}/oauth2/deviceauth: a person says yes or no."""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    code = form.get("user_code", "").strip().upper()
    user = tenant.directory.find(form.get("user", ""))
    state = "confirmed" if form.get("answer", "yes") == "yes" else "declined"
    if user is None:
        return _page(tenant, "Choose a person of the practice school.", code)
    changed = tenant.database.execute(
        "UPDATE device_code SET state = ?, user_id = ? WHERE user_code = ? AND state = 'pending' AND expires_at > ?",
        (state, user.id, code, time.time()),
    )
    if changed.rowcount == 0:
        return _page(
            tenant, "That code is not known or no longer valid. Start again in the application.", code
        )
    done = "You are signed in" if state == "confirmed" else "The sign-in was refused"
    return _page(tenant, f"{done}. You can go back to the application.", "")


def redeem_device_code(tenant: Tenant, application: Application, code: str) -> tuple[User, str]:
    """Who confirmed a code, and for which scope; a code is good once.

    Raises:
        SignInRefusedError: 70016 while nobody did, 70020 after its time, 70018 for any other code.
    """
    row = tenant.database.one(
        "SELECT * FROM device_code WHERE device_code = ? AND client_id = ?", (code, application.client_id)
    )
    if row is None:
        raise SignInRefusedError(70018, "bad_verification_code", "Invalid verification code.")
    if row["expires_at"] < time.time():
        raise SignInRefusedError(70020, "expired_token", "The provided device code has expired.")
    if row["state"] == "declined":
        raise SignInRefusedError(70021, "authorization_declined", "The user refused the sign-in.")
    user = tenant.directory.find(row["user_id"] or "")
    if user is None:
        raise SignInRefusedError(
            70016,
            "authorization_pending",
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )
    tenant.database.execute("DELETE FROM device_code WHERE device_code = ?", (code,))
    return user, str(row["scope"])


def _page(tenant: Tenant, message: str, code: str) -> Answer:
    users = "".join(
        f'<option value="{user.id}">{escape(user.display_name)}</option>' for user in tenant.directory.users
    )
    html = _PAGE.substitute(message=escape(message), code=escape(code), users=users)
    return Answer.raw(html.encode(), "text/html; charset=utf-8")
