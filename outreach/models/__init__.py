"""The tables, one a file. Importing this package registers them all."""

from outreach.models.audit_event import (
    AuditCheckpoint,
    AuditCosignature,
    AuditEvent,
    AuditKey,
    AuditLeaf,
    AuditTile,
)
from outreach.models.audit_run import AuditCheck, AuditMailing
from outreach.models.base import Base
from outreach.models.campaign import Campaign, LandingPage
from outreach.models.data_key import DataKey, KnownKey, RekeyingProgress, UsedKeyStore
from outreach.models.dispatcher import Dispatcher, WorkerHeartbeat
from outreach.models.mail import Mail
from outreach.models.message import LastContact, Message
from outreach.models.optout import ConfirmationText, Hold, Suppression
from outreach.models.passkey import Passkey
from outreach.models.received_text import ReceivedText
from outreach.models.recipient import Recipient, RowProblem, Upload
from outreach.models.referral import Outcome, PartnerAct, PublicActCount, PublishedFigure
from outreach.models.retention import Erasure, LegalHold
from outreach.models.role_request import RoleRequest
from outreach.models.run import CampaignRun
from outreach.models.setting import AllowedTemplate, Setting
from outreach.models.user import Organisation, RoleRow, User
from outreach.models.user_session import SignInTry, UserSession

__all__ = [
    "AllowedTemplate",
    "AuditCheck",
    "AuditCheckpoint",
    "AuditCosignature",
    "AuditEvent",
    "AuditKey",
    "AuditLeaf",
    "AuditMailing",
    "AuditTile",
    "Base",
    "Campaign",
    "CampaignRun",
    "ConfirmationText",
    "DataKey",
    "Dispatcher",
    "Erasure",
    "Hold",
    "KnownKey",
    "LandingPage",
    "LastContact",
    "LegalHold",
    "Mail",
    "Message",
    "Organisation",
    "Outcome",
    "PartnerAct",
    "Passkey",
    "PublicActCount",
    "PublishedFigure",
    "ReceivedText",
    "Recipient",
    "RekeyingProgress",
    "RoleRequest",
    "RoleRow",
    "RowProblem",
    "Setting",
    "SignInTry",
    "Suppression",
    "Upload",
    "UsedKeyStore",
    "User",
    "UserSession",
    "WorkerHeartbeat",
]
