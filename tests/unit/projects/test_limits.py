import pytest

from stagegraph.errors import LimitComplaint
from stagegraph.projects.limits import MAX_WORK, STEP, Allowance, nested_too_deeply


def test_what_is_spent_is_gone():
    allowance = Allowance()
    allowance.spend(MAX_WORK - STEP)
    allowance.spend()
    with pytest.raises(LimitComplaint, match="a limit of stagegraph"):
        allowance.spend(1)


def test_nesting_is_a_limit():
    assert nested_too_deeply().message == "it is nested too deeply, a limit of stagegraph"
