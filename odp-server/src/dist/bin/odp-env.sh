# shellcheck shell=bash
# Finding a JDK and the flags of every JVM of ODP. Sourced by bin/odp and by the launcher of the source tree.

odp_die() {
  printf 'odp: %s\n' "$1" >&2
  exit "${2:-1}"
}

# True if $1 is the home of a JDK (with $2 = jre: or only a run-time) of version 25.
odp_is_java_25() {
  [ -x "$1/bin/java" ] || return 1
  [ "${2:-}" = jre ] || [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[".]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q 'version "25[".]'
  fi
}

# Sets JAVA_HOME to a Java 25: JAVA_HOME, PATH, the usual directories. Prints one line and exits 2 if there is none.
# $1: "jdk" (default) when a compiler is needed, "jre" when not.
odp_find_java() {
  local kind="${1:-jdk}" candidate command
  local candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  for command in javac java; do
    candidate="$(command -v "$command" || true)"
    if [ -n "$candidate" ]; then
      candidate="$(readlink -f "$candidate")"
      candidates+=("${candidate%/bin/*}")
    fi
  done
  candidates+=(/usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/*
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home)
  for candidate in "${candidates[@]}"; do
    if odp_is_java_25 "$candidate" "$kind"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  odp_die "no JDK 25 found: install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it" 2
}

ODP_JVM_FLAGS=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseCompactObjectHeaders
  -Dio.netty.allocator.type=pooled
  -Dio.netty.leakDetection.level=disabled
  -Dfile.encoding=UTF-8
)

# Replaces this shell by a JVM. $1: class path, $2: main class, then its arguments. ODP_JAVA_OPTS: further JVM options.
odp_exec_java() {
  local class_path="$1" main="$2"
  shift 2
  local extra=()
  read -r -a extra <<<"${ODP_JAVA_OPTS:-}"
  # The serial collector costs least per query (see docs/performance.md); ODP_JAVA_OPTS may name another one.
  case " ${ODP_JAVA_OPTS:-} " in
    *" -XX:+Use"*GC" "*) ;;
    *) ODP_JVM_FLAGS+=(-XX:+UseSerialGC) ;;
  esac
  exec "$JAVA_HOME/bin/java" "${ODP_JVM_FLAGS[@]}" ${extra[@]+"${extra[@]}"} -cp "$class_path" "$main" "$@"
}
