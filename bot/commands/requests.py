"""`devreye requests ...`: what the service office does with requests on the command line."""

import argparse

from bot.commands.exporting import add_export


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    command = subparsers.add_parser("requests", help="talepleri dosyaya yazar")
    actions = command.add_subparsers(required=True, metavar="export")
    add_export(actions)
