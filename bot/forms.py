"""The form with the products and dealers that the office imported last, and with Licrus's spelling of places."""

import sqlalchemy as sa

from bot.storage.directory_queries import Versions, load_dealers, load_products, versions
from bot.storage.place_queries import load_spelling
from conversations.activation import activation_form
from conversations.answers.places import OWN, Spelling
from conversations.catalogue import Catalogue
from conversations.directory import Dealers
from conversations.form import Form


class Forms:
    """Remembers the form, and reads catalogue and directory again only after an import.

    Threads may share it: what is remembered is replaced as a whole, and at worst read once too often.
    """

    def __init__(self, *, turkish_place_names: bool = False, licrus_place_names: bool = False) -> None:
        self._turkish_place_names = turkish_place_names
        self._licrus_place_names = licrus_place_names
        self._catalogue = ("", Catalogue())
        self._dealers = ("", Dealers())
        self._form = (Versions("", ""), self._made(Catalogue(), Dealers(), OWN))

    def now(self, connection: sa.Connection) -> Form:
        """The form as of this transaction, never an older one."""
        newest = versions(connection)
        version, form = self._form
        if version != newest:
            catalogue, dealers = self._catalogue_of(connection, newest), self._dealers_of(connection, newest)
            spelled = load_spelling(connection) if self._licrus_place_names else OWN
            form = self._made(catalogue, dealers, spelled)
            self._form = (newest, form)
        return form

    def _catalogue_of(self, connection: sa.Connection, newest: Versions) -> Catalogue:
        version, catalogue = self._catalogue
        if version != newest.catalogue:
            catalogue = Catalogue(load_products(connection))
            self._catalogue = (newest.catalogue, catalogue)
        return catalogue

    def _dealers_of(self, connection: sa.Connection, newest: Versions) -> Dealers:
        version, dealers = self._dealers
        if version != newest.dealers:
            dealers = Dealers(load_dealers(connection))
            self._dealers = (newest.dealers, dealers)
        return dealers

    def _made(self, catalogue: Catalogue, dealers: Dealers, spelled: Spelling) -> Form:
        return activation_form(
            turkish_place_names=self._turkish_place_names, spelled=spelled, catalogue=catalogue, dealers=dealers
        )
