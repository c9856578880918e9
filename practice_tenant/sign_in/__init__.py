"""Sign-in: OpenID discovery, tokens, browser and device codes, and the applications that may ask."""

from practice_tenant.routes import Route, route
from practice_tenant.sign_in.applications import provision_applications
from practice_tenant.sign_in.authorization_codes import answer_form, authorize, sign_out
from practice_tenant.sign_in.device_codes import confirm, device_code, show_page
from practice_tenant.sign_in.discovery import discovery_instance, keys, openid_configuration
from practice_tenant.sign_in.keys import provision_key
from practice_tenant.sign_in.schema import SCHEMA
from practice_tenant.sign_in.token_endpoint import token
from practice_tenant.tenant import Tenant

__all__ = ["SCHEMA", "SIGN_IN_ROUTES", "provision"]


def provision(tenant: Tenant) -> None:
    provision_key(tenant)
    provision_applications(tenant)


SIGN_IN_ROUTES: tuple[Route, ...] = (
    route("GET", "/common/discovery/instance", discovery_instance),
    route("GET", "/{tenant}/.well-known/openid-configuration", openid_configuration),
    route("GET", "/{tenant}/v2.0/.well-known/openid-configuration", openid_configuration),
    route("GET", "/{tenant}/discovery/v2.0/keys", keys),
    route("GET", "/{tenant}/oauth2/v2.0/authorize", authorize),
    route("POST", "/{tenant}/oauth2/v2.0/authorize", answer_form),
    route("GET", "/{tenant}/oauth2/v2.0/logout", sign_out),
    route("POST", "/{tenant}/oauth2/v2.0/token", token),
    route("POST", "/{tenant}/oauth2/v2.0/devicecode", device_code),
    route("GET", "/{tenant}/oauth2/deviceauth", show_page),
    route("POST", "/{tenant}/oauth2/deviceauth", confirm),
)
