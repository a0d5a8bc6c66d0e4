# shellcheck shell=bash
# A Node and an npm that are new enough, and the installed packages of a folder.
# Sourced, never run.
#
# Debian's Node is too old for the web tools, so Node itself comes as an npm package
# into our cache folder; the machine's own Node stays untouched.

NODE_MAJOR=24
NPM_MAJOR=11
NODE_HOME=$CACHE/node

# Put a Node >= 24 and an npm >= 11 first on PATH.
use_node() {
  has npm || need_packages nodejs npm
  node_is_new_enough || use_own_node
  npm_is_new_enough || use_own_npm
}

node_is_new_enough() { has node && at_least "v$NODE_MAJOR" "$(node --version)"; }

# npm takes a third of a second to say its version; its package file says it at once.
npm_is_new_enough() { at_least "$NPM_MAJOR" "$(npm_version)"; }

npm_version() {
  local cli
  cli=$(readlink -f "$(command -v npm)")
  sed -n 's/^ *"version": "\(.*\)".*/\1/p' "$(dirname "$cli")/../package.json" 2>/dev/null | head -n 1
}

use_own_node() {
  local package
  package=node-linux-$(node_arch)
  local bin=$NODE_HOME/node_modules/$package/bin
  [[ -x $bin/node ]] || install_into_node_home "$package@24"
  export PATH=$bin:$PATH
  node_is_new_enough || die "Node is still older than $NODE_MAJOR"
}

node_arch() {
  case $(uname -m) in
    x86_64) echo x64 ;;
    aarch64) echo arm64 ;;
    *) die "no Node package for $(uname -m): install Node $NODE_MAJOR or newer yourself" ;;
  esac
}

use_own_npm() {
  [[ -x $NODE_HOME/node_modules/.bin/npm ]] || install_into_node_home "npm@$NPM_MAJOR"
  export PATH=$NODE_HOME/node_modules/.bin:$PATH
}

install_into_node_home() {
  say "installing $1 into $NODE_HOME"
  mkdir -p "$NODE_HOME"
  quietly "$NODE_HOME/install.log" npm install --prefix "$NODE_HOME" --no-audit --no-fund "$1"
}

# Install the packages of a folder, only if its lock file changed since the last time.
need_node_modules() {
  local folder=$1 stamp=$1/node_modules/.hathor-lock now
  now=$(sha256sum <"$folder/package-lock.json")
  [[ -f $stamp && $(<"$stamp") == "$now" ]] && return
  say "installing the packages of $folder/"
  quietly "$CACHE/log/npm-$folder.log" npm ci --prefix "$folder" --no-audit --no-fund
  echo "$now" >"$stamp"
}
