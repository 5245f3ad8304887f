"""Which columns of a list mean what, and what is said where they cannot be told."""

import pytest

from outreach.domain.list_file import FileFault, FileRefused, NoticeKind, match_columns
from outreach.domain.phone import redact


@pytest.mark.parametrize(
    "name", ["phone number", "Phone Number", "PHONE_NUMBER", "phone-number", " phone\u200b number "]
)
def test_the_phone_column_is_found_by_notifys_comparison(name: str) -> None:
    columns = match_columns(["name", name])
    assert columns.phone == 1
    assert columns.notices == ()


@pytest.mark.parametrize(
    "name", ["phone", "Mobile", "mobile number", "Telephone", "tel", "MSISDN", "Contact Number"]
)
def test_another_usual_name_is_taken_with_a_notice_where_there_is_one(name: str) -> None:
    columns = match_columns(["name", name])
    assert columns.phone == 1
    assert [notice.kind for notice in columns.notices] == [NoticeKind.PHONE_COLUMN]
    assert f"“{name}”" in columns.notices[0].text


def test_the_exact_name_wins_over_the_others() -> None:
    assert match_columns(["mobile", "phone number", "tel"]).phone == 1


@pytest.mark.parametrize(
    "header", [["phone number", "Phone_Number"], ["phone", "mobile"], ["tel", "name", "tel"]]
)
def test_two_phone_columns_are_refused(header: list[str]) -> None:
    with pytest.raises(FileRefused) as refused:
        match_columns(header)
    assert refused.value.fault == FileFault.SEVERAL_PHONE_COLUMNS
    assert f"“{header[0]}”" in refused.value.what


def test_a_list_without_phone_column_names_what_was_found_and_what_is_wanted() -> None:
    with pytest.raises(FileRefused, match="phone number") as refused:
        match_columns(["first name", "", "e-mail"])
    assert refused.value.fault == FileFault.NO_PHONE_COLUMN
    assert "“first name” and “e-mail”" in refused.value.what


@pytest.mark.parametrize("cell", ["07700900123", "7700900123", "02079460991", "4477009001234"])
def test_a_list_that_begins_with_its_data_is_told_so_without_the_number(cell: str) -> None:
    with pytest.raises(FileRefused) as refused:
        match_columns([cell, "Ann"])
    assert refused.value.fault == FileFault.NO_HEADER
    assert redact(str(refused.value)) == str(refused.value)
    assert "Ann" not in str(refused.value)


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(FileRefused) as refused:
        match_columns(["phone number", "nam"], ["name", "Date", "link"])
    assert refused.value.fault == FileFault.MISSING_COLUMNS
    assert "columns called “name” and “Date”" in refused.value.what
    assert "“phone number” and “nam”" in refused.value.what_to_do


def test_the_link_and_code_need_no_column_and_take_none() -> None:
    columns = match_columns(["phone number", "Link", "name"], ["name", "link", "code"])
    assert columns.wanted == ((2,), (), ())
    assert [notice.kind for notice in columns.notices] == [NoticeKind.SERVICE_COLUMN]


def test_repeated_and_spare_columns_are_told() -> None:
    columns = match_columns(["phone number", "name", "Name", "age", ""], ["name"])
    assert columns.wanted == ((1, 2),)
    kinds = [notice.kind for notice in columns.notices]
    assert kinds == [NoticeKind.COLUMNS_MERGED, NoticeKind.COLUMNS_IGNORED]
    assert "“age”" in columns.notices[1].text


def test_while_no_message_is_chosen_no_column_is_spare() -> None:
    assert match_columns(["phone number", "name"]).notices == ()
    assert match_columns(["phone number", "name"], ()).notices != ()


def test_a_long_list_of_columns_is_cut_short() -> None:
    with pytest.raises(FileRefused) as refused:
        match_columns([f"column {n} " + "x" * 100 for n in range(100)])
    assert len(str(refused.value)) < 1000
    assert "88 more" in str(refused.value)
