# Building into target/dist/<stamp>, a complete folder that is never changed again, and pointing
# target/dist/current at it: programs of the build before keep running. Sourced by ./mneme.

# True when something the build is made of is newer than the last complete build.
is_stale() {
  [ -f "$dist/complete" ] || return 0
  [ -f "$home/pom.xml" ] || return 1
  # What tool code sees is shared with the sandbox images.
  [ -n "$(find "$home/src/main" "$home/sandbox-images/python/mneme_worker" "$home/pom.xml" \
    -newer "$dist/complete" -print 2>/dev/null | head -n 1)" ]
}

ensure_build() {
  if is_stale; then
    mkdir -p "$home/target/dist" || die "cannot write to $home/target"
    lock_build
    # Another launcher may have built while this one waited.
    if is_stale; then
      build
    fi
    unlock_build
  fi
}

assemble() {
  mkdir -p "$home/target/dist" || die "cannot write to $home/target"
  lock_build
  java=$(find_java) || die "$no_java"
  make_dist || die "the build could not be put together in $home/target/dist"
  unlock_build
}

lock_build() {
  lock=$home/target/dist/.lock
  waiting=
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null)
    if is_abandoned "$holder"; then
      # Renaming has one winner, so that no fresh lock is removed by mistake.
      mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for the build that process ${holder%% *} is doing"
    waiting=1
    sleep 1
  done
  echo "$$ $(started_at $$)" >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
}

# True when who took the lock ($1: process and moment of its start) is gone. A number alone says
# little: after a restart of the machine it belongs to somebody else.
is_abandoned() {
  if [ -z "$1" ]; then
    [ -n "$(find "$lock" -maxdepth 0 -mmin +1 2>/dev/null)" ]
  else
    [ "$1" != "${1%% *} $(started_at "${1%% *}")" ]
  fi
}

# When the process $1 started, in whatever this system counts; nothing when there is none.
started_at() {
  if [ -r /proc/self/stat ]; then
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
  else
    ps -o lstart= -p "$1" 2>/dev/null
  fi
}

unlock_build() {
  rm -rf "$lock"
  trap - EXIT INT TERM HUP
}

build() {
  java=$(find_java) || die "$no_java"
  maven=$(find_maven) || die "$no_maven"
  if [ -f "$dist/complete" ]; then
    say "the sources are newer than the build: building"
  else
    say "building for the first time; this downloads several hundred megabytes into Maven's cache"
  fi
  log=$home/target/dist/build.log
  JAVA_HOME=${java%/bin/java} "$maven" -B -f "$home/pom.xml" -Dmaven.test.skip=true package 2>&1 | report_build >&2
  [ "$(cat "$home/target/dist/build.status")" = 0 ] || die "the build failed; all it said is in $log"
  make_dist || die "the build could not be put together in $home/target/dist"
}

# Shows what takes long, one line at a time; keeps everything in the log.
report_build() {
  : >"$log"
  downloads=0
  status=1
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case $line in
      *'Downloaded from '*)
        downloads=$((downloads + 1))
        [ $((downloads % 50)) -eq 0 ] && say "downloaded $downloads files"
        ;;
      *'compiler:'*':compile '*) say "compiling" ;;
      *'[ERROR]'*) printf '%s\n' "$line" ;;
      *'BUILD SUCCESS'*) status=0 ;;
    esac
  done
  echo $status >"$home/target/dist/build.status"
}

