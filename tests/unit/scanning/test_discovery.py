import os
import subprocess
from pathlib import Path

import pytest

from stagegraph import Found, find_dockerfiles

GIT = ["git", "-c", "init.defaultBranch=main", "-c", "core.excludesFile=/dev/null"]


def names(paths, **options):
    return [found.path for found in find_dockerfiles(paths, **options)]


def below(root, **options):
    return [path.removeprefix(f"{root}/") for path in names(root, **options)]


def repository(root):
    subprocess.run([*GIT, "init", "-q", str(root)], check=True)
    return root


def test_files_of_a_directory_come_before_its_directories_each_in_the_order_of_names(tree):
    files = ("b/Dockerfile", "Dockerfile", "a/z/Dockerfile", "a/Dockerfile.b", "a/Dockerfile.a", "z.dockerfile")
    root = tree(dict.fromkeys(files, ""))
    expected = ["Dockerfile", "z.dockerfile", "a/Dockerfile.a", "a/Dockerfile.b", "a/z/Dockerfile", "b/Dockerfile"]
    assert below(root) == below(root) == expected


def test_one_path_or_several_strings_or_paths(tree):
    root = tree({"a/Dockerfile": "", "b/Dockerfile": ""})
    assert names(root / "a") == [f"{root}/a/Dockerfile"]
    assert names(iter([f"{root}/b/", root / "a"])) == [f"{root}/b/Dockerfile", f"{root}/a/Dockerfile"]
    assert names([]) == []


def test_paths_begin_as_they_are_given(tree, monkeypatch):
    root = tree({"a/Dockerfile": ""})
    monkeypatch.chdir(root)
    assert names(".") == names("./") == ["a/Dockerfile"]
    assert names("a") == ["a/Dockerfile"]
    assert names("../" + root.name) == [f"../{root.name}/a/Dockerfile"]


def test_a_path_that_is_no_directory_is_taken_whatever_it_is(tree):
    root = tree({"README.md": ""})
    given = [f"{root}/README.md", f"{root}/nothing"]
    assert names(given, include=["x"], exclude=["*"]) == given


def test_it_is_lazy(tree):
    root = tree({"a/Dockerfile": "", "b/Dockerfile": ""})

    def paths():
        yield root
        raise AssertionError("nobody asked")

    found = find_dockerfiles(paths())
    assert [next(found), next(found)] == [Found(f"{root}/a/Dockerfile"), Found(f"{root}/b/Dockerfile")]
    found.close()


def test_other_entries_are_no_files(tree):
    root = tree({"Dockerfile/Dockerfile": "", "Dockerfile.d/x": ""})
    os.mkfifo(root / "Dockerfile.pipe")
    assert below(root) == ["Dockerfile/Dockerfile"]


def test_links_to_files_are_taken_and_to_directories_not_followed(tree):
    root = tree({"a/Dockerfile": ""})
    (root / "Dockerfile").symlink_to("a/Dockerfile")
    (root / "Dockerfile.lost").symlink_to("nowhere")
    (root / "Dockerfile.loop").symlink_to("Dockerfile.loop")
    (root / "Dockerfile.directory").symlink_to("a")
    (root / "b").symlink_to("a")
    (root / "a" / "up").symlink_to("..")
    assert below(root) == ["Dockerfile", "Dockerfile.loop", "Dockerfile.lost", "a/Dockerfile"]
    assert names(root / "b") == [f"{root}/b/Dockerfile"]


