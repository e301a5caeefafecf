#!/usr/bin/env bash
# Builds Carbon Chain, starts a fresh dev chain and replays compliance years on it: the whole product in one
# command. Leaves the node running unless told otherwise.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/run.sh [--exit] [--compliance FILE --allocations FILE] [--years YEARS] [--prov-out FILE]
                      [--port PORT] [--p2p-port PORT]

Installs what is missing, builds, starts a dev chain with an empty database and replays compliance years on it.
Afterwards the node keeps running and its address for polkadot.js is printed.

  --exit              stop the node after the replay; exit 0 only when its checks held (with the sample, also only
                      when every published status matches)
  --compliance FILE   compliance report of a registry, .csv or .xlsx (default: the sample, whose numbers are made up)
  --allocations FILE  allocation table of the same registry, .csv or .xlsx
  --years YEARS       2021-2024 or 2022: compliance years to replay (default: all that both tables have)
  --prov-out FILE     after the replay, write the chain's provenance graph to this file: as PROV-N where its name ends in
                      .provn, else as PROV-JSON; may be given more than once
  --port PORT         port of the node's RPC on this machine (default 9944)
  --p2p-port PORT     port on which the node listens for other nodes (default 30333)
TEXT
}

# --- arguments -----------------------------------------------------------------------------------------------

exit_afterwards=0
compliance=
allocations=
years=()
prov_out=()
rpc_port=9944
p2p_port=30333

# The value of an option; ends the script when there is none.
value_of() {
  if [ -z "${2:-}" ]; then die "Option $1 needs a value: see scripts/run.sh --help."; fi
  printf '%s' "$2"
}

while [ "$#" -gt 0 ]; do
  case $1 in
    --exit) exit_afterwards=1 ;;
    --compliance) compliance=$(value_of "$@"); shift ;;
    --allocations) allocations=$(value_of "$@"); shift ;;
    --years) years=(--years "$(value_of "$@")"); shift ;;
    --prov-out) prov_out+=("$(value_of "$@")"); shift ;;
    --port) rpc_port=$(value_of "$@"); shift ;;
    --p2p-port) p2p_port=$(value_of "$@"); shift ;;
    -h | --help) usage; exit 0 ;;
    *) die "Unknown option '$1': see scripts/run.sh --help." ;;
  esac
  shift
done

is_port() { [[ $1 =~ ^[1-9][0-9]{0,4}$ ]] && [ "$1" -le 65535 ]; }
[[ ${years[1]:-2021} =~ ^[12][0-9]{3}(-[12][0-9]{3})?$ ]] ||
  die "'${years[1]}' is neither a year nor a range of years such as 2021-2024."
is_port "$rpc_port" || die "'$rpc_port' is not a port number."
is_port "$p2p_port" || die "'$p2p_port' is not a port number."
[ "$rpc_port" != "$p2p_port" ] || die "RPC and peer-to-peer need two different ports."
# Statuses of real tables may differ from the chain's for reasons that the report gives; those of the sample may not.
strict=()
if [ -z "$compliance" ] && [ -z "$allocations" ]; then
  strict=(--strict)
  compliance=$CLIENT/sample/sample-compliance.csv
  allocations=$CLIENT/sample/sample-allocations.csv
fi
if [ -z "$compliance" ] || [ -z "$allocations" ]; then
  die "Name both tables, with --compliance FILE and --allocations FILE."
fi
for file in "$compliance" "$allocations"; do
  [ -e "$file" ] || die "The file $file does not exist."
  [ -f "$file" ] || die "$file is not a file."
  [ -r "$file" ] || die "The file $file cannot be read."
done
compliance=$(realpath "$compliance")
allocations=$(realpath "$allocations")
# Found out now, not after the replay.
exports=()
for file in "${prov_out[@]}"; do
  [ ! -d "$file" ] || die "$file is a folder."
  [ -d "$(dirname "$file")" ] || die "The folder $(dirname "$file") does not exist."
  [ -w "$file" ] || { [ ! -e "$file" ] && [ -w "$(dirname "$file")" ]; } || die "The file $file cannot be written."
  exports+=(--out "$(realpath "$file")")
