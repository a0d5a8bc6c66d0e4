#!/usr/bin/env bash
# Forget what was built. Music, accounts and settings in ./data stay.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

say "removing $CARGO_TARGET_DIR, target/, web/dist and the installed node packages"
rm -rf "$CARGO_TARGET_DIR" target web/dist web/coverage web/node_modules e2e/node_modules e2e/artefacts
