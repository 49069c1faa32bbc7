"""Dockerfiles of any size: the shapes that make a builder slow."""

from __future__ import annotations

from collections.abc import Callable

SIZES = (250, 500, 1000, 2000, 4000)


def chain(stages: int) -> str:
    """Stages that are each built upon the one before."""
    begun = ["FROM alpine AS s0\nRUN echo 0\n"]
    begun += [f"FROM s{number - 1} AS s{number}\nRUN echo {number}\n" for number in range(1, stages)]
    return "".join(begun)


def fan(stages: int) -> str:
    """Stages that are all built upon the first, and a last one that copies from each of them."""
    middle = range(1, stages - 1)
    begun = ["FROM alpine AS s0\nRUN echo 0\n"]
    begun += [f"FROM s0 AS s{number}\nRUN echo {number} > /out{number}\n" for number in middle]
    begun += ["FROM scratch\n", *(f"COPY --from=s{number} /out{number} /\n" for number in middle)]
    return "".join(begun)


def env_and_run(instructions: int) -> str:
    """One stage in which `ENV` and `RUN` take turns."""
    return "FROM alpine\n" + "".join(
        f"ENV NAME_{number}=value-{number}\nRUN echo $NAME_{number}\n" for number in range(instructions // 2)
    )


def nesting(depth: int) -> str:
    """One value that is a default within a default within a default."""
    opened = "".join(f"${{v{number}:-" for number in range(depth))
    return f"FROM alpine\nENV A={opened}x{'}' * depth}\n"


def one_stage(instructions: int = 20_000) -> str:
    """One stage of many instructions."""
    kinds = ("RUN make step-{0}\n", "COPY file-{0} /srv/\n", "ENV NAME_{0}=1\n", "LABEL label-{0}=a\n")
    return "FROM alpine\n" + "".join(kinds[number % len(kinds)].format(number) for number in range(instructions))


def heredoc(size: int = 1_048_576) -> str:
    """A heredoc of a megabyte."""
    line = "echo this line stands in a heredoc, again and again\n"
    return f"FROM alpine\nRUN <<EOF\n{line * (size // len(line))}EOF\n"


def continuations(lines: int = 5_000) -> str:
    """One `RUN` that goes on over many lines."""
    return "FROM alpine\nRUN true \\\n" + " && echo again \\\n" * lines + " && true\n"


GROWING: dict[str, Callable[[int], str]] = {
    "chain of stages": chain,
    "fan of stages": fan,
    "ENV and RUN in turn": env_and_run,
    "nested ${a:-${b:-…}}": nesting,
}
SINGLE: dict[str, Callable[[], str]] = {
    "one stage of 20,000 instructions": one_stage,
    "a heredoc of 1 MB": heredoc,
    "5,000 continuation lines": continuations,
}
