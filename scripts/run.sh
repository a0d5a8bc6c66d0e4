#!/usr/bin/env bash
# From a clone to a running Hathor: set up, build, serve. Arguments go to `hathor serve`.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

say "looking at what this machine has"
scripts/setup.sh run
scripts/build.sh release
say "starting Hathor on http://localhost:8080 (stop it with Ctrl-C)"
exec "$CARGO_TARGET_DIR/release/hathor" serve --data ./data --listen 127.0.0.1:8080 --demo "$@"
