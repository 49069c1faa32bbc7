target "a" {
  inherits = ["b"]
  args = { A = "a" }
}
target "b" {
  inherits = ["a", "c"]
  target = "tb"
  args = { A = "b", B = "b" }
}
target "c" { args = target.a.args }
