#!/usr/bin/env bash
# Stops the Docker daemon and all that runs in it. What was installed, and the images, stay.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

become_root "$@"
rm -f "$environment"
[ -e "$run/pid" ] || exit 0

pid=$(cat "$run/pid")
# The process that was started waits for the first one in its namespace, which is to be asked.
if grep -qs "$run" "/proc/$pid/cmdline"; then
  say 'stopping the Docker daemon'
  pkill -TERM -P "$pid" || true
  for _ in $(seq 100); do
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2> /dev/null || true
fi
rm -rf "$run"
