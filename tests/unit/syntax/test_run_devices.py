"""The value of `RUN --device`."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.run_devices import check_device


@pytest.mark.parametrize(
    "value",
    ["vendor.com/gpu=0", "name=vendor.com/gpu=0", "vendor.com/gpu", "gpu,required", "gpu,required=true", "Name=gpu"],
)
def test_accepted(value: str) -> None:
    check_device(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "failed to parse csv devices: EOF"),
        ("gpu,required=maybe", "invalid value for required: maybe"),
        ("gpu,name=other", "device name already set to gpu"),
        ("name=gpu,name=other", "device name already set to gpu"),
        ("gpu,other", "invalid field 'other' must be a key=value pair"),
        ("gpu,requird=true", "unexpected key 'requird' in 'requird=true' (did you mean required?)"),
        ("gpu,nonsense=1", "unexpected key 'nonsense' in 'nonsense=1'"),
    ],
)
def test_refused(value: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_device(value)
    assert caught.value.message == message
