"""What `casework setup` makes in the tenant: lists, libraries, folders, categories; safe to run again."""

from connectors.microsoft365.provisioning.places import find_places
from connectors.microsoft365.provisioning.setup import provision
from connectors.microsoft365.provisioning.shapes import GraphListShapes
from connectors.microsoft365.provisioning.values import Outcome, Places, Provisioned, Step, Wishes

__all__ = [
    "GraphListShapes",
    "Outcome",
    "Places",
    "Provisioned",
    "Step",
    "Wishes",
    "find_places",
    "provision",
]
