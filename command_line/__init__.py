"""The `casework` command: thin, one module per group of commands."""


def main() -> None:
    """Run the command line."""
