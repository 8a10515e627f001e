#!/bin/sh
# Puts the files of the image mneme-server together below DIR: a Java runtime with what the server needs and
# nothing else, the last complete build, and an empty data folder.
#
#   ./assemble.sh DIR        makes DIR/opt/mneme and DIR/volume; needs a build (./mneme build)
set -eu

say() { printf 'assemble.sh: %s\n' "$*" >&2; }

[ $# = 1 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$1
home=$(cd "$(dirname "$0")/../.." && pwd)
dist=$(cd -P "$home/target/dist/current" 2>/dev/null && pwd) && [ -f "$dist/complete" ] ||
  { say "there is no complete build; run $home/mneme build"; exit 1; }
read -r java <"$dist/java"

mkdir -p "$root/opt" "$root/volume"
mneme=$(cd -P "$root/opt" && pwd)/mneme
rm -rf "$mneme"
mkdir -p "$mneme/dist"

# What server and workers use; libraries look for some of these only when a feature is first needed.
modules=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.httpserver,jdk.incubator.vector,jdk.jfr,jdk.management
modules=$modules,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
"${java%/java}/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
  --generate-cds-archive --output "$mneme/java" >&2

for folder in tool-library mcp-config sandbox-images; do cp -RL "$home/$folder" "$mneme/"; done
# Hard links where the file system has them: the libraries are large and never change.
for part in mneme.jar mneme-worker.jar server-card.json lib worker-lib native python-home; do
  [ ! -e "$dist/$part" ] || cp -RLl "$dist/$part" "$mneme/dist/" 2>/dev/null || cp -RL "$dist/$part" "$mneme/dist/"
done
for kind in serve cli; do
  sed -e "s|$dist|/opt/mneme/dist|g" -e "s|$home|/opt/mneme|g" "$dist/$kind.args" >"$mneme/dist/$kind.args"
  # The user has no entry in /etc/passwd, and so no home folder.
  printf '%s\n' '-Duser.home=/data' >>"$mneme/dist/$kind.args"
done
printf '%s\n' /opt/mneme/java/bin/java >"$mneme/dist/java"
mkdir -p "$root/volume/data"
chmod 700 "$root/volume/data"
chmod -R go+rX "$mneme"
say "made $mneme"
