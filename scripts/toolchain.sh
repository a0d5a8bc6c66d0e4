# shellcheck shell=bash
# The tools a script may call: `use_rust`, `use_node`, `need_packages`, `need_node_modules`,
# `need_python_tools`.
# Sourced, never run.

source scripts/packages.sh
source scripts/rust.sh
source scripts/node.sh
source scripts/python.sh
