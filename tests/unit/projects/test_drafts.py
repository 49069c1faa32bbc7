import attrs

from stagegraph.projects.declared import Declarer, Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated, Said
from stagegraph.projects.texts import Text

HERE, THERE = Place("a.yml", 1), Place("b.yml", 2)


def said(value, place=HERE):
    return Said(Text.known(value), place)


def draft(**fields):
    return Draft("web", Declarer.SERVICE, HERE, **fields)


def test_what_the_other_says_counts():
    base = draft(context=said("."), target=said("dev"), args={"A": said("1"), "B": said("2")}, platforms=(said("p"),))
    other = attrs.evolve(draft(target=said("prod"), args={"B": said("3")}), name="api", declared_at=THERE)
    both = base.overlaid_by(other)
    assert (both.name, both.declared_at) == ("api", THERE)
    assert (both.context, both.target) == (said("."), said("prod"))
    assert both.args == {"A": said("1"), "B": said("3")}
    assert both.platforms == (said("p"),)


def test_platforms_take_the_place_of_others_or_come_behind_them():
    base, other = draft(platforms=(said("a"), said("b"))), draft(platforms=(said("b"), said("c")))
    assert base.overlaid_by(other).platforms == (said("b"), said("c"))
    assert base.overlaid_by(other, more_platforms=True).platforms == (said("a"), said("b"), said("c"))


def test_what_is_removed_is_gone_before_the_other_counts():
    base = draft(
        context=said("x"),
        dockerfile=said("d"),
        inline=said("i"),
        target=said("t"),
        args={"A": said("1"), "B": said("2")},
    )
    assert base.overlaid_by(draft(removed=frozenset({"target", "args.A"}))).target is None
    assert base.overlaid_by(draft(removed=frozenset({"args.A"}))).args == {"B": said("2")}
    everything = frozenset(
        {"context", "dockerfile", "dockerfile_inline", "target", "args", "platforms", "additional_contexts"}
    )
    assert base.overlaid_by(draft(removed=everything)) == draft(removed=everything)


def test_a_build_that_is_removed_leaves_nothing():
    other = draft(target=said("t"), removed=frozenset({"build"}))
    assert draft(context=said("x"), faults=(Fault("no", HERE),)).overlaid_by(other) == other


def test_a_service_is_built_if_any_file_builds_it():
    unbuilt = draft(built=False)
    assert unbuilt.overlaid_by(draft()).built
    assert draft().overlaid_by(unbuilt).built
    assert not unbuilt.overlaid_by(unbuilt).built


def test_a_fault_is_told_with_its_place():
    fault = Fault("it is odd", THERE)
    assert str(fault) == "it is odd (b.yml:2)"
    assert NotEvaluated(fault).fault is fault
