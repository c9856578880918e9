"""One job per module: gather the facts, decide, carry out."""
