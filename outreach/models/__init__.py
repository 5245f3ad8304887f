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
from outreach.models.data_key import DataKey
from outreach.models.dispatcher import Dispatcher, WorkerHeartbeat
from outreach.models.message import LastContact, Message
from outreach.models.optout import ConfirmationText, Hold, Suppression
from outreach.models.received_text import ReceivedText
from outreach.models.recipient import Recipient, RowProblem, Upload
from outreach.models.referral import Outcome, PartnerAct, PublicActCount, PublishedFigure
from outreach.models.run import CampaignRun
from outreach.models.setting import AllowedTemplate, Setting
from outreach.models.user import Organisation, RoleRow, User

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
    "Hold",
    "LandingPage",
    "LastContact",
    "Message",
    "Organisation",
    "Outcome",
    "PartnerAct",
    "PublicActCount",
    "PublishedFigure",
    "ReceivedText",
    "Recipient",
    "RoleRow",
    "RowProblem",
    "Setting",
    "Suppression",
    "Upload",
    "User",
    "WorkerHeartbeat",
]
