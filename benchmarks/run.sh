#!/bin/sh
# Runs the measurements of docs/benchmarks.md: benchmarks/run.sh WHAT [ARGUMENT...]
# WHAT is start, memory, load, vectors, embedding, ingest, jmh, or all. Needs Maven, and a JDK 25 as JAVA_HOME.
set -eu
home=$(cd -P "$(dirname "$0")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
target=$home/benchmarks/target

prepare() {
  [ -n "${PARLEY_BENCHMARKS_BUILT:-}" ] && return
  (cd "$home" && mvn -q -DskipTests -pl benchmarks -am package)
  [ -f "$home/bootstrap/target/dist/parley.aot" ] || "$home/parley" build
}

# A program of io.parley.benchmarks. The servers that it starts run under the launcher's own flags.
program() {
  class=$1
  shift
  "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED ${PARLEY_BENCHMARKS_FLAGS:-} \
    -cp "$target/parley-benchmarks-0.1.0.jar:$target/lib/*" "io.parley.benchmarks.$class" "$@"
}

measure() {
  what=$1
  shift
  echo "== $what ($(git -C "$home" rev-parse --short HEAD 2>/dev/null || echo '?'), $(date -u +%Y-%m-%dT%H:%MZ))"
  case $what in
    start) program server.StartReport "$home/parley" "$@" ;;
    memory) program server.MemoryReport "$home/parley" "$@" ;;
    load) program server.LoadReport "$home/parley" "$@" ;;
    vectors) program VectorSearchReport "$@" ;;
    ingest) program server.IngestReport "$home/parley" "$@" ;;
    embedding) program embedding.EmbeddingRun "$@" ;;
    jmh) "$java" -cp "$target/parley-benchmarks-0.1.0.jar:$target/lib/*" org.openjdk.jmh.Main "$@" ;;
    *) echo "start, memory, load, vectors, embedding, ingest, jmh or all?" >&2 && exit 2 ;;
  esac
}

what=${1:-all}
[ $# -eq 0 ] || shift
prepare
if [ "$what" = all ]; then
  for each in start memory embedding ingest vectors load; do measure "$each"; done
else
  measure "$what" "$@"
fi
