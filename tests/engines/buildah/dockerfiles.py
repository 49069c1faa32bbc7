"""Dockerfiles that are built by a real builder and through Buildah, with what they find in their context."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen


def _archive() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        folder = tarfile.TarInfo("packed")
        folder.type, folder.mode, folder.uid, folder.gid = tarfile.DIRTYPE, 0o750, 12, 13
        archive.addfile(folder)
        file = tarfile.TarInfo("packed/file")
        file.mode, file.uid, file.gid, file.size = 0o4711, 14, 15, 2
        archive.addfile(file, io.BytesIO(b"x\n"))
        link = tarfile.TarInfo("packed/link")
        link.type, link.linkname = tarfile.SYMTYPE, "file"
        archive.addfile(link)
    return stream.getvalue()


FILES: Mapping[str, bytes | str] = {
    "a": "1\n",
    "b": "2\n",
    "run.sh": "#!/bin/sh\necho ran\n",
    "d/one": "one\n",
    "d/two.txt": "two\n",
    "d/sub/three.txt": "three\n",
    "d/sub/deep/four": "four\n",
    "d/ignored.log": "no\n",
    "d/link": "->one",
    "absolute": "->/d/one",
    "packed.tar.gz": _archive(),
    "name with blanks": "blank\n",
    ".hidden": "h\n",
    ".dockerignore": "**/*.log\n.dockerignore\n",
}
_MODES = {"run.sh": 0o755, "a": 0o600, "d/sub": 0o700, "d/sub/deep": 0o2775}


def make_context(folder: Path) -> None:
    """Lays out the context; files that are not named otherwise are 0644, folders 0755."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and content.startswith("->"):
            path.symlink_to(content[2:])
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            path.chmod(_MODES.get(name, 0o644))
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(_MODES.get(str(path.relative_to(folder)), 0o755))


@frozen
class Sample:
    """A Dockerfile that both builders, or one, can build; with build arguments, labels and a target."""

    name: str
    text: str
    builders: tuple[str, ...] = ("buildkit", "legacy")
    build_args: Mapping[str, str] = field(factory=dict)
    labels: Mapping[str, str] = field(factory=dict)
    target: str | None = None

    def __str__(self) -> str:
        return self.name


BUILDKIT = ("buildkit",)
LEGACY = ("legacy",)

