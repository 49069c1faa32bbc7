#!/usr/bin/env bash
# Installs runc, Buildah and busybox from this machine's own suite, and unpacks Docker Engine's
# packages of a newer suite into a folder, without making that suite one of the machine's own.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

unpacked=(docker.io docker-cli docker-buildx containerd)
own_commands=(runc tini-static buildah busybox)
own_packages=(runc tini buildah busybox-static)
newer=$engines/apt

own_suite() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release; }

# The mirror that this machine takes Debian's packages from; empty if apt has no lists yet.
mirror() {
  # shellcheck disable=SC2016 # apt expands it
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' "Codename: $(own_suite)" | sed -n 1p
}

install_own() {
  if type -P "${own_commands[@]}" > /dev/null && is_static "$(type -P busybox)"; then return; fi
  say "installing ${own_packages[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${own_packages[@]}" > "$engines/apt.log" 2>&1 \
    || { tail -n 20 "$engines/apt.log" >&2; fail "apt-get install ${own_packages[*]} failed"; }
}

is_static() { ! ldd "$1" > /dev/null 2>&1; }

apt_of_newer() {
  local command=$1
  shift
  "$command" -qq \
    -o "Dir::State::lists=$newer/lists" -o "Dir::Cache=$newer/cache" \
    -o "Dir::Etc::sourcelist=$newer/sources.list" -o "Dir::Etc::sourceparts=$newer/nothing" \
    -o "Dir::Etc::preferences=$newer/nothing" -o "Dir::Etc::preferencesparts=$newer/nothing" \
    -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

unpack_newer() {
  if [ -e "$prefix/suite" ] && [ "$(cat "$prefix/suite")" = "$suite" ]; then return; fi
  local from
  from=$(mirror)
  [ -n "$from" ] || { apt-get update -qq && from=$(mirror); }
  [ -n "$from" ] || fail "apt's sources name no mirror for $(own_suite)"
  say "unpacking ${unpacked[*]} of $suite into $prefix"
  rm -rf "$prefix" "$newer"
  mkdir -p "$newer"/{lists/partial,cache/archives/partial} "$newer"/{packages,nothing} "$prefix"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from $suite main" > "$newer/sources.list"
  apt_of_newer apt-get update
  (cd "$newer/packages" && apt_of_newer apt-get download -o APT::Sandbox::User=root "${unpacked[@]}")
  local package
  for package in "$newer"/packages/*.deb; do dpkg -x "$package" "$prefix"; done
  ln -sf "$(type -P tini-static)" "$prefix/usr/bin/docker-init"
  rm -rf "$newer"
  echo "$suite" > "$prefix/suite"
}

install_own
unpack_newer
