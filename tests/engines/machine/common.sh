# Sourced by the scripts beside it: where everything lies, and a few words for people.
# Set by the caller: ENGINES (a folder), ENGINES_PREFIX (Docker's packages), ENGINES_SUITE (a Debian suite).
# shellcheck shell=bash disable=SC2034 # what is set here is used by those who source it

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../../.." && pwd)
engines=$(realpath -m "${ENGINES:-$repository/.engines}")
suite=${ENGINES_SUITE:-forky} # Docker Engine 28.5 with buildx 0.29

prefix=${ENGINES_PREFIX:-$engines/prefix} # Docker's packages, unpacked
docker=$engines/docker                    # the daemon's data and log
buildah=$engines/buildah                  # Buildah's storage and settings
environment=$engines/environment          # what processes need to know of them
# The daemon's sockets and pid: a path to a socket has to be short.
run=/run/stagegraph-engines-$(sha256sum <<< "$engines" | cut -c 1-12)

export PATH=$prefix/usr/bin:$prefix/usr/sbin:$PATH
export DOCKER_HOST=unix://$run/docker.sock
export DOCKER_CONFIG=$engines/docker-config
export CONTAINERS_STORAGE_CONF=$buildah/storage.conf
export CONTAINERS_REGISTRIES_CONF=$buildah/registries.conf
export BUILDAH_ISOLATION=chroot

say() { printf 'engines: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Runs the calling script again as root, and says so; it ends here where that cannot be.
become_root() {
  if [ "$(id -u)" = 0 ]; then return; fi
  command -v sudo > /dev/null || fail 'engines are installed and run by root: become root, or install sudo'
  say 'engines are installed and run by root; sudo may ask for your password'
  exec sudo -- env "ENGINES=$engines" "ENGINES_SUITE=$suite" bash "$0" "$@"
}

daemon_answers() { timeout 10 docker version > /dev/null 2>&1; }
