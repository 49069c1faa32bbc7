import os

import pytest

from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.projects.files import Files
from stagegraph.projects.limits import MAX_FILE_BYTES


def test_a_file_is_read_as_text(written):
    files = Files(written({"a/b.yml": "é: 1\n", "bom.yml": b"\xef\xbb\xbfa: 1"}))
    assert files.read("a/b.yml") == "é: 1\n"
    assert files.read("bom.yml") == "a: 1"


def test_a_file_is_read_once(written):
    root = written({"a.yml": "1"})
    files = Files(root)
    assert files.read("a.yml") == "1"
    (root / "a.yml").write_text("2")
    assert files.read("./a.yml") == "1"


def test_what_is_no_readable_text_is_refused(written):
    root = written({"bad.yml": b"a: \xff", "large.yml": b"x" * (MAX_FILE_BYTES + 1), "dir/x": ""})
    os.mkfifo(root / "pipe.yml")
    files = Files(root)
    for path, message in [
        ("bad.yml", "no UTF-8 text: byte 3 is 0xff"),
        ("none.yml", "no such file or directory"),
        ("dir", "is a directory"),
        ("pipe.yml", "is no file"),
        ("a\0b", "cannot be read"),
    ]:
        with pytest.raises(Complaint, match=message):
            files.read(path)
    with pytest.raises(LimitComplaint, match=f"larger than {MAX_FILE_BYTES} bytes, a limit of stagegraph"):
        files.read("large.yml")


def test_there_is_a_limit_to_files(written, monkeypatch):
    monkeypatch.setattr("stagegraph.projects.files.MAX_FILES", 1)
    files = Files(written({"a.yml": "", "b.yml": ""}))
    files.read("a.yml")
    with pytest.raises(LimitComplaint, match="more than 1 compose and bake files"):
        files.read("b.yml")


def test_whether_there_is_a_file(written):
    files = Files(written({"a/b": ""}))
    assert files.is_file("a/b")
    assert not files.is_file("a")
    assert not files.is_file("a/c")
    assert not files.is_file("a\0")
