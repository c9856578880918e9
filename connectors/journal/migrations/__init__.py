"""The journal's schema as it grew, one version a step; `connectors.journal.versions` runs them."""
