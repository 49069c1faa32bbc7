from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import stagegraph

from .strategies import DOCUMENTS, OPTIONS, SKETCHES, VALID_OPTIONS, Options, outcome

TEXTS = DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text)
VALIDATOR = Draft202012Validator(
    json.loads(files("stagegraph").joinpath("plan.schema.json").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("builder", stagegraph.Builder)
@given(text=TEXTS, options=OPTIONS)
def test_plan_dumps_survive_json(builder: stagegraph.Builder, text: str, options: Options) -> None:
    """A plan dump comes out of JSON as it went in, is what the schema describes, and says what the plan says."""
    plan = outcome(lambda: stagegraph.plan(text, builder=builder, **options))
    if isinstance(plan, stagegraph.StageGraphError):
        return
    dump = plan.to_dict()
    assert json.loads(json.dumps(dump)) == dump
    assert [fault.message for fault in VALIDATOR.iter_errors(dump)] == []
    assert [step["name"] for step in dump["steps"]] == [step.name for step in plan.steps]
    assert [stage["index"] for stage in dump["stages"] if stage["executed"]] == [
        stage.index for stage in plan.execution_set
    ]
    assert plan.to_dict() == dump


@given(text=TEXTS, options=VALID_OPTIONS)
def test_comparisons_survive_json(text: str, options: Options) -> None:
    """A comparison says what each builder says alone, before and after JSON."""
    dump = stagegraph.compare(text, **options).to_dict()
    assert json.loads(json.dumps(dump)) == dump
    for builder in stagegraph.Builder:
        alone = outcome(lambda builder=builder: stagegraph.plan(text, builder=builder, **options))
        said = dump["builders"][builder.value]
        if isinstance(alone, stagegraph.StageGraphError):
            assert said["error"]["message"] == alone.message
            assert said["error"]["steps"] == [step.name for step in alone.steps]
        else:
            assert said["plan"] == alone.to_dict()
