"""`devreye dealers` and `devreye catalogue` as the office runs them: files in, links and stickers out."""

import asyncio
import io
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image

from bot.commands import main, office
from bot.commands.office import Bar
from bot.days import moment
from bot.office.dealers import deep_link, matching
from bot.office.stickers import Sticker, as_png, as_svg
from bot.office.tables import read_catalogue, read_dealers
from bot.office.templates import CATALOGUE_SHEET, DEALER_SHEET, as_csv, as_workbook
from bot.sandbox import Sandbox
from bot.storage import schema
from bot.storage.database import make_engine
from bot.storage.link_queries import find_link
from conversations.directory import Dealer
from conversations.letters import name_key
from tests.databases import storage_settings
from tests.tables import DEALER_HEADINGS, lines, workbook

DEVREYE = Path(sys.executable).with_name("devreye")
ADA = ("Ada Isı Ltd. Şti.", "Mutlu Özcan", "0530 123 12 12", "0216 555 12 34", "ada@ornek.com")
HERE = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ} | {"LANG": "C.UTF-8"}
SETTINGS = {
    "BOT_TOKEN": "1:" + "a" * 35,
    "LICRUS_URL": "https://ornek-api.licrus.com/api",
    "LICRUS_AUTH_TICKET": "bilet-bilet",
}


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def devreye(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    # Logs, and how this process ends, belong to the tests.
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    before = os.umask(0o022)
    for name, value in {**SETTINGS, **storage_settings(tmp_path)}.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Done:
        code = main(arguments)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    yield run
    os.umask(before)


@pytest.fixture
def telegram(devreye: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Telegram that knows the bot of the commands."""
    loop = asyncio.new_event_loop()
    sandbox = Sandbox()
    loop.run_until_complete(sandbox.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setenv("BOT_TOKEN", sandbox.token)
    monkeypatch.setenv("BOT_API_URL", sandbox.bot_api_url)
    monkeypatch.setenv("ENVIRONMENT", "test")
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(sandbox.stop())
    loop.close()


def put(folder: Path, name: str, content: bytes | str) -> str:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("cp1254"))
    return name


def imported(devreye: Run, folder: Path, *companies: str) -> None:
    rows = [(company, *ADA[1:]) for company in companies]
    assert devreye("dealers", "import", put(folder, "bayiler.xlsx", workbook(DEALER_HEADINGS, *rows))).returncode == 0


def code_in(link: str) -> str:
    return link.strip().partition("?start=")[2]


def test_dealers_are_imported_listed_and_imported_again_from_the_list(devreye: Run, tmp_path: Path) -> None:
    done = devreye(
        "dealers", "import", put(tmp_path, "bayiler.xlsx", workbook(DEALER_HEADINGS, ADA, ("İki", *ADA[1:])))
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Eklendi: 2. Değişti: 0. Aynı kaldı: 0." in done.stdout
    listed = devreye("dealers", "list")
    assert listed.stdout.splitlines()[1] == ";".join(ADA)
    again = devreye("dealers", "import", put(tmp_path, "yeniden.csv", listed.stdout))
    assert "Eklendi: 0. Değişti: 0. Aynı kaldı: 2." in again.stdout


def test_nothing_is_imported_while_a_row_is_bad_and_each_is_named(devreye: Run, tmp_path: Path) -> None:
    content = lines("Firma;Cep", "İyi Isı;0530 123 12 12", "Kötü Isı;5,30123E+09", ";0530 123 12 12")
    name = put(tmp_path, "bayiler.csv", content)
    done = devreye("dealers", "import", name)
    assert done.returncode == 1
    assert "3. satır (Kötü Isı): Cep: Excel numarayı yuvarlamış" in done.stderr
    assert "4. satır (0530 123 12 12): Firma: Boş bırakılmış." in done.stderr
    assert "--skip-bad" in done.stderr
    assert len(devreye("dealers", "list").stdout.splitlines()) == 1
    done = devreye("dealers", "import", name, "--skip-bad")
    assert done.returncode == 0
    assert "3. satır" in done.stderr
    assert len(devreye("dealers", "list").stdout.splitlines()) == 2


def test_importing_again_tells_what_changed_and_removes_only_when_asked(devreye: Run, tmp_path: Path) -> None:
    first = put(tmp_path, "urunler.csv", lines("Ürün;Grup", "WT 65;KAZAN", "WT 80;KAZAN", "WT 90;KAZAN"))
    assert devreye("catalogue", "import", first).returncode == 0
    second = put(tmp_path, "yeni.csv", lines("Grup;Ürün", "KAZAN;WT 65", "DUVAR- YER  KAZAN;WT 80", "KAZAN;WT 100"))
    done = devreye("catalogue", "import", second)
    assert "Eklendi: 1. Değişti: 1. Aynı kaldı: 1." in done.stdout
    assert "Dosyada olmayan, olduğu gibi kalan: 1." in done.stdout
    listed = devreye("catalogue", "list").stdout.splitlines()
    assert listed == ["Ürün;Ürün grubu", "WT 65;KAZAN", "WT 80;DUVAR- YER  KAZAN", "WT 100;KAZAN", "WT 90;KAZAN"]
    done = devreye("catalogue", "import", second, "--replace")
    assert "Dosyada olmadığı için silindi: 1." in done.stdout
    assert len(devreye("catalogue", "list").stdout.splitlines()) == 4


def test_a_slip_in_a_row_never_deletes_a_dealer(devreye: Run, tmp_path: Path) -> None:
    done = devreye("dealers", "import", put(tmp_path, "x.csv", "Firma\nA Isı\n"), "--skip-bad", "--replace")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [("x;y\n1;2\n", "başlık"), (b"\xd0\xcf\x11\xe0 old", ".xls"), (b"PK\x03\x04", "bozulmuş"), (b"", "boş")],
)
def test_a_file_without_a_table_is_told_in_one_sentence(
    devreye: Run, tmp_path: Path, content: bytes | str, says: str
) -> None:
    done = devreye("dealers", "import", put(tmp_path, "bayiler.xlsx", content))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert says in done.stderr


def test_a_file_that_is_not_there_is_told(devreye: Run) -> None:
    done = devreye("dealers", "import", "yok.xlsx")
    assert done.returncode == 1
    assert "yok.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("telegram")
def test_a_link_is_the_same_each_time_and_opens_its_dealer(devreye: Run, tmp_path: Path) -> None:
    imported(devreye, tmp_path, ADA[0], "Bora Isı")
    first, second = devreye("dealers", "link", "ada ısı"), devreye("dealers", "link", ADA[0])
    assert first.stdout == second.stdout
    assert first.stdout.startswith("https://t.me/")
    with make_engine(storage_settings(tmp_path)["DATABASE_URL"]).begin() as connection:
        link = find_link(connection, code_in(first.stdout), 0.0)
    assert link is not None
    assert (link.purpose, link.dealer.company) == ("sticker", ADA[0])


@pytest.mark.usefixtures("telegram")
def test_a_name_that_fits_several_dealers_lists_them(devreye: Run, tmp_path: Path) -> None:
    imported(devreye, tmp_path, "Işık Isı", "Işık Mühendislik", "Ada")
    done = devreye("dealers", "link", "isik")
    assert done.returncode == 1
    assert "Işık Isı" in done.stderr
    assert "Işık Mühendislik" in done.stderr
    assert "Ada" not in done.stderr
    done = devreye("dealers", "link", "isik muhendsilik")
    assert done.returncode == 1
    assert "Bunlara benziyor:\n  Işık Mühendislik" in done.stderr


@pytest.mark.usefixtures("telegram")
def test_an_invitation_is_new_each_time_and_can_be_revoked(devreye: Run, tmp_path: Path) -> None:
    imported(devreye, tmp_path, "Ada")
    first, second = devreye("dealers", "invite", "Ada").stdout, devreye("dealers", "invite", "Ada").stdout
    links = [shown.splitlines()[0] for shown in (first, second)]
    assert links[0] != links[1]
    assert "Bir kez kullanılır." in first
    with make_engine(storage_settings(tmp_path)["DATABASE_URL"]).begin() as connection:
        # Wherever the machine's clock stands, the office is in Turkey.
        until = connection.scalar(sa.select(schema.links.c.expires_at).order_by(schema.links.c.expires_at).limit(1))
    assert f"Son kullanma: {moment(until or 0.0)}." in first
    done = devreye("dealers", "revoke", links[0])
    assert (done.returncode, done.stdout) == (0, "Bağlantı artık kullanılamaz.\n")
    assert devreye("dealers", "revoke", links[0]).returncode == 1
    assert "Ada: 1 bağlantı" in devreye("dealers", "revoke", "Ada").stdout
    with make_engine(storage_settings(tmp_path)["DATABASE_URL"]).begin() as connection:
        assert [find_link(connection, code_in(link), 0.0) for link in links] == [None, None]


@pytest.mark.usefixtures("telegram")
def test_stickers_are_written_for_one_dealer_and_for_all(devreye: Run, tmp_path: Path) -> None:
    imported(devreye, tmp_path, "Ada Isı", "Işık Isı", "IŞIK-ISI")
    link = devreye("dealers", "link", "Ada").stdout.strip()
    done = devreye("dealers", "qr", "Ada", "--svg", "ada.svg", "--png", "ada.png")
    assert (done.returncode, done.stderr) == (0, "")
    assert scanned((tmp_path / "ada.png").read_bytes()) == [link]
    assert b"Ada Is" in (tmp_path / "ada.svg").read_bytes()
    again = devreye("dealers", "qr", "Ada", "--png", "ada.png")
    assert again.returncode == 1
    assert devreye("dealers", "qr", "--all", "etiketler").returncode == 0
    assert devreye("dealers", "qr", "--all", "etiketler").returncode == 0
    assert len(list((tmp_path / "etiketler").glob("*.svg"))) == 3
    codes = {scanned(path.read_bytes())[0] for path in (tmp_path / "etiketler").glob("*.png")}
    assert len(codes) == 3
    assert link in codes
    assert devreye("dealers", "qr").returncode == 2


def test_telegram_out_of_reach_is_told(devreye: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(devreye, tmp_path, "Ada")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ENVIRONMENT", "test")
    done = devreye("dealers", "link", "Ada")
    assert done.returncode == 1
    assert "BOT_API_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["dealers", "catalogue"])
def test_an_empty_sheet_is_written_once_and_needs_no_settings(tmp_path: Path, command: str) -> None:
    names = ("a.xlsx", "a.csv", "a.xlsx", "a.pdf")
    assert [main([command, "template", str(tmp_path / name)]) for name in names] == [0, 0, 1, 2]


def test_an_empty_sheet_has_the_headings_that_are_read_and_its_telephones_stay_text() -> None:
    content = as_workbook(DEALER_SHEET, "Bayiler")
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    assert page is not None
    assert page.column_dimensions["C"].number_format == "@"
    page.append(list(ADA))
    filled = io.BytesIO()
    book.save(filled)
    (dealer,) = read_dealers(filled.getvalue()).entries
    assert (dealer.mobile_phone, dealer.work_phone) == ("5301231212", "2165551234")
    filled_csv = as_csv(CATALOGUE_SHEET) + b"WT 65;KAZAN\r\n"
    assert len(read_catalogue(filled_csv).entries) == 1


def scanned(png: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))]


@pytest.mark.parametrize("company", ["A", "IĞDIR ÇÖZÜM " * 20, "W" * 150, 'Ada & <Isı> "Ltd"'])
def test_a_sticker_can_be_scanned_whatever_the_dealer_is_called(company: str) -> None:
    link = deep_link("a_bot_with_the_longest_name_bot_", "mfrggzdfmztwq2lk")
    sticker = Sticker(link, company, "Devreye alma talebi için okutun", "a_bot_with_the_longest_name_bot_")
    png = as_png(sticker)
    assert scanned(png) == [link]
    image = Image.open(io.BytesIO(png)).convert("L")
    # Nothing is drawn into the margins, which is where a cut line of text would end.
    assert image.crop((0, 0, 20, image.height)).getextrema() == (255, 255)
    assert image.crop((0, image.height - 12, image.width, image.height)).getextrema() == (255, 255)
    small = image.resize((image.width // 5, image.height // 5))
    assert [code.text for code in zxingcpp.read_barcodes(small)] == [link]
    assert b"<Is" not in as_svg(sticker)


def test_a_dealer_is_found_by_parts_of_the_name_and_by_the_whole_name_alone() -> None:
    dealers = tuple(Dealer(name_key(name), name) for name in ("Ada", "Ada Isı", "Işık Mühendislik Isı", "İ 7", "İ 77"))
    names = ("ADA", "muh isik", "ısı", "7 i", "", "x")
    found = {name: [d.company for d in matching(dealers, name)] for name in names}
    assert found == {
        "ADA": ["Ada"],
        "muh isik": ["Işık Mühendislik Isı"],
        "ısı": ["Ada Isı", "Işık Mühendislik Isı"],
        "7 i": ["İ 7"],
        "": [],
        "x": [],
    }


def test_a_bar_is_drawn_on_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        bar = Bar("Okunuyor", stream, every_s=0.0)
        for done in range(1, 4):
            bar(done, 3)
        assert ("[##########....................] 1/3" in stream.getvalue()) is drawn
        assert stream.getvalue().endswith(" \r") is drawn


def test_a_command_as_a_program_says_what_it_did_and_leaves_nothing_on_a_terminal(tmp_path: Path) -> None:
    name = put(tmp_path, "bayiler.xlsx", workbook(DEALER_HEADINGS, ADA))
    leader, follower = pty.openpty()
    shown = b""
    with subprocess.Popen(
        [DEVREYE, "dealers", "import", name],
        cwd=tmp_path,
        env=HERE | SETTINGS | storage_settings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=follower,
    ) as process:
        os.close(follower)
        try:
            while part := os.read(leader, 65_536):
                shown += part
        except OSError:  # the other end is closed: so Linux says that a terminal is at its end
            pass
        assert process.stdout is not None
        assert "Eklendi: 1." in process.stdout.read().decode()
        assert process.wait(30) == 0
    os.close(leader)
    assert shown.strip() == b""
