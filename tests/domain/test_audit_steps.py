import pytest

from outreach.domain.audit_steps import proof_steps
from outreach.domain.merkle import inclusion_proof, root_of
from tests.sealed_log import SealedLog


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 257])
def test_the_steps_lead_from_every_entry_to_the_root(size: int) -> None:
    log = SealedLog(size)
    for index in range(size):
        proof = inclusion_proof(index, size, log.tree())
        steps = list(proof_steps(index, size, log.leaves[index], proof))
        assert [step.neighbour for step in steps] == proof
        last = steps[-1].result if steps else log.leaves[index]
        assert last == root_of(log.leaves)


@pytest.mark.parametrize("size", [2, 3, 7, 8, 100, 257])
def test_each_step_names_the_entries_its_hash_stands_for(size: int) -> None:
    log = SealedLog(size)
    for index in range(size):
        proof = inclusion_proof(index, size, log.tree())
        for step in proof_steps(index, size, log.leaves[index], proof):
            assert step.first <= index <= step.last < size
            assert step.result == root_of(log.leaves[step.first : step.last + 1])
        assert (step.first, step.last) == (0, size - 1)
