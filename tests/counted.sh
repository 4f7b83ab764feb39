#!/usr/bin/env bash
# Counts the instructions of builds, and fails where one takes more than `benches/accepted.toml` says.
#
# Needs valgrind, which it installs where it can.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null || { echo 'tests/counted.sh: install valgrind' >&2; exit 3; }
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends valgrind >/dev/null
fi

cargo bench --locked --bench counted
