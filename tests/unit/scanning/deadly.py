"""What workers are given to do in the tests; processes import it by its name."""

import os


def double(numbers):
    """Twice each number."""
    return [2 * number for number in numbers]


def double_or_die(numbers):
    """Twice each number; the process dies of a 13."""
    if 13 in numbers:
        os._exit(1)
    return double(numbers)


def refuse(numbers):
    """Nothing but an error."""
    raise ValueError(f"{len(numbers)} numbers")
