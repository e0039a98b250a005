"""The written form of a conversation: what a person does, what the bot must say, what Licrus must have received.

A transcript is UTF-8 text that a translator can read and correct:

    # A line like this is a comment.
    Kişi: Ayşe Yılmaz, +905301231212          who acts from here on (a third part names the language, "tr" if left out)
    Operatör: Zeynep Demir                     from here on a member of the operators' group acts there; also
                                               `(adsız)` behind the name for an anonymous administrator, `(ayrıldı)`
    Ayar: UPDATES_PER_MINUTE=4                 a setting of the bot's; it holds for the whole file
    Katalog: ECODENSE WT 65 | ECODENSE DUVAR- YER TİPİ KAZAN      a product of the office's catalogue, and its group
    Rehber: Test Bayi | MUTLU ÖZCAN | 0532 546 67 57 | 0216 555 12 34 | info@ornek.com     a dealer of its directory;
                                               what is not known is left out between the bars
    👤 /start                                  a typed text; it goes on until the next sign
    👤 (karekod) Test Bayi                     the sticker of this dealer of the directory, scanned
    👤 (karekod fotoğrafı) Test Bayi           the same, photographed and sent as a photo
    👤 (davet) Test Bayi                       the link that invites one person to be this dealer, opened
    👤 (hemen) Balkan Cad. No: 12              typed in the same second as the text before; else ten seconds pass
    👤 [Devam]                                 a tap; also `[Devam] (eski)` on the oldest message that had this button,
                                               and `[Devam] (iki kez)` twice at once; in the operators' group also
                                               `[Devam] (aynı anda Ece Kurt)`, another member taps in the same moment
    👤 (bakar)                                 nothing is done: what came in this chat meanwhile is read
    👤 (yanıtla) Kapağın içinde                a reply to the bot's newest message
    👤 (düzenle) Aysee => Ayşe                 the earlier message is edited
    👤 (kişi kartı) Ali Veli, 0532 111 22 33   somebody's contact card, a vCard may follow on the lines below;
                                               `(numaram)` is one's own
    👤 (konum) 41.0, 29.1                      also (çıkartma), (ses), (video)
    👤 (fotoğraf) 99958 | QR: SN 99959         a photo of these codes, Code 128 unless named; without any an empty one;
                                               what stands under it, on the lines below
    👤 (albüm)                                 several photos sent together,
    99958                                      each on a line of its own
    👤 (belge) etiket.png: 99958               a picture sent as a file; also (belge) alone,
    👤 (belge) ayse.vcf                        and a file with what is in it on the lines below
    BEGIN:VCARD ...
    🤖 Merhaba!                                what the bot says, to the letter, several lines if need be,
    [Müşteriyim] [Bayiyim]                     and the rows of its keyboard
    🤖 (düzenlendi) Takip kodu: {kod}          an earlier message of the bot's that now reads so
    🤖 (bildirim) Bu özet eski.                the short notice over a tapped button
    🛠 Licrus: ret "Seri numarası bulunamadı"  how Licrus takes the next call (`FAULTS` lists the ways)
    🛠 yeniden başlat                          the bot is stopped and started
    🛠 iki gün sonra                           the same, at ten in the morning two days later
    🛠 son güncelleme yeniden (yeni numarayla) Telegram delivers the last update again
    📨 Licrus: {"DeviceCount": 2, ...}         the last call, without its ticket; `...` leaves other fields open
    📨 Licrus: toplam 1 çağrı                  how many calls Licrus received so far

`{kod}` stands for a tracking code, any other `{name}` for any words; the same name stands for the same words in the
whole file, and a typed text says what it stands for by then. `**` marks emphasis for the reader and is not compared.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.sandbox.transcript_parts import (
    Action,
    Amend,
    Exchange,
    Fault,
    Look,
    Office,
    Person,
    Photograph,
    Press,
    Received,
    Redeliver,
    Restart,
    Said,
    Scan,
    Send,
    SendFile,
    ShareContact,
    ShareLocation,
    ThingSent,
    Total,
    Transcript,
    Type,
)

PACKAGED = Path(__file__).with_name("transcripts")

THINGS: Mapping[str, ThingSent] = {
    "çıkartma": "sticker",
    "ses": "voice",
    "video": "video",
    "belge": "document",
}

FAULTS: Mapping[str, str] = {
    "ret": "refuse",
    "numaralı ret": "refuse-with-number",
    "teknik ret": "technical",
    "bilet": "ticket",
    "zaman aşımı": "timeout",
    "zaman aşımı, çağrı açık": "timeout-after",
    "kopma": "reset",
    "kopma, çağrı açık": "reset-after",
    "500": "500",
    "500, çağrı açık": "500-after",
    "html": "html",
    "bozuk json": "broken-json",
    "boş yanıt": "empty",
    "damla damla": "drip",
    "yönlendirme": "redirect",
    "429": "429",
    "numarasız": "success-without-number",
    "uyarı": "warning",
}
"""The ways Licrus can take a call, as a transcript writes them, with the sandbox's own names."""

