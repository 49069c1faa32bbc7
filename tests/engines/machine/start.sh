#!/usr/bin/env bash
# Installs Docker Engine, buildx and Buildah, starts the daemon and makes base images.
# What is there already is kept, so a second call takes about a second.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

become_root "$@"
mkdir -p "$engines"
rm -f "$environment"

bash "$here/install.sh"
bash "$here/daemon.sh"
bash "$here/base-images.sh"

# Tests read this file: it is there only while everything is.
cat > "$environment" << END
ENGINES_PREFIX=$prefix
ENGINES_PATH=$prefix/usr/bin:$prefix/usr/sbin
DOCKER_HOST=$DOCKER_HOST
DOCKER_CONFIG=$DOCKER_CONFIG
CONTAINERS_STORAGE_CONF=$CONTAINERS_STORAGE_CONF
CONTAINERS_REGISTRIES_CONF=$CONTAINERS_REGISTRIES_CONF
BUILDAH_ISOLATION=$BUILDAH_ISOLATION
BUILDAH_ROOT=$buildah/root
BUILDAH_RUNROOT=$buildah/run
END
say "ready: $(docker version --format 'Docker Engine {{.Server.Version}}'), $(buildah --version); 'make engines-stop' stops them"
