# shellcheck shell=bash
# A Rust compiler that is new enough: the machine's own, or one from rustup.
# Sourced, never run.

# Make `cargo` mean a toolchain that can build the workspace.
use_rust() {
  local wanted
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  [[ -x $HOME/.cargo/bin/cargo ]] && export PATH=$HOME/.cargo/bin:$PATH
  cargo_is_at_least "$wanted" || use_rustup "$wanted"
  claim_target
}

# Several clones may share one build folder, and cargo tells sources apart by their time stamps alone: what another
# clone built last could pass for ours. Whoever comes after another clone makes its own sources new.
claim_target() {
  local owner=$CARGO_TARGET_DIR/.clone
  [[ -f $owner && $(<"$owner") == "$PWD" ]] && return
  mkdir -p "$CARGO_TARGET_DIR"
  find crates tools bench migrations -name node_modules -prune -o -type f -exec touch {} +
  pwd >"$owner"
}

# The same with rustfmt and clippy.
use_rust_and_lints() {
  use_rust
  need_rust_tools
}

cargo_is_at_least() {
  local version
  version=$(cargo --version 2>/dev/null | cut -d' ' -f2) || return 1
  at_least "$1" "$version"
}

use_rustup() {
  export RUSTUP_TOOLCHAIN=$1.0
  has rustup && cargo_is_at_least "$1" && return
  if has rustup; then
    say "the default Rust is older than $1: adding $RUSTUP_TOOLCHAIN by rustup"
    rustup toolchain install "$RUSTUP_TOOLCHAIN" --profile minimal -c clippy -c rustfmt >&2
  else
    say "no Rust $1 or newer here: installing $RUSTUP_TOOLCHAIN by rustup"
    run_rustup_installer
    export PATH=$HOME/.cargo/bin:$PATH
  fi
  cargo_is_at_least "$1" || die "cargo is still older than $1"
}

run_rustup_installer() {
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
    sh -s -- -y --no-modify-path --profile minimal -c clippy -c rustfmt \
      --default-toolchain "$RUSTUP_TOOLCHAIN" >&2 ||
    die "rustup could not be fetched: without a way to sh.rustup.rs, install Rust yourself and run this again"
}

need_rust_tools() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  has rustup || die "rustfmt or clippy is missing: install them beside your cargo"
  say "adding rustfmt and clippy"
  rustup component add rustfmt clippy >&2
}
