# shellcheck shell=bash
# The tools a script may call: `use_rust`, `use_node`, `need_packages`, `need_node_modules`.
# Sourced, never run.

source scripts/packages.sh
source scripts/rust.sh
source scripts/node.sh
