variable "V" { default = "v" }
target "blank" {
  dockerfile-inline = <<-EOT
    FROM x

      RUN y
	TAB
  EOT
  target = "x"
}
target "escapes" {
  dockerfile-inline = <<-E
    FROM x
     RUN "a\n" $${b} %%{x} "${"}"}"
    E
}
target "interpolated" {
  dockerfile-inline = <<-E
    ${"FROM"} x
   ${V}:${upper("{}")}
        
      z ${ V == "v" ? "${V}}" : "{" }
    E
}
target "plain" {
  dockerfile-inline = <<E
  kept
	  as it is
E
}
