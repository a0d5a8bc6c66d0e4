#!/usr/bin/env bash
# Run a command beside private PostgreSQL, Redis, S3 and OpenID servers:
#   scripts/with-services.sh cargo test -p hathor-db

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/services.sh
source scripts/material.sh

trap stop_services EXIT
use_rust
cargo build -q "${LOCKED[@]}" -p hathor-s3-server
start_services
"$@"
