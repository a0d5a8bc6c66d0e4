# shellcheck shell=bash
# Servers and tools of the tests that come from PyPI, each version and file pinned in e2e/python.
# They live in a virtual environment in our cache folder; the machine's own Python stays untouched.
# Sourced, never run.

PYTHON_LOCK=e2e/python/requirements.txt
PYTHON_HOME=$CACHE/python
export PYTHON_TOOLS=$PYTHON_HOME/bin

# Install them, only if the lock file changed since the last time.
need_python_tools() {
  local stamp=$PYTHON_HOME/.hathor-lock now
  now=$(sha256sum <"$PYTHON_LOCK")
  [[ -f $stamp && $(<"$stamp") == "$now" ]] && return
  say "installing the Python tools of the tests into $PYTHON_HOME"
  rm -rf "$PYTHON_HOME"
  quietly "$CACHE/log/python-venv.log" python3 -m venv "$PYTHON_HOME"
  quietly "$CACHE/log/python-install.log" "$PYTHON_TOOLS/pip" install --no-input \
    --disable-pip-version-check --require-hashes --only-binary :all: -r "$PYTHON_LOCK"
  echo "$now" >"$stamp"
}
