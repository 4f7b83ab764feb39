#!/usr/bin/env bash
# Runs everything that must hold. Needs a Rust toolchain and Node.js; what else it needs it installs.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step 'Format'
cargo fmt --check
step 'Lints'
cargo clippy --locked --all-targets -- -D warnings
step 'Documentation'
RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --document-private-items
step 'Tests'
cargo test --locked
step 'Browser'
bash tests/browser.sh
step 'Instructions'
bash tests/counted.sh
