"""What the office reads in a report: the names of what is counted, in Turkish."""

from itertools import pairwise

from bot.office.report import WITHIN_MINUTES, Funnel, Question, Ranked, Report, quantile
from conversations.asking import SUMMARY
from conversations.words import Words
from locales import LANGUAGES, arguments, ids, say

TURKISH = LANGUAGES[0]

OUTCOME_NAMES = {
    "created": "Çağrı açıldı",
    "refused": "Licrus kabul etmedi",
    "doubtful": "Sonucu belirsiz ya da bekletiliyor",
    "waiting": "Gönderilmeyi bekliyor",
}
_NAMES = {SUMMARY: "Özet ve onay", "Role": "Müşteri ya da bayi"}
TRY_NAMES = ("İlk seferde yanıtlandı", "Sonradan yanıtlandı", "Geçildi", "Bırakıldı", "Henüz yanıtlanmadı")
QUESTION_HEADINGS = (
    "Soru", "Soruldu", *TRY_NAMES, "Yanıtı kabul edilmeyen", "Yanıtı geri sorulan", "Sonradan değiştirilen",
    "Sorulmadan bilinen",
)  # fmt: skip
MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip


def tries(question: Question) -> tuple[int, ...]:
    """The numbers that TRY_NAMES names."""
    return question.first, question.later, question.skipped, question.left, question.open


def figures(question: Question) -> tuple[int, ...]:
    """What QUESTION_HEADINGS names, behind the question itself."""
    return (question.asked, *tries(question), question.refused, question.asked_back, question.changed, question.given)


def question_name(name: str) -> str:
    """What the office calls a question; one of an earlier release by its bare name."""
    if name in _NAMES:
        return _NAMES[name]
    label = f"{name}.label"
    return say(Words(label, {"role": "customer"}), TURKISH) if label in ids(TURKISH) else name


def told(message_id: str) -> str:
    """The sentence that people were told, with three dots for what they had written."""
    if message_id not in ids(TURKISH):
        return message_id
    return say(Words(message_id, dict.fromkeys(arguments(TURKISH, message_id), "…")), TURKISH)


def name_of(ranked: Ranked) -> str:
    """Its name, or that there is none."""
    return ranked.name or "Silinmiş ya da belirtilmemiş"


def span(report: Report) -> str:
    """The days of the report."""
    first, last = report.period.first, report.period.last
    return f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"


def percent(part: int, whole: int) -> str:
    """The share as people here write it: %86."""
    return f"%{round(100 * part / whole)}" if whole else "–"


def duration(minutes: float | None) -> str:
    """Minutes as people say them."""
    if minutes is None:
        return "–"
    if minutes < 1:
        return f"{round(minutes * 60)} sn"
    return f"{round(minutes)} dk" if minutes < 120 else f"{round(minutes / 60)} sa"


def durations(report: Report) -> list[tuple[str, str]]:
    """The figures on the time from start to confirmation."""
    marks = (("Yarısı bundan kısa sürdü", 0.5), ("Onda dokuzu bundan kısa sürdü", 0.9))
    return [(text, duration(quantile(report.minutes, part))) for text, part in marks]


def within_names() -> list[str]:
    """What the counts of `report.within` are called."""
    bounds = [f"{bound} dk" for bound in WITHIN_MINUTES]
    return [
        f"{bounds[0]} altı",
        *(f"{a} – {b}" for a, b in pairwise(bounds)),
        f"{bounds[-1]} üstü",
    ]


def worst_sentence(funnel: Funnel) -> str:
    """Which question is the hardest, and why."""
    worst = funnel.worst
    if worst is None:
        return "Öne çıkan zor bir soru yok."
    text = (
        f"En çok takılınan soru: {question_name(worst.name)}. Sorulan {worst.asked} talepten {worst.stuck} tanesinde "
        f"({percent(worst.stuck, worst.asked)}) en az bir yanıt kabul edilmedi ya da talep burada bırakıldı."
    )
    reason = next(iter(worst.reasons), None)
    return text if reason is None else f"{text} En sık söylenen neden: “{told(reason)}”"
