from stagegraph.projects.choosing import choose
from stagegraph.projects.declared import DeclaredBuild, Declarer, DockerfilePath, Place, Unknown
from stagegraph.projects.dockerfiles import Dockerfiles
from stagegraph.projects.placing import Placed

HERE = Place("compose.yaml", 1)
WEB = (".", "compose service", "web")


def placed(path, target=None, declaration=WEB):
    return Placed(
        DeclaredBuild("web", Declarer.SERVICE, HERE, DockerfilePath(path), ".", target=target), (), declaration
    )


UNKNOWN = Placed(None, (Unknown("odd", HERE, "*"),), WEB)


def test_of_several_readings_the_best_are_chosen(written):
    dockerfiles = Dockerfiles(
        written({"Dockerfile": "FROM a AS prod\n", "other/Dockerfile": "FROM a AS x\nFROM b AS prod\n"})
    )
    fitting, fitting_too = placed("Dockerfile", "prod"), placed("other/Dockerfile", "x")
    without_target, without_file = placed("Dockerfile", "dev"), placed("none/Dockerfile")
    assert choose([without_file, fitting, UNKNOWN, without_target, fitting_too], dockerfiles) == [fitting, fitting_too]
    assert choose([without_file, UNKNOWN, without_target], dockerfiles) == [without_target]
    assert choose([without_file, UNKNOWN], dockerfiles) == [without_file]
    assert choose([UNKNOWN], dockerfiles) == [UNKNOWN]


def test_declarations_do_not_get_in_each_others_way(written):
    dockerfiles = Dockerfiles(written({"Dockerfile": "FROM a\n"}))
    one, other = placed("Dockerfile"), placed("none/Dockerfile", declaration=(".", "compose service", "api"))
    refused = Placed(None, (Unknown("it is no YAML", HERE, "*"),))
    assert choose([one, other, refused, refused], dockerfiles) == [one, other, refused, refused]
