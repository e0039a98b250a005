"""The tables. Times are seconds since 1970 (UTC), texts that people read are kept as message ids with arguments."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

counted = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A key the database counts up; SQLite only counts a column of exactly the type INTEGER."""


def _one_of(column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


seen_updates = sa.Table(
    "seen_updates",
    metadata,
    # Telegram's update ids restart at random after an idle week: the id alone could hide a new message.
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.String(32), primary_key=True),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("seen_at", sa.Double, nullable=False, index=True),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.String(32), primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("failed_at", sa.Double, nullable=False, index=True),
)
"""Updates whose handling raised: counted in a commit of their own, so that a poisonous one is set aside in the end."""

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger),
    sa.Column("language", sa.String(8), nullable=False, server_default="tr"),
    sa.Column("blocked_at", sa.Double),
    sa.Column("told_private_at", sa.Double),
    # How many updates came in the minute that began then, as bot/limits.py counts them.
    sa.Column("minute_began_at", sa.Double),
    sa.Column("minute_updates", sa.Integer, nullable=False, server_default="0"),
    sa.Column("no_reminders_at", sa.Double),
    # The next text is for the service office; and the second at which the last one that was had been sent.
    sa.Column("help_asked_at", sa.Double),
    sa.Column("help_said_at", sa.BigInteger),
    # Which version of the privacy notice was shown here last: kept with what each update reads anyway.
    sa.Column("notice_version", sa.String(40)),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("form", sa.String(32), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("touched_at", sa.Double, nullable=False, index=True),
    # A count, not a clock: which draft a chat is at must not depend on two updates' dates being different.
    sa.Column("touch_order", sa.Integer, nullable=False),
    # 1: put aside for another one. The chat is at none of these, whatever their order.
    sa.Column("parked", sa.Integer, nullable=False, server_default="0"),
    # Set while a reminder is to come: the draft is open and was left then. Of each draft people are reminded once.
    sa.Column("left_at", sa.Double, index=True),
    sa.Column("reminded_at", sa.Double),
    # NULL: begun with a release that did not note it.
    sa.Column("begun_at", sa.Double),
    _one_of("status", "open", "submitted", "cancelled"),
    sa.Index("ix_drafts_chat_id_status_touch_order", "chat_id", "status", "touch_order"),
)

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("code", sa.String(16), nullable=False, unique=True),
    sa.Column("draft_id", sa.String(32), nullable=False, index=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("call_number", sa.String(64), nullable=False, server_default=""),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False),
    sa.Column("lease_until", sa.Double),
    sa.Column("created_at", sa.Double, nullable=False, index=True),
    sa.Column("updated_at", sa.Double, nullable=False),
    sa.Column("told", sa.String(16), nullable=False, server_default=""),
    sa.Column("operators_told", sa.String(16), nullable=False, server_default=""),
    # Set: nothing of any person is left in it, nor whose it was.
    sa.Column("masked_at", sa.Double),
    # When its draft was begun, which is erased long before.
    sa.Column("begun_at", sa.Double),
    # Until then Licrus may still be carrying out what it was sent: nobody may decide to send it again.
    sa.Column("resend_from", sa.Double),
    # The last decision to send it again: the send journal lets each pass once.
    sa.Column("resend_decision", sa.String(32), nullable=False, server_default=""),
    # A number that an answer of Licrus mentioned without vouching for it: for people to look at.
    sa.Column("mentioned_call", sa.String(64), nullable=False, server_default=""),
    # The message in the operators' chat that shows it, as Telegram numbered it.
    sa.Column("card_id", sa.BigInteger),
    _one_of("state", "queued", "sending", "created", "refused", "unknown", "held"),
    sa.CheckConstraint("state <> 'created' OR call_number <> ''", name="created_has_a_number"),
    sa.CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="only_sending_is_leased"),
    sa.Index("ix_requests_state_due_at", "state", "due_at"),
    sa.Index("ix_requests_chat_id_id", "chat_id", "id"),
    sa.Index("ix_requests_masked_at_updated_at", "masked_at", "updated_at"),
)

