"""The internet's side of the tenant: mail comes in, mail that left is looked at."""

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.transport.leaving import clear_outbox, outbox_entries
from practice_tenant.transport.receiving import MailRefusedError, receive_mail


async def receive(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST /practice/deliver?from=ADDR&to=ADDR: the body is a raw message; several recipients by several to."""
    pairs = request.options.query
    sender = next((value for name, value in pairs if name.lower() == "from"), "").strip().strip("<>")
    wanted = [each.strip() for name, value in pairs if name.lower() == "to" for each in value.split(",")]
    # A plus sign that was not quoted arrives as a space.
    sender, recipients = sender.replace(" ", "+"), [each.replace(" ", "+") for each in wanted if each]
    if not recipients or not request.body:
        raise bad_request("Give the envelope as ?from=ADDR&to=ADDR and the raw message as the body.")
    users = []
    for address in recipients:
        user = tenant.directory.find(address)
        if user is None:
            raise GraphError(404, "RecipientNotFound", "550 5.1.10 Nobody at this school has that address.")
        users.append(user)
    try:
        receive_mail(tenant, sender, users, request.body)
    except MailRefusedError as error:
        raise GraphError(403, "MailRefused", str(error)) from error
    return Answer.json({"delivered": [user.address for user in users]}, status=202)


async def get_outbox(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(outbox_entries(tenant))


async def empty_outbox(tenant: Tenant, _request: GraphRequest) -> Answer:
    clear_outbox(tenant)
    return Answer.empty()
