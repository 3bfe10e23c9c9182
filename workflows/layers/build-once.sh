#!/bin/sh
# Builds a layer once for every stack that has it. A layer's Makefile calls this in its own folder:
#
#   build-SharpLayer:
#   	sh ../build-once.sh
#   layer:
#   	commands that fill $(ARTIFACTS_DIR)
#
# `make layer` fills .local/cache; `sam build` gets a copy. The key is all that stands in the layer's folder and the kind of
# machine. Works in source only (build_in_source), as the functions do.
set -eu

layer=$(basename "$PWD")
cache=$(cd "$(dirname "$0")/../.." && pwd)/.local/cache/layers/$layer
mkdir -p "$cache"

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-16; }
key=$({ uname -sm; find . -type f ! -path './node_modules/*' | LC_ALL=C sort | while read -r file; do echo "$file"; cat "$file"; done; } | digest)

# A link is made at once and names its holder, so a build that was killed is told from one that works.
until ln -s "$$" "$cache/lock" 2>/dev/null; do
  kill -0 "$(readlink "$cache/lock" || echo $$)" 2>/dev/null || rm -f "$cache/lock"
  sleep 0.2
done
trap 'rm -f "$cache/lock"' EXIT
trap 'exit 130' HUP INT TERM

if [ ! -d "$cache/$key" ]; then
  rm -rf "$cache"/????????????????*
  mkdir "$cache/$key.part"
  "${MAKE:-make}" layer ARTIFACTS_DIR="$cache/$key.part"
  mv "$cache/$key.part" "$cache/$key"
fi
# With their times: the same files make the same zip, which is not uploaded again.
mkdir -p "$ARTIFACTS_DIR"
cp -Rp "$cache/$key/." "$ARTIFACTS_DIR/"
