"""The command line. Only the called command's module is imported: `devreye run` never sees the sandbox."""

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("kurulumu yapar: sorar, denetler, .env dosyasını yazar", "bot.commands.setting_up"),
    "run": ("botu çalıştırır", "bot.commands.running"),
    "check": ("her şey yerinde mi, değilse ne yapmalı", "bot.commands.running"),
    "webhook": ("Telegram'daki webhook'u kurar, gösterir, kaldırır", "bot.commands.webhook"),
    "demo": ("deneme ortamını ve botu birlikte başlatır", "bot.commands.sandboxing"),
    "sandbox": ("deneme ortamını tek başına başlatır", "bot.commands.sandboxing"),
    "dealers": ("bayi listesini alır, bağlantı ve karekod üretir", "bot.commands.dealers"),
    "catalogue": ("ürün listesini alır, gösterir", "bot.commands.catalogue"),
    "places": ("il ve ilçe adlarını Licrus'takilerle karşılaştırır", "bot.commands.licrus"),
    "licrus": ("Licrus'un deneme ortamında gerçek bir çağrı açar", "bot.commands.licrus"),
    "report": ("talepleri ve soruları sayar: sayfa, tablo ve grafikler", "bot.commands.reporting"),
    "requests": ("talepleri gösterir, sonuçlandırır, dosyaya yazar", "bot.commands.requests"),
    "audit": ("ofiste kim neye baktı, neyi değiştirdi", "bot.commands.auditing"),
    "privacy": ("bir kişinin verilerini verir, siler", "bot.commands.privacy"),
    "backup": ("veritabanının yedeğini alır", "bot.commands.backups"),
    "restore": ("yedeği geri yükler", "bot.commands.backups"),
    "move": ("SQLite'taki her şeyi PostgreSQL'e taşır", "bot.commands.backups"),
    "understand": ("bir yanıttan ne anlaşıldığını gösterir", "bot.commands.understanding"),
}
"""Each command with what it does and the module that has `add_parsers(subparsers)`."""

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help"):
        print(_overview())
        return 0 if given else USAGE
    if given[0] == "--version":
        from importlib.metadata import version

        print(f"devreye {version('devreye')}")
        return 0
    if given[0] not in COMMANDS:
        print(f"Böyle bir komut yok: {given[0]}\n\n{_overview()}", file=sys.stderr)
        return USAGE
    parser = argparse.ArgumentParser(prog="devreye")
    subparsers = parser.add_subparsers(required=True)
    importlib.import_module(COMMANDS[given[0]][1]).add_parsers(subparsers)
    args = parser.parse_args(given)
    try:
        code: int = args.handler(args)
    except KeyboardInterrupt:
        return 130
    return code


def _overview() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  devreye {name:<{width}}  {text}" for name, (text, _) in COMMANDS.items()]
    return "\n".join(["Komutlar:", *lines, "", "Bir komutun seçenekleri: devreye KOMUT --help"])
