"""Key stores of both kinds."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from outreach.keystore import KeyStore
from tests.databases import PostgresCluster


@pytest.fixture
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place for a key store: a file, or a PostgreSQL database."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'halves' / 'keys.db'}"
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    url = cluster.new_database(template="template0")
    yield url
    cluster.drop_database(url)


@pytest.fixture
def store(store_url: str) -> Iterator[KeyStore]:
    made = KeyStore(store_url)
    made.make("the store of the tests")
    yield made
    made.close()


both_stores = pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)


def bytes_of(store_url: str) -> bytes:
    """Whatever lies in the store's own files."""
    if store_url.startswith("sqlite:///"):
        folder = Path(store_url.removeprefix("sqlite:///")).parent
        return b"".join(path.read_bytes() for path in folder.iterdir())
    with psycopg.connect(store_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath('share'))"
        ).fetchone()
        assert found is not None
        return bytes(found[0])
