variable "A" { default = "1" }
target "t" { 
 args = { A = A, B = B }
}
B = "q-${A}"
target "u" {
 inherits=["t"]
}
