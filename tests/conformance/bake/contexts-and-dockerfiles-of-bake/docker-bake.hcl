target "a" { context = "cwd://sub" }
target "b" {
 context = "https://github.com/a/b.git"
 dockerfile = "x/D"
}
target "c" {
 context = "./x/../y"
 dockerfile = "cwd://q/D"
}
target "d" {
 context = BAKE_CMD_CONTEXT
}
target "e" {
 context = "a"
 dockerfile = "../D"
 target = ""
}
