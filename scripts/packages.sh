# shellcheck shell=bash
# Debian packages: which ones each purpose needs, and how a missing one comes in.
# Sourced, never run.

# shellcheck disable=SC2034 # used by those who source this
RUN_PACKAGES=(ffmpeg bubblewrap build-essential pkg-config curl ca-certificates)
# shellcheck disable=SC2034
TEST_PACKAGES=(
  postgresql redis-server chromium fonts-dejavu-core fonts-liberation
  firefox-esr nginx-light wrk strace shellcheck libchromaprint-tools python3-venv
)

# Install those of the given packages that are missing; silent and quick when none is.
need_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) && return
  say "installing from Debian: ${missing[*]}"
  refresh_package_lists
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

missing_packages() {
  has dpkg-query || die "this set-up knows Debian 12; please install by hand: $*"
  local installed name
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for name in "$@"; do
    grep -qx "installed $name" <<<"$installed" || echo "$name"
  done
}

# Once per run of a script is enough.
refresh_package_lists() {
  [[ -n ${HATHOR_LISTS_FRESH:-} ]] && return
  say "refreshing the package lists"
  as_root apt-get update -q >&2
  export HATHOR_LISTS_FRESH=1
}
