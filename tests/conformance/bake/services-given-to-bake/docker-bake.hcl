target "a_b" { args = { Z = "1" } }
target "new" {
 inherits = ["a_b"] 
}