make_dist() {
  stamp=$(date +%Y%m%d-%H%M%S)-$$
  new=$home/target/dist/$stamp
  mkdir -p "$new/lib" "$new/worker-lib" || return 1
  cp "$home/target/mneme.jar" "$new/mneme.jar" || return 1
  cp "$home/target/mneme-worker.jar" "$new/mneme-worker.jar" || return 1
  link_all "$home/target/lib" "$new/lib" && link_all "$home/target/worker-lib" "$new/worker-lib" || return 1
  cp "$home/target/classes/dev/mneme/mcp/server-card.json" "$new/server-card.json" || return 1
  cp "$home"/src/main/launcher/*.jvm "$new/" || return 1
  printf '%s\n' "$java" >"$new/java"
  unpack_native
  write_args relay "$new/mneme.jar"
  write_args serve "$(class_path "$new")"
  write_args cli "$(class_path "$new")"
  say "preparing fast starts"
  train
  # Older than everything that changes from here on, so that such a change counts as newer.
  touch -r "$home/target/dist/.lock" "$new/complete"
  ln -sfn "$stamp" "$home/target/dist/.current.$$" && replace_link "$home/target/dist/.current.$$" "$home/target/dist/current" || return 1
  remove_old
  say "built"
}

# Hard links where the file system has them: the libraries are large and never change.
link_all() {
  ln "$1"/*.jar "$2/" 2>/dev/null || cp "$1"/*.jar "$2/"
}

replace_link() {
  mv -fT "$1" "$2" 2>/dev/null || mv -fh "$1" "$2"
}

# A fixed order: the caches are bound to the exact class path.
class_path() {
  printf '%s' "$1/mneme.jar"
  for jar in "$1"/lib/*.jar; do printf ':%s' "$jar"; done
}

# One argument file for training and for running: a cache only fits the flags it was made with.
write_args() {
  {
    cat "$new/common.jvm" "$new/$1.jvm"
    printf '"-Dmneme.home=%s"\n' "$(quote "$home")"
    printf '"-Dmneme.dist=%s"\n' "$(quote "$new")"
    [ "$1" = relay ] || native_flags
    printf -- '-cp "%s"\n' "$(quote "$2")"
  } >"$new/$1.args"
}

# The native libraries of this machine, out of their jars once: else each start copies them to where
# temporary files are, and leaves them there when it is killed. Without them it still does.
unpack_native() {
  mkdir "$new/native" &&
    "$java" -cp "$(class_path "$new")" dev.mneme.cli.Main --unpack-native "$new/native" >"$new/unpack-native.log" 2>&1 ||
    say "the native libraries could not be unpacked (see $new/unpack-native.log)"
}

# A flag for each library that is there.
native_flags() {
  [ ! -d "$new/native/sqlite" ] || printf '"-Dorg.sqlite.lib.path=%s"\n' "$(quote "$new/native/sqlite")"
  [ ! -d "$new/native/onnxruntime" ] || printf '"-Donnxruntime.native.path=%s"\n' "$(quote "$new/native/onnxruntime")"
}

quote() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# Runs each program once and lets the JVM write its cache at the exit. A cache that cannot be made
# only costs time at every start.
train() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/mneme-train.XXXXXX") || return 0
  # The worker's takes as long as the server's, and one alone leaves most of the machine idle.
  train_one worker @"$new/serve.args" dev.mneme.cli.Main --train worker &
  train_one relay -XX:AOTCacheOutput="$new/relay.aot" @"$new/relay.args" dev.mneme.relay.Relay --train "$scratch/relay"
  train_one serve -XX:AOTCacheOutput="$new/serve.aot" @"$new/serve.args" dev.mneme.cli.Main --train "$scratch/serve"
  wait $!
  rm -rf "$scratch"
}

train_one() {
  kind=$1
  shift
  if ! (unset JAVA_TOOL_OPTIONS && cd "$scratch" && training_input | HOME=$scratch "$java" "$@") >"$new/train-$kind.log" 2>&1 ||
    [ ! -s "$new/$kind.aot" ]; then
    rm -f "$new/$kind.aot"
    say "no cache for fast starts of '$kind' (see $new/train-$kind.log)"
  fi
}

# What a client says in its first second.
training_input() {
  cat <<'END'
{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"training","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"note":"\\u0041 \\"quoted\\""}}}
{"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"memory://x"}}
{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}
{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"memory_view","arguments":{}}}
END
}

# Keeps the build in use and the one before it: programs started from that still load classes.
remove_old() {
  ls -1d "$home"/target/dist/[0-9]* 2>/dev/null | sort -r | tail -n +3 | while IFS= read -r old; do
    rm -rf "$old"
  done
}
