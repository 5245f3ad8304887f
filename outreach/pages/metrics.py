"""What Prometheus scrapes: counted afresh from the tables, so that every process tells the same."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from outreach import clock
from outreach.pages import queries


class Tables:
    """A collector in Prometheus's sense. Names and units are listed in docs/operating.md."""

    def collect(self) -> Iterable[Metric]:
        yield _labelled(
            "outreach_messages", "Messages by status", "status", queries.messages_by_status()
        )
        yield _labelled(
            "outreach_campaigns", "Campaigns by status", "status", queries.campaigns_by_status()
        )
        yield _labelled(
            "outreach_open_replies", "Replies waiting for a person", "class", queries.open_replies()
        )
        yield _plain(
            "outreach_oldest_open_reply_seconds",
            "Age of the oldest reply waiting for a person",
            queries.oldest_open_reply_seconds(clock.now()),
        )
        yield _plain(
            "outreach_worker_heartbeat_age_seconds",
            "Seconds since any worker reported; absent before the first",
            queries.heartbeat_age_seconds(clock.now()),
        )
        yield _plain(
            "outreach_unsealed_audit_events",
            "Audit events not yet sealed into the tree",
            queries.unsealed_events(),
        )
        yield _plain(
            "outreach_sending_rate_per_second",
            "The pace now allowed, messages a second",
            queries.sending_rate(),
        )


def exposition() -> bytes:
    """The Prometheus text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Tables())
    return generate_latest(registry)


def _labelled(name: str, help_text: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def _plain(name: str, help_text: str, value: float | None) -> Metric:
    family = GaugeMetricFamily(name, help_text)
    if value is not None:
        family.add_metric([], value)
    return family
