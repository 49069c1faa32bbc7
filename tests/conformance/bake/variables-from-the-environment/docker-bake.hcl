variable "TAG" { default = "d" }
variable "DEBUG" { default = false }
variable "JOBS" { default = 4 }
variable "LIST" {
  type = list(string)
  default = []
}
variable "TYPED" { type = string }
variable "SET" { type = set(string) }
variable "DERIVED" { default = "${TAG}-x" }
variable "NULL" { default = null }
attr = "not from env"
target "main" {
  args = {
    A = TAG
    B = DEBUG ? "debug" : "release"
    C = JOBS + 1
    D = join("-", LIST)
    E = TYPED
    F = join("-", SET)
    G = DERIVED
    H = NULL == null ? "null" : NULL
    I = attr
  }
}
