// The release of a small service.
variable "TAG" {
  default = "latest"
}
variable "REPO" { default = "example.com/app" }
variable "NOTHING" {}
variable "DEBUG" { default = false }
variable "JOBS" { default = 4 }
image = "${REPO}/img"

group "default" {
  targets = ["app", "tools"]
}
group "tools" {
  targets = ["lint", "docs"]
}

target "_common" {
  context = "src"
  args = {
    GO_VERSION = "1.22"
    DEBUG = DEBUG
    JOBS = JOBS
    GONE = null
    NOTHING = NOTHING
  }
  labels = { "org.example.tag" = TAG, keep = "a" }
  platforms = ["linux/amd64", "linux/arm64"]
}
target "_cross" {
  args = { GO_VERSION = "1.23", CROSS = "1" }
  contexts = { sdk = "docker-image://sdk:${TAG}" }
  platforms = ["linux/s390x"]
}
target "app" {
  inherits = ["_common", "_cross"]
  dockerfile = "build/Dockerfile"
  target = "app"
  args = { IMAGE = image, GO_VERSION = null }
}
target "lint" {
  inherits = ["_common"]
  target = "lint"
  contexts = { app = "target:app", local = "../x", gone = "" }
  labels = { keep = "b" }
}
target "docs" {
  dockerfile-inline = <<EOT
FROM alpine
ARG TAG
RUN echo $${TAG} ${TAG} "quoted \n"
EOT
}
target "flush" {
  dockerfile-inline = <<-EOT
    FROM ${REPO}
      RUN true
  EOT
}
target "remote" {
  context = "https://github.com/acme/app.git#v1"
}
target "cwd" {
  context = BAKE_CMD_CONTEXT
  dockerfile = "cwd://x/Dockerfile"
}
target "empties" {
  platforms = split(",", "")
  contexts = { a = "" }
  target = ""
  dockerfile = ""
}
