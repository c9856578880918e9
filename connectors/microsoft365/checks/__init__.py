"""What `casework doctor` checks in the tenant, each with what to do about it."""

from connectors.microsoft365.checks.doctor import run_checks
from connectors.microsoft365.checks.values import Check, Patients

__all__ = ["Check", "Patients", "run_checks"]
