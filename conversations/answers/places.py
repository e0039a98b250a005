"""Where the device is: province and district, from whatever somebody types ("ümraniye", "İstanbul'un Ümraniye ilçesi").

The rule above all others: a slip is mended where only one place can be meant, and is asked about otherwise; a wrong
place is never stored in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conversations.answers.outcome import (
    NOTHING,
    Accepted,
    Ambiguous,
    Candidate,
    Known,
    Outcome,
    Refused,
    Value,
    Verbatim,
)
from conversations.answers.place_names import Place, key_of, names
from conversations.answers.plain import answers_nothing
from conversations.letters import ascii_letters, fold, one_line
from conversations.words import Words

SHORTEST_MENDED = 5  # letters: a slip in a shorter name ("Vn") is asked about
SHORTEST_GUESSED = 8  # letters: two slips in a longer name are offered as a guess
SHORTEST_AMONG_WORDS = 4  # letters: "Of" or "Van" among unknown words is likely no place
LONGEST_READ = 400  # characters: no place takes more, and an answer must cost milliseconds
LONGEST_NAME = 4  # words, as in "M. Kemal Paşa ilçesi" without its noun
SEVERAL_UNKNOWN = 2  # words that are no place: the text is of another kind, and a slip in it none of a place's name
MOST_GUESSES = 8  # buttons for a slip
LONGEST_QUOTE = 60  # characters of what was typed that a message repeats

MERKEZ = "Merkez"

# fmt: off
NOUNS = frozenset((
    "anadolu", "avrupa", "yakasi", "il", "ili", "ilim", "ilinde", "ilinin", "ilce", "ilcem", "ilcesi", "ilcesinde",
    "ilcesinin", "plaka", "sehir", "sehri", "sehrim", "sehrinde", "sehrinin", "tr", "turkiye", "ve",
))
"""Words that stand beside a place's name and say nothing more."""

ADDRESS_WORDS = frozenset((
    "apartman", "apartmani", "apt", "beldesi", "bl", "blok", "blv", "bulvar", "bulvari", "cad", "cadde", "caddesi",
    "cd", "daire", "kat", "koyu", "mah", "mahalle", "mahallesi", "meydani", "mevkii", "mh", "osb", "parki", "plaza",
    "sanayi", "sitesi", "sk", "sok", "sokagi", "sokak", "yolu",
))
"""Words that make the name before them a street's or a quarter's ("Balıkesir Caddesi")."""

TRADE = frozenset(("kazan",))
"""Names that are a word of this trade: among other words they are that ("duvar tipi kazan")."""

ENDINGS = (
    "dayim", "deyim", "tayim", "teyim", "dayiz", "deyiz", "daki", "deki", "taki", "teki",
    "dan", "den", "tan", "ten", "nin", "nun", "da", "de", "ta", "te", "in", "un",
    "ya", "ye", "si", "su",
)
"""What people hang on a name without an apostrophe ("istanbulda")."""
# fmt: on

