# A container engine and the base of the sandbox images, for the tests. Sourced by test.sh.

dockerd_runs() {
  for comm in /proc/[0-9]*/comm; do
    { read -r program <"$comm"; } 2>/dev/null && [ "$program" = dockerd ] && return 0
  done
  return 1
}

docker_answers() { docker version >/dev/null 2>&1; }

# Debian's engine needs no systemd: one started here, in a session of its own, outlives the tests.
# It is never a second one: another engine's networks would be taken away by it.
start_engine() {
  if [ -S /var/run/docker.sock ] || dockerd_runs; then
    waiting=0
    while [ $waiting -lt 10 ]; do
      docker_answers && return 0
      sleep 1
      waiting=$((waiting + 1))
    done
    dockerd_runs && return 1
  fi
  if command -v systemctl >/dev/null 2>&1 && systemctl is-system-running >/dev/null 2>&1; then
    systemctl start docker >&2
  else
    mount_cgroups
    say "starting dockerd; it says the rest in $home/target/dockerd.log"
    mkdir -p "$home/target"
    setsid nohup dockerd >"$home/target/dockerd.log" 2>&1 </dev/null &
  fi
  waiting=0
  while [ $waiting -lt 30 ]; do
    docker_answers && return 0
    sleep 1
    waiting=$((waiting + 1))
  done
  return 1
}

# A machine without an init system may have none; limits of containers need them.
mount_cgroups() {
  [ -z "$(ls -A /sys/fs/cgroup 2>/dev/null)" ] || return 0
  mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>/dev/null || true
}

provide_docker() {
  [ "$(id -u)" = 0 ] || return 0
  # Newer Debians have the program "docker" in a package of its own.
  if has dockerd && ! has docker && [ -f /etc/debian_version ]; then
    apt-get -qq -y --no-install-recommends install docker-cli >&2
  fi
  has docker || return 0
  docker_answers || start_engine || return 0
  for variant in slim data; do
    docker image inspect "mneme-python-base:$variant" >/dev/null 2>&1 && continue
    flag=
    [ $variant = slim ] || flag=--data
    if has mmdebstrap; then
      say "making mneme-python-base:$variant out of Debian's packages"
      # shellcheck disable=SC2086
      "$home/sandbox-images/base.sh" $flag >"$home/target/base-$variant.log" 2>&1 ||
        say "mneme-python-base:$variant could not be made; see $home/target/base-$variant.log"
    fi
  done
}

lacks_docker() {
  docker_answers || { lacks "a Docker engine: the tests of containers (Debian: apt-get install docker.io, then start it)"; return; }
  docker image inspect mneme-python-base:slim >/dev/null 2>&1 ||
    lacks "the image mneme-python-base:slim (as root: sandbox-images/base.sh, which needs mmdebstrap)"
  docker image inspect mneme-python-base:data >/dev/null 2>&1 ||
    lacks "the image mneme-python-base:data (as root: sandbox-images/base.sh --data)"
}
