"""Which numbers are mobile in the United Kingdom numbering plan, from phonenumbers' own metadata.

Jersey, Guernsey and the Isle of Man share +44 and have ranges of their own there. Ranges are read
from the library and not written down here, so that an upgrade brings its corrections along.
"""

import re
from functools import cache

from phonenumbers import PhoneMetadata

COUNTRY_CODE = 44
MAINLAND = "GB"
CROWN_DEPENDENCIES = ("GG", "IM", "JE")
DRAMA = r"7700900\d{3}"
"""Ofcom's numbers for drama, which reach nobody. The library calls them invalid; Notify takes them
(contract section 11), and tests, demonstrations and training use them."""
NEVER_MOBILE = r"70|76(?!24)"
"""070 are personal numbers at premium prices, 076 pagers except the Isle of Man's 07624."""


def mobile_pattern(region: str) -> str:
    """The library's pattern for a mobile's ten national digits in one region."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.mobile is None:
        raise LookupError(f"phonenumbers has no mobile ranges for {region}")
    return f"(?:{metadata.mobile.national_number_pattern})"


@cache
def uk_landline() -> re.Pattern[str]:
    """The national digits of a landline, in any part of the numbering plan."""
    patterns = []
    for region in (MAINLAND, *CROWN_DEPENDENCIES):
        metadata = PhoneMetadata.metadata_for_region(region)
        if metadata is not None and metadata.fixed_line is not None:
            patterns.append(metadata.fixed_line.national_number_pattern)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.ASCII)


def written_mobile() -> re.Pattern[str]:
    """A mobile as it is usually written, without separators.

    Groups: the country code as written (`+44`, `0044` or `44`), the trunk `0`, then the ten digits
    of a mainland mobile or else of a Crown dependency's.
    """
    mainland = f"{mobile_pattern(MAINLAND)}|{DRAMA}"
    crown = "|".join(mobile_pattern(region) for region in CROWN_DEPENDENCIES)
    return re.compile(rf"(\+44|0044|44)?(0?)(?!{NEVER_MOBILE})(?:({mainland})|({crown}))", re.ASCII)
