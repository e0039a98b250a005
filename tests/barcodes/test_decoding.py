"""The picture's own process: what it reads, what it refuses, and that nothing it meets costs the bot anything."""

import asyncio
import io
import os
import random
import struct
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.media import decoding, reading
from bot.media.decoding import Unreadable, read_codes
from conversations.answers.codes import Code
from tests.barcodes.labels import drawn, encoded, page

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="counts open descriptors in /proc")
LABEL = page(drawn("99958", "Code128"))


def read(image: bytes) -> tuple[Code, ...] | Unreadable:
    return asyncio.run(read_codes(image))


def reader(path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """From now on this program reads the pictures."""
    path /= "reader.py"
    path.write_text(program)
    monkeypatch.setattr(decoding, "_READER", path)


@pytest.mark.parametrize("form", ["Code128", "Code39", "QR", "DataMatrix"])
@pytest.mark.parametrize("file", ["JPEG", "PNG", "WEBP"])
def test_each_format_is_read_from_each_kind_of_file(form: str, file: str) -> None:
    assert read(encoded(page(drawn("SN-99958", form)), file)) == (Code("SN-99958", form),)  # type: ignore[arg-type]


def test_the_product_number_keeps_its_format() -> None:
    assert read(encoded(page(drawn("4012345678901", "EAN13")))) == (Code("4012345678901", "EAN13"),)


def test_several_codes_come_from_top_to_bottom_and_each_once() -> None:
    codes = [drawn(text, form) for text, form in (("99960", "Code128"), ("AB-1", "Code39"), ("99958", "QR"))]
    assert read(encoded(page(*codes, codes[0]))) == (
        Code("99960", "Code128"),
        Code("AB-1", "Code39"),
        Code("99958", "QR"),
    )


def test_leading_nines_and_zeros_stay() -> None:
    said = read(encoded(page(drawn("9900012", "Code128"), drawn("0009", "Code39"))))
    assert said == (Code("9900012", "Code128"), Code("0009", "Code39"))


def test_a_plus_in_a_plain_code39_is_a_plus() -> None:
    assert read(encoded(page(drawn("AB+C12", "Code39")))) == (Code("AB+C12", "Code39"),)


def test_a_gs1_code_comes_with_its_brackets() -> None:
    label = page(drawn("(01)04012345678901(21)99958", "DataMatrix", scale=5, gs1=True))
    assert read(encoded(label)) == (Code("(01)04012345678901(21)99958", "DataMatrix"),)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_may_say_by_exif_what_is_up(orientation: int) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    label = page(drawn("99958", "Code128"), drawn("99957", "Code128"))
    held = label.transpose(back[orientation]) if orientation in back else label
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert read(encoded(held, exif=exif)) == (Code("99958", "Code128"), Code("99957", "Code128"))


def test_spoilt_exif_hides_no_code() -> None:
    good = encoded(LABEL)
    spoilt = b"Exif\0\0MM\0*" + bytes(range(200, 256)) * 3
    image = good[:2] + b"\xff\xe1" + struct.pack(">H", len(spoilt) + 2) + spoilt + good[2:]
    assert read(image) == (Code("99958", "Code128"),)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "CMYK", "I;16"])
