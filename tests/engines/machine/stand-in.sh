#!/bin/sh
# Stands in for a compiler or a package manager in the base image, under its name: what -o names is
# made of the sources that are named; anything else that is asked leaves a line in a log.
set -eu

output=
sources=
takes_output=
for word in "$@"; do
  if [ -n "$takes_output" ]; then
    output=$word
    takes_output=
  elif [ "$word" = -o ]; then
    takes_output=yes
  elif [ -f "$word" ]; then
    sources="$sources $word"
  else
    case $word in
      *.c | *.cc | *.cpp | *.go) echo "${0##*/}: $word: no such file" >&2 && exit 1 ;;
    esac
  fi
done

echo "${0##*/} $*" >> /var/lib/stand-ins
[ -n "$output" ] || exit 0
{
  echo '#!/bin/sh'
  # shellcheck disable=SC2086 # a list of names without blanks
  [ -z "$sources" ] || sed 's/^/# /' $sources
} > "$output"
chmod 755 "$output"
