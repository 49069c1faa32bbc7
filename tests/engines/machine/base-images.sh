#!/usr/bin/env bash
# Makes one base image, of busybox and of stand-ins for compilers and package managers, and gives
# it every name in base-images.txt, in Docker and in Buildah.

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
tree=$engines/base
mapfile -t names < <(grep -v '^#' "$here/base-images.txt")
made_of=$(cat "$here/base-images.sh" "$here/base-images.txt" "$here/stand-in.sh" | sha256sum)

lay_out_tree() {
  rm -rf "$tree"
  mkdir -p "$tree"/{bin,usr/bin,usr/local/bin,etc/nginx,src,tmp,root,var/lib}
  chmod 1777 "$tree/tmp"
  local applet
  for applet in $(busybox --list); do ln -sf busybox "$tree/bin/$applet"; done
  cp --remove-destination "$(type -P busybox)" "$tree/bin/busybox"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'app:x:1000:1000:app:/home/app:/bin/sh' > "$tree/etc/passwd"
  printf '%s\n' 'root:x:0:' 'app:x:1000:' > "$tree/etc/group"
  echo 'events {}' > "$tree/etc/nginx/nginx.conf"
  local made
  for made in out0 out1 out2 src/main.go; do echo "$made" > "$tree/$made"; done
  local stand_in
  for stand_in in apk apt-get bash cargo cc g++ gcc go make mvn npm pip; do
    install -m 755 "$here/stand-in.sh" "$tree/usr/local/bin/$stand_in"
  done
}

make_docker_images() {
  local image name
  image=$(tar --create --numeric-owner --owner=0 --group=0 -C "$tree" . | docker import --change "ENV PATH=$path" --change 'CMD ["sh"]' -)
  for name in "${names[@]}"; do docker tag "$image" "$name"; done
}

set_up_buildah() {
  rm -rf "$buildah"
  mkdir -p "$buildah"
  cat > "$CONTAINERS_STORAGE_CONF" << END
[storage]
driver = "vfs"
graphroot = "$buildah/root"
runroot = "$buildah/run"
END
  # Short names mean what they mean to Docker, and no registry is ever asked.
  cat > "$CONTAINERS_REGISTRIES_CONF" << END
unqualified-search-registries = ["docker.io"]
[[registry]]
prefix = "*.io"
blocked = true
END
}

make_buildah_images() {
  local container
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$tree" / > /dev/null
  buildah config --env "PATH=$path" --cmd '["sh"]' "$container"
  buildah commit --quiet "$container" "${names[0]}" > /dev/null
  buildah rm "$container" > /dev/null
  buildah tag "${names[@]}"
}

if [ "$(cat "$engines/bases" 2> /dev/null)" = "$made_of" ] && docker image inspect "${names[@]}" > /dev/null 2>&1; then exit; fi
say "making the base image, with ${#names[@]} names"
lay_out_tree
make_docker_images
set_up_buildah
make_buildah_images
rm -rf "$tree"
echo "$made_of" > "$engines/bases"
