"""`devreye run` and `devreye check`: the bot itself, and whether it could run."""

import argparse
import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence

from bot.app import Role, StartError, run
from bot.commands.checking import check_everything
from bot.commands.finding import Finding
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load_settings

WRONG_SETTINGS = 2
CANNOT_START = 1
INTERRUPTED = 130
ENDS_WITHIN_S = 9.7
HURRIED_S = 2.0

SENTENCES = {
    "journal_in_use": "Gönderim kaydı (JOURNAL_FILE) başka bir süreçte açık: bot çalışıyor olmalı. Önce onu durdurun.",
    "journal_damaged": "Gönderim kaydı (JOURNAL_FILE) okunamıyor. Dosyayı silmeyin; sağlam bir kopyasını geri koyun.",
    "journal_unusable": "Gönderim kaydı (JOURNAL_FILE) açılamıyor. Klasörün var ve yazılabilir olduğuna bakın.",
    "schema_too_new": "Veritabanı (DATABASE_URL) daha yeni bir sürüme ait. Botun yeni sürümünü kurun.",
    "storage_unusable": "Veritabanı (DATABASE_URL) açılamıyor. Klasöre, izinlere ve boş yere bakın.",
    "token_rejected": "Telegram BOT_TOKEN ayarını kabul etmedi. BotFather'dan aldığınız anahtarı yeniden yazın.",
    "webhook_set": "Bu botun Telegram'da bir webhook'u var; o dururken mesaj alınamaz. Kaldırmak için: "
    "devreye webhook delete. Webhook'la çalışmak için WEBHOOK_URL ayarını yazın.",
    "webhook_port_unusable": "Webhook'un kapısı (WEBHOOK_HOST, WEBHOOK_PORT) açılamıyor. "
    "Başka bir süreç kullanıyor olabilir.",
    "monitoring_port_unusable": "İzleme kapısı (MONITORING_HOST, MONITORING_PORT) açılamıyor. "
    "Başka bir süreç kullanıyor olabilir.",
    "webhook_tls_unusable": "TLS sertifikası (WEBHOOK_CERT_FILE, WEBHOOK_KEY_FILE) okunamıyor. "
    "Yolları, izinleri ve ikisinin birbirine ait olduğunu denetleyin.",
}
"""Why the bot can't start, and what to do, by StartError.reason."""


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the two commands to the command line."""
    running = subparsers.add_parser("run", help="botu çalıştırır")
    running.add_argument(
        "--role",
        choices=("all", "web", "worker"),
        default="all",
        help="bu süreç ne yapsın: her şeyi (all), yalnızca webhook'u karşılasın (web), yalnızca göndersin (worker)",
    )
    running.set_defaults(handler=run_bot)
    checking = subparsers.add_parser("check", help="her şey yerinde mi, değilse ne yapmalı")
    checking.set_defaults(handler=run_check)


def run_bot(args: argparse.Namespace) -> int:
    """The bot, until it is told to stop: 0; 1 if it can't start, 2 for wrong settings, 3 if it had to give up.

    Once it has run, the process ends here.
    """
    settings = _settings()
    if settings is None:
        return WRONG_SETTINGS
    if args.role != "all" and (wrong := _wrong_role(settings, args.role)):
        print(wrong, file=sys.stderr)
        return WRONG_SETTINGS
    set_up(settings.secrets)
    # Whatever the bot writes, the database with people's data first of all, is nobody else's on this machine.
    os.umask(0o077)
    try:
        with asyncio.Runner(loop_factory=_loop_factory(settings)) as runner:
            code = runner.run(_until_signalled(settings, args.role))
    except StartError as error:
        print(SENTENCES[error.reason], file=sys.stderr)
        return CANNOT_START
    # Everything is closed. To take the interpreter apart as well needs seconds of a busy machine, for nothing.
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_check(args: argparse.Namespace) -> int:
    """A table of what is in order and what is not; 0 if all is."""
    settings = _settings()
    if settings is None:
        return WRONG_SETTINGS
    set_up(settings.secrets)
    findings = asyncio.run(check_everything(settings))
    print(*table(findings), sep="\n")
    print("", "Yazılmış ayarlar, anahtarlar gizli:", *(f"  {line}" for line in settings.shown()), sep="\n")
    return 0 if all(finding.good for finding in findings) else 1


def table(findings: Sequence[Finding]) -> list[str]:
    """The lines of the table: a word for each finding, and below it what to do where there is something to do."""
    width = max(len(finding.what) for finding in findings)
    lines = []
    for finding in findings:
        word = "EKSİK" if not finding.good else "öneri" if finding.advised else "tamam"
        lines.append(f"{word}  {finding.what:<{width}}  {finding.found}")
        if word != "tamam":
            lines.append(f"{'':7}{'':<{width}}  -> {finding.mend}")
    return lines


def _loop_factory(settings: Settings) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop for the webhook, where there is one for this system: polling waits for the network and gains nothing."""
    if not settings.webhook_url or sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def _wrong_role(settings: Settings, role: Role) -> str:
    """Why this process can't do a part only; empty if it can."""
    if settings.database_path is not None:
        return (
            f"--role {role} yalnızca PostgreSQL ile kullanılır: bir SQLite dosyasını tek süreç kullanabilir. "
            "--role yazmadan çalıştırın ya da DATABASE_URL ayarına bir PostgreSQL adresi yazın."
        )
    if role == "web" and not settings.webhook_url:
        return "--role web yalnızca webhook'la çalışır. WEBHOOK_URL ayarını yazın: https://bot.ornek.com/telegram gibi."
    return ""


def _settings() -> Settings | None:
    try:
        return load_settings()
    except SettingsError as error:
        for sentence in error.sentences:
            print(sentence, file=sys.stderr)
        return None


async def _until_signalled(settings: Settings, role: Role) -> int:
    """The first signal lets what is in flight finish, the second cuts it off, the third ends at once; none loses any.

    Whatever hangs in a thread, where it can't be cut off, ends with the process: a supervisor's patience ends too.
    """
    stop, hurry = asyncio.Event(), asyncio.Event()

    def on_signal() -> None:
        if hurry.is_set():
            os._exit(INTERRUPTED)
        if stop.is_set():
            hurry.set()
            _end_process_after(HURRIED_S, INTERRUPTED)
        else:
            stop.set()
            _end_process_after(ENDS_WITHIN_S, 0)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    return await run(settings, role, stop=stop, hurry=hurry)


def _end_process_after(seconds: float, code: int) -> None:
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()
