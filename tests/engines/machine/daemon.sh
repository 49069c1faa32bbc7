#!/usr/bin/env bash
# Starts the Docker daemon where it can reach nothing: a base image that is not there is missed at
# once, no registry is asked. Its mounts and processes are in namespaces of their own, so that
# nothing of it is left when it ends, however it ends.
# ENGINES_DISK gives it a disk in memory of that size for its data.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if daemon_answers; then exit; fi
bash "$here/stop.sh"

# shellcheck disable=SC2016 # the words that follow it are its arguments
on_its_disk='[ -z "$0" ] || mount -t tmpfs -o "size=$0" tmpfs "$1"; shift; exec dockerd "$@"'

mkdir -p "$run" "$docker/data" "$DOCKER_CONFIG/cli-plugins"
ln -sfn "$run" "$docker/run"
ln -sf "$prefix/usr/libexec/docker/cli-plugins/docker-buildx" "$DOCKER_CONFIG/cli-plugins/docker-buildx"
echo '{}' > "$DOCKER_CONFIG/config.json" # Buildah reads it too, and insists

say 'starting the Docker daemon'
setsid unshare --net --mount --pid --fork --kill-child --mount-proc \
  docker-init -- bash -euc "$on_its_disk" "${ENGINES_DISK:-}" "$docker/data" \
  --data-root "$docker/data" --exec-root "$run/exec" --pidfile "$run/inner.pid" \
  --host "$DOCKER_HOST" --group "${SUDO_GID:-0}" \
  --iptables=false --ip6tables=false --bridge=none \
  > "$docker/log" 2>&1 < /dev/null &
echo $! > "$run/pid"

for _ in $(seq 150); do
  if daemon_answers; then exit; fi
  kill -0 "$(cat "$run/pid")" 2> /dev/null || break
  sleep 0.2
done
tail -n 20 "$docker/log" >&2
fail "the Docker daemon does not answer; its log is $docker/log"
