#!/bin/sh
# Makes the image mneme-python-base:slim out of Debian's own packages: for machines that cannot pull
# python:3.13-slim from a registry. Run as root on Debian or Ubuntu; it needs mmdebstrap and a Docker engine.
#
#   ./base.sh                the base of mneme-python
#   ./base.sh --data         the base of mneme-python-data: numpy, pandas and matplotlib as well
#   ./base.sh --server       the base of mneme-server: what a Java runtime needs, no Python
#   ./base.sh --tar FILE     only writes the file system to FILE, for "docker import" elsewhere
#
# Packages are only unpacked: there is no package manager, no shell script of a package and no setuid
# program in the result.
set -eu

say() { printf 'base.sh: %s\n' "$*" >&2; }
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2; exit "$1"; }

tag=mneme-python-base:slim
common=base-files,base-passwd,libc-bin,ca-certificates,tzdata,netbase
packages=python3,$common
tar=
data=false
server=false
while [ $# -gt 0 ]; do
  case $1 in
    --data)
      data=true
      tag=mneme-python-base:data
      packages=$packages,python3-numpy,python3-pandas,python3-matplotlib,fonts-dejavu-core
      # Where a package takes one of two, the smaller: else a compiler and half a gigabyte come along.
      packages=$packages,libopenblas0-pthread,python3-munkres,python3-unicodedata2,python3-defcon
      ;;
    --server)
      server=true
      tag=mneme-server-base:slim
      packages=$common,libstdc++6
      ;;
    --tar)
      [ $# -ge 2 ] || usage 2
      tar=$2
      shift
      ;;
    -h | --help) usage 0 ;;
    *) usage 2 ;;
  esac
  shift
done

[ "$(id -u)" = 0 ] || { say "run me as root: a file system with its owners cannot be made otherwise"; exit 1; }
command -v mmdebstrap >/dev/null 2>&1 || { say "mmdebstrap is missing; on Debian: apt-get install mmdebstrap"; exit 1; }
[ -n "$tar" ] || docker version >/dev/null 2>&1 || { say "no Docker engine answers, or the docker program is missing"; exit 1; }

suite=${MNEME_BASE_SUITE:-$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-bookworm}")}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# Hooks run as "sh -c HOOK exec ROOT": $1 is the new file system. With the variant "extract" mmdebstrap skips
# customize hooks without a word, so everything is an extract hook.
cat >"$made/finish" <<'HOOK'
set -eu
root=$1
for file in passwd group; do cp "$root/usr/share/base-passwd/$file.master" "$root/etc/$file"; done
# Where Debian keeps the libraries of linear algebra; otherwise a package's script links them.
for folder in "$root"/usr/lib/*/openblas-pthread "$root"/usr/lib/*/blas "$root"/usr/lib/*/lapack; do
  [ ! -d "$folder" ] || printf '%s\n' "${folder#"$root"}" >>"$root/etc/ld.so.conf.d/mneme.conf"
done
chroot "$root" ldconfig
# What only builds or tests things, and a dependency that no package needs at run time.
find "$root/usr/lib/python3/dist-packages" -type d -name tests -prune -exec rm -rf {} + 2>/dev/null || true
rm -rf "$root/usr/lib/python3/dist-packages/sympy" "$root/usr/include" "$root/usr/share/unicode"
find "$root/usr/lib" -name '*.a' -delete
[ ! -e "$root/usr/bin/python3" ] || chroot "$root" python3 -m compileall -q -j 0 /usr/lib/python3 "/usr/lib/$(basename "$(readlink "$root/usr/bin/python3")")" \
  >/dev/null || true
for folder in usr/share/doc usr/share/man usr/share/info usr/share/locale usr/share/lintian usr/share/bug \
  usr/lib/*/gconv usr/lib/*/perl* usr/share/perl* usr/bin/perl* var/lib/apt var/cache var/lib/dpkg; do
  # shellcheck disable=SC2086
  rm -rf $root/$folder
done
find "$root" -xdev -type f -perm /6000 -exec chmod a-s {} +
mkdir -p "$root/tmp" "$root/var/tmp" "$root/proc" "$root/sys" "$root/dev" "$root/run"
chmod 1777 "$root/tmp" "$root/var/tmp"
HOOK

say "unpacking $packages of Debian $suite"
# The machine's own sources, so that a mirror configured there is used.
if [ -n "${MNEME_BASE_MIRROR:-}" ]; then
  set -- "$suite" "$made/base.tar" "$MNEME_BASE_MIRROR"
else
  set -- "$suite" "$made/base.tar"
fi
mmdebstrap --quiet --variant=extract --include="$packages" \
  --aptopt='Apt::Install-Recommends "false"' \
  --extract-hook="sh $made/finish \"\$1\"" "$@" >&2

if [ -n "$tar" ]; then
  mv "$made/base.tar" "$tar"
  say "wrote $tar; import it with: docker import $tar $tag"
  exit 0
fi
docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' "$made/base.tar" "$tag" >&2
say "made $tag"
case $data-$server in
  *-true) say "now: sandbox-images/server/build.sh" ;;
  true-*) say "now: mneme sandbox build --data" ;;
  *) say "now: mneme sandbox build" ;;
esac
