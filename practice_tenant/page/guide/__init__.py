"""The three journeys: a checklist that ticks itself from what happened in the tenant and what was looked at."""