done

use_target_dir run
cd "$ROOT"
clean_up_at_exit
started=$SECONDS

# --- before the long work ------------------------------------------------------------------------------------

# Which process an earlier run has left on a port: running-PORT holds its id.
running=$CARGO_TARGET_DIR/carbon-chain/running

# Ends the script when a port is taken, naming the node of an earlier run where it is the one.
check_port() {
  local port=$1 option=$2 pid=''
  if port_is_free "$port"; then return 0; fi
  if [ -f "$running-$port" ]; then read -r pid <"$running-$port" || :; fi
  if [ -n "$pid" ] && grep -qs carbon-node "/proc/$pid/cmdline"; then
    die "Port $port is in use by the node of an earlier run: stop it with 'kill $pid' or choose another port with $option."
  fi
  die "Port $port is in use: stop the program that uses it or choose another port with $option."
}
check_ports() {
  check_port "$rpc_port" --port
  check_port "$p2p_port" --p2p-port
}
check_ports

"$ROOT/scripts/setup.sh" --quiet
use_rust

if [ -d "$CARGO_TARGET_DIR/release/deps" ]; then
  say "Building in $CARGO_TARGET_DIR"
else
  say "Building in $CARGO_TARGET_DIR; this first time it takes about half an hour on two cores."
fi
install_client || die "The client's packages could not be installed."
client_step "client" "$LOG_DIR/client.log" build || die "The client could not be built."
# A broken table is found now, not after the build of the node. The client says what is wrong with it.
client replay --dry-run --compliance "$compliance" --allocations "$allocations" "${years[@]}" >"$LOG_DIR/tables.log" || exit 1
step "node and runtime" "$LOG_DIR/build.log" cargo build "${CARGO_FLAGS[@]}" || die "The node could not be built."

# --- the chain and the replay --------------------------------------------------------------------------------

# Somebody may have taken a port while the build ran.
check_ports
options=()
# Metrics are a convenience here: a second node on the machine does without.
port_is_free 9615 || options+=(--no-prometheus)
TEMP_DIR=$(mktemp -d "${TMPDIR:-/tmp}/carbon-chain.XXXXXX")
start_node "$CARGO_TARGET_DIR/release/carbon-node" "$rpc_port" "$p2p_port" "$LOG_DIR/node.log" "$TEMP_DIR" \
  "${options[@]}" || die "The node did not start."
# The running node does without its file: of the directory, nothing but its empty shell outlives the node.
rm -f "$TEMP_DIR/carbon-node"
printf '%s\n' "$NODE_PID" | tee "$running-$rpc_port" >"$running-$p2p_port"
address=ws://127.0.0.1:$rpc_port
say "  ok      dev chain at $address (log: $NODE_LOG)"
say ''

if ! client replay --ws "$address" --compliance "$compliance" --allocations "$allocations" "${years[@]}" \
  "${strict[@]}"; then
  die "The replay did not end as it should; the node is stopped, its log is $NODE_LOG."
fi

# Without a word: what the replay prints last is its result.
if [ "${#exports[@]}" != 0 ]; then
  node "$CLIENT/dist/prov.js" --quiet --ws "$address" "${exports[@]}" ||
    die "The provenance graph could not be exported; the node is stopped, its log is $NODE_LOG."
fi

if [ "$exit_afterwards" = 1 ]; then
  stop_node
  rm -f "$running-$rpc_port" "$running-$p2p_port"
  exit 0
fi

cat <<TEXT

The chain keeps running; all this took $(duration $((SECONDS - started))).
  look at it   https://polkadot.js.org/apps/?rpc=$address
               (a browser may ask whether the page may reach programs on this machine)
  log          $NODE_LOG
  stop it      kill $NODE_PID
TEXT
forget_node
# The node removes its data itself when it is stopped.
TEMP_DIR=
