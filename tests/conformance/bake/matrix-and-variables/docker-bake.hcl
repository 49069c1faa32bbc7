variable "V" { default = "1" }
variable "LST" {
  type = list(string)
  default = ["x"]
}
variable "NUM" { default = 5 }
variable "FLAG" { default = false }
target "default" {
  matrix = {
    os = LST
    v = [{n="1", t="a"}, {n="2", t="b"}]
  }
  name = "app-${os}-${v.n}"
  target = v.t
  args = { OS = os, N = NUM + 1, F = FLAG ? "yes" : "no" }
  inherits = ["base-${v.n}"]
  contexts = { base = "target:base-${v.n}", e = "" }
  platforms = FLAG ? ["linux/arm64"] : null
}
target "base-1" { dockerfile = "b1" }
target "base-2" {
  dockerfile-inline = <<EOT
FROM alpine
RUN echo $${X} ${V}
EOT
}
