# A container engine and the base of the sandbox images, for the tests. Sourced by test.sh.

dockerd_runs() {
  for comm in /proc/[0-9]*/comm; do
    { read -r program <"$comm"; } 2>/dev/null && [ "$program" = dockerd ] && return 0
  done
  return 1
}

docker_answers() { docker version >/dev/null 2>&1; }

# Waits for an answer, a second at a time; fails at once when what should answer has ended.
await_docker() {
  waiting=0
  while [ $waiting -lt 60 ]; do
    docker_answers && return 0
    [ $waiting -lt 5 ] || "$@" || return 1
    sleep 1
    waiting=$((waiting + 1))
  done
  return 1
}

# Debian's engine needs no systemd: one started here, in a session of its own, outlives the tests.
# It is never a second one: another engine's networks would be taken away by it.
start_engine() {
  # A package that was just installed may have started it already.
  if dockerd_runs; then
    await_docker dockerd_runs
    return
  fi
  # Its socket without its process: that of the machine this container runs on, or left behind.
  [ ! -S /var/run/docker.sock ] || ! await_docker false || return 0
  # "is-system-running" also fails where one service of many does.
  if [ -d /run/systemd/system ]; then
    systemctl start docker >&2 && await_docker true
    return
  fi
  mount_cgroups
  say "starting dockerd; it says the rest in $home/target/dockerd.log"
  mkdir -p "$home/target"
  setsid nohup dockerd >"$home/target/dockerd.log" 2>&1 </dev/null &
  await_docker dockerd_runs || { say "dockerd does not answer; see $home/target/dockerd.log"; return 1; }
}

# A machine without an init system may have none; limits of containers need them. The older form is for
# kernels that were told to keep the controllers there.
mount_cgroups() {
  [ -z "$(ls -A /sys/fs/cgroup 2>/dev/null)" ] || return 0
  if mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>/dev/null; then
    grep -qw memory /sys/fs/cgroup/cgroup.controllers && return 0
    umount /sys/fs/cgroup
  fi
  mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup 2>/dev/null || return 0
  while read -r controller _ _ enabled; do
    [ "$enabled" = 1 ] && mkdir "/sys/fs/cgroup/$controller" &&
      mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller"
  done </proc/cgroups
}

# The images tools and the server are built on, and the option of base.sh that makes each.
bases="mneme-python-base:slim
mneme-python-base:data --data
mneme-server-base:slim --server"

provide_docker() {
  [ "$(id -u)" = 0 ] || return 0
  # Newer Debians have the program "docker" in a package of its own.
  if has dockerd && ! has docker && [ -f /etc/debian_version ]; then
    apt-get -qq -y --no-install-recommends install docker-cli >&2
  fi
  has docker || return 0
  docker_answers || start_engine || return 0
  has mmdebstrap || return 0
  printf '%s\n' "$bases" | while read -r image option; do
    docker image inspect "$image" >/dev/null 2>&1 && continue
    say "making $image out of Debian's packages"
    log=$home/target/${image%:*}-${image#*:}.log
    # shellcheck disable=SC2086
    "$home/sandbox-images/base.sh" $option </dev/null >"$log" 2>&1 || say "$image could not be made; see $log"
  done
}

lacks_docker() {
  docker_answers || { lacks "a Docker engine: the tests of containers (Debian: apt-get install docker.io, then start it)"; return; }
  while read -r image option; do
    docker image inspect "$image" >/dev/null 2>&1 ||
      lacks "the image $image (as root: sandbox-images/base.sh${option:+ $option}, which needs mmdebstrap)"
  done <<END
$bases
END
}