_APOSTROPHES = str.maketrans("’‘`´ʼ′", "''''''")
_AFTER_APOSTROPHE = re.compile(r"'(?:n?[dt][ae](?:n|ki|yi[mz])?|n?[iu]n|[ny]?[aeiu]|l[iu])\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Spelling:
    """How Licrus spells provinces, and the districts of each, by their names here; what it lacks is sent as ever."""

    provinces: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


OWN = Spelling()
"""Nothing is spelled otherwise."""


@dataclass(frozen=True, slots=True)
class Province(Verbatim):
    """The province; a district that was typed with it, or instead of it, goes along to `district_field`.

    Sent with ASCII letters ("Istanbul"), as in Licrus's sample, unless `turkish_letters`, or as it is `spelled` there.
    """

    district_field: str = "CustomerDistrict"
    turkish_letters: bool = False
    spelled: Spelling = field(default=OWN, hash=False)

    def understand(self, text: str, known: Known) -> Outcome:
        """The province this text names, or the one its district lies in."""
        if _says_nothing(text):
            return Refused(Words("place-empty"))
        finding = _find(text, within=None)
        candidates = tuple(
            Candidate(place.province, place.label, {self.district_field: place.district} if place.district else {})
            for place in finding.places
        )
        return _outcome(finding, candidates)

    def sent(self, value: Value, known: Known = NOTHING) -> str:
        """The province as Licrus takes it."""
        return _sent(value, self.spelled.provinces, self.turkish_letters)


@dataclass(frozen=True, slots=True)
class District(Verbatim):
    """The district of the province in `province_field`; where that is not known yet, the province goes along with it.

    Sent with ASCII letters ("Umraniye"), as in Licrus's sample, unless `turkish_letters`, or as it is `spelled` there.
    """

    province_field: str = "CustomerCity"
    turkish_letters: bool = False
    spelled: Spelling = field(default=OWN, hash=False)

    def understand(self, text: str, known: Known) -> Outcome:
        """The district this text names: of the known province first, of another one only after a question."""
        if _says_nothing(text):
            return Refused(Words("place-empty"))
        given = known.get(self.province_field)
        within = next((p.province for p in names().province_of_plate.values() if p.province == given), None)
        finding = _find(text, within)
        if within:
            finding = _seen_from(within, finding, text)
        districts = tuple(place for place in finding.places if place.district)
        if finding.places and not districts:
            finding = _province_alone(finding.places[0].province, within)
            districts = finding.places
        return _outcome(finding, tuple(self._candidate(place, within) for place in districts))

    def _candidate(self, place: Place, within: str | None) -> Candidate:
        also = {} if place.province == within else {self.province_field: place.province}
        return Candidate(str(place.district), place.label, also)

    def sent(self, value: Value, known: Known = NOTHING) -> str:
        """The district as Licrus takes it."""
        of_province = self.spelled.districts.get(str(known.get(self.province_field)), {})
        return _sent(value, of_province, self.turkish_letters)

    def example(self, known: Known) -> str | None:
        """A district of the known province, to show what an answer looks like; None where none is known."""
        given = known.get(self.province_field)
        return next(iter(names().districts_of.get(str(given), ())), None)


@dataclass(frozen=True, slots=True)
class _Mention:
    """The places that one stretch of the text may mean; `exact` when a name was written as it is.

    `mendable` are those that a slip may become without a question, where nothing else is possible.
    """

    key: str
    places: tuple[Place, ...]
    exact: bool = True
    mendable: tuple[Place, ...] = ()

    @property
    def weak(self) -> bool:
        """Too little to be a place among words that are none: "34", "Of", "oldu" (a slip for Oltu)."""
        return self.key.isdigit() or len(self.key) < (SHORTEST_AMONG_WORDS if self.exact else SHORTEST_MENDED)

    @property
    def slipped(self) -> bool:
        """Whether it is no name but with a letter changed: an ending hung on is none ("istanbulda")."""
        names_it = any(self.key.removesuffix(ending) in names().places for ending in ENDINGS)
        return not (self.exact or names_it)

    def allows(self, place: Place) -> bool:
        """Whether this stretch may speak of the place: it names it, or its province."""
        return _covered(place, self.places)

    def certain_of(self, place: Place) -> bool:
        """Whether this stretch may be taken for the place without a question."""
        return self.exact or _covered(place, self.mendable)


def _covered(place: Place, places: Iterable[Place]) -> bool:
    return any(p.province == place.province and p.district in (None, place.district) for p in places)


@dataclass(frozen=True, slots=True)
class _Finding:
    """The places a text may mean; `doubt` is what to ask about them or why there are none; None is certainty."""

    places: tuple[Place, ...]
    doubt: Words | None = None


def _find(text: str, within: str | None) -> _Finding:
    """What the text names; of several places with the name, those in the province `within` come before all others."""
    line = one_line(text)
    quote = {"text": _quoted(text)}
    words = _words(line) if len(line) <= LONGEST_READ else []
    pieces = _pieces(words)
    mentions = _mentions(pieces)
    if not mentions:
        guesses = _guesses(words)
        return _Finding(guesses, _did_you_mean(quote, guesses) if guesses else _nothing_found(quote, words, within))
    named = [mention for mention in mentions if not _is_merkez(mention)]
    places = _common(mentions) or _common(named)
    if not places:
        every = tuple(dict.fromkeys(place for mention in named for place in mention.places))
        return _Finding(every[:MOST_GUESSES], Words("place-contradiction", quote))
    places = tuple(p for p in places if p.district and p.province == within) or places
    if len(mentions) < len(pieces) or not all(m.certain_of(place) for m in mentions for place in places):
        return _Finding(places, _did_you_mean(quote, places))
    if len(places) > 1:
        exact = all(m.exact for m in mentions)
        return _Finding(places, Words("place-several", quote) if exact else _did_you_mean(quote, places))
    return _Finding(places)


def _words(line: str) -> list[str]:
    """The folded words that may be names: without endings after an apostrophe and without nouns like "ilçesi"."""
    words = _WORD.findall(_AFTER_APOSTROPHE.sub(" ", fold(line.translate(_APOSTROPHES))))
    joined: list[str] = []
    for word in words:
        if joined and word in NOUNS and joined[-1] + word in names().places:  # "Eski şehir"
            joined[-1] += word
        else:
            joined.append(word)
    return [word for word in joined if word not in NOUNS] or words


def _pieces(words: Sequence[str]) -> list[_Mention | str]:
    """The words, names recognized: all as one name, else each as an exact name, else with a slip."""
    whole = "".join(words)
    if len(words) == 1:
        return [_exact(words) or _one_figure(whole) or _mended(whole) or whole]
    if mention := _exact(words):
        return [mention]
    pieces = list(_split(words, mend=False))
    if any(isinstance(piece, str) for piece in pieces):
        mention = _mended(whole)
        return [mention] if mention else list(_split(words, mend=True))
    return pieces


def _split(words: Sequence[str], mend: bool) -> Iterator[_Mention | str]:
    """Mentions and unknown words in the order of the text, longer names first ("Doğu Beyazıt", "Kemal Paşa")."""
    at = 0
    while at < len(words):
        ends = range(min(at + LONGEST_NAME, len(words)), at, -1)
        found = next(((end, m) for end in ends if (m := _exact(words[at:end]))), None)
        if mend and not found and words[at] not in ADDRESS_WORDS:
            keys = ((end, "".join(words[at:end])) for end in ends)
            alone_or_long = (pair for pair in keys if pair[0] == at + 1 or len(pair[1]) >= SHORTEST_GUESSED)
            found = next(((end, m) for end, key in alone_or_long if (m := _mended(key))), None)
        end, piece = found or (at + 1, words[at])
        yield piece
        at = end


def _exact(words: Sequence[str]) -> _Mention | None:
    """The places with this name, nickname or plate code ("3 4" is none)."""
    index = names()
    key = "".join(words)
    if len(words) == 1 and key in index.province_of_plate:
        return _Mention(key, (index.province_of_plate[key],))
    return _Mention(key, index.places[key]) if key in index.places else None


def _one_figure(key: str) -> _Mention | None:
    """A plate code without its zero: asked about, since half of "34" looks the same."""
    plate = names().province_of_plate.get("0" + key)
    return _Mention(key, (plate,), exact=False) if plate else None


def _mended(key: str) -> _Mention | None:
    """The places one slip away from this name, and those it names with an ending hung on."""
    index = names()
    bare = (key.removesuffix(ending) for ending in ENDINGS if key.endswith(ending))
    near = tuple(dict.fromkeys((*(name for name in bare if name in index.places), *index.near(key))))[:MOST_GUESSES]
    mendable = () if key in index.not_a_slip else tuple(name for name in near if len(name) >= SHORTEST_MENDED)
    return _Mention(key, _bearing(near), False, _bearing(mendable)) if near else None


def _bearing(keys: Iterable[str]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for key in keys for place in names().places[key]))


