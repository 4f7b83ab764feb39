#!/usr/bin/env bash
# Proves in a real browser that the sites which Folio builds are good: for everybody, on every screen, by keys alone, on paper.
#
# Needs Node.js 20.19 or newer with npm, and Chromium, which it installs where it can. CHROMIUM names another binary of Chromium,
# FOLIO one of Folio that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'tests/browser.sh: %s\n' "$*" >&2; exit 3; }

command -v node >/dev/null && command -v npm >/dev/null || fail 'install Node.js 20.19 or newer, with npm'

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail 'install Chromium, or name it: CHROMIUM=/path/to/chromium'
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium >/dev/null
  chromium=$(command -v chromium)
fi
export CHROMIUM=$chromium

# npm writes node_modules/.package-lock.json when it is done, so a broken installation is not taken for a whole one.
installed=tests/browser/node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ tests/browser/package-lock.json -nt "$installed" ]; then
  npm ci --prefix tests/browser --ignore-scripts --loglevel=error
fi

if [ -z "${FOLIO:-}" ]; then
  cargo build --locked --quiet
  FOLIO=${CARGO_TARGET_DIR:-target}/debug/folio
fi

sites=$(mktemp -d)
trap 'rm -rf "$sites"' EXIT
# Runs a command whose warnings are expected: the test sites are hard on purpose. Its output is shown only if it fails.
quietly() { "$@" >"$sites/log" 2>&1 || { cat "$sites/log" >&2; fail "this failed: $*"; }; }

# One moment for all, so that what is late, expired or to come is the same on every day.
build() { quietly "$FOLIO" build --quiet --now 2026-11-01 "$@"; }
build --output-dir "$sites/own"
node tests/browser/hard-site.mjs "$sites/hard-source"
build --root "$sites/hard-source" --output-dir "$sites/hard" --drafts --future
node tests/browser/hard-site.mjs "$sites/hard-ar-source" ar
build --root "$sites/hard-ar-source" --output-dir "$sites/hard-ar" --drafts --future --base-url https://hard.example.org/ar/

# The newsletter's issues in every form. Making them writes into the source of an issue what it holds, so it is a copy.
mkdir "$sites/own-source"
cp -r content data site.toml themes "$sites/own-source"
letters() { quietly "$FOLIO" newsletter --quiet --all --now 2026-11-01 "$@"; }
letters --root "$sites/own-source" --output-dir "$sites/letters-own"
letters --root "$sites/hard-source" --output-dir "$sites/letters-hard"
letters --root "$sites/hard-ar-source" --output-dir "$sites/letters-hard-ar"
node tests/browser/mail.mjs "$sites/letters-own" "$sites/letters-hard" "$sites/letters-hard-ar"

# What a broken site gives to code scanning, against the standard's own schema.
mkdir -p "$sites/broken/content/posts"
printf '[site]\ntitle = "Broken {site}"\nbase_url = "https://broken.example.org/"\n' >"$sites/broken/site.toml"
printf -- '---\ntitle: Housing: a [review](x)\n---\n\nText.\n' >"$sites/broken/content/posts/2024-01-01-é, %%.md"
printf -- '---\ntitle: A\ntitle: B\ndate: 2024-02-31\n---\n\n[gone](gone.md) ![](gone.png)\n' >"$sites/broken/content/posts/b.md"
printf -- '---\ntitle: \377\n---\n' >"$sites/broken/content/posts/c.md"
"$FOLIO" check --root "$sites/broken" --format sarif >"$sites/broken.sarif" 2>/dev/null && fail 'a broken site is said to be right'
node tests/browser/sarif.mjs <"$sites/broken.sarif"

# A site that is edited while it is looked at.
"$FOLIO" init --quiet "$sites/live"
mkdir -p "$sites/live/static"
node tests/browser/serve.mjs "$FOLIO" "$sites/live"

node tests/browser/run.mjs "$sites"
