"""What tests of any room share."""

import sys
from collections import Counter

import pytest


@pytest.fixture
def calls_of():
    """Counts the work of a function: how many calls it makes, of Python and of C, which no machine changes."""

    def count(function, *arguments, **keywords):
        seen = Counter()
        before = sys.getprofile()
        sys.setprofile(lambda _frame, event, _argument: seen.update((event,)))
        try:
            function(*arguments, **keywords)
        finally:
            sys.setprofile(before)
        return seen["call"] + seen["c_call"]

    return count
