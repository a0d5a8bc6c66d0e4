# shellcheck shell=bash
# What every script leans on: where things lie, how to speak, how to ask for root.
# Sourced, never run.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/hathor
export HOME CACHE

# One build folder outside the clone keeps a fresh clone quick on a warm machine.
# HATHOR_OWN_TARGET tells scripts further down that the choice was ours, not the user's.
if [[ -z ${CARGO_TARGET_DIR:-} ]]; then
  export CARGO_TARGET_DIR=$CACHE/target HATHOR_OWN_TARGET=1
fi

# While you work a new dependency may change Cargo.lock; the forge takes the file as it is.
# shellcheck disable=SC2034 # used by those who source this
LOCKED=()
# shellcheck disable=SC2034
[[ -z ${CI:-} ]] || LOCKED=(--locked)

cd "$ROOT"

# Tell what happens now, on stderr so that stdout stays free for answers.
say() { printf '\033[1m::\033[0m %s\n' "$*" >&2; }

# Point at something that is wrong but does not stop us.
warn() { printf '\033[33m:: %s\033[0m\n' "$*" >&2; }

# Stop with a reason.
die() {
  printf '\033[31m:: %s\033[0m\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Run as root: directly, or through sudo where we are somebody else.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    die "this needs root: $* (run as root, or install sudo)"
  fi
}

# at_least 1.95 1.96.1 - is the second version as new as the first?
at_least() { [[ -n ${2:-} && $(printf "%s\n%s\n" "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# Run a command with its output in a log that is shown only when it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || {
    local code=$?
    cat "$log" >&2
    warn "failed ($code): $*"
    return "$code"
  }
}
