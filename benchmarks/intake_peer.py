"""django-helpdesk's `get_email` over a folder, for benchmarks/intake.py: run by a Python that has it, and Django.

Reads a line "sweep" from standard input for each batch that lies in the folder, and answers with a line of JSON.
"""
# ruff: noqa: PLC0415 - Django's models can be imported only once it is set up

import hashlib
import json
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

ROOT = Path(sys.argv[1])
MAIL = ROOT / "mail"
urlpatterns: list[object] = []


def main() -> None:
    prepare()
    say({"ready": True, "peak": peak()})
    stops = 0
    for line in sys.stdin:
        if line.strip() == "outcome":
            say({**outcome(), "stops": stops, "peak": peak()})
            return
        stopped, cpu, seconds = sweep()
        stops += stopped
        say({"cpu": cpu, "seconds": seconds})


def prepare() -> None:
    """A helpdesk with one queue that reads the folder."""
    MAIL.mkdir(parents=True)
    settings.configure(
        SECRET_KEY="only a benchmark",  # noqa: S106 - of a database that is thrown away
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(ROOT / "helpdesk.sqlite")}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.humanize",
            "django.contrib.messages",
            "django.contrib.admin",
            "rest_framework",
            "helpdesk",
        ],
        MEDIA_ROOT=str(ROOT / "media"),
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SITE_ID=1,
        ROOT_URLCONF=__name__,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KANBAN_BOARD_ENABLED=False,
    )
    django.setup()
    logging.disable(logging.CRITICAL)
    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))
    call_command("migrate", verbosity=0)
    from helpdesk.models import Queue

    Queue.objects.create(
        title="Reports",
        slug="reports",
        email_address="reports@tillbrook.example",
        allow_email_submission=True,
        email_box_type="local",
        email_box_local_dir=str(MAIL),
        logging_type="none",
        enable_notifications_on_email_events=False,
    )


def sweep() -> tuple[int, float, float]:
    """Run get_email until the folder is empty; a mail on which it stops is put aside, and counted."""
    from helpdesk.models import Queue

    stops, begun, cpu = 0, time.perf_counter(), time.process_time()
    while os.listdir(MAIL):  # noqa: PTH208 - in the order in which get_email takes them
        # it looks into a queue every five minutes at most, and would leave the next batch alone
        Queue.objects.update(email_box_last_check=None)
        with suppress(Exception):
            call_command("get_email", quiet=True)
        left = [MAIL / name for name in os.listdir(MAIL)]  # noqa: PTH208
        stopper = next((mail for mail in left if not is_utf8(mail)), None)
        if stopper is None:
            break
        stops += 1
        stopper.unlink()
    used = time.process_time() - cpu
    for left in MAIL.iterdir():
        left.unlink()
    return stops, used, time.perf_counter() - begun


def is_utf8(mail: Path) -> bool:
    try:
        mail.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def outcome() -> dict[str, object]:
    from helpdesk.models import FollowUpAttachment, Ticket

    files = [one.file.path for one in FollowUpAttachment.objects.all()]
    return {
        "cases": Ticket.objects.count(),
        "files": [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in files],
    }


def peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    main()