def _mentions(pieces: Sequence[_Mention | str]) -> list[_Mention]:
    """The mentions that count: all of them where nothing else was written, else the telling ones.

    In an address, what stands at the end ("… Cad. No: 12 Ümraniye / İstanbul"), or two places or more at its beginning:
    any other name is likely a street's.
    """
    mentions = [piece for piece in pieces if isinstance(piece, _Mention)]
    if len(mentions) == len(pieces):
        return mentions
    if not ADDRESS_WORDS.isdisjoint(pieces):
        first = _run(pieces)
        mentions = _run(pieces[::-1])[::-1] or (first if len(first) > 1 else [])
    of_another_kind = len(pieces) - len(mentions) >= SEVERAL_UNKNOWN
    return [m for m in mentions if not (m.weak or m.key in TRADE or (of_another_kind and m.slipped))]


def _run(pieces: Sequence[_Mention | str]) -> list[_Mention]:
    end = next((at for at, piece in enumerate(pieces) if isinstance(piece, str)), len(pieces))
    return [piece for piece in pieces[:end] if isinstance(piece, _Mention)]


def _common(mentions: Sequence[_Mention]) -> tuple[Place, ...]:
    """The places that every mention allows: of "İstanbul" and "Ümraniye" only İstanbul / Ümraniye."""
    distinct = {mention.key: mention for mention in mentions}.values()
    candidates = dict.fromkeys(place for mention in distinct for place in mention.places)
    return tuple(place for place in candidates if all(mention.allows(place) for mention in distinct))


