"""What barcodes and QR codes say: serial numbers, a contact card, a link."""

from dataclasses import dataclass
from typing import Literal

CodeFormat = Literal["Code128", "Code39", "QR", "DataMatrix", "EAN13"]


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a picture as it reads: a GS1 code with its brackets, "(01)04012345678901(21)99958"."""

    text: str
    format: CodeFormat
