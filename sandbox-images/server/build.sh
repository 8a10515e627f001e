#!/bin/sh
# Builds the image mneme-server without a registry: from the checkout's own build, on a base out of Debian's
# packages (sandbox-images/base.sh --server, as root, once).
#
#   ./build.sh [TAG]         the default is mneme-server
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tag=${1:-mneme-server}
base=mneme-server-base:slim
docker image inspect "$base" >/dev/null 2>&1 ||
  { printf 'build.sh: the image %s is missing; make it as root: sandbox-images/base.sh --server\n' "$base" >&2; exit 1; }
made=$(mktemp -d "${TMPDIR:-/tmp}/mneme-server.XXXXXX")
trap 'rm -rf "$made"' EXIT

"$here/assemble.sh" "$made/files"
# An image in place of the stage of the same name: what only the stage needs is left out of the file.
tar -C "$made/files" --owner=0 --group=0 -cf - . | docker import - mneme-server-files >/dev/null
mkdir "$made/context"
sed '/ AS mneme-server-files$/,/^$/d' "$here/Dockerfile" >"$made/context/Dockerfile"
DOCKER_BUILDKIT=0 docker build --quiet -t "$tag" --build-arg BASE_IMAGE="$base" "$made/context"
docker image rm mneme-server-files >/dev/null
