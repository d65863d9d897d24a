#!/bin/sh
# Builds pgvector for the tests: its library, control file and SQL go to target/pgvector of the
# project, where the tests of the adapter look. Needs gcc, and either
#   PGVECTOR_SOURCE  a directory with pgvector's source, and
#   PG_INCLUDE       the server headers of PostgreSQL 17 (pg_config --includedir-server),
# or a Debian or Ubuntu whose apt reaches a suite with PostgreSQL 17 (PGVECTOR_SUITE, trixie unless
# set). Nothing is installed: packages are fetched by apt-get and unpacked in a temporary directory.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
to="$project/target/pgvector"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() {
  echo "pgvector.sh: $1" >&2
  exit 1
}

# The suite of the archive that this machine uses already, beside what it has configured.
fetch() {
  command -v apt-get > /dev/null || die "no apt-get here: set PGVECTOR_SOURCE and PG_INCLUDE"
  archive=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | sort -u \
    | grep -m 1 '/debian/*$') || die "apt knows no archive of Debian: set PGVECTOR_SOURCE and PG_INCLUDE"
  suite=${PGVECTOR_SUITE:-trixie}
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  printf 'deb [signed-by=%s] %s %s main\ndeb-src [signed-by=%s] %s %s main\n' \
    "$keys" "$archive" "$suite" "$keys" "$archive" "$suite" > "$work/sources.list"
  set -- -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=
  cd "$work"
  apt-get "$@" update
  apt-get "$@" download postgresql-server-dev-17
  apt-get "$@" source --download-only pgvector
  dpkg-deb -x postgresql-server-dev-17_*.deb headers
  mkdir source
  tar xf pgvector_*.orig.tar.* -C source --strip-components 1
  PGVECTOR_SOURCE="$work/source"
  PG_INCLUDE="$work/headers/usr/include/postgresql/17/server"
}

command -v gcc > /dev/null || die "no gcc here"
if [ -z "${PGVECTOR_SOURCE:-}" ] || [ -z "${PG_INCLUDE:-}" ]; then
  fetch
fi

version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$PGVECTOR_SOURCE/vector.control")
[ -n "$version" ] || die "no vector.control in $PGVECTOR_SOURCE"
mkdir -p "$to"
rm -f "$to"/vector*
gcc -shared -fPIC -O2 -fassociative-math -fno-signed-zeros -fno-trapping-math -fno-math-errno \
  -I"$PG_INCLUDE" "$PGVECTOR_SOURCE"/src/*.c -o "$to/vector.so" -lm
cp "$PGVECTOR_SOURCE/sql/vector.sql" "$to/vector--$version.sql"
cp "$PGVECTOR_SOURCE/vector.control" "$to/"
echo "pgvector $version is in $to"