def test_repositories_are_not_entered_and_other_hidden_directories_are(tree):
    root = tree(dict.fromkeys((".git/Dockerfile", ".hg/Dockerfile", ".svn/Dockerfile", ".github/Dockerfile"), ""))
    assert below(root) == [".github/Dockerfile"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_a_directory_that_cannot_be_read(tree):
    root = tree({"a/Dockerfile": "", "b/Dockerfile": ""})
    (root / "a").chmod(0)
    try:
        found = list(find_dockerfiles(root))
    finally:
        (root / "a").chmod(0o755)
    assert found == [Found(f"{root}/a", "permission denied"), Found(f"{root}/b/Dockerfile")]


def test_a_directory_that_goes_away(tree):
    root = tree({"Dockerfile": "", "a/Dockerfile": "", "b/Dockerfile": ""})
    found = find_dockerfiles(root)
    assert next(found).path == f"{root}/Dockerfile"
    (root / "a/Dockerfile").unlink()
    (root / "a").rmdir()
    assert list(found) == [Found(f"{root}/a", "no such file or directory"), Found(f"{root}/b/Dockerfile")]


def test_a_deep_tree(tree):
    deep = tree({})
    for _ in range(1_100):
        deep /= "d"
        deep.mkdir()
    (deep / "Dockerfile").write_text("")
    found = names(deep.parents[1_099])
    for path in (deep / "Dockerfile", *[deep, *deep.parents][:1_100]):  # pytest itself cannot remove so deep a tree
        path.rmdir() if path.is_dir() else path.unlink()
    assert found == [f"{deep}/Dockerfile"]


# -- patterns ----------------------------------------------------------------------------------

FILES = dict.fromkeys(("Dockerfile", "a/Dockerfile", "a/b/Dockerfile.dev", "a/b/app.docker", "c/app.docker"), "")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include": ["*.docker"]}, ["a/b/app.docker", "c/app.docker"]),
        ({"include": ["/a/b/"]}, ["a/b/Dockerfile.dev", "a/b/app.docker"]),
        (
            {"include": ["Dockerfile*", "*.docker", "!/c/*"]},
            ["Dockerfile", "a/Dockerfile", "a/b/Dockerfile.dev", "a/b/app.docker"],
        ),
        ({"exclude": ["a/"]}, ["Dockerfile"]),
        ({"exclude": ["/Dockerfile"]}, ["a/Dockerfile", "a/b/Dockerfile.dev"]),
        ({"exclude": ["*.dev", "a/Dockerfile"]}, ["Dockerfile"]),
        ({"include": ["*.docker"], "exclude": ["b"]}, ["c/app.docker"]),
        ({"exclude": ["*"]}, []),
    ],
)
def test_patterns(tree, options, expected):
    assert below(tree(FILES), **options) == expected


# -- ignore files ------------------------------------------------------------------------------

