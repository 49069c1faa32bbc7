#!/usr/bin/env bash
# Starts the Docker daemon where it can reach nothing: a base image that is not there is missed at
# once, no registry is asked. Its mounts and processes are in namespaces of their own, so that
# nothing of it is left when it ends, however it ends.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

longest_socket=107 # what the kernel takes

if daemon_answers; then exit; fi
bash "$here/stop.sh"
[ "${#docker}" -le $((longest_socket - 50)) ] || fail "the path $docker is too long for sockets: set ENGINES to a shorter one"

mkdir -p "$docker" "$DOCKER_CONFIG/cli-plugins"
ln -sf "$prefix/usr/libexec/docker/cli-plugins/docker-buildx" "$DOCKER_CONFIG/cli-plugins/docker-buildx"
echo '{}' > "$DOCKER_CONFIG/config.json" # Buildah reads it too, and insists

say 'starting the Docker daemon'
setsid unshare --net --mount --pid --fork --kill-child --mount-proc \
  docker-init -- dockerd \
  --data-root "$docker/data" --exec-root "$docker/exec" --pidfile "$docker/inner.pid" \
  --host "$DOCKER_HOST" --group "${SUDO_GID:-0}" \
  --iptables=false --ip6tables=false --bridge=none \
  > "$docker/log" 2>&1 < /dev/null &
echo $! > "$docker/pid"

for _ in $(seq 150); do
  if daemon_answers; then exit; fi
  kill -0 "$(cat "$docker/pid")" 2> /dev/null || break
  sleep 0.2
done
tail -n 20 "$docker/log" >&2
fail "the Docker daemon does not answer; its log is $docker/log"
