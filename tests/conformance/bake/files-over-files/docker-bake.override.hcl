variable "A" { default = "override" }
target "app" {
  target = "two"
  args = { K = "2" }
  inherits = ["y"]
}
