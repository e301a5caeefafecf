# shellcheck shell=bash disable=SC2034 # some of the variables are for the scripts that source this
# What setup.sh, run.sh and test.sh share: messages, the choice of the toolchain and of the target directory,
# steps with a log and a clock, the client's build, and starting and stopping a node. Sourced, never run.
#
# Where things are built: in $CARGO_TARGET_DIR when it is set; else in ./target when that exists; else in
# ~/.cache/carbon-chain/target, to which ./target then becomes a link. So all scripts and a plain `cargo` share
# one build, and a second checkout reuses the dependencies that the first one compiled. Nothing is ever deleted there:
# about 4 GB, and what each further checkout or toolchain adds; see docs/OPERATORS.md.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
CLIENT=$ROOT/scripts/client
WASM_TARGET=wasm32v1-none
NODE_JS_MIN=20

# One profile and one feature set for everything, or the dependencies are compiled twice. `--locked`: what
# Cargo.lock says is what is built.
CARGO_FLAGS=(--locked --release --workspace)

# Each of these would make the wasm build run again, or be left out, depending on who calls.
unset SKIP_WASM_BUILD FORCE_WASM_BUILD WASM_BUILD_TYPE WASM_BUILD_TOOLCHAIN
# Logs hold no colours, and rustup downloads a toolchain only when setup.sh asks for it.
export CARGO_TERM_COLOR=never WASM_BUILD_NO_COLOR=1 RUSTUP_AUTO_INSTALL=0

# Shells that are not login shells often lack rustup's directory.
if ! command -v cargo >/dev/null && [ -x "${CARGO_HOME:-${HOME:-}/.cargo}/bin/cargo" ]; then
  PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
fi

# --- messages ------------------------------------------------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
# Ends the script with one sentence.
die() {
  warn "error: $*"
  exit 1
}

# Seconds as a person says them: 42 s, 3 min 05 s.
duration() {
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# --- where to build ------------------------------------------------------------------------------------------

# Sets and creates CARGO_TARGET_DIR and LOG_DIR (argument: the name of the calling script).
use_target_dir() {
  if [ -z "${CARGO_TARGET_DIR:-}" ]; then
    if [ ! -e "$ROOT/target" ] && [ ! -L "$ROOT/target" ]; then
      local shared=${HOME:?is not set: set HOME or CARGO_TARGET_DIR}/.cache/carbon-chain/target
      # In a checkout that cannot be written to, the directory is used without the link.
      ln -s "$shared" "$ROOT/target" 2>/dev/null || CARGO_TARGET_DIR=$shared
    fi
    # The link is resolved, so that all calls name the directory in the same way.
    CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$(realpath -m "$ROOT/target")}
  fi
  case $CARGO_TARGET_DIR in
    /*) ;;
    *) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
  esac
  export CARGO_TARGET_DIR
  LOG_DIR=$CARGO_TARGET_DIR/carbon-chain/logs/$1.$$
  mkdir -p "$LOG_DIR" 2>/dev/null || die "$CARGO_TARGET_DIR cannot be written to: set CARGO_TARGET_DIR to a directory that can."
  # Logs of the last days are kept for whoever looks into a failure; that of a running node is always a recent one.
  find "$CARGO_TARGET_DIR/carbon-chain/logs" -type f -mtime +3 -delete 2>/dev/null || :
  find "$CARGO_TARGET_DIR/carbon-chain/logs" -mindepth 1 -type d -empty -mtime +3 -delete 2>/dev/null || :
}

# --- toolchain -----------------------------------------------------------------------------------------------

# Whether version $1 is at least version $2.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Value of `key = "value"` ($1) in a TOML file ($2).
toml_value() { sed -n "s/^$1 *= *\"\\([^\"]*\\)\".*/\\1/p" "$2" | head -n 1; }

PINNED_RUST=$(toml_value channel "$ROOT/rust-toolchain.toml")
OLDEST_RUST=$(toml_value rust-version "$ROOT/Cargo.toml")

# Version of the compiler that a call in the checkout gets; nothing when there is none.
rust_version() { (cd "$ROOT" && rustc --version 2>/dev/null) | awk '{ print $2 }' || :; }

# Succeeds when the toolchain of rust-toolchain.toml (or the one that the caller chose by RUSTUP_TOOLCHAIN) is there.
have_chosen_rust() { [ -n "$(rust_version)" ]; }

# Chooses another installed release of Rust that is new enough: the very version that was asked for under another
# name, else the newest. Sets RUSTUP_TOOLCHAIN, or fails.
use_other_rust() {
  have rustup || return 1
  local name version best='' best_version=''
  while read -r name _; do
    version=$(rustup run "$name" rustc --version 2>/dev/null | awk '{ print $2 }') || continue
    case $version in '' | *-*) continue ;; esac # nightly and beta
    version_at_least "$version" "$OLDEST_RUST" || continue
    if [ "$version" = "$PINNED_RUST" ]; then
      best=$name best_version=$version
      break
    fi
    if [ -z "$best" ] || version_at_least "$version" "$best_version"; then best=$name best_version=$version; fi
  done < <(rustup toolchain list 2>/dev/null)
  [ -n "$best" ] || return 1
  export RUSTUP_TOOLCHAIN=$best
}