def test_colours_do_not_matter(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = LABEL.convert("I").point(lambda level: level * 257).convert("I;16") if mode == "I;16" else LABEL
    assert read(encoded(picture.convert(mode), form)) == (Code("99958", "Code128"),)


def test_black_on_transparent_is_black_on_white() -> None:
    ink = Image.new("LA", LABEL.size, (0, 0))
    ink.putalpha(LABEL.point(lambda level: 255 - level))
    assert read(encoded(ink, "PNG")) == (Code("99958", "Code128"),)


def test_of_a_moving_picture_the_first_counts() -> None:
    others = [page(drawn("11111", "Code128"))] * 3
    file = io.BytesIO()
    LABEL.save(file, "WEBP", save_all=True, append_images=others, duration=100)
    assert read(file.getvalue()) == (Code("99958", "Code128"),)


def test_a_picture_without_a_code_says_so() -> None:
    assert read(encoded(page())) == Unreadable("no-code")
    assert read(encoded(page(drawn("99958", "Aztec")))) == Unreadable("no-code")


@pytest.mark.parametrize("image", [b"", b"x", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\4\0\0\0WEBP"])
def test_what_is_no_picture_is_refused(image: bytes) -> None:
    assert read(image) == Unreadable("not-a-picture")


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "ICO", "EPS", "PDF"])
def test_other_kinds_of_pictures_are_not_even_opened(form: str) -> None:
    assert read(encoded(LABEL, form)) == Unreadable("not-a-picture")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_half_a_file_is_broken(form: str) -> None:
    image = encoded(page(drawn("99958", "Code128", scale=6)), form)
    assert read(image[: len(image) // 2]) == Unreadable("broken")


def test_a_file_over_the_limit_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_READER", None)
    assert read(b"x" * (decoding.MOST_BYTES + 1)) == Unreadable("too-large")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few thousand bytes that unpacks to width x height."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pack = zlib.compressobj(9)
    rows = b"".join(pack.compress(bytes(width + 1)) for _ in range(height)) + pack.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(5001, 5000), (9000, 9000), (1_000_000, 26)])
def test_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    image = bomb(width, height)
    began = time.monotonic()
    assert read(image) == Unreadable("too-large")
    assert time.monotonic() - began < 3


def test_the_largest_picture_is_still_read() -> None:
    assert read(encoded(page(drawn("99958", "Code128", scale=8), size=(5000, 5000)))) == (Code("99958", "Code128"),)


def test_a_picture_of_many_codes_says_the_first_sixty() -> None:
    paper = Image.new("L", (2400, 2400), 255)
    for at in range(81):
        paper.paste(drawn(f"SN{at:03}", "QR", scale=4), (20 + at % 9 * 260, 20 + at // 9 * 260))
    said = read(encoded(paper, "PNG"))
    assert isinstance(said, tuple)
    assert len(said) == decoding.MOST_CODES


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.kill(os.getpid(), 11)", "failed"),
        ("raise SystemExit(3)", "failed"),
        ("import sys; sys.exit(sys.stdin.buffer.read() and print('[['))", "failed"),
        ("print('[]')", "failed"),
        ("print('{}')", "failed"),
        ("print('\"no-such-reason\"')", "failed"),
        ('print(\'[["99958", "PDF417"]]\')', "failed"),
        ('print(\'[["", "QR"]]\')', "failed"),
        ("print('[[1, \"QR\"]]')", "failed"),
        ("print('[[\"' + 'x' * 5000 + '\", \"QR\"]]')", "failed"),
        ("print('[' * 100000)", "failed"),
        ("import sys\nwhile True: sys.stdout.write('x' * 9999)", "failed"),
        ("import time; time.sleep(60)", "too-slow"),
        ('import sys, time; sys.stdin.buffer.read(); print(\'[["1", "QR"]]\', flush=True); time.sleep(60)', "too-slow"),
        ("import os, time; os.close(1); time.sleep(60)", "too-slow"),
    ],
)
def test_whatever_becomes_of_the_process_is_an_answer(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST_SECONDS", 1.0)
    reader(tmp_path, monkeypatch, program)
    assert read(encoded(LABEL) + bytes(1_000_000)) == Unreadable(reason)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="no resource.setrlimit")
@pytest.mark.parametrize(
    "program", ["hold = bytes(400_000_000)", "while True: pass", "print('x', file=open('FILE', 'w'), flush=True)"]
)
def test_memory_time_and_files_are_bounded(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited, _, _ = Path(reading.__file__).read_text().partition("if __name__")
    file = tmp_path / "written"
    program = f'_bounded()\n{program.replace("FILE", str(file))}\nprint(\'[["1", "QR"]]\')\n'
    reader(tmp_path, monkeypatch, limited.replace("MOST_CPU_SECONDS = 5", "MOST_CPU_SECONDS = 1") + program)
    began = time.monotonic()
    assert read(encoded(LABEL)) == Unreadable("failed")
    assert time.monotonic() - began < 4.5
    assert not file.exists() or not file.read_bytes()


def test_the_process_knows_nothing_of_the_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    reader(
        tmp_path,
        monkeypatch,
        "import json, os, sys\nassert not [name for name in os.environ if name not in ('LC_CTYPE',)]\n"
        "assert not any(name.split('.')[0] in ('bot', 'conversations') for name in sys.modules)\n"
        "assert os.getsid(0) == os.getpid()\nprint(json.dumps([['1', 'QR']]))",
    )
    assert read(encoded(LABEL)) == (Code("1", "QR"),)


@ON_LINUX
def test_neither_processes_nor_descriptors_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> int:
        monkeypatch.setattr(decoding, "MOST_SECONDS", 0.2)
        await read_codes(encoded(LABEL))
        before = len(os.listdir("/proc/self/fd"))
        reader(tmp_path, monkeypatch, "import time; time.sleep(60)")
        assert await asyncio.gather(*(read_codes(bytes(1_000_000)) for _ in range(5))) == [Unreadable("too-slow")] * 5
        await asyncio.sleep(0.1)
        return len(os.listdir("/proc/self/fd")) - before

    assert asyncio.run(main()) <= 0
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_who_stops_waiting_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> float:
        reader(tmp_path, monkeypatch, "import time; time.sleep(60)")
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(read_codes(b"x"), 0.3)
        return time.monotonic() - began

    assert asyncio.run(main()) < 3


def test_the_event_loop_goes_on_meanwhile() -> None:
    async def main() -> float:
        longest = 0.0
        reading = asyncio.create_task(read_codes(encoded(page(drawn("99958", "Code128"), size=(5000, 5000)))))
        while not reading.done():
            began = time.thread_time()
            await asyncio.sleep(0.005)
            longest = max(longest, time.thread_time() - began)
        assert await reading == (Code("99958", "Code128"),)
        return longest

    assert asyncio.run(main()) < 0.1


def test_spoilt_files_are_answered() -> None:
    seed = int(os.environ.get("DEVREYE_SEED", "1"))
    dice = random.Random(seed)
    whole = [encoded(LABEL, form) for form in ("JPEG", "PNG", "WEBP")]

    async def main() -> None:
        for _ in range(30):
            image = bytearray(dice.choice(whole))
            for _ in range(dice.choice((1, 10, 200))):
                image[dice.randrange(len(image))] = dice.randrange(256)
            said = await read_codes(bytes(image))
            if isinstance(said, Unreadable):
                assert said.reason in ("no-code", "not-a-picture", "broken", "too-large"), seed
            else:
                assert said == (Code("99958", "Code128"),), seed

    asyncio.run(main())
