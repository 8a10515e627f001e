# Finding a JDK 25 or newer, and Maven. Sourced by ./mneme.

no_java="no JDK 25 or newer was found. Install one (Debian: temurin-25-jdk or openjdk-25-jdk; macOS: brew install temurin@25; any: https://adoptium.net) or set JAVA_HOME"
no_maven="Maven was not found. Install it (Debian: apt-get install maven; macOS: brew install maven) or set MAVEN_HOME"

# The major version in a JDK's release file, or nothing. Reading the file is faster than running java.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ -n "$value" ] && printf '%s\n' "$value"
      return
    fi
  done <"$1/release"
  return 1
}

is_jdk() {
  major=$(jdk_major "$1") && [ "$major" -ge 25 ]
}

real_path() {
  path=$1
  while [ -L "$path" ]; do
    target=$(readlink "$path") || return 1
    case $target in /*) path=$target ;; *) path=${path%/*}/$target ;; esac
  done
  printf '%s\n' "$path"
}

# Prints the java program of the first fitting JDK: JAVA_HOME, PATH, then the usual folders.
find_java() {
  if [ -n "${JAVA_HOME-}" ] && is_jdk "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME/bin/java"
    return
  fi
  if on_path=$(command -v javac 2>/dev/null); then
    on_path=$(real_path "$on_path")
    on_path=${on_path%/bin/javac}
    if is_jdk "$on_path"; then
      printf '%s\n' "$on_path/bin/java"
      return
    fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/temurin* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.gradle/jdks/* /usr/local/openjdk* /usr/local/jdk*; do
    if is_jdk "$candidate"; then
      printf '%s\n' "$candidate/bin/java"
      return
    fi
  done
  return 1
}

find_maven() {
  for candidate in "${MAVEN_HOME:+$MAVEN_HOME/bin/mvn}" "${M2_HOME:+$M2_HOME/bin/mvn}" "$(command -v mvn 2>/dev/null)" \
    /usr/share/maven/bin/mvn /opt/maven/bin/mvn /opt/apache-maven*/bin/mvn /opt/homebrew/bin/mvn /usr/local/bin/mvn \
    "$HOME/.sdkman/candidates/maven/current/bin/mvn"; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}
