#!/usr/bin/env bash
# Runs everything that must hold, and ends with one line that says so.
#
#     bash tests/all.sh         everything: what continuous integration runs
#     bash tests/all.sh fast    format, lints, documentation and tests: no browser, no valgrind
#
# Needs a Rust toolchain and, for the browser, Node.js; it installs the rest.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-full}" in
  full) steps=(format lints documentation tests browser instructions) ;;
  fast) steps=(format lints documentation tests) ;;
  *) echo 'usage: bash tests/all.sh [full|fast]' >&2; exit 2 ;;
esac

format() { cargo fmt --check; }
lints() { cargo clippy --locked --all-targets -- -D warnings; }
documentation() { RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --document-private-items; }
tests() { cargo test --locked; }
browser() { bash tests/browser.sh; }
instructions() { bash tests/counted.sh; }

step=
trap '[ $? = 0 ] || printf "\ntests/all.sh: failed at: %s\n" "$step" >&2' EXIT
for step in "${steps[@]}"; do
  printf '\n== %s\n' "$step"
  "$step"
done
printf '\ntests/all.sh: all is well: %s, in %d s\n' "$(IFS=, && printf '%s' "${steps[*]}")" "$SECONDS"
