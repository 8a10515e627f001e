# The whole test suite, with all it needs. Sourced by ./mneme.
#
# On Debian as root it installs what is missing; elsewhere it says what is missing, runs the rest and
# names what it did not run. With MNEME_REQUIRE_ALL=1 anything missing is a failure.

soak=false
for argument in "$@"; do
  case $argument in
    --soak) soak=true ;;
    -h | --help)
      say "usage: mneme test [--soak]"
      say "runs all tests and quality gates; --soak adds the long ones. MNEME_REQUIRE_ALL=1 fails where something is missing."
      exit 0
      ;;
    *)
      say "unknown option $argument; usage: mneme test [--soak]"
      exit 2
      ;;
  esac
done

java=$(find_java) || die "$no_java"
maven=$(find_maven) || die "$no_maven"

missing=
lacks() {
  missing="$missing
  $1"
}

has() { command -v "$1" >/dev/null 2>&1; }

. "$home/src/main/launcher/docker.sh"

# Debian's package of each program the suite uses; npm brings the Node that is new enough.
provide() {
  packages=
  has bwrap || packages="$packages bubblewrap"
  docker_answers || has dockerd || packages="$packages docker.io"
  has mmdebstrap || docker image inspect mneme-python-base:data mneme-server-base:slim >/dev/null 2>&1 || packages="$packages mmdebstrap"
  has curl || packages="$packages curl"
  has npm || packages="$packages nodejs npm"
  has python3 || packages="$packages python3"
  [ -n "$packages" ] || return 0
  if [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
    say "installing$packages"
    # shellcheck disable=SC2086
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $packages; } >&2 \
      || say "apt-get could not install$packages"
  fi
}

node_tools=$home/target/node-tools
node=$node_tools/node_modules/node/bin/node

provide_node() {
  has npm || return 0
  [ -f "$home/src/test/node/package.json" ] || return 0
  if [ -x "$node" ] && cmp -s "$home/src/test/node/package-lock.json" "$node_tools/package-lock.json"; then
    return 0
  fi
  say "installing Node and the MCP clients of the tests into target/node-tools"
  mkdir -p "$node_tools"
  cp "$home/src/test/node/package.json" "$home/src/test/node/package-lock.json" "$node_tools/" || return 0
  (cd "$node_tools" && npm ci --no-audit --no-fund --loglevel=error) >&2 || say "npm could not install the clients"
}

provide
provide_docker
provide_node

has bwrap || lacks "bubblewrap: the tests of the isolation of workers (Debian: apt-get install bubblewrap)"
lacks_docker
has curl || lacks "curl: the examples in docs/examples"
has python3 || lacks "python3: the comparison of tool schemas with CPython"
if [ ! -x "$node" ] || ! "$node" -e 'process.exit(parseInt(process.versions.node) >= 22 ? 0 : 1)'; then
  lacks "Node 22 with the official MCP clients: the tests from a client's side (install npm; it needs the npm registry once)"
fi
if [ -n "$missing" ]; then
  say "missing:$missing"
  [ "${MNEME_REQUIRE_ALL:-0}" != 1 ] || die "MNEME_REQUIRE_ALL=1: the suite is not run in part"
fi

JAVA_HOME=${java%/bin/java}
export JAVA_HOME
# Processes, engines and clocks of a busy machine: what fails is tried once more, and named below.
started=$home/target/test-started
mkdir -p "$home/target" && : >"$started"
"$maven" -B -ntp -f "$home/pom.xml" -Dmneme.soak=$soak \
  -Dsurefire.rerunFailingTestsCount=1 -Dfailsafe.rerunFailingTestsCount=1 verify
status=$?
for report in $(find "$home/target/surefire-reports" "$home/target/failsafe-reports" -name 'TEST-*.xml' -newer "$started" 2>/dev/null); do
  awk '/<testcase/ { name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name) }
       /<flaky(Failure|Error)/ && name != told { print name; told = name }' "$report" | while read -r name; do
    class=${report##*/TEST-}
    say "passed only at the second try, which is a defect to mend: ${class%.xml}.$name"
  done
done
[ -z "$missing" ] || say "not run, because it is missing:$missing"
exit $status
