"""THE form: the commissioning request ("Servis Devreye Alma"). Reading this file tells the whole conversation.

Seventeen fields go to Licrus under these names (POST ExternalCall/Create). To change the order of the questions, move
their lines. Each field's question, reason, example and label stand under its name in locales/tr.ftl.
"""

from conversations.answers.choices import ROLE
from conversations.answers.counts import DeviceCount
from conversations.answers.dealers import NOBODY, DealerName
from conversations.answers.emails import EmailAddress
from conversations.answers.free_text import EMPTY, Address, Product, ProductGroup
from conversations.answers.people import CompanyName, PersonName
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.places import OWN, District, Province, Spelling
from conversations.answers.serials import SerialNumbers
from conversations.catalogue import Catalogue
from conversations.directory import Dealers
from conversations.form import Field, Form, Menu, Section, Step


def activation_form(
    *,
    turkish_place_names: bool = False,
    spelled: Spelling = OWN,
    catalogue: Catalogue = EMPTY,
    dealers: Dealers = NOBODY,
) -> Form:
    """The form; `turkish_place_names` sends "İstanbul" where the sample of Licrus has "Istanbul", `spelled` whatever
    Licrus itself has.

    Products are looked for in the catalogue and customers' dealers in the directory; both may be empty.
    """
    product = Field("ProductNameList", Product(catalogue))
    group = Field("ProductGroupName", ProductGroup(catalogue), follows="ProductNameList" if catalogue else None)
    dealer_details = (
        Field("DealerContactPerson", PersonName(), own="dealer"),
        Field("DealerMobilePhone", MobilePhone(), own="dealer", twin="DealerWorkPhone"),
        Field("DealerWorkPhone", OfficePhone(), optional=True),
        Field("DealerEmail", EmailAddress(), optional=True),
    )
    return Form(
        name="activation",
        sections=(
            Section("start", (Step((Field("Role", ROLE, sent=False),)),)),
            Section(
                "dealer",
                (
                    Step((Field("DealerCompanyName", DealerName(dealers)),)),
                    *(Step((field,), ask="dealer") for field in dealer_details),
                    Menu("DealerDetails", dealer_details, ask="customer"),
                ),
                profile="dealer",
            ),
            Section(
                "customer",
                (
                    Step((Field("CustomerFullName", PersonName(), own="customer"),)),
                    Step((Field("CustomerMobilePhone", MobilePhone(), own="customer", twin="CustomerWorkPhone"),)),
                    Step((Field("CustomerEmail", EmailAddress(), optional=True),)),
                    Step(
                        (
                            Field("CustomerCity", Province(turkish_letters=turkish_place_names, spelled=spelled)),
                            Field(
                                "CustomerDistrict",
                                District(turkish_letters=turkish_place_names, spelled=spelled),
                                follows="CustomerCity",
                                twin="CustomerCity",
                            ),
                        ),
                        joined=True,
                    ),
                    Step((Field("CustomerAddress", Address()),)),
                ),
            ),
            Section(
                "device",
                (
                    # A product of the catalogue brings its group along: then the two are one step.
                    *((Step((product, group)),) if catalogue else (Step((product,)), Step((group,)))),
                    Step(
                        (
                            Field("ProductSerialNumberList", SerialNumbers()),
                            Field("DeviceCount", DeviceCount(), follows="ProductSerialNumberList"),
                        )
                    ),
                ),
            ),
            Section(
                "customer",
                (
                    Menu(
                        "ExtraDetails",
                        (
                            Field("CustomerCompanyName", CompanyName(), optional=True),
                            Field("CustomerWorkPhone", OfficePhone(), optional=True),
                        ),
                    ),
                ),
            ),
        ),
        summary=("customer", "device", "dealer"),
    )


ACTIVATION = activation_form()