def _is_merkez(mention: _Mention) -> bool:
    """Whether only "Merkez" was said, which beside a place's name may just mean its centre."""
    return all(place.district == MERKEZ for place in mention.places)


def _guesses(words: Sequence[str]) -> tuple[Place, ...]:
    """The places two slips away, where the name is long enough for that to mean something."""
    key = "".join(words)
    if len(key) < SHORTEST_GUESSED or len(words) > LONGEST_NAME:
        return ()
    return _bearing(names().farther(key, SHORTEST_GUESSED))[:MOST_GUESSES]


def _says_nothing(text: str) -> bool:
    """Whether the text is a word that answers no question; Olur and Geçit are places all the same."""
    return answers_nothing(text) and key_of(text) not in names().places


def _nothing_found(quote: dict[str, str], words: Sequence[str], within: str | None) -> Words:
    if not any(c.isalnum() for c in quote["text"]):
        return Words("place-empty")
    if words and all(word.isdigit() for word in words):
        return Words("place-unknown-number", quote)
    if not ADDRESS_WORDS.isdisjoint(words):
        return Words("place-address", quote)
    if within:
        return Words("place-unknown-in-province", {**quote, "province": within})
    return Words("place-unknown", quote)


def _did_you_mean(quote: dict[str, str], places: Sequence[Place]) -> Words:
    return Words("place-did-you-mean", {**quote, "count": len(places)})


def _seen_from(within: str, finding: _Finding, text: str) -> _Finding:
    """The finding where the province is known: a place elsewhere is asked about, beside what is one slip away here."""
    elsewhere = tuple(place for place in finding.places if place.district and place.province != within)
    if not elsewhere or len(elsewhere) < len(finding.places) or _is_a_guess(finding):
        return finding
    names_both = {"text": _quoted(text), "province": within}
    if len(elsewhere) > 1 and all(place.district == MERKEZ for place in elsewhere):
        return _Finding((), Words("place-no-merkez", names_both))
    here = tuple(place for place in _bearing(names().near(key_of(text))) if place.province == within and place.district)
    return _Finding((*here, *elsewhere), Words("place-other-province", names_both))


def _is_a_guess(finding: _Finding) -> bool:
    return finding.doubt is not None and finding.doubt.id != "place-several"


def _province_alone(province: str, within: str | None) -> _Finding:
    """Where a district was asked and only a province was named: its centre may be meant, if that is a district."""
    if within not in (None, province):
        return _Finding((), Words("place-only-province", {"other": province, "province": str(within)}))
    centre = tuple(place for place in names().places[key_of(MERKEZ)] if place.province == province)
    wanted = {"province": province}
    return _Finding(centre, Words("place-centre", wanted) if centre else Words("place-district-needed", wanted))


def _outcome(finding: _Finding, candidates: tuple[Candidate, ...]) -> Outcome:
    """One certain candidate is accepted, doubtful ones are asked about, none is refused."""
    doubt = finding.doubt
    if doubt is None:
        return Accepted(candidates[0].value, candidates[0].also)
    if not candidates:
        return Refused(doubt)
    if "count" in doubt.args:
        doubt = replace(doubt, args={**doubt.args, "count": len(candidates)})
    return Ambiguous(doubt, candidates)


def _quoted(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def _sent(value: Value, spelled: Mapping[str, str], turkish_letters: bool) -> str:
    if str(value) in spelled:
        return spelled[str(value)]
    return str(value) if turkish_letters else ascii_letters(str(value))
