variable "N" { default = 3 }
variable "L" { default = ["b","a","b"] }
variable "M" { default = { z = 1, a = "x" } }
variable "T" {
 type = bool
 default = true
}
variable "U" { type = string }
G = "${N}-g"
function "f" {
  params = [a, b]
  variadic_params = rest
  result = "${a}/${b}/${join("+", rest)}"
}
target "t" {
  args = {
    A01 = absolute(-3)
    A02 = add(1.5, 2)
    A03 = base64encode("héllo")
    A04 = base64decode("aMOpbGxv")
    A05 = basename("a/b/c.txt")
    A06 = dirname("a/b/c.txt")
    A07 = ceil(1.2)
    A08 = floor(-1.2)
    A09 = chomp("x\n\n")
    A10 = jsonencode(chunklist(["a","b","c"], 2))
    A11 = coalesce(null, "q")
    A12 = jsonencode(compact(["", "a"]))
    A13 = jsonencode(concat(["a"], ["b"]))
    A14 = contains(["a"], "a")
    A15 = jsonencode(distinct(["a","a","b"]))
    A16 = divide(7, 2)
    A17 = element(["a","b"], 3)
    A18 = equal("a", "a")
    A19 = jsonencode(flatten([["a"],["b",["c"]]]))
    A20 = format("%s-%03d-%v-%q-%5s|%-5s|%t %%", "a", 7, [1,"x"], "q\"", "r", "l", true)
    A21 = jsonencode(formatlist("%s-%s", ["a","b"], "c"))
    A22 = greaterthan(2,1)
    A23 = hasindex(["a"], 0)
    A24 = indent(2, "a\nb")
    A25 = index(["a","b"], 1)
    A26 = indexof(["a","b"], "b")
    A27 = int(3.7)
    A28 = join(",", ["a","b"], ["c"])
    A29 = jsonencode(jsondecode("{\"a\":[1,2.50,null,true]}"))
    A30 = jsonencode(keys({b=1,a=2}))
    A31 = length(["a","b"])
    A32 = lookup({a="x"}, "b", "dflt")
    A33 = lower("ÄB")
    A34 = max(1,5,3)
    A35 = md5("a")
    A36 = jsonencode(merge({a="1"},{b="2",a="3"}))
    A37 = min(4,2)
    A38 = modulo(7,3)
    A39 = multiply(2,2.5)
    A40 = negate(2)
    A41 = not(true)
    A42 = parseint("ff", 16)
    A43 = pow(2,10)
    A44 = jsonencode(range(3))
    A45 = replace("aXbX", "X", "--")
    A46 = reverse("abc")
    A47 = jsonencode(reverselist(["a","b"]))
    A48 = sanitize("a.b/c d")
    A49 = sha1("a")
    A50 = sha256("a")
    A51 = sha512("a")
    A52 = jsonencode(setproduct(["a","b"],["c"]))
    A53 = signum(-4)
    A54 = jsonencode(slice(["a","b","c"],1,3))
    A55 = jsonencode(sort(["b","a"]))
    A56 = jsonencode(split(",", "a,b"))
    A57 = strlen("héé")
    A58 = substr("hello", 1, 3)
    A59 = substr("hello", -3, -1)
    A60 = subtract(1, 3)
    A61 = title("hello wOrld it's")
    A62 = trim("--a--", "-")
    A63 = trimprefix("v1", "v")
    A64 = trimspace("  a ")
    A65 = trimsuffix("a.go", ".go")
    A66 = try(L[9], "fallback")
    A67 = can(L[9])
    A68 = upper("straße")
    A69 = urlencode("a b/ü&")
    A70 = jsonencode(values({b=1,a=2}))
    A71 = jsonencode(zipmap(["a","b"],[1,2]))
    A73 = 1/4
    A74 = 7 % 3
    A75 = -7 % 3
    A76 = 1 == 1 && !false || false
    A77 = N > 2 ? "big" : "small"
    A78 = "${N}x${T}"
    A79 = jsonencode([for x in L : upper(x) if x != "a"])
    A80 = jsonencode({for k, v in M : k => "${v}!"})
    A81 = jsonencode({for x in L : x => x...})
    A82 = jsonencode([for i, x in L : "${i}${x}"])
    A83 = L[0]
    A84 = M.a
    A85 = M["z"]
    A86 = jsonencode([{a=1},{a=2}][*].a)
    A87 = f("1","2","3","4")
    A88 = G
    A89 = "%{ if T }yes%{ else }no%{ endif }-%{ for x in L }${x};%{ endfor }"
    A90 = <<EOT
line "q" \n ${N}
  two $${x} %%{y}
EOT
    A91 = <<-EOT
      in
        dent
    EOT
    A92 = "tab\there \"q\" \\ \u00e9"
    A93 = null
    A94 = U
    A95 = coalescelist([], ["z"])[0]
    A96 = 1e3
    A97 = 0.1 + 0.2
    A98 = "a" == "a" ? 1 : 2
    A99 = equal(1, "1")
    B01 = 100000000000000000000000
    B02 = 12345.6789
    B03 = jsonencode("<&>é\u2028")
    B05 = format("%.2f %5.1f", 3.14159, 2)
    B06 = title("foo_bar-baz 9x")
    B07 = split("", "abc")[1]
    B08 = jsonencode(range(5,1))
    B09 = jsonencode(range(1,2,0.5))
    B10 = floor(-0.5)
    B11 = format("%s", 1.50)
    B12 = format("%s", true)
    B13 = substr("abc", 1, 0)
    B14 = replace("abc", "", "-")
    B15 = element(["a","b","c"], 10)
    B16 = trimspace("\t x \n")
    B17 = parseint("-12", 10)
    B18 = modulo(-7, 3)
    B20 = and(true,false)
    B24 = "${""}"
    B25 = jsonencode({a=null,b=[],c={}})
    B26 = jsonencode(merge({a=1}, null))
    B27 = upper("ß") 
    B28 = basename("a/b/")
    B29 = dirname("a/b/")
    B30 = dirname("x")
    B31 = basename("")
    B32 = format("%x", 255)
    B33 = jsonencode(split(",", ""))
    B34 = "${1}${true}"
    B35 = chomp("a\r\n")
  }
}
