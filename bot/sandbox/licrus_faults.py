"""What can go wrong at Licrus: the faults that the next calls may be told to have, each with its Turkish title."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.errors import ControlError

Way = Literal["answer", "silence", "reset", "drip"]
MOST_TIMES = 1_000


@dataclass(frozen=True)
class FaultKind:
    """A fault: what its page title is, and whether Licrus opens the call all the same."""

    name: str
    title: str
    carries_out: bool = False


FAULT_KINDS = (
    FaultKind("refuse", "Reddet (gerekçesiyle)"),
    FaultKind("refuse-with-number", "Reddet, ama çağrı numarası da söyle", carries_out=True),
    FaultKind("technical", "Teknik hata metniyle reddet"),
    FaultKind("ticket", "AuthTicket geçersiz de"),
    FaultKind("timeout", "Hiç yanıt verme (çağrı açılmadı)"),
    FaultKind("timeout-after", "Hiç yanıt verme (çağrı açıldı)", carries_out=True),
    FaultKind("reset", "Bağlantıyı kes (çağrı açılmadı)"),
    FaultKind("reset-after", "Bağlantıyı kes (çağrı açıldı)", carries_out=True),
    FaultKind("500", "500 sunucu hatası (çağrı açılmadı)"),
    FaultKind("500-after", "500 sunucu hatası (çağrı açıldı)", carries_out=True),
    FaultKind("html", "JSON yerine HTML sayfa"),
    FaultKind("broken-json", "Yarım kalmış JSON (çağrı açıldı)", carries_out=True),
    FaultKind("empty", "Boş yanıt"),
    FaultKind("drip", "Yanıtı damla damla ver (çağrı açıldı)", carries_out=True),
    FaultKind("redirect", "Başka adrese yönlendir"),
    FaultKind("429", "429 çok fazla istek"),
    FaultKind("status", "Verilen HTTP durum kodu"),
    FaultKind("success-without-number", "Başarılı, ama numarasız (çağrı açıldı)", carries_out=True),
    FaultKind("warning", "Başarılı, yanında uyarıyla", carries_out=True),
)
_KINDS = {kind.name: kind for kind in FAULT_KINDS}


@dataclass
class Fault:
    """A fault that waits for the next `times` calls."""

    kind: FaultKind
    times: int = 1
    reason: str = ""
    carries_out: bool = False
    status: int = 503
    retry_after_seconds: int = 1
    drip_seconds: float = 0.2

    def described(self) -> dict[str, Any]:
        return {
            "kind": self.kind.name,
            "title": self.kind.title,
            "times": self.times,
            "reason": self.reason,
            "carried_out": self.carries_out,
        }


def fault_kind(name: str) -> FaultKind:
    """The kind of that name; raises ControlError."""
    kind = _KINDS.get(name)
    if kind is None:
        raise ControlError(f"There is no fault {name!r}; there are: {', '.join(_KINDS)}.")
    return kind