profiles = sa.Table(
    "profiles",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Double, nullable=False),
)
"""What a dealer said once of themselves, for their next requests."""

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.String(40), primary_key=True),
    sa.Column("said_at", sa.Double, nullable=False, index=True),
    # When Telegram confirmed that the message is in the chat; not known of one that is still on its way.
    sa.Column("arrived_at", sa.Double),
)
"""Who was shown which version of the privacy notice, and when: the proof that they were informed."""

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("asked_at", sa.Double, nullable=False, index=True),
    # "person", or "command:" and the machine's user.
    sa.Column("asked_by", sa.String(80), nullable=False),
    sa.Column("user_id", sa.BigInteger),
    # Keys of requests, ids of drafts, and what a message about them can be known by, as JSON.
    sa.Column("scope", sa.Text, nullable=False),
    # When it was brought to the file that stands apart from the database; and when nothing was left of it.
    sa.Column("noted_at", sa.Double),
    sa.Column("done_at", sa.Double),
)
"""Whose data were erased and when: the proof, and what is done again after a restore."""

request_serials = sa.Table(
    "request_serials",
    metadata,
    sa.Column("serial", sa.String(64), primary_key=True),
    sa.Column("request_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Index("ix_request_serials_request_id", "request_id"),
)
"""Which requests hold a serial number. Nothing of the person stands here: whoever erases a request erases its rows."""

funnel = sa.Table(
    "funnel",
    metadata,
    # The day in Turkey on which the drafts were begun, as 2026-11-24.
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("question", sa.String(64), primary_key=True),
    sa.Column("outcome", sa.String(96), primary_key=True),
    sa.Column("drafts", sa.Integer, nullable=False),
)
"""How many of the drafts that are erased had this come of this question: what stays of them, for the reports."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, server_default="pending"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    # A long text goes out in parts; after a restart only those that are missing are sent.
    sa.Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("failure", sa.String(32), nullable=False, server_default=""),
    sa.Column("created_at", sa.Double, nullable=False, index=True),
    # Set: it was handed over in the webhook's response to this update. Whether Telegram took it there is never told.
    sa.Column("given_to_update", sa.BigInteger),
    sa.Column("given_to_fingerprint", sa.String(32)),
    _one_of("state", "pending", "sent", "failed"),
    sa.Index("ix_outbox_state_chat_id_id", "state", "chat_id", "id"),
)

media_jobs = sa.Table(
    "media_jobs",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.Text, nullable=False),
    sa.Column("album", sa.String(64), nullable=False, server_default=""),
    sa.Column("caption", sa.Text, nullable=False, server_default=""),
    # As Telegram told them with the message: the next question may offer the person's own name.
    sa.Column("first_name", sa.Text, nullable=False, server_default=""),
    sa.Column("last_name", sa.Text, nullable=False, server_default=""),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False, index=True),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Index("ix_media_jobs_chat_id_album", "chat_id", "album"),
)
"""Files that came and are still to be fetched and read. A row goes with the answer to it."""

help_requests = sa.Table(
    "help_requests",
    metadata,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("messages", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", sa.Double, nullable=False, index=True),
    sa.Column("closed_at", sa.Double),
)
"""Who asked the service office for help: an operator's reply finds its way back by the code."""

office_answers = sa.Table(
    "office_answers",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("operator_id", sa.BigInteger, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False, index=True),
)
"""What operators answered, until Telegram has confirmed that they belong to their chat. A row goes with its relay."""

office_questions = sa.Table(
    "office_questions",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("what", sa.String(16), nullable=False),
    # What was typed: a code, a telephone, a serial number, a dealer's name.
    sa.Column("argument", sa.Text, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    # The message whose button was tapped, and which the answer replaces.
    sa.Column("message_id", sa.BigInteger),
    sa.Column("operator_id", sa.BigInteger, nullable=False),
    sa.Column("operator_name", sa.String(80), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False, index=True),
)
"""What operators asked, until Telegram has confirmed that they belong to their chat. A row goes with its answer."""

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("request_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False),
    # The operator; without an id it was the command line, and the name is "command:" and the machine's user.
    sa.Column("operator_id", sa.BigInteger),
    sa.Column("operator_name", sa.String(80), nullable=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("call_number", sa.String(64), nullable=False, server_default=""),
    _one_of("what", "opened", "not_opened", "wait", "corrected"),
)
"""What people of the office decided about a request, and when. Rows are added and never changed."""

wished_decisions = sa.Table(
    "wished_decisions",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("request_id", sa.BigInteger, nullable=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("call_number", sa.String(64), nullable=False),
    # What the operator had before them: how often it was sent, and the number that is to be corrected.
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("instead_of", sa.String(64), nullable=False),
    sa.Column("operator_id", sa.BigInteger, nullable=False),
    sa.Column("operator_name", sa.String(80), nullable=False),
    # 1: by a reply, and its writer waits for an answer; a tap shows on the message itself.
    sa.Column("by_reply", sa.Integer, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", sa.Double, nullable=False, index=True),
)
"""What operators want done, until Telegram has confirmed that they belong to their chat. A row goes with its doing."""

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What is true of the whole database: its own identity, and the bot it belongs to."""

dealers = sa.Table(
    "dealers",
    metadata,
    # What all spellings of a company share (conversations.letters.name_key).
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("company", sa.Text, nullable=False),
    sa.Column("contact_person", sa.Text, nullable=False),
    sa.Column("mobile_phone", sa.String(32), nullable=False),
    sa.Column("work_phone", sa.String(32), nullable=False),
    sa.Column("email", sa.Text, nullable=False),
)

products = sa.Table(
    "products",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    # As the file had them: offices put first what is sold most.
    sa.Column("place", sa.Integer, nullable=False),
)

links = sa.Table(
    "links",
    metadata,
    # Whoever reads the database, or a copy, can't use an invitation. A sticker's code hangs on a thousand boilers.
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(64), nullable=False),
    sa.Column("purpose", sa.String(16), nullable=False),
    # No foreign key: a dealer who leaves the list and comes back finds the stickers good again.
    sa.Column("dealer_key", sa.String(32), nullable=False, index=True),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("expires_at", sa.Double),
    sa.Column("revoked_at", sa.Double),
    sa.Column("used_at", sa.Double),
    sa.Column("used_by", sa.BigInteger),
    _one_of("purpose", "sticker", "invite"),
    sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used_by_somebody"),
)
"""What stands behind the codes of t.me/BOT?start=CODE. A sticker's is for everybody, an invitation for once."""

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("imported_at", sa.Double, nullable=False),
    # "command:" and the machine's user, or "telegram:" and a user id.
    sa.Column("imported_by", sa.String(80), nullable=False),
    sa.Column("file_hash", sa.String(64), nullable=False),
    sa.Column("added", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
    sa.Column("removed", sa.Integer, nullable=False),
    _one_of("kind", "dealers", "catalogue"),
    sa.Index("ix_imports_kind_id", "kind", "id"),
)
"""Who imported what and when. The newest row of a kind is the version of what the bot knows."""

offered_imports = sa.Table(
    "offered_imports",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    # Who sent the file; once somebody wants it applied or dropped, who that is.
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("user_name", sa.String(64), nullable=False),
    sa.Column("file_id", sa.String(512), nullable=False),
    sa.Column("file_name", sa.String(255), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    # What was read, as JSON, and which version of the lists it was compared with; both empty until then.
    sa.Column("table", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("due_at", sa.Double, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False, index=True),
    _one_of("state", "reading", "shown", "applying"),
    sa.Index("ix_offered_imports_state_due_at", "state", "due_at"),
)
"""Files that came from the operators' chat, until they are applied or dropped, or a day is over."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", counted, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Double, nullable=False, index=True),
    # "command:" and the machine's user, or "telegram:", a user id and the name that Telegram gave with it.
    sa.Column("who", sa.String(160), nullable=False),
    sa.Column("what", sa.String(32), nullable=False),
    # Codes of requests, dealers, files, counts: never the phone, name or serial number of whoever a request is about.
    sa.Column("subject", sa.Text, nullable=False),
)
"""What operators looked at and changed. Rows are never changed, and go only when they are old."""
