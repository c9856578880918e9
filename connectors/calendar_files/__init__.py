"""A school's term dates from a file: TOML, an iCal feed saved as .ics, or a CSV table.

The TOML form, every table but `terms` optional:

    division = "England"                     # or Wales, Scotland, Northern Ireland: whose bank holidays
    inset_days = [2026-09-01, 2027-01-04]    # staff without pupils
    open_days = [2026-11-30]                 # bank holidays on which pupils are in school, as often in Scotland

    [[terms]]                                # whole terms, or the halves of terms
    name = "Autumn"
    starts = 2026-09-02                      # the first and the last day with pupils
    ends = 2026-12-18

    [[half_terms]]                           # any break inside or between terms
    name = "half-term"                       # optional
    starts = 2026-10-26
    ends = 2026-10-30

    [[closures]]                             # days on which the school was shut unforeseen
    day = 2026-11-26
    reason = "snow"                          # optional
"""

from connectors.calendar_files.entries import PassedOver
from connectors.calendar_files.term_dates import entries_passed_over, read_term_dates

__all__ = ["PassedOver", "entries_passed_over", "read_term_dates"]
