#!/bin/sh
# Runs the proofs of docs/durability.md: faults/run.sh WHAT COUNT
# WHAT is steps (so many halts), erase (so many documents), random (so many kills of the server), servers (so many documents that two servers share while one is killed),
# stopped (so often a server is stopped past its leases and woken), move (so many documents go to other stores and come back while they are asked for; with pgvector where adapters-vectorstore/pgvector.sh has
# built it), away (so often PostgreSQL goes away, in each way), full (so often a disk is full; needs root) or stop
# (so often a server at work is told to stop). Needs Maven, and a JDK 25 as JAVA_HOME. What was found is in faults/target/faults/WHAT.json; the exit status is 0 when
# nothing was violated.
set -eu
home=$(cd -P "$(dirname "$0")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
target=$home/faults/target
classes="$target/parley-faults-0.1.0.jar:$target/lib/*"

prepare() {
  [ -n "${PARLEY_FAULTS_BUILT:-}" ] || { (cd "$home" && mvn -q -DskipTests -pl faults -am package) && "$home/parley" build; }
}

pgvector=${PARLEY_TEST_PGVECTOR:-$home/target/pgvector}
[ -f "$pgvector/vector.control" ] || pgvector=

run() {
  "$java" -Xmx512m --enable-native-access=ALL-UNNAMED \
    -Dfaults.commit="$(git -C "$home" rev-parse --short HEAD 2>/dev/null || echo '?')" \
    -Dfaults.reports="$target/faults" -Dfaults.launcher="$home/parley" -Dfaults.pgvector="$pgvector" ${PARLEY_FAULTS_FLAGS:-} \
    -cp "$classes" io.parley.faults.FaultRuns "$@"
}

case ${1:-} in
  steps | erase | random | servers | stopped | move | away | full | stop) ;;
  *) echo "faults/run.sh steps|erase|random|servers|stopped|move|away|full|stop COUNT" >&2 && exit 2 ;;
esac
prepare
run "$@"
