"""Sign-in in a browser: a person says who they are, and the application gets a code at its own loopback address."""

import hashlib
import hmac
import secrets
import sqlite3
import time
from dataclasses import dataclass
from html import escape
from string import Template
from urllib.parse import parse_qsl, urlencode, urlsplit

from practice_tenant.directory import User
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sign_in.applications import Application, find_application
from practice_tenant.sign_in.discovery import check_tenant_name
from practice_tenant.sign_in.encoding import base64url
from practice_tenant.sign_in.refusals import SignInRefusedError, render_refusal
from practice_tenant.tenant import Tenant

_LIFE = 600
# What the form hands back to us, as the application asked it.
_KEPT = (
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "response_mode",
    "code_challenge",
    "code_challenge_method",
)
_PAGE = Template("""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sign in to the practice school</title>
<style>body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}
label,select,button{display:block;font:inherit;margin:.4rem 0}</style>
<h1>Sign in to the practice school</h1><p>$name asks to act for you. Choose a person of the practice school.</p>
<form method="post">$hidden<label for="user">Who signs in</label><select id="user" name="user">$users</select>
<button name="answer" value="yes">Sign in</button><button name="answer" value="no">Refuse</button></form></html>""")
_FORM_POST = Template("""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Signing in</title>
<form method="post" action="$address">$hidden<button>Go back to the application</button></form></html>""")


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Whom a code stands for.

    Attributes:
        nonce: goes into the identity token; empty if the application gave none.
    """

    user: User
    scope: str
    nonce: str


async def authorize(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /{tenant}/oauth2/v2.0/authorize: the page, or the code at once with prompt=none and a login_hint."""
    asked = dict(request.options.other)
    try:
        application = _checked(tenant, request, asked)
    except SignInRefusedError as refusal:
        return render_refusal(refusal, request.headers.get("client-request-id", ""))
    hinted = tenant.directory.find(asked.get("login_hint", ""))
    if asked.get("prompt") == "none":
        if hinted is None:
            return _back(
                asked, {"error": "login_required", "error_description": "AADSTS50058: Nobody is signed in."}
            )
        return _back(asked, {"code": _new_code(tenant, application, hinted, asked)})
    return _page(tenant, application, asked, hinted)


