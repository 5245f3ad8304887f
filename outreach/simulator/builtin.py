"""The templates a fresh simulator starts with, under fixed ids.

The texts are of the kind this product sends; two of them are wanting on purpose, so that the
warnings about missing links and opt-out wording can be seen.
"""

from typing import Any, Final

LINK_TEMPLATE = "1f6f2c1e-8a55-4c0e-9d5c-0a4b6f1d2e01"
NAME_LINK_TEMPLATE = "2a7e3d2f-9b66-4d1f-8e6d-1b5c7a2e3f02"
CODE_TEMPLATE = "3b8f4e3a-ac77-4e2a-9f7e-2c6d8b3f4a03"
WELSH_TEMPLATE = "4c9a5f4b-bd88-4f3b-8a8f-3d7e9c4a5b04"
BARE_TEMPLATE = "5dab6a5c-ce99-4a4c-9b9a-4e8fad5b6c05"
NO_OPT_OUT_TEMPLATE = "6ebc7b6d-dfaa-4b5d-8cab-5f9abe6c7d06"
CONDITIONAL_TEMPLATE = "7fcd8c7e-eabb-4c6e-9dbc-6aabcf7d8e07"
BRACKETS_TEMPLATE = "8ade9d8f-fbcc-4d7f-8ecd-7bbcda8e9f08"
OPTED_OUT_TEMPLATE = "9befae9a-acdd-4e8a-9fde-8ccdeb9faa09"

INVITATION_EMAIL = "a1c0de01-1111-4a11-8b11-c0ffee000001"
NEWS_EMAIL = "a1c0de02-2222-4a22-8b22-c0ffee000002"
RESET_EMAIL = "a1c0de03-3333-4a33-8b33-c0ffee000003"
CHECKPOINT_EMAIL = "a1c0de04-4444-4a44-8b44-c0ffee000004"
NOTICE_EMAIL = "a1c0de05-5555-4a55-8b55-c0ffee000005"

TEXTS: Final[list[dict[str, Any]]] = [
    {
        "id": LINK_TEMPLATE,
        "name": "Help is available (link)",
        "body": (
            "Free, private support if you or someone you know could use it: ((link)) "
            "or call Riverside on 0808 157 0123. Reply STOP to opt out."
        ),
    },
    {
        "id": NAME_LINK_TEMPLATE,
        "name": "Help is available (name and link)",
        "body": (
            "Hello ((name)). Riverside offers free, private support. Nobody will ask you to "
            "explain. See ((link)) or call 0808 157 0123. Reply STOP to opt out."
        ),
    },
    {
        "id": CODE_TEMPLATE,
        "name": "Call with a code",
        "body": (
            "You can talk to Riverside in private, free, on 0808 157 0123. "
            "Quote ((code)) so they know where you heard of them. Reply STOP to opt out."
        ),
    },
    {
        "id": WELSH_TEMPLATE,
        "name": "Mae help ar gael (Cymraeg)",
        "body": (
            "Mae cymorth cyfrinachol am ddim i chi neu rywun yn eich tŷ. Does dim rhaid dweud "
            "pwy ydych chi: ((link)) neu ffoniwch 0808 157 0123. Atebwch STOPIO i beidio â chael "
            "negeseuon."
        ),
    },
    {
        "id": BARE_TEMPLATE,
        "name": "Reminder with no link",
        "body": "The Riverside helpline is open today until 8pm. Calls are free and private.",
    },
    {
        "id": NO_OPT_OUT_TEMPLATE,
        "name": "Link without opt-out wording",
        "body": "Hello ((name)). There is free, private support near you: ((link))",
    },
    {
        "id": CONDITIONAL_TEMPLATE,
        "name": "Help is available (with an evening line)",
        "body": (
            "Riverside offers free, private support: ((link)). "
            "((evening??Lines are open until 10pm. ))Reply STOP to opt out."
        ),
    },
    {
        "id": BRACKETS_TEMPLATE,
        "name": "Brackets in a conditional (faulty)",
        "body": (
            "Free support: ((link)) ((evening??Open late (until 10pm).)) Reply STOP to opt out."
        ),
    },
    {
        "id": OPTED_OUT_TEMPLATE,
        "name": "You will get no more texts",
        "body": "You will get no more of these texts. The helpline stays free: 0808 157 0123.",
    },
]

EMAILS: Final[list[dict[str, Any]]] = [
    {
        "id": INVITATION_EMAIL,
        "type": "email",
        "name": "Invitation to Outreach",
        "subject": "You have been invited to Outreach",
        "body": (
            "((inviter)) has invited you to use Outreach.\n\n"
            "Set your password here: ((link))\n\nThe link works until ((expires))."
        ),
    },
    {
        "id": NEWS_EMAIL,
        "type": "email",
        "name": "News of a campaign",
        "subject": "((subject))",
        "body": "((message))\n\n((link))",
    },
    {
        "id": RESET_EMAIL,
        "type": "email",
        "name": "Reset your password",
        "subject": "Reset your Outreach password",
        "body": (
            "Somebody asked to reset the password of this account.\n\nIf it was you: ((link))\n\n"
            "The link works until ((expires)). If it was not you, do nothing."
        ),
    },
    {
        "id": CHECKPOINT_EMAIL,
        "type": "email",
        "name": "Audit checkpoint of the day",
        "subject": "Outreach audit checkpoint for ((date))",
        "body": (
            "Keep this message. It proves what the audit log held on ((date)).\n\n((checkpoint))"
        ),
    },
    {
        "id": NOTICE_EMAIL,
        "type": "email",
        "name": "Notice about your account",
        "subject": "((subject))",
        "body": "((message))",
    },
]


def builtin_templates() -> list[dict[str, Any]]:
    return [*TEXTS, *EMAILS]
