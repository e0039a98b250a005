"""`devreye requests ...`: what the service office does with requests on the command line."""

import argparse

from bot.commands.exporting import add_export
from bot.commands.settling import add_settling


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    command = subparsers.add_parser(
        "requests", help="talepleri gösterir, sonuçlandırır, yeniden gönderir, dosyaya yazar"
    )
    actions = command.add_subparsers(required=True, metavar="list|show|settle|resend|export")
    add_settling(actions)
    add_export(actions)