SETTINGS = ("UPDATES_PER_MINUTE", "SUPPORT_CONTACT", "NOTICE_URL")
"""What a transcript may set: nothing that says where data goes, for somebody else may have written it."""


class TranscriptError(ValueError):
    """The file cannot be read as a transcript; the text says where and how to write it."""


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    sign: str
    text: str


_SIGNS = ("👤", "🤖", "🛠", "📨", "Kişi:", "Operatör:", "Ayar:", "Katalog:", "Rehber:")
_ROW = re.compile(r"\[[^\[\]]+\](?:\s+\[[^\[\]]+\])*")
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_PRESS = re.compile(r"\[([^\[\]]+)\](?:\s+\((eski|iki kez|aynı anda [^()]+)\))?")


def read_transcript(path: Path) -> Transcript:
    """The transcript in this file; TranscriptError if it is none, OSError if it can't be read."""
    return parse_transcript(path.read_text(encoding="utf-8"), path.name)


def find_transcript(name: str) -> Path:
    """The file of this path, or the packaged transcript of this name, with or without ".txt"."""
    for path in (Path(name), PACKAGED / name, PACKAGED / f"{name}.txt"):
        if path.is_file():
            return path
    packaged = ", ".join(sorted(path.stem for path in PACKAGED.glob("*.txt")))
    raise TranscriptError(f"Böyle bir yazışma dosyası yok: {name}. Paketteki yazışmalar: {packaged}")


def parse_transcript(text: str, name: str = "transcript") -> Transcript:
    """The exchanges written in this text; TranscriptError names the line that can't be read."""
    person: Person | None = None
    exchanges: list[Exchange] = []
    settings: dict[str, str] = {}
    office = Office()
    for block in _blocks(text, name):
        where = f"{name}:{block.line}"
        if block.sign == "Kişi:":
            person = _person(block.text, where)
        elif block.sign == "Operatör:":
            person = _operator(block.text)
        elif block.sign == "Ayar:":
            settings |= _setting(block.text, where)
        elif block.sign == "Katalog:":
            office = replace(office, products=(*office.products, _bars(block.text, 2, where)))
        elif block.sign == "Rehber:":
            office = replace(office, dealers=(*office.dealers, _bars(block.text, 5, where)))
        elif person is None:
            raise TranscriptError(f"{where}: önce kişi yazılmalı. Örnek: Kişi: Ayşe Yılmaz, +905301231212")
        elif block.sign in ("👤", "🛠"):
            action = _deed(block.text, where) if block.sign == "👤" else _direction(block.text, where)
            exchanges.append(Exchange(block.line, person, action, f"{block.sign} {block.text}"))
        elif not exchanges:
            raise TranscriptError(f"{where}: yazışma kişinin bir mesajıyla başlamalı. Örnek: 👤 /start")
        else:
            last = exchanges[-1]
            said, licrus = last.said, last.licrus
            if block.sign == "🤖":
                said = (*said, _said(block.text))
            else:
                licrus = (*licrus, _received(block.text, where))
            exchanges[-1] = Exchange(last.line, last.person, last.action, last.written, said, licrus)
    if not exchanges:
        raise TranscriptError(f"{name}: yazışma boş.")
    return Transcript(name, tuple(exchanges), settings, office)


def _blocks(text: str, name: str) -> Iterator[_Block]:
    sign, start, lines = "", 0, list[str]()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.startswith("#"):
            continue
        found = next((known for known in _SIGNS if line.startswith(known)), None)
        if found is not None:
            if sign:
                yield _Block(start, sign, "\n".join(lines).strip())
            rest = line.removeprefix(found).removeprefix("\ufe0f")
            sign, start, lines = found, number, [rest.strip()]
        elif sign:
            lines.append(line.rstrip())
        elif line.strip():
            raise TranscriptError(
                f"{name}:{number}: satırın başında 👤, 🤖, 🛠, 📨, Kişi:, Operatör:, Ayar:, Katalog: ya da Rehber: yok."
            )
    if sign:
        yield _Block(start, sign, "\n".join(lines).strip())


def _person(text: str, where: str) -> Person:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        raise TranscriptError(f"{where}: kişi okunamadı. Örnek: Kişi: Ayşe Yılmaz, +905301231212")
    return Person(parts[0], parts[1], parts[2] if len(parts) == 3 else "tr")


def _operator(text: str) -> Person:
    name, _, manner = text.partition("(")
    manners: dict[str, Literal["anonymous", "gone"]] = {"adsız)": "anonymous", "ayrıldı)": "gone"}
    return Person(name.strip(), "", operator=manners.get(manner.strip(), "named"))


def _bars(text: str, most: int, where: str) -> tuple[str, ...]:
    """The parts between the bars, as many as `most`: those that are left out are ""."""
    parts = tuple(part.strip() for part in text.split("|"))
    least = 1 if most > 2 else most
    if not least <= len(parts) <= most or not parts[0]:
        raise TranscriptError(
            f"{where}: satır okunamadı. Örnek: Katalog: ECODENSE WT 65 | ECODENSE DUVAR- YER TİPİ KAZAN, "
            "Rehber: Test Bayi | MUTLU ÖZCAN | 0532 546 67 57"
        )
    return (*parts, *("",) * (most - len(parts)))


