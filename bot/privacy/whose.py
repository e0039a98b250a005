"""Whom the office means, who has only a telephone number, a tracking code or a Telegram number: all that is about them.

Most customers never met the bot: their dealer filled the form. What is kept of them is found by their telephone.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from bot.office.lists import sought
from bot.privacy.stored import OF_DEALER
from bot.storage.request_queries import Request, request_of
from bot.storage.schema import chats, dealers, drafts, notices, profiles, requests

OF_CUSTOMER = ("CustomerMobilePhone", "CustomerWorkPhone")
_TELEGRAM = re.compile(r"telegram:\s*([0-9]{1,15})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What is about a person: users who are they, requests and drafts (id and chat) with them as the customer.

    `contacts`: requests that name them as the dealer's contact. `listed`: dealers of the list with their number.
    """

    user_ids: tuple[int, ...] = ()
    requests: tuple[Request, ...] = ()
    drafts: tuple[tuple[str, int], ...] = ()
    contacts: tuple[Request, ...] = ()
    listed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.user_ids or self.requests or self.drafts or self.contacts or self.listed)


def about(connection: sa.Connection, person: str) -> About | None:
    """What is about whoever this names: "telegram:" and a number, a request's code, a telephone. None for no such name.

    A code stands for the customer of its request: what else holds their mobile telephone is found too. The other one
    is a company's as often, and so of others as well.
    """
    if (found := _TELEGRAM.fullmatch(person.strip())) is not None:
        return About(user_ids=_known(connection, int(found[1])))
    meant = sought(person)
    if meant.codes:
        of_code = _requests(connection, requests.c.code.in_(meant.codes), requests.c.masked_at.is_(None))
        phones = {str(each.body[OF_CUSTOMER[0]]) for each in of_code if each.body.get(OF_CUSTOMER[0])}
        # Without a mobile telephone the request alone is known to be theirs.
        return _by_phones(connection, phones, of_code) if of_code else About()
    return _by_phones(connection, meant.phones, ()) if meant.phones else None


def _known(connection: sa.Connection, user_id: int) -> tuple[int, ...]:
    known = sa.or_(
        sa.exists().where(chats.c.chat_id == user_id),
        sa.exists().where(profiles.c.user_id == user_id),
        sa.exists().where(notices.c.user_id == user_id),
        sa.exists().where(requests.c.chat_id == user_id),
        sa.exists().where(drafts.c.chat_id == user_id),
    )
    return (user_id,) if connection.scalar(sa.select(known)) else ()


def _by_phones(connection: sa.Connection, phones: Collection[str], more: Collection[Request]) -> About:
    holds = _holds(requests.c.body, phones)
    found = {each.id: each for each in (*more, *_requests(connection, holds))}.values()
    as_customer = [each for each in found if each in more or _names(each.body, OF_CUSTOMER, phones)]
    as_contact = [each for each in found if each not in as_customer and _names(each.body, OF_DEALER, phones)]
    draft_rows = connection.execute(
        sa.select(drafts.c.id, drafts.c.chat_id, drafts.c.data).where(_holds(drafts.c.data, phones))
    ).all()
    profile_rows = connection.execute(
        sa.select(profiles.c.user_id, profiles.c.data).where(_holds(profiles.c.data, phones))
    ).all()
    listed = connection.scalars(
        sa.select(dealers.c.company)
        .where(sa.or_(dealers.c.mobile_phone.in_(list(phones)), dealers.c.work_phone.in_(list(phones))))
        .order_by(dealers.c.company)
    )
    draft_ids = {each.draft_id for each in as_customer}
    return About(
        user_ids=tuple(
            sorted(row.user_id for row in profile_rows if _names(_values(row.data), OF_DEALER[1:2], phones))
        ),
        requests=tuple(as_customer),
        drafts=tuple(
            (row.id, row.chat_id)
            for row in draft_rows
            if row.id in draft_ids or _names(_answers(row.data), OF_CUSTOMER, phones)
        ),
        contacts=tuple(as_contact),
        listed=tuple(listed),
    )


def _holds(column: sa.ColumnElement[str], phones: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(column.contains(f'"{phone}"', autoescape=True) for phone in phones))


def _requests(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[Request]:
    return [request_of(row) for row in connection.execute(sa.select(requests).where(*which).order_by(requests.c.id))]


def _names(values: object, names: Collection[str], phones: Collection[str]) -> bool:
    return isinstance(values, dict) and any(values.get(name) in phones for name in names)


def _values(data: str) -> object:
    return json.loads(data).get("values")


def _answers(data: str) -> object:
    answers = json.loads(data).get("answers", {})
    return {name: answer.get("value") for name, answer in answers.items()}