async def answer_form(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /{tenant}/oauth2/v2.0/authorize: a person says yes or no."""
    asked = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        application = _checked(tenant, request, {"response_type": "code", **asked})
    except SignInRefusedError as refusal:
        return render_refusal(refusal, request.headers.get("client-request-id", ""))
    user = tenant.directory.find(asked.get("user", ""))
    if user is None:
        return _page(tenant, application, asked, None)
    if asked.get("answer") == "no":
        return _back(asked, {"error": "access_denied", "error_description": "AADSTS65004: The user said no."})
    return _back(asked, {"code": _new_code(tenant, application, user, asked)})


async def sign_out(_tenant: Tenant, request: GraphRequest) -> Answer:
    """GET /{tenant}/oauth2/v2.0/logout: nobody stays signed in here, so there is only the way back."""
    back = request.options.other.get("post_logout_redirect_uri", "")
    if _is_own_machine(back):
        return Answer.redirect(back)
    return Answer.raw(b"<!doctype html><title>Signed out</title><p>You are signed out.", "text/html")


def redeem_authorization_code(tenant: Tenant, application: Application, form: dict[str, str]) -> SignedIn:
    """What a code stands for; each is good once, for its application, address and verifier.

    Raises:
        SignInRefusedError: 9002313 unknown, 54005 used, 70008 expired, 50011 another address, 501481 wrong verifier.
    """
    row = tenant.database.one(
        "SELECT * FROM authorization_code WHERE code = ? AND client_id = ?",
        (form.get("code", ""), application.client_id),
    )
    if row is None:
        raise _bad_grant(9002313, "Invalid request. The authorization code is malformed or unknown.")
    if row["used"]:
        raise _bad_grant(
            54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code."
        )
    if row["expires_at"] < time.time():
        raise _bad_grant(
            70008, "The provided authorization code has expired. Send a new interactive request."
        )
    if form.get("redirect_uri", row["redirect_uri"]) != row["redirect_uri"]:
        raise _bad_grant(50011, "The redirect URI differs from the one that the code was asked for.")
    _check_verifier(row, form.get("code_verifier", ""))
    tenant.database.execute("UPDATE authorization_code SET used = 1 WHERE code = ?", (row["code"],))
    user = tenant.directory.find(row["user_id"])
    if user is None:
        raise _bad_grant(50034, "The user account does not exist in the directory.")
    return SignedIn(user=user, scope=str(row["scope"]), nonce=str(row["nonce"]))


def _check_verifier(row: sqlite3.Row, verifier: str) -> None:
    challenge = str(row["challenge"])
    if not challenge:
        return
    plain = row["challenge_method"] == "plain"
    worked_out = verifier if plain else base64url(hashlib.sha256(verifier.encode()).digest())
    if not hmac.compare_digest(worked_out.rstrip("="), challenge.rstrip("=")):
        raise _bad_grant(
            501481, "The Code_Verifier does not match the code_challenge of the authorization request."
        )


def _checked(tenant: Tenant, request: GraphRequest, asked: dict[str, str]) -> Application:
    check_tenant_name(tenant, request.parameter("tenant"))
    application = find_application(tenant, asked.get("client_id", ""))
    if application is None:
        raise SignInRefusedError(
            700016, "unauthorized_client", "The application was not found in the directory."
        )
    if not _is_own_machine(asked.get("redirect_uri", "")):
        raise SignInRefusedError(
            50011,
            "invalid_request",
            "The redirect URI is not registered for the application: in practice it is one on this machine.",
        )
    if "code" not in asked.get("response_type", "").split():
        raise SignInRefusedError(
            700054, "unsupported_response_type", "response_type 'code' is the one that is enabled."
        )
    if not asked.get("scope"):
        raise SignInRefusedError(900144, "invalid_request", "The request must contain 'scope'.")
    return application


def _is_own_machine(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and parts.hostname in {"localhost", "127.0.0.1", "::1"}


def _new_code(tenant: Tenant, application: Application, user: User, asked: dict[str, str]) -> str:
    code = f"0.{secrets.token_urlsafe(48)}"
    tenant.database.execute(
        "INSERT INTO authorization_code (code, client_id, user_id, scope, redirect_uri, nonce, challenge, "
        "challenge_method, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            code,
            application.client_id,
            user.id,
            asked["scope"],
            asked["redirect_uri"],
            asked.get("nonce", ""),
            asked.get("code_challenge", ""),
            asked.get("code_challenge_method", "plain"),
            time.time() + _LIFE,
        ),
    )
    return code


def _back(asked: dict[str, str], told: dict[str, str]) -> Answer:
    """The way back to the application, with the code or the refusal, in the manner that it asked for."""
    if asked.get("state"):
        told = {**told, "state": asked["state"]}
    address, mode = asked["redirect_uri"], asked.get("response_mode") or "query"
    if mode == "form_post":
        page = _FORM_POST.substitute(address=escape(address), hidden=_hidden(told))
        return Answer.raw(page.encode(), "text/html; charset=utf-8")
    joint = "#" if mode == "fragment" else "&" if urlsplit(address).query else "?"
    return Answer.redirect(f"{address}{joint}{urlencode(told)}")


def _page(tenant: Tenant, application: Application, asked: dict[str, str], hinted: User | None) -> Answer:
    users = "".join(
        f'<option value="{user.id}"{" selected" if user == hinted else ""}>{escape(user.display_name)}</option>'
        for user in tenant.directory.users
    )
    kept = {name: asked[name] for name in _KEPT if asked.get(name)}
    html = _PAGE.substitute(name=escape(application.name), hidden=_hidden(kept), users=users)
    return Answer.raw(html.encode(), "text/html; charset=utf-8")


def _hidden(values: dict[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in values.items()
    )


def _bad_grant(number: int, message: str) -> SignInRefusedError:
    return SignInRefusedError(number, "invalid_grant", message)