def _setting(text: str, where: str) -> dict[str, str]:
    setting, equals, value = text.partition("=")
    if not equals or setting.strip() not in SETTINGS:
        raise TranscriptError(f"{where}: ayar okunamadı. Örnek: Ayar: UPDATES_PER_MINUTE=4")
    return {setting.strip(): value.strip()}


def _deed(text: str, where: str) -> Action:
    press = _PRESS.fullmatch(text)
    if press is not None:
        how = press[2] or ""
        with_whom = how.removeprefix("aynı anda ") if how.startswith("aynı anda ") else ""
        return Press(press[1], old=how == "eski", twice=how == "iki kez", with_whom=with_whom)
    word, _, rest = text.partition(")")
    rest = rest.strip()
    match word.removeprefix("(") if text.startswith("(") else "":
        case "düzenle":
            old, arrow, new = rest.partition("=>")
            if not arrow:
                raise TranscriptError(f"{where}: düzenleme okunamadı. Örnek: 👤 (düzenle) Aysee => Ayşe")
            return Amend(old.strip(), new.strip())
        case "karekod" if rest:
            return Scan(rest)
        case "karekod fotoğrafı" if rest:
            return Scan(rest, "photo")
        case "davet" if rest:
            return Scan(rest, "invitation")
        case "hemen":
            return Type(rest, at_once=True)
        case "yanıtla":
            return Type(rest, replies=True)
        case "bakar" if not rest:
            return Look()
        case "kişi kartı":
            who, _, vcard = rest.partition("\n")
            return ShareContact(_person(who, where), vcard.strip())
        case "numaram" if not rest:
            return ShareContact()
        case "konum":
            return _location(rest, where)
        case "fotoğraf":
            codes, _, caption = text.partition(")")[2].partition("\n")
            return Photograph((_label(codes),), caption=caption.strip())
        case "albüm" if rest:
            return Photograph(tuple(_label(line) for line in rest.splitlines()))
        case "belge" if "\n" in rest:
            name, _, content = rest.partition("\n")
            return SendFile(name.strip(), content)
        case "belge" if ": " in rest:
            name, _, codes = rest.partition(": ")
            return Photograph((_label(codes),), name)
        case thing if thing in THINGS and not rest:
            return Send(THINGS[thing])
    return Type(text)


def _label(text: str) -> tuple[str, ...]:
    """The codes of one picture; a line break within a code is written as a backslash and an n."""
    return tuple(code.strip().replace("\\n", "\n") for code in text.split("|") if code.strip())


def _location(text: str, where: str) -> ShareLocation:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise TranscriptError(f"{where}: konum okunamadı. Örnek: 👤 (konum) 41.0, 29.1") from None
    return ShareLocation(latitude, longitude)


def _direction(text: str, where: str) -> Action:
    if text in ("yeniden başlat", "iki gün sonra"):
        return Restart(days_later=text == "iki gün sonra")
    if text in ("son güncelleme yeniden", "son güncelleme yeniden (yeni numarayla)"):
        return Redeliver(new_update_id=text.endswith("(yeni numarayla)"))
    if text.startswith("Licrus:"):
        way, _, reason = text.removeprefix("Licrus:").strip().partition('"')
        kind = FAULTS.get(way.strip().replace("HTML", "html").replace("JSON", "json"))
        if kind is not None:
            return Fault(kind, reason.removesuffix('"'))
        raise TranscriptError(f"{where}: Licrus için bilinen davranışlar: {', '.join(FAULTS)}")
    raise TranscriptError(f"{where}: bilinmeyen yönerge: {text}")


def _said(text: str) -> Said:
    manner: Literal["new", "edited", "toast"] = "new"
    if text.startswith("(düzenlendi)"):
        manner, text = "edited", text.removeprefix("(düzenlendi)").lstrip()
    elif text.startswith("(bildirim)"):
        manner, text = "toast", text.removeprefix("(bildirim)").lstrip()
    lines = [line.rstrip() for line in text.split("\n")]
    rows: list[tuple[str, ...]] = []
    while lines and _ROW.fullmatch(lines[-1].strip()):
        rows.insert(0, tuple(_LABEL.findall(lines.pop())))
    return Said("\n".join(lines).rstrip(), tuple(rows), manner)


def _received(text: str, where: str) -> Received | Total:
    wanted = text.removeprefix("Licrus:").strip()
    total = re.fullmatch(r"toplam (\d+) çağrı", wanted)
    if total is not None:
        return Total(int(total[1]))
    closed = re.sub(r",?\s*\.\.\.\s*\}$", "}", wanted)
    try:
        fields = json.loads(closed)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise TranscriptError(f'{where}: beklenen çağrı okunamadı. Örnek: 📨 Licrus: {{"DeviceCount": 2, ...}}')
    return Received(fields, partial=closed != wanted)