TREES = {
    "names": {
        ".gitignore": "build/\n*.dev\n",
        "build/Dockerfile": "",
        "Dockerfile.dev": "",
        "a/build/Dockerfile": "",
        "Dockerfile": "",
    },
    "anchored": {
        ".gitignore": "/build\na/b\n",
        "build/Dockerfile": "",
        "c/build/Dockerfile": "",
        "a/b/Dockerfile": "",
        "c/a/b/Dockerfile": "",
    },
    "only some": {".gitignore": "*\n!*/\n!Dockerfile\n", "a/b/Dockerfile": "", "a/Dockerfile.x": "", "Dockerfile": ""},
    "negated": {
        ".gitignore": "Dockerfile*\n!Dockerfile.keep\n",
        "Dockerfile.keep": "",
        "a/Dockerfile.keep": "",
        "Dockerfile": "",
    },
    "nested": {
        ".gitignore": "Dockerfile\n",
        "a/.gitignore": "!Dockerfile\n",
        "a/b/.gitignore": "/Dockerfile\n",
        "Dockerfile": "",
        "a/Dockerfile": "",
        "a/b/Dockerfile": "",
        "a/b/c/Dockerfile": "",
    },
    "a negation below what is left out": {
        ".gitignore": "a/\n!a/b/Dockerfile\n",
        "a/b/Dockerfile": "",
        "b/Dockerfile": "",
    },
    "all in it but one": {
        ".gitignore": "/a/*\n!/a/b\n",
        "a/b/Dockerfile": "",
        "a/c/Dockerfile": "",
        "a/Dockerfile": "",
    },
    "two stars": {
        ".gitignore": "a/**\n**/z\nm/**/n\n",
        "a/Dockerfile": "",
        "b/z/Dockerfile": "",
        "m/n/Dockerfile": "",
        "m/x/y/n/Dockerfile": "",
        "m/Dockerfile": "",
    },
    "two stars but one": {
        ".gitignore": "a/**\n!a/**/\n!a/**/Dockerfile.x\n",
        "a/b/c/Dockerfile.x": "",
        "a/b/Dockerfile": "",
    },
    "a file is no directory": {".gitignore": "Dockerfile/\n", "Dockerfile": "", "a/Dockerfile/Dockerfile": ""},
    "a name with blanks": {
        ".gitignore": "a b/\ntrailing   \nkept\\ \n",
        "a b/Dockerfile": "",
        "trailing/Dockerfile": "",
        "kept /Dockerfile": "",
    },
    "comments and signs": {
        ".gitignore": "# a\n\n\\#b/\n\\!c/\n[de]/\n",
        "#b/Dockerfile": "",
        "!c/Dockerfile": "",
        "d/Dockerfile": "",
        "f/Dockerfile": "",
    },
    "line ends and marks": {
        ".gitignore": b"\xef\xbb\xbfa/\r\nb/\r\n",
        "a/Dockerfile": "",
        "b/Dockerfile": "",
        "c/Dockerfile": "",
    },
    "no patterns": {".gitignore": "!\n/\n\\\n[\n", "Dockerfile": ""},
    "not UTF-8": {".gitignore": b"\xff/\na/\n", "a/Dockerfile": "", "b/Dockerfile": ""},
}


@pytest.mark.parametrize("name", TREES)
def test_what_git_leaves_out(tree, name):
    root = repository(tree(TREES[name]))
    command = [*GIT, "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    expected = {path for path in listed if Path(path).name.startswith("Dockerfile")}
    assert set(below(root)) == expected
    assert len(below(root, ignore_files=False)) == sum(Path(path).name.startswith("Dockerfile") for path in TREES[name])


def test_gitignore_counts_in_a_work_tree_alone(tree):
    root = tree({".gitignore": "a/\n", "a/Dockerfile": ""})
    assert below(root) == ["a/Dockerfile"]
    assert below(repository(root)) == []


def test_the_exclude_file_of_the_repository(tree):
    root = repository(tree({"a/Dockerfile": "", "b/Dockerfile": "", ".gitignore": "!b/\n"}))
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("a/\nb/\n")
    assert below(root) == ["b/Dockerfile"]


def test_a_linked_work_tree_has_the_exclude_file_of_its_repository(tree):
    root = tree({"main/.git/info/exclude": "a/\n", "main/.git/worktrees/w/commondir": "../..\n", "w/a/Dockerfile": ""})
    (root / "w/.git").write_text(f"gitdir: {root}/main/.git/worktrees/w\n")
    assert below(root / "w") == []


def test_ignore_files_of_the_directories_above_count(tree):
    root = repository(
        tree({".gitignore": "/a/b/c/\n*.x\n", "a/b/c/Dockerfile": "", "a/b/Dockerfile": "", "a/b/Dockerfile.x": ""})
    )
    assert below(root / "a/b") == ["Dockerfile"]


def test_a_directory_that_is_left_out_is_looked_through_when_it_is_given(tree):
    root = repository(tree({".gitignore": "build/\n", "build/Dockerfile": "", "build/deep/Dockerfile": ""}))
    assert below(root / "build") == ["Dockerfile", "deep/Dockerfile"]
    assert below(root / "build/deep") == ["Dockerfile"]


def test_a_repository_in_a_repository_starts_anew(tree):
    root = repository(tree({".gitignore": "*.x\n", "inner/Dockerfile.x": "", "Dockerfile.x": ""}))
    repository(root / "inner")
    assert below(root) == ["inner/Dockerfile.x"]
    assert below(root / "inner") == ["Dockerfile.x"]
