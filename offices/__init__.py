"""One school at work: settings and connectors joined up, and the practice school of a first run."""