# The choice that setup.sh has made, for the script that called it.
use_rust() { have_chosen_rust || use_other_rust || die "Rust $PINNED_RUST is not installed: run scripts/setup.sh first."; }

# --- steps ---------------------------------------------------------------------------------------------------

STEP_PID=
# Runs a command ($3…) with its output in the log ($2) and shows how long it takes under the name $1. Fails as
# the command does, after showing the end of the log. The command has no standard input.
step() {
  local label=$1 log=$2 start=$SECONDS next=60 status=0 elapsed room=80
  shift 2
  # What is left of a terminal's line for the command's own last line; a line that wraps cannot be redrawn.
  if [ -t 1 ]; then
    room=$(($(tput cols 2>/dev/null || printf 80) - ${#label} - 28))
    if [ "$room" -lt 1 ]; then room=1; fi
  fi
  # A session of its own: an interrupt ends it as a whole, through `stop_step`.
  setsid "$@" >"$log" 2>&1 </dev/null &
  STEP_PID=$!
  while kill -0 "$STEP_PID" 2>/dev/null; do
    sleep 0.3
    elapsed=$((SECONDS - start))
    if [ -t 1 ]; then
      printf '\r\033[K  ...     %s (%s) %s' "$label" "$(duration "$elapsed")" "$(last_line "$log" "$room")"
    elif [ "$elapsed" -ge "$next" ]; then
      next=$((elapsed + 60))
      say "  ...     $label ($(duration "$elapsed")) $(last_line "$log" "$room")"
    fi
  done
  wait "$STEP_PID" || status=$?
  STEP_PID=
  if [ -t 1 ]; then printf '\r\033[K'; fi
  if [ "$status" = 0 ]; then
    say "  ok      $label ($(duration $((SECONDS - start))))"
  else
    say "  FAILED  $label ($(duration $((SECONDS - start))))"
    show_end "$log"
  fi
  return "$status"
}

# The last line of a log that says something, cut to $2 characters.
last_line() { tail -c 2000 "$1" 2>/dev/null | plain | sed 's/^[[:space:]]*//; /^$/d' | tail -n 1 | cut -c "1-$2" || :; }

# Text without colours and with each redrawn line on its own.
plain() { tr '\r' '\n' | sed 's/\x1b\[[0-9;?]*[A-Za-z]//g'; }

# The end of a log, indented, and where the rest is.
show_end() {
  plain <"$1" | tail -n 40 | sed 's/^/  | /'
  say "  the whole output: $1"
}

stop_step() {
  if [ -n "$STEP_PID" ]; then
    kill -TERM -- "-$STEP_PID" 2>/dev/null || kill -TERM "$STEP_PID" 2>/dev/null || :
    wait "$STEP_PID" 2>/dev/null || :
    STEP_PID=
  fi
}

# --- client --------------------------------------------------------------------------------------------------

# Installs the client's packages when the lock file has changed since the last time. What is optional is a light client
# that nothing here uses.
install_client() {
  local stamp=$CLIENT/node_modules/.carbon-chain-lock wanted
  wanted=$(sha256sum <"$CLIENT/package-lock.json") || return 1
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
  step "client packages" "$LOG_DIR/client-packages.log" \
    env -C "$CLIENT" npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error || return 1
  printf '%s\n' "$wanted" >"$stamp"
}

# Runs one of the client's npm scripts ($3…) as a step named $1 with the log $2.
client_step() {
  local label=$1 log=$2
  shift 2
  step "$label" "$log" env -C "$CLIENT" npm run --silent "$@"
}

client() { node "$CLIENT/dist/cli.js" "$@"; }

# Becomes the client's program named $1, with the arguments $2…; builds it before where it is missing or older than its source. Nothing
# but what the program prints goes to the standard output.
become_client() {
  local name=$1 program=$CLIENT/dist/$1.js version
  shift
  have node || die "Node.js is not installed: install Node.js $NODE_JS_MIN or newer with npm."
  version=$(node -p process.versions.node)
  version_at_least "$version" "$NODE_JS_MIN" || die "Node.js $version is too old: install Node.js $NODE_JS_MIN or newer with npm."
  if [ ! -e "$program" ] || [ ! -d "$CLIENT/node_modules" ] || [ -n "$(find "$CLIENT/src" -newer "$program" -print -quit)" ]; then
    use_target_dir "$name"
    install_client >&2 || die "The client's packages could not be installed."
    client_step "client" "$LOG_DIR/client.log" build >&2 || die "The client could not be built."
  fi
  exec node "$program" "$@"
}

# --- checker of exported provenance --------------------------------------------------------------------------

PROV_REQUIREMENTS=$ROOT/scripts/prov-requirements.txt
PYTHON_MIN=3.10
# The Python environment of scripts/prov-check.py.
prov_environment() { printf '%s' "$CARGO_TARGET_DIR/carbon-chain/prov"; }

# Whether the environment holds what the requirements say.
have_prov() {
  local dir
  dir=$(prov_environment)
  cmp -s "$PROV_REQUIREMENTS" "$dir/requirements" && "$dir/bin/python" -c 'import prov' 2>/dev/null
}

prov_check() { "$(prov_environment)/bin/python" "$ROOT/scripts/prov-check.py" "$@"; }

# --- node ----------------------------------------------------------------------------------------------------

NODE_PID=
NODE_LOG=

# Whether nobody listens on the port of this machine.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints $1 ports that are free now.
free_ports() {
  node -e '
    const net = require("net"), servers = [];
    const next = (left) => {
      if (left === 0) return servers.forEach((s) => { console.log(s.address().port); s.close(); });
      const s = net.createServer().listen(0, () => { servers.push(s); next(left - 1); });
    };
    next(Number(process.argv[1]));' "$1"
}

# Height of the best block of the node behind an RPC port; fails when it does not answer.
best_block() {
  # shellcheck disable=SC2016 # the dollar signs are JavaScript's
  node -e '
    fetch(`http://127.0.0.1:${process.argv[1]}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: 1, jsonrpc: "2.0", method: "chain_getHeader", params: [] }),
      signal: AbortSignal.timeout(2000),
    }).then((r) => r.json()).then((r) => console.log(Number(r.result.number))).catch(() => process.exit(1));' "$1" 2>/dev/null
}

# The addresses at which the node serves JSON-RPC, from its log; nothing as long as it serves none.
rpc_addresses() { plain <"$NODE_LOG" | sed -n 's/.*Running JSON-RPC server: addr=//p' | tail -n 1 | tr -d '[:space:]'; }

# Starts a dev chain with an empty database and waits until it makes blocks. The binary is copied first: another
# checkout that shares the target directory may build its own meanwhile.
# Arguments: binary, RPC port, peer-to-peer port, log, directory for data, further options of the node.
start_node() {
  local binary=$1 rpc_port=$2 p2p_port=$3 dir=$5 addresses height deadline
  NODE_LOG=$4
  shift 5
  mkdir -p "$dir" "$(dirname "$NODE_LOG")"
  cp "$binary" "$dir/carbon-node" || return 1
  # The node opens its log in the background: what an earlier one has left there must not be read before.
  : >"$NODE_LOG"
  # `--tmp`: the node itself removes its data when it ends, also when it is stopped long after this script; TMPDIR
  # says where they are. States are kept, so that polkadot.js can show every block of the chain.
  TMPDIR=$dir setsid "$dir/carbon-node" --dev --tmp --database paritydb --state-pruning archive \
    --rpc-port "$rpc_port" --port "$p2p_port" "$@" >"$NODE_LOG" 2>&1 </dev/null &
  NODE_PID=$!
  deadline=$((SECONDS + 90))
  while :; do
    if ! kill -0 "$NODE_PID" 2>/dev/null; then
      wait "$NODE_PID" 2>/dev/null || :
      NODE_PID=
      warn "error: the node ended while it started:"
      show_end "$NODE_LOG" >&2
      return 1
    fi
    # A node whose port was taken in the last moment serves at another one; who answers at the port is then a stranger.
    addresses=$(rpc_addresses)
    case ",$addresses," in
      ,,) ;;
      *",127.0.0.1:$rpc_port,"*)
        height=$(best_block "$rpc_port") || height=0
        if [ "$height" -ge 1 ]; then return 0; fi
        ;;
      *)
        warn "error: port $rpc_port was taken while the node started, so the node took another one ($addresses)."
        stop_node
        return 1
        ;;
    esac
    if [ "$SECONDS" -ge "$deadline" ]; then
      warn "error: the node made no block within 90 seconds:"
      show_end "$NODE_LOG" >&2
      stop_node
      return 1
    fi
    sleep 0.5
  done
}

# Stops the node that this script has started, by its id.
stop_node() {
  if [ -z "$NODE_PID" ]; then return 0; fi
  local pid=$NODE_PID tries=0
  NODE_PID=
  kill -TERM "$pid" 2>/dev/null || :
  while kill -0 "$pid" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ]; then kill -KILL "$pid" 2>/dev/null || :; fi
    sleep 0.5
  done
  wait "$pid" 2>/dev/null || :
}

# Ends what the script has started, however the script ends. `forget_node` leaves the node running.
forget_node() { NODE_PID=; }
TEMP_DIR=
clean_up() {
  local status=$?
  trap - EXIT
  trap '' INT TERM HUP
  stop_step
  stop_node
  if [ -n "$TEMP_DIR" ]; then rm -rf "$TEMP_DIR"; fi
  exit "$status"
}
clean_up_at_exit() {
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}