SAMPLES = (
    Sample("copy", "FROM scratch\nCOPY a b /\nCOPY run.sh /bin/run\n"),
    Sample("copy-folder", "FROM scratch\nCOPY d /d\nCOPY d/sub /deep/er/sub/\n"),
    Sample("copy-whole-context", "FROM scratch\nCOPY . /all\n"),
    Sample("copy-into-existing", "FROM alpine\nCOPY d /etc/\nCOPY d/sub /tmp\n"),
    Sample("copy-wildcards", "FROM scratch\nCOPY d/*.txt /texts/\nCOPY [ab] /\nCOPY d/s*b /s/\n"),
    Sample("copy-links", "FROM alpine\nCOPY d/link /l\nCOPY absolute /m\nCOPY d /n\n"),
    Sample("copy-blanks", 'FROM scratch\nCOPY ["name with blanks", "/to here/"]\n'),
    Sample("copy-chown", "FROM alpine\nCOPY --chown=app:root d /x/y\nCOPY --chown=7:8 a /n/\nCOPY --chown=app b /o\n"),
    Sample("copy-chown-existing", "FROM alpine\nRUN mkdir -p -m 700 /x/sub && chown 5:6 /x/sub\nCOPY --chown=9:10 d /x\n"),
    Sample("copy-existing-modes", "FROM alpine\nRUN mkdir -p /x/sub && chmod 711 /x /x/sub && chown 5:6 /x /x/sub\nCOPY d /x\n"),
    Sample("copy-over-files", "FROM alpine\nRUN echo old > /f && chown 3:4 /f && chmod 640 /f\nCOPY a /f\n"),
    Sample(
        "copy-from-stage",
        "FROM alpine AS one\nRUN mkdir -p /o/p && echo x > /o/p/f && chown -R 5:6 /o && chmod 4755 /o/p/f && ln -s p /o/l\n"
        "FROM scratch\nCOPY --from=one /o /o\nCOPY --from=one /o/p/f /g\nCOPY --from=0 /o/l /l\n",
    ),
    Sample(
        "copy-from-stage-chown",
        "FROM alpine AS one\nRUN mkdir /o && echo x > /o/f && chown -R 5:6 /o\n"
        "FROM alpine\nCOPY --from=one --chown=app /o /o\n",
    ),
    Sample("copy-from-image", "FROM scratch\nCOPY --from=alpine /etc/passwd /etc/group /etc/\n"),
    Sample("copy-through-links", "FROM alpine\nRUN mkdir /real && ln -s /real /alias && ln -s ../real/deep /real/loop\nCOPY a /alias/x\nCOPY d /alias/sub/\n"),
    Sample("add-archive", "FROM scratch\nADD packed.tar.gz /p\nADD a /p/\n"),
    Sample("add-archive-into-existing", "FROM alpine\nRUN mkdir -m 777 -p /p/packed\nADD packed.tar.gz /p\n"),
    Sample("add-archive-chown", "FROM alpine\nADD --chown=app packed.tar.gz /p/\nADD --chown=3 d /q/\n"),
    Sample("workdir", "FROM scratch\nWORKDIR /w/x\nCOPY a .\nWORKDIR y\nCOPY b ./\n"),
    Sample("workdir-user", "FROM alpine\nUSER app\nWORKDIR /home/app/app\nRUN pwd > /tmp/p; id >> /tmp/p\nCOPY a .\n"),
    Sample("run", "FROM alpine\nRUN echo hello > /hello && mkdir -m 1777 /shared && rm /bin/zcat\nRUN cat /hello >> /again\n"),
    Sample("run-exec-form", 'FROM alpine\nRUN ["/bin/sh", "-c", "echo $0 > /zero; echo \\"a b\\" > /quoted"]\n'),
    Sample("run-environment", "FROM alpine\nENV A=1 B='x y' PATH=/bin\nRUN echo $A-$B-$PATH-$HOME > /e; umask > /u; pwd > /p; id > /i\n"),
    Sample("run-home", "FROM alpine\nENV HOME=/tmp\nRUN echo $HOME > /h\nUSER app\nRUN echo $HOME > /tmp/i\n"),
    Sample("run-user", "FROM alpine\nUSER app:root\nRUN id > /tmp/a; echo $HOME >> /tmp/a\nUSER 1234\nRUN id > /tmp/b; echo $HOME >> /tmp/b\nUSER 33:5\nRUN id > /tmp/c\n"),
    Sample("run-devices", "FROM alpine\nRUN mkdir /n && mknod /n/null c 1 3 && mkfifo /n/fifo && cat /n/null\n"),
    Sample("run-removes", "FROM alpine\nCOPY d /d\nRUN rm -r /d/sub && mkdir /d/sub && touch /d/sub/new && rm /etc/group\n"),
    Sample("run-attributes", "FROM alpine\nRUN echo x > /s && chmod 4750 /s && chown 33:44 /s && ln /s /hard && ln -s nowhere /dangling\n"),
    Sample("run-in-scratch", "FROM scratch\nCOPY --from=alpine /bin/busybox /bin/sh\nRUN echo x > /x\n"),
    Sample("run-mounted-files", "FROM alpine\nRUN ls /proc/self > /dev/null; ls -a /sys > /dev/null; echo 1 > /etc/new; ls / > /dev/null\nRUN true\n"),
    Sample("shell", 'FROM alpine\nSHELL ["/bin/ash", "-ec"]\nRUN echo $0 > /zero\nCMD echo hi\nENTRYPOINT echo ho\n'),
    Sample("arguments", "ARG T=latest\nFROM alpine:$T\nARG T\nARG V=1\nARG W\nENV X=${V}-${W:-none}\nRUN echo $T-$V-$W > /v\nLABEL v=$V\n", build_args={"V": "5", "UNUSED": "x"}),
    Sample("arguments-and-variables", "FROM alpine AS a\nARG V=arg\nENV V=env\nRUN echo $V > /v\nFROM a\nARG V\nRUN echo $V > /w\n", build_args={"V": "given"}),
    Sample("inherited-arguments", "FROM alpine AS a\nARG V=one\nFROM a\nRUN echo \"[$V]\" > /v\n"),
    Sample(
        "config",
        'FROM alpine\nENV A=b C="d e"\nLABEL one=1 "two words"="x y"\nEXPOSE 80 443/tcp 53/udp\nVOLUME /data /more\nUSER app\n'
        "WORKDIR /srv\nSTOPSIGNAL SIGQUIT\nHEALTHCHECK --interval=5s --timeout=3s --retries=2 CMD true\n"
        'ENTRYPOINT ["/bin/sh"]\nCMD ["-c", "true"]\nONBUILD RUN echo later\n',
    ),
    Sample("config-of-base", "FROM alpine AS a\nENV A=1\nCMD [\"x\"]\nENTRYPOINT [\"y\"]\nUSER app\nLABEL l=1\nEXPOSE 1\nVOLUME /v\nFROM a\nENV A=2 B=3\nENTRYPOINT [\"z\"]\n"),
    Sample("config-alone", "FROM alpine\nENV A=1\nLABEL b=2\n"),
    Sample("labels", "FROM alpine\nLABEL a=1\n", labels={"b": "2", "a": "9"}),
    Sample("volumes", "FROM alpine\nRUN mkdir /v && echo 1 > /v/a\nVOLUME /v\nCOPY b /v/b\nWORKDIR /v/w\n"),
    Sample("triggers", "FROM alpine AS parent\nONBUILD COPY a /triggered/\nONBUILD RUN echo x > /triggered/x\nONBUILD ENV T=1\nFROM parent\nRUN cat /triggered/a\n"),
    Sample("stages", "FROM alpine AS base\nRUN echo base > /base\nFROM base AS stage1\nRUN echo 1 > /one\nFROM base AS stage2\nRUN echo 2 > /two\n", target="stage2"),
    Sample("only-the-binary", "FROM alpine AS build\nWORKDIR /src\nCOPY a main.go\nRUN mkdir -p /bin && cp main.go /bin/hello && chmod 755 /bin/hello\nFROM scratch\nCOPY --from=build /bin/hello /bin/hello\nCMD [\"/bin/hello\"]\n"),
    Sample("chmod", "FROM alpine\nCOPY --chmod=750 d /d\nADD --chmod=0604 a /a\nCOPY --chmod=u+x,go-r b /b\n", BUILDKIT),
    Sample("link", "FROM alpine\nRUN ln -s /tmp /alias\nCOPY --link a /alias/a\nCOPY --link --chown=5:6 d /x/y/\nCOPY --link --from=alpine /etc/passwd /p\n", BUILDKIT),
    Sample("excludes-and-parents", "FROM scratch\nCOPY --exclude=*.txt d /d\nCOPY --parents d/sub/deep d/*.txt /p/\n", BUILDKIT),
    Sample("heredocs", "FROM alpine\nCOPY <<one <<two /h/\n1\none\n2\ntwo\nRUN <<E\necho $0 > /zero\necho two > /two\nE\nCOPY --chown=app --chmod=600 <<f /f\n$PATH\nf\n", BUILDKIT),
    Sample("run-host-name", "FROM alpine\nRUN hostname > /h; echo mine > /etc/hostname\nRUN cat /etc/hostname > /after\n", BUILDKIT),
    Sample("several-steps-together", "FROM alpine AS a\nRUN echo 1 > /a\nFROM alpine AS b\nRUN echo 2 > /b\nFROM alpine AS c\nCOPY --from=a /a /a\nCOPY --from=b /b /b\nRUN cat /a /b > /c\n"),
)
