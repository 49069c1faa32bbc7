"""What the laws are tried on: raw text and bytes, token soup, trees, stage graphs, options.

`Sketch` is the model of a stage graph that is valid by construction: it knows by itself what each
stage needs, so that laws can be checked against an answer that stagegraph had no part in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TypedDict, TypeVar

import attrs
from hypothesis import strategies as st

import stagegraph
from stagegraph import BlankLine, Comment, Dockerfile, Heredoc, Instruction, StageGraphError
from stagegraph.syntax.instructions import instruction_class

# -- small things --------------------------------------------------------------------------------

WORDS = st.from_regex(r"[a-z/.][a-z0-9/._-]{0,6}", fullmatch=True)
NAMES = st.sampled_from(("A", "B", "FOO", "VERSION", "_x", "x1"))
LIVELY_WORDS = WORDS | st.sampled_from(
    ("$A", "${B:-b}", "${FOO}x", "'q q'", '"$A b"', "\u00e9", "a=b", "*.go", "--late", "#no")
)
SHELL_TEXT = st.lists(LIVELY_WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda text: text[0] not in "#-[")
EXEC_FORMS = st.lists(WORDS, min_size=1, max_size=3).map(json.dumps)


# -- raw text ------------------------------------------------------------------------------------

_TOKENS = re.findall(
    r"\S+",
    """
    ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER
    VOLUME WORKDIR from Run AS as alpine scratch base a b 0 1 NONE 9 80/tcp . / A=1 A =
    --from=a --from=0 --link -- --x --platform=linux/arm64 --mount=type=bind,from=a,target=/x --mount=target
    <<EOF <<-'EOF' 3<<"E" E $A ${A} ${A:-b} ${A ${A/b/c} $ " ' \\ ` [ ] ["a","b"] [1] #
    """,
)
_BREAKS = (
    *("EOF\n", "\nEOF\n", "\n\tEOF\n", "\\\n", "`\n", "# c\n", "# escape=`\n", "# check=skip=all\n"),
    *("# check=error=true\n", "# syntax=x\n", "\ufeff", "\u00a0", "\u2028", "\0", "\v", "\f", "\r\n"),
    *("\t", " ", " ", " ", " ", "\n", "\n", "\n", "\n"),
)
_SOUP = (*_TOKENS, *_BREAKS)
_BEGINNINGS = ("", "", "FROM alpine AS a\n", "FROM alpine\nRUN ", "ARG A=1\nFROM alpine\n", "# escape=`\nFROM alpine\n")

# Dockerfile-like nonsense: tokens of the language in any order.
SOUP = st.builds(
    lambda beginning, tokens, glue: beginning + glue.join(tokens),
    st.sampled_from(_BEGINNINGS),
    st.lists(st.sampled_from(_SOUP), max_size=25),
    st.sampled_from(("", " ")),
)

# -- trees ---------------------------------------------------------------------------------------


def _instruction(keyword: str, *flags: str, arguments: str, heredocs: tuple[Heredoc, ...] = ()) -> Instruction:
    return instruction_class(keyword)(keyword, flags, arguments, heredocs)


def _of(keyword: str, arguments: st.SearchStrategy[str], *flags: str) -> st.SearchStrategy[Instruction]:
    """Instructions of one keyword, in any case, with any of some flags."""
    chosen = st.lists(st.sampled_from(flags), max_size=2, unique=True) if flags else st.just([])
    return st.builds(
        lambda spelling, chosen, text: _instruction(spelling, *chosen, arguments=text),
        st.sampled_from((keyword, keyword, keyword, keyword.lower(), keyword.title())),
        chosen,
        arguments,
    )


_PATHS = st.lists(WORDS, min_size=2, max_size=2).map(" ".join) | st.lists(WORDS, min_size=2, max_size=3).map(
    lambda paths: json.dumps([*paths, "d/"])
)
_PAIRS = st.lists(st.builds("{}={}".format, NAMES, LIVELY_WORDS), min_size=1, max_size=3).map(" ".join)

RUNS = _of("RUN", SHELL_TEXT | EXEC_FORMS, "--network=none", "--security=sandbox", "--mount=type=cache,target=/c")
PLAIN_RUNS = _of("RUN", SHELL_TEXT | EXEC_FORMS)
TRANSFERS = _of("COPY", _PATHS, "--link", "--chown=1:2") | _of("ADD", _PATHS, "--link", "--chown=1:2")
SETTINGS = st.one_of(
    _of("ARG", st.lists(NAMES | st.builds("{}={}".format, NAMES, WORDS), min_size=1, max_size=2).map(" ".join)),
    _of("CMD", SHELL_TEXT | EXEC_FORMS),
    _of("ENTRYPOINT", SHELL_TEXT | EXEC_FORMS),
    _of("ENV", _PAIRS | st.builds("{} {}".format, NAMES, SHELL_TEXT)),
    _of("EXPOSE", st.sampled_from(("80", "80/tcp 53/udp", "8000-8003"))),
    _of("HEALTHCHECK", st.just("NONE") | st.builds("CMD {}".format, SHELL_TEXT | EXEC_FORMS)),
    _of("LABEL", _PAIRS),
    _of("MAINTAINER", WORDS),
    _of("ONBUILD", st.builds("{} {}".format, st.sampled_from(("RUN", "CMD", "run")), SHELL_TEXT | EXEC_FORMS)),
    _of("SHELL", EXEC_FORMS),
    _of("STOPSIGNAL", st.sampled_from(("9", "SIGTERM"))),
    _of("USER", WORDS),
    _of("VOLUME", WORDS | EXEC_FORMS),
    _of("WORKDIR", WORDS),
)

# No line of a body may be the word that ends it.
_BODIES = st.lists(st.text("ab $'\"\\#\t", max_size=6), max_size=3).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


def _with_heredocs(keyword: str, words: list[str], bodies: list[tuple[str, bool]]) -> Instruction:
    """An instruction with a heredoc for each body: `END0`, `<<-END1`, …"""
    heredocs = tuple(Heredoc(f"END{number}", body, chomp=chomp) for number, (body, chomp) in enumerate(bodies))
    announced = [f"<<{'-' if one.chomp else ''}{one.name}" for one in heredocs]
    tail = words if keyword == "RUN" else ["/d/"]
    return _instruction(keyword, arguments=" ".join([*announced, *tail]), heredocs=heredocs)


HEREDOCS = st.builds(
    _with_heredocs,
    st.sampled_from(("RUN", "COPY", "ADD")),
    st.lists(WORDS, max_size=2),
    st.lists(st.tuples(_BODIES, st.booleans()), min_size=1, max_size=2),
)
FROMS = st.builds(
    lambda image, name: _instruction("FROM", arguments=f"{image} AS {name}" if name else image),
    st.sampled_from(("alpine", "busybox:1.36", "scratch", "$A", "acme/x@sha256:" + "a" * 64)),
    st.sampled_from(("", "", "base", "build", "Final")),
)
INSTRUCTIONS = st.one_of(RUNS, TRANSFERS, SETTINGS, HEREDOCS)
TRIVIA = st.sampled_from(("\n", "  \n", "\t\n")).map(BlankLine) | st.text("ab =#", max_size=6).map(
    lambda text: Comment(f"# {text}\n")
)


def _tree(leading: list[Instruction], parts: list[list[Instruction | Comment | BlankLine]]) -> Dockerfile:
    return Dockerfile((*leading, *(node for part in parts for node in part)))


# Trees that were made without a text: instructions and what stands between them.
TREES = st.builds(
    _tree,
    st.lists(_of("ARG", st.builds("{}={}".format, NAMES, WORDS)), max_size=2),
    st.lists(
        st.builds(lambda from_, body: [from_, *body], FROMS, st.lists(INSTRUCTIONS | TRIVIA, max_size=5)),
        min_size=1,
        max_size=3,
    ),
)

# -- the same, as people write them ----------------------------------------------------------------

_HEADS = st.sampled_from(
    ("", "", "", "# syntax=docker/dockerfile:1\n", "# escape=\\\n", "# Check=skip=x\n", "#!/x\n", "\n# c\n", "\ufeff")
)
_CONTINUATIONS = (" \\\n", " \\\n  ", " \\ \t\n", " \\\n# c\n", " \\\n\n  # c\n", "\t \\\r\n")


def _roughen(text: str, places: list[tuple[int, str]]) -> str:
    """Puts continuations, comments and blanks in the place of some blanks of some instructions."""
    nodes = [node.text for node in stagegraph.parse(text).nodes]
    for place, by in places:
        index = place % len(nodes)
        line = nodes[index]
        blanks = [position for position, character in enumerate(line) if character == " "]
        if blanks and line[0] not in "# \t\ufeff" and "<<" not in line and line.count("\n") == 1:
            position = blanks[place % len(blanks)]
            if line[position + 1] not in "#\n\t ":
                nodes[index] = line[:position] + by + line[position + 1 :]
    return "".join(nodes)


# Texts of Dockerfiles that parse: trees that are printed, then written less tidily.
DOCUMENTS = st.builds(
    lambda head, tree, places, ending: _roughen(head + tree.text, places) + ending,
    _HEADS,
    TREES,
    st.lists(st.tuples(st.integers(0, 1_000), st.sampled_from(_CONTINUATIONS)), max_size=4),
    st.sampled_from(("", "", "RUN last", "# last", "RUN a \\\n", "  ")),
)


def _disturb(text: str, place: int, by: str, *, instead: bool) -> str:
    position = place % (len(text) + 1)
    return text[:position] + by + text[position + instead :]


# Any text at all: characters of every kind, nonsense that looks like a Dockerfile, and almost Dockerfiles.
TEXTS = st.one_of(
    st.text(max_size=60),
    SOUP,
    DOCUMENTS,
    st.builds(
        _disturb, DOCUMENTS, st.integers(0, 2_000), st.sampled_from(_SOUP) | st.characters(), instead=st.booleans()
    ),
)
BYTES = st.one_of(
    st.binary(max_size=60),
    TEXTS.map(lambda text: text.encode("utf-8", "replace")),
    TEXTS.map(lambda text: text.encode("utf-16")),
    st.builds(
        lambda text, place, noise: (content := text.encode("utf-8", "replace"))[:place] + noise + content[place:],
        DOCUMENTS,
        st.integers(0, 200),
        st.sampled_from((b"\xff", b"\xc3", b"\x80", b"\xa0", b"\x85", b"\xed\xa0\x80", b"\x00", b"\r")),
    ),
)
CONTENTS = TEXTS | BYTES

# -- options ---------------------------------------------------------------------------------------


class Options(TypedDict, total=False):
    """The keywords of `graph`, `plan` and `compare` that the laws try."""

    target: str | None
    build_args: Mapping[str, str]
    contexts: Mapping[str, str]
    images: Mapping[str, Mapping[str, object]]
    labels: Mapping[str, str]
    platform: str
    build_platform: str


_TRIGGERS = st.sampled_from(
    (
        "RUN t",
        "COPY --from=base /a /b",
        "COPY --from=0 /a /b",
        "ENV A=t",
        "ARG B",
        "FROM x",
        "",
        "RUN <<E\nx\nE",
        "NOPE",
    )
)
_CONFIGS = st.fixed_dictionaries(
    {"os": st.sampled_from(("linux", "windows")), "architecture": st.sampled_from(("amd64", "arm64"))},
    optional={
        "config": st.fixed_dictionaries(
            {},
            optional={
                "Env": st.lists(st.sampled_from(("A=1", "PATH=/x", "NOEQ", "=x")), max_size=2),
                "OnBuild": st.lists(_TRIGGERS, max_size=2),
                "Shell": st.lists(WORDS, max_size=2),
                "WorkingDir": WORDS,
                "User": WORDS,
            },
        ),
        "rootfs": st.just({"type": "layers", "diff_ids": []}),
    },
)
_IMAGE_NAMES = st.sampled_from(
    ("docker.io/library/alpine:latest", "docker.io/library/busybox:1.36", "docker.io/library/a:latest")
)
_PLATFORMS = st.sampled_from(
    ("linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64", "arm64", "", "nope/", "a/b/c/d")
)
OPTIONS: st.SearchStrategy[Options] = st.fixed_dictionaries(
    {},
    optional={
        "target": st.none() | st.sampled_from(("base", "BUILD", "final", "0", "1", "", "nope")) | st.text(max_size=4),
        "build_args": st.dictionaries(
            NAMES | st.sampled_from(("BUILDKIT_DOCKERFILE_CHECK", "SOURCE_DATE_EPOCH", "TARGETARCH", "HTTP_PROXY")),
            st.sampled_from(("1", "", "alpine", "skip=all", "error=true", "$A", "é")),
            max_size=3,
        ),
        "contexts": st.dictionaries(
            st.sampled_from(("alpine", "base", "busybox:1.36", "Bad name")),
            st.sampled_from(
                (".", "docker-image://nginx", "docker-image://Bad", "https://h/a.git", "target:x", "oci-layout://x")
            ),
            max_size=2,
        ),
        "images": st.dictionaries(_IMAGE_NAMES, _CONFIGS, max_size=2),
        "labels": st.dictionaries(WORDS, WORDS, max_size=2),
        "platform": _PLATFORMS,
        "build_platform": _PLATFORMS,
    },
)

# Options that no builder refuses.
VALID_OPTIONS: st.SearchStrategy[Options] = st.fixed_dictionaries(
    {},
    optional={
        "build_args": st.dictionaries(NAMES, WORDS, max_size=2),
        "labels": st.dictionaries(WORDS, WORDS, max_size=2),
        "platform": st.sampled_from(("linux/amd64", "linux/arm64", "linux/arm/v7")),
    },
)

# -- stage graphs ----------------------------------------------------------------------------------


@attrs.frozen
class SketchedStage:
    """A stage: what it is built upon and reads, stages by index and images by name.

    `triggers` are stages that an `ONBUILD COPY --from` names: what is built upon this one needs them.
    """

    name: str | None
    base: int | str
    copies: tuple[int | str, ...] = ()
    mounts: tuple[int | str, ...] = ()
    triggers: tuple[int, ...] = ()
    body: tuple[str, ...] = ()


@attrs.frozen
class Sketch:
    """A stage graph that is valid by construction, and its Dockerfile. `numbered` prefers `--from=0` to names."""

    stages: tuple[SketchedStage, ...]
    numbered: bool = False
    global_args: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The Dockerfile."""
        lines = [*self.global_args]
        for stage in self.stages:
            lines.append(f"FROM {self._named(stage.base)}" + (f" AS {stage.name}" if stage.name else ""))
            lines += [f"COPY --from={self._copied(source)} /a /b" for source in stage.copies]
            lines += [f"RUN --mount=from={self._named(source)},target=/m ls" for source in stage.mounts]
            lines += [f"ONBUILD COPY --from={self._named(source)} /o /o" for source in stage.triggers]
            lines += stage.body
        return "".join(f"{line}\n" for line in lines)

    def needs(self, index: int) -> frozenset[int]:
        """The stages that a stage needs at first hand."""
        stage = self.stages[index]
        inherited = self.stages[stage.base].triggers if isinstance(stage.base, int) else ()
        return frozenset(one for one in (stage.base, *stage.copies, *stage.mounts, *inherited) if isinstance(one, int))

    def closure(self, target: int) -> frozenset[int]:
        """The target and all that it needs, however far."""
        found = {target}
        for index in range(target, -1, -1):  # all that a stage needs stands before it
            if index in found:
                found |= self.needs(index)
        return frozenset(found)

    def _named(self, source: int | str) -> str:
        return source if isinstance(source, str) else str(self.stages[source].name)

    def _copied(self, source: int | str) -> str:
        if isinstance(source, str):
            return source
        name = self.stages[source].name
        return str(source) if name is None or self.numbered else name.upper() if source % 3 == 0 else name


_BODY_LINES = st.one_of(RUNS, TRANSFERS, SETTINGS).map(lambda one: one.text.rstrip("\n")) | st.sampled_from(
    ("RUN true", "RUN true", "WORKDIR /w", "ENV A=1", "COPY . .", "# c", "")
)
_IMAGES = ("alpine", "busybox:1.36", "scratch", "nginx")


@st.composite
def _sketches(draw: Callable[[st.SearchStrategy[object]], object]) -> Sketch:
    """Sketches; every reference leads to a stage before the one that names it."""
    stages: list[SketchedStage] = []
    for index in range(draw(st.integers(1, 6))):
        name = f"s{index}" if draw(st.integers(0, 3)) else None
        named = [before for before, stage in enumerate(stages) if stage.name]
        stages.append(
            SketchedStage(
                name=name,
                base=draw(st.sampled_from([*_IMAGES, *named, *named])),
                copies=tuple(
                    draw(st.lists(st.sampled_from(["nginx", "alpine", *range(index), *range(index)]), max_size=2))
                ),
                mounts=tuple(draw(st.lists(st.sampled_from(["nginx", *named]), max_size=1))),
                triggers=tuple(draw(st.lists(st.sampled_from(named), max_size=1))) if named else (),
                body=tuple(draw(st.lists(_BODY_LINES, max_size=3))),
            )
        )
    return Sketch(
        tuple(stages), draw(st.booleans()), tuple(draw(st.lists(st.sampled_from(("ARG A=a", "ARG B")), max_size=2)))
    )


SKETCHES = _sketches()
SINGLE_STAGES = st.lists(PLAIN_RUNS | TRANSFERS | SETTINGS, max_size=8).map(
    lambda body: Dockerfile((_instruction("FROM", arguments="alpine"), *body)).text
)


@st.composite
def _targeted(draw: Callable[[st.SearchStrategy[object]], object]) -> tuple[Sketch, str | None, int]:
    """A sketch, a target for it, and the index of that target."""
    sketch = draw(SKETCHES)
    last = len(sketch.stages) - 1
    choices = [(None, last), *((stage.name, index) for index, stage in enumerate(sketch.stages) if stage.name)]
    target, index = draw(st.sampled_from(choices))
    return sketch, target, index


TARGETED_SKETCHES = _targeted()

# -- asking ----------------------------------------------------------------------------------------


Answer = TypeVar("Answer")


def outcome(ask: Callable[[], Answer]) -> Answer | StageGraphError:
    """What comes of a question: an answer, or the error that is stagegraph's to raise."""
    try:
        return ask()
    except StageGraphError as error:
        return error


def text_of(content: str | bytes) -> str:
    """A content as the text that its places count in."""
    return content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")
