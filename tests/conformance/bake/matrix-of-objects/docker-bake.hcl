variable "OSES" { default = ["linux", "darwin"] }
target "app" {
  name = "app-${tgt}-${replace(version, ".", "-")}"
  matrix = {
    tgt = ["lint", "test"]
    version = ["1.0", "2.0"]
  }
  dockerfile = "${tgt}.Dockerfile"
  target = tgt
  args = { VERSION = version }
}
target "obj" {
  matrix = {
    item = [
      { name = "a", base = "alpine:3" },
      { name = "b", base = "debian" },
    ]
    os = OSES
  }
  name = "${item.name}-${os}"
  args = { BASE = item.base, OS = upper(os) }
}
target "plain" {
  matrix = { x = ["1"] }
  args = { X = x }
}
target "user" {
  inherits = ["app-lint-1-0"]
  args = { FROM_OTHER = target.a-linux.args.BASE, NAME = target.a-linux.name }
}
group "all" { targets = ["app", "obj"] }
