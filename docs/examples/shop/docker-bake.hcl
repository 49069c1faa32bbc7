group "default" {
  targets = ["image", "check"]
}

target "image" {
  target    = "app"
  platforms = ["linux/amd64", "linux/arm64"]
}

target "check" {
  matrix = { step = ["test", "lnt"] }
  name   = "check-${step}"
  target = step
}
