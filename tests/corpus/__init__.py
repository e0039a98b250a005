"""What people paste and type, and what may be made of it: one JSON object per line in the folders here.

To learn from are those of development/; held_out/ was measured again and again while rules were mended; blind/ once.

{"kind": "block", "text": ..., "expected": {"fields": {...}, "may_ask": [...], "may_take": {...}}}
    `fields` are the right values by field name, as `devreye understand block` prints them: phones as ten digits,
    serial numbers as a list, places in Turkish spelling, a count as a number. A value that is printed is right if it
    equals the one in `fields` or one of `may_take` (a value, or a list of values); any other is wrong. A field of
    `fields` that is not printed lowers the recall, unless it stands in `may_ask`: there it may be asked or left.
{"kind": "mobile-phone", "text": ..., "expected": {"outcome": "accepted", "sent": ...}}
    One of the kinds of `devreye understand`. `outcome` is accepted (with `value` or `sent`, or both), ambiguous or
    refused; a list of outcomes where more than one is good.
A district may be asked for within a "province", as the conversation asks for it.
"catalogue": true reads the item with the products of catalogue.csv. "note" is for people.
"""
