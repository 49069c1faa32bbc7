variable "V" { default = "1.2.3" }
variable "LIST" { default = ["b", "a", "c"] }
variable "MAP" { default = { x = "1", y = "2" } }
variable "N" { default = 7 }
variable "T" { default = true }
variable "TYPED" {
  type = string
  default = 5
}
variable "TYPED_LIST" {
  type = list(string)
  default = [1, true, "x"]
}
variable "UNSET" { type = string }
function "tag" {
  params = [name]
  result = ["${name}:latest", "${name}:${V}"]
}
function "join_all" {
  params = [sep]
  variadic_params = rest
  result = join(sep, rest)
}
function "inc" {
  params = [n]
  result = n + 1
}
target "default" {
  args = {
    COND = T ? "yes" : "no"
    COND2 = V == "1.2.3" && !(N < 3) || false ? "a" : "b"
    COND3 = T ? 1 : "x"
    NUM = N + 2 * 3 - 1
    NUM2 = (N + 2) * 3
    NUM3 = -N % 4
    NUM4 = 8 / 4
    FLOAT = 1.50
    CMP = N >= 7
    NE = V != "x"
    IDX = LIST[1]
    KEY = MAP["y"]
    ATTR = MAP.x
    FOR = join(",", [for v in LIST : upper(v)])
    FORIF = join(",", [for i, v in LIST : "${i}${v}" if v != "a"])
    FOROBJ = join(",", keys({for k, v in MAP : v => k}))
    FORMAP = join(",", [for k, v in MAP : "${k}=${v}"])
    SPLAT = join(",", [{n="p"}, {n="q"}][*].n)
    FN = join(" ", tag("app"))
    FN2 = join_all("-", "a", "b", "c")
    FN3 = inc(inc(1))
    ESC = "a\tb\\ \"q\" $${V} %%{x} \u00e9"
    TYPED = TYPED
    TL = join(",", TYPED_LIST)
    "quoted-${V}" = "k"
    (V) = "paren"
    NULLISH = UNSET == null ? "null" : "set"
    EQT = equal(1, "1")
    SPREAD = join(",", concat([["a"], ["b"]]...))
    HEREDOC = <<E2
one ${V}
  two
E2
    MULTI = V == "x" ? "1" : (
      N > 3 ? "2" : "3"
    )
    NESTED = "${T ? "in${N}" : ""}"
  }
}
