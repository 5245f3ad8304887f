from collections.abc import Callable

from bs4 import BeautifulSoup

IMPORT = "{% from 'components/task_list.html' import task_list %}"
TASKS = [
    {"title": "Purpose", "status": "done", "href": "/1"},
    {"title": "Message", "status": "todo", "href": "/2", "hint": "From Notify"},
    {"title": "Partner", "status": "started", "href": "/3"},
    {"title": "Recipients", "status": "problem", "href": "/4"},
    {"title": "Check your answers", "status": "blocked", "href": "/5"},
]


def test_every_task_says_where_it_stands(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ task_list(tasks) }}", tasks=TASKS)
    assert [part.text.strip() for part in soup.select(".govuk-task-list__status")] == [
        "Completed",
        "Not yet started",
        "In progress",
        "There is a problem",
        "Cannot start yet",
    ]
    assert soup.select_one("#task-2-hint").text.strip() == "From Notify"


def test_what_cannot_start_yet_is_not_a_link(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ task_list(tasks) }}", tasks=TASKS)
    assert [link["href"] for link in soup.select("a")] == ["/1", "/2", "/3", "/4"]
