"""Mounts: what each field means, what each type has, and what is refused."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.mounts import Mount, MountType, mount_from, mount_type_of, read_mount


def as_written(value: str) -> str:
    return value


@pytest.mark.parametrize(
    ("value", "mount"),
    [
        ("", None),
        ("target=/t", Mount(target="/t")),
        ("type=bind,source=/s,target=/t", Mount(source="/s", target="/t")),
        ("src=/s,dst=/t", Mount(source="/s", target="/t")),
        ("destination=/t,from=a", Mount(target="/t", from_="a")),
        ("TARGET=/t,Type=BIND", Mount(target="/t")),
        ("target=/t,rw", Mount(target="/t", read_only=False)),
        ("target=/t,readwrite=true", Mount(target="/t", read_only=False)),
        ("target=/t,rw=false", Mount(target="/t", read_only=True)),
        ("target=/t,ro", Mount(target="/t", read_only=True)),
        ("type=cache,target=/c", Mount(MountType.CACHE, target="/c", read_only=False)),
        ("type=cache,target=/c,readonly", Mount(MountType.CACHE, target="/c", read_only=True)),
        (
            "type=cache,target=/c,id=i,sharing=Locked,mode=0755,uid=1,gid=2,from=a,source=s",
            Mount(
                MountType.CACHE,
                from_="a",
                source="s",
                target="/c",
                read_only=False,
                id="i",
                sharing="Locked".lower(),
                mode=0o755,
                uid=1,
                gid=2,
            ),
        ),
        ("type=tmpfs,target=/t,size=1k", Mount(MountType.TMPFS, target="/t", read_only=False, size=1024)),
        ("type=secret,id=s", Mount(MountType.SECRET, id="s")),
        ("type=secret,id=s,required", Mount(MountType.SECRET, id="s", required=True)),
        ("type=secret,id=s,required=false,env=S", Mount(MountType.SECRET, id="s", env="S")),
        ("type=secret,target=/s,mode=400", Mount(MountType.SECRET, target="/s", mode=0o400)),
        ("type=ssh", Mount(MountType.SSH)),
        ("type=ssh,id=x,uid=7,required=1", Mount(MountType.SSH, id="x", uid=7, required=True)),
        ('"target=/a,b",from=c', Mount(target="/a,b", from_="c")),
        ("target=a=b", Mount(target="a=b")),
    ],
)
def test_read_mount(value: str, mount: Mount | None) -> None:
    if mount is None:
        with pytest.raises(Complaint) as caught:
            read_mount(value, as_written)
        assert caught.value.message == "failed to parse csv mounts: EOF"
        return
    assert read_mount(value, as_written) == mount


def test_values_are_expanded() -> None:
    mount = read_mount("type=$T,target=$D,id=$I", {"$T": "cache", "$D": "/d", "$I": ""}.__getitem__)
    assert mount == Mount(MountType.CACHE, target="/d", read_only=False)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("type=nope", 'unsupported mount type "nope"'),
        ("type=cahce", 'unsupported mount type "cahce" (did you mean cache?)'),
        ("targt=/t", "unexpected key 'targt' in 'targt=/t' (did you mean target?)"),
        ("nonsense=1", "unexpected key 'nonsense' in 'nonsense=1'"),
        ("target", "invalid field 'target' must be a key=value pair"),
        ("ro=maybe", "invalid value for ro: maybe"),
        ("rw=maybe", "invalid value for rw: maybe"),
        ("type=secret,id=s,required=maybe", "invalid value for required: maybe"),
        ("required", "unexpected key 'required' for mount type 'bind'"),
        ("type=cache,required=true", "unexpected key 'required' for mount type 'cache'"),
        ("size=1", "unexpected key 'size' for mount type 'bind'"),
        ("type=tmpfs,size=much", "invalid value for size: much"),
        ("type=cache,sharing=some", 'unsupported sharing value "some"'),
        ("type=cache,sharing=lock", 'unsupported sharing value "lock" (did you mean locked?)'),
        ("type=bind,sharing=shared", "invalid cache sharing set for bind mount"),
        ("type=cache,mode=9", "invalid value 9 for mode"),
        ("type=cache,uid=x", "invalid value x for uid"),
        ("type=cache,gid=-1", "invalid value -1 for gid"),
        ("mode=0755", 'mode not allowed for "bind" type mounts'),
        ("type=tmpfs,uid=1", 'uid not allowed for "tmpfs" type mounts'),
        ("gid=1", 'gid not allowed for "bind" type mounts'),
        ("type=secret,id=s,from=a", "secret mount should not have a from"),
        ("type=secret,id=s,sharing=shared", "secret mount should not define sharing"),
        ("type=secret", "invalid secret mount. one of source, target required"),
        ("type=secret,id=s,source=t", "both source and id can't be set"),
        ('target="a', 'failed to parse csv mounts: parse error on line 1, column 8: bare " in non-quoted-field'),
    ],
)
def test_refused(value: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read_mount(value, as_written)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("target=/t", ""),
        ("from=a,target=/t", "a"),
        ("FROM=A", "A"),
        ("from=a,from=b", "b"),
        ("from=", ""),
        ("from=a$", "a$"),
        ("type=nope,from=a,nonsense=$x", "a"),
        ("from", ""),
    ],
)
def test_mount_from_looks_at_nothing_else(value: str, source: str) -> None:
    assert mount_from(value) == source


@pytest.mark.parametrize("value", ["from=$S", "from=a${S}b,target=/t", "From=$S"])
def test_mount_from_takes_no_variables(value: str) -> None:
    with pytest.raises(Complaint) as caught:
        mount_from(value)
    assert caught.value.message == "'from' doesn't support variable expansion, define alias stage instead"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("target=/t", MountType.BIND),
        ("type=cache", MountType.CACHE),
        ("TYPE=TmpFS", MountType.TMPFS),
        ("type=secret", MountType.SECRET),
        ("type=ssh", MountType.SSH),
        ("type=$T", None),
        ("type=nope", None),
    ],
)
def test_mount_type_of(value: str, kind: MountType | None) -> None:
    assert mount_type_of(value) is kind


@pytest.mark.parametrize("field", ["mode=0", "uid=0", "gid=0"])
def test_has_owner(field: str) -> None:
    assert read_mount(f"type=cache,target=/c,{field}", as_written).has_owner
    assert not read_mount("type=cache,target=/c", as_written).has_owner
