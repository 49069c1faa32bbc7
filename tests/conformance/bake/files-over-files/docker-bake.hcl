variable "A" { default = "base" }
target "app" {
  context = "a"
  target = "one"
  args = { A = A, K = "1" }
  inherits = ["x"]
}
target "x" { dockerfile = "x.Dockerfile" }
target "y" { platforms = ["linux/arm64"] }
