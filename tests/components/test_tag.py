from collections.abc import Callable
from enum import StrEnum

import pytest
from bs4 import BeautifulSoup

from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus

IMPORT = "{% from 'components/tag.html' import tag, LOOKS %}"


@pytest.mark.parametrize("statuses", [CampaignStatus, MessageStatus])
def test_every_status_has_its_own_words(
    render: Callable[..., BeautifulSoup], statuses: type[StrEnum]
) -> None:
    soup = render(IMPORT + "{% for s in statuses %}{{ tag(s) }}{% endfor %}", statuses=statuses)
    words = [part.text.strip() for part in soup.select(".govuk-tag")]
    assert len(set(words)) == len(statuses)
    named = render(IMPORT + "{{ LOOKS|join(' ') }}").text.split()
    assert set(statuses) - set(named) == set()


def test_an_unknown_status_reads_as_it_is_spelt(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ tag('no-such_thing') }}{{ tag('draft', text='Being written') }}")
    assert [part.text.strip() for part in soup.select(".govuk-tag")] == [
        "No such thing",
        "Being written",
    ]
