# shellcheck shell=bash
# The private PostgreSQL, Redis, S3 and OpenID servers of a test run: free ports, one temporary folder,
# gone afterwards. Servers that were running before are neither used nor touched.
# Sourced, never run. HATHOR_TEST_PG_DURABLE=1 keeps PostgreSQL's fsync on.

source scripts/python.sh

SERVICES_DIR=
SERVICES=() # pid:signal

# A test database need not survive a power cut.
PG_HASTE=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
[[ -z ${HATHOR_TEST_PG_DURABLE:-} ]] || PG_HASTE=()

# Start all of them and tell the tests where they are.
start_services() {
  [[ -z $SERVICES_DIR ]] || return 0
  SERVICES_DIR=$(mktemp -d -t hathor-services.XXXXXX)
  chmod 711 "$SERVICES_DIR"
  start_postgres
  start_redis
  start_s3
  start_openid
  export HATHOR_TEST_REQUIRE_ALL=1
  say "PostgreSQL, Redis, S3 and an OpenID provider are up in $SERVICES_DIR"
}

# Stop what start_services started, by process id, and remove the folder.
stop_services() {
  local service
  for service in "${SERVICES[@]}"; do
    kill -"${service#*:}" "${service%:*}" 2>/dev/null || true
  done
  for service in "${SERVICES[@]}"; do
    wait "${service%:*}" 2>/dev/null || true
  done
  SERVICES=()
  [[ -z $SERVICES_DIR ]] || rm -rf "$SERVICES_DIR"
  SERVICES_DIR=
}

# PostgreSQL refuses to run as root, so there its own user runs it.
start_postgres() {
  local bin data=$SERVICES_DIR/postgres port owner=()
  bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  ((EUID != 0)) || owner=(--reuid=postgres --regid=postgres --init-groups)
  mkdir "$data"
  ((EUID != 0)) || chown postgres "$data"
  quietly "$SERVICES_DIR/initdb.log" setpriv --pdeathsig keep "${owner[@]}" \
    "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
  port=$(free_port)
  launch postgres INT "${owner[@]}" "$bin/postgres" -D "$data" -p "$port" -k "$data" \
    -c listen_addresses=127.0.0.1 -c max_connections=300 -c shared_buffers=128MB \
    "${PG_HASTE[@]}"
  await_port postgres "$port"
  export HATHOR_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres
}

start_redis() {
  local port
  port=$(free_port)
  launch redis TERM redis-server --port "$port" --bind 127.0.0.1 --dir "$SERVICES_DIR" \
    --save '' --appendonly no
  await_port redis "$port"
  export HATHOR_TEST_REDIS=redis://127.0.0.1:$port
}

# A bucket of this server is a folder under its root. The build made the server.
start_s3() {
  local server=$CARGO_TARGET_DIR/debug/hathor-s3-server root=$SERVICES_DIR/s3 port
  port=$(free_port)
  mkdir -p "$root/hathor"
  export HATHOR_TEST_S3_ACCESS_KEY=hathor HATHOR_TEST_S3_SECRET_KEY=hathor-test-secret
  launch s3 TERM "$server" --listen "127.0.0.1:$port" --root "$root" \
    --access-key "$HATHOR_TEST_S3_ACCESS_KEY" --secret-key "$HATHOR_TEST_S3_SECRET_KEY"
  await_port s3 "$port"
  export HATHOR_TEST_S3="s3://hathor?endpoint=http://127.0.0.1:$port&region=us-east-1"
}

# A provider that is not ours, for signing in elsewhere. It knows whom a test tells it of.
start_openid() {
  local port
  need_python_tools
  port=$(free_port)
  launch openid TERM "$PYTHON_TOOLS/oidc-provider-mock" --port "$port" --require-nonce true
  await_port openid "$port"
  export HATHOR_TEST_OPENID=http://localhost:$port
}

# launch NAME SIGNAL [setpriv options] COMMAND… - in the background, with a log; it is stopped
# by SIGNAL, and gets it as well should we be killed.
launch() {
  local log=$SERVICES_DIR/$1.log signal=$2
  shift 2
  setpriv --pdeathsig "$signal" "$@" >"$log" 2>&1 </dev/null &
  SERVICES+=("$!:$signal")
}

# Below the range from which the system itself hands out ports.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    port_answers "$port" || break
  done
  echo "$port"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Wait up to 20 seconds for a server to answer, or show why it does not.
await_port() {
  local name=$1 port=$2
  for _ in {1..200}; do
    port_answers "$port" && return
    kill -0 "${SERVICES[-1]%:*}" 2>/dev/null || break
    sleep 0.1
  done
  cat "$SERVICES_DIR/$name.log" >&2
  die "$name did not start"
}
