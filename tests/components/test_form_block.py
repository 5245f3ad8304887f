from collections.abc import Callable

from bs4 import BeautifulSoup

from tests.components.gallery import EveryField, ReasonForm

BLOCK = (
    "{% from 'components/form_block.html' import form_block %}"
    "{% call form_block(form() if form else none) %}<p>fields</p>{% endcall %}"
)


def test_a_form_carries_its_token_and_leaves_checking_to_us(
    render: Callable[..., BeautifulSoup],
) -> None:
    form = render(BLOCK, form=ReasonForm).select_one("form")
    assert form.has_attr("novalidate")
    assert form["method"] == "post"
    assert not form.has_attr("enctype")
    assert form.select_one("input[name=csrf_token]")["value"]
    assert form.select_one("p").text == "fields"


def test_a_form_with_a_file_is_sent_in_parts(render: Callable[..., BeautifulSoup]) -> None:
    form = render(BLOCK, form=EveryField).select_one("form")
    assert form["enctype"] == "multipart/form-data"


def test_a_bare_button_carries_a_token_too(render: Callable[..., BeautifulSoup]) -> None:
    form = render(BLOCK, form=None).select_one("form")
    assert form.select_one("input[name=csrf_token]")["value"]


def test_a_button_can_say_which_it_was(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        "{% from 'components/submit_button.html' import submit_button %}"
        "{{ submit_button('Stop', kind='warning', name='act', value='stop') }}"
    )
    button = soup.select_one("button.govuk-button--warning")
    assert (button["name"], button["value"], button["type"]) == ("act", "stop", "submit")
