#!/usr/bin/env bash
# Runs every check of the repository and ends with one line `N passed, N failed`. Exit status 0: nothing failed.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/test.sh

Installs what is missing, then runs the formatting check, the client's type check and tests, clippy, all Rust tests,
the end-to-end tests against a started node, scripts/run.sh, and the replay of the UK ETS registry tables where
../shared/data/uk-ets is beside the checkout. The provenance graphs of both replays are exported and checked.
TEXT
}

for argument in "$@"; do
  case $argument in
    -h | --help) usage; exit 0 ;;
    *) die "Unknown option '$argument': see scripts/test.sh --help." ;;
  esac
done

use_target_dir test
cd "$ROOT"
clean_up_at_exit
TEMP_DIR=$(mktemp -d "${TMPDIR:-/tmp}/carbon-chain-test.XXXXXX")
started=$SECONDS
passed=0
failed=0

# --- counting ------------------------------------------------------------------------------------------------

# Adds the tests that a log reports (nextest, cargo test, node:test), or one where it reports none. $2: exit status.
count() {
  local log=$1 status=$2 seen ok bad
  read -r seen ok bad < <(plain <"$log" | awk '
    /^ *Summary .* run: / {
      seen = 1
      for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed/) ok += $(i - 1)
        # "1 failed", "1 timed out", "1 exec failed"
        else if ($i ~ /^failed/ && $(i - 1) == "exec") bad += $(i - 2)
        else if ($i ~ /^(failed|timed)/) bad += $(i - 1)
      }
    }
    /^test result: / { seen = 1; ok += $4; bad += $6 }
    $NF ~ /^[0-9]+$/ && NF <= 3 && $(NF - 1) == "pass" { seen = 1; ok += $NF }
    $NF ~ /^[0-9]+$/ && NF <= 3 && ($(NF - 1) == "fail" || $(NF - 1) == "cancelled") { seen = 1; bad += $NF }
    END { print seen + 0, ok + 0, bad + 0 }')
  if [ "$seen" = 0 ] && [ "$status" = 0 ]; then ok=1; fi
  # What could not even run has failed, and so has a part that fails without saying which test did.
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
}

# Runs a command ($2…) as the part named $1 and counts what it reports. Fails as the command does, or when `expected_end`
# is set and the last line of the output is another one.
expected_end=
part() {
  local label=$1 log status=0
  log=$LOG_DIR/${1//[^a-zA-Z0-9]/-}.log
  shift
  step "$label" "$log" "$@" || status=$?
  if [ "$status" = 0 ] && [ -n "$expected_end" ] && [ "$(tail -n 1 "$log")" != "$expected_end" ]; then
    status=1
    say "  FAILED  $label: its output does not end with '$expected_end'"
    show_end "$log"
  fi
  count "$log" "$status"
  return "$status"
}

# Counts what the script itself has found out about $1: $2 is the exit status of the finding.
found() {
  if [ "$2" = 0 ]; then
    passed=$((passed + 1))
    say "  ok      $1"
  else
    failed=$((failed + 1))
    say "  FAILED  $1"
  fi
}

# Counts a part that cannot run because of an earlier one.
not_run() {
  failed=$((failed + 1))
  say "  FAILED  $1: not run, because $2"
}

finish() {
  say "All of it took $(duration $((SECONDS - started))); logs: $LOG_DIR"
  say "$passed passed, $failed failed"
  [ "$failed" = 0 ] || exit 1
  exit 0
}

# --- set-up --------------------------------------------------------------------------------------------------

if ! "$ROOT/scripts/setup.sh" --quiet; then
  failed=1
  finish
fi
use_rust
say "Testing with Rust $(rust_version), building in $CARGO_TARGET_DIR"

# --- what fails quickly comes first --------------------------------------------------------------------------

part "formatting" cargo fmt --all --check || :

client_built=0
# The compiler that builds the client checks its types; everything below runs what it built here.
if ! install_client; then
  not_run "client: types" "its packages could not be installed"
elif part "client: types" env -C "$CLIENT" npm run --silent build; then
  client_built=1
fi
if [ "$client_built" = 1 ]; then
  part "client: tests" env -C "$CLIENT" bash -c 'exec node --test dist/test/*.test.js' || :
else
  not_run "client: tests" "the client could not be built"
fi

# --- what checks exported provenance must itself be right ----------------------------------------------------

# Checks an export ($2: PROV-JSON, $3: PROV-N) with the public package prov, as the part named $1.
prov_part() {
  if have_prov; then
    part "$1" "$(prov_environment)/bin/python" "$ROOT/scripts/prov-check.py" "$2" "$3" || :
  else
    not_run "$1" "the Python package prov is not installed"
  fi
}

fixtures=$ROOT/scripts/prov-fixtures
prov_part "prov reads what the client exports" "$fixtures/valid.json" "$fixtures/valid.provn"
# Each bad file is named after the one rule that it breaks.
for file in "$fixtures"/bad/*.json; do
  rule=$(basename "$file" .json)
  if have_prov; then
    status=0
    out=$(prov_check "$file" 2>&1) || status=$?
    if [ "$status" = 1 ] && [[ $(grep '^violation ' <<<"$out") == "violation $rule: "* ]] &&
      [ "$(grep -c '^violation ' <<<"$out")" = 1 ]; then
      found "prov-check.py refuses $rule" 0
    else
      found "prov-check.py refuses $rule (exit status $status)" 1
      printf '%s\n' "$out" | sed 's/^/  | /'
    fi
  else
    not_run "prov-check.py refuses $rule" "the Python package prov is not installed"
  fi
done

# --- run.sh refuses what it must, at once --------------------------------------------------------------------

# Runs run.sh with arguments that it must refuse ($2…): with one sentence, not zero and before it builds anything.
refuses() {
  local label="run.sh refuses $1" out status=0
  shift
  out=$(timeout 120 "$ROOT/scripts/run.sh" --exit "$@" 2>&1 >/dev/null </dev/null) || status=$?
  if [ "$status" != 0 ] && [ "$status" != 124 ] && [ "$(wc -l <<<"$out")" = 1 ] && [ -n "$out" ]; then
    found "$label" 0
  else
    found "$label (exit status $status)" 1
    printf '%s\n' "$out" | sed 's/^/  | /'
  fi
}

mapfile -t ports < <(free_ports 4)
refuses "an unknown option" --no-such-option
refuses "a folder as table" --compliance "$TEMP_DIR" --allocations "$TEMP_DIR"
refuses "years that are none" --years 2024-2021x
refuses "an export into a missing folder" --prov-out "$TEMP_DIR/none/slice.json"
refuses "a missing table" --compliance "$TEMP_DIR/none.csv" --allocations "$TEMP_DIR/none.csv"
# The taken port: a listener of our own.
node -e 'require("net").createServer().listen(Number(process.argv[1]), "127.0.0.1")' "${ports[0]}" >/dev/null 2>&1 &
listener=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
  if port_is_free "${ports[0]}"; then sleep 0.3; else break; fi
done
refuses "a port in use" --port "${ports[0]}" --p2p-port "${ports[1]}"
kill "$listener" 2>/dev/null || :
wait "$listener" 2>/dev/null || :
if [ "$client_built" = 1 ]; then
  printf 'not,a,registry\n1,2,3\n' >"$TEMP_DIR/broken.csv"
  refuses "a broken table" --compliance "$TEMP_DIR/broken.csv" --allocations "$TEMP_DIR/broken.csv" \
    --port "${ports[2]}" --p2p-port "${ports[3]}"
else
  not_run "run.sh refuses a broken table" "the client could not be built"
fi

# --- Rust ----------------------------------------------------------------------------------------------------

part "clippy" cargo clippy "${CARGO_FLAGS[@]}" --all-targets -- -D warnings || :
if cargo nextest --version >/dev/null 2>&1; then
  part "Rust tests" cargo nextest run "${CARGO_FLAGS[@]}" || :
  # nextest leaves the examples of the documentation out, cargo test does not.
  part "examples in the documentation" cargo test "${CARGO_FLAGS[@]}" --no-fail-fast --doc || :
else
  part "Rust tests" cargo test "${CARGO_FLAGS[@]}" --no-fail-fast || :
fi

# Copied at once: where several checkouts share a target directory, another one may build its own meanwhile.
node_binary=$TEMP_DIR/carbon-node
if step "node and runtime" "$LOG_DIR/build.log" cargo build "${CARGO_FLAGS[@]}"; then
  cp "$CARGO_TARGET_DIR/release/carbon-node" "$node_binary"
fi

# --- against a started node ----------------------------------------------------------------------------------

# Whether node and client are there for the part named $1; counts it as failed where not.
ready_for() {
  if [ ! -x "$node_binary" ]; then
    not_run "$1" "the node could not be built"
  elif [ "$client_built" != 1 ]; then
    not_run "$1" "the client could not be built"
  else
    return 0
  fi
  return 1
}

# Starts a fresh node, runs a command ($2…) against it as the part named $1 and stops the node. `WS` in the
# command stands for the node's address.
part_with_node() {
  local label=$1 rpc p2p log argument command=()
  shift
  ready_for "$label" || return 0
  mapfile -t ports < <(free_ports 2)
  rpc=${ports[0]} p2p=${ports[1]} log=$LOG_DIR/${label//[^a-zA-Z0-9]/-}-node.log
  if ! start_node "$node_binary" "$rpc" "$p2p" "$log" "$TEMP_DIR/node" --no-prometheus; then
    not_run "$label" "the node did not start"
    return 0
  fi
  for argument in "$@"; do command+=("${argument/#WS/ws://127.0.0.1:$rpc}"); done
  part "$label" "${command[@]}" || say "  the node's log: $NODE_LOG"
  stop_node
}

part_with_node "end to end" node "$CLIENT/dist/e2e.js" --ws WS \
  --prov-out "$TEMP_DIR/e2e.json" --prov-out "$TEMP_DIR/e2e.provn"
prov_part "provenance of the end-to-end tests" "$TEMP_DIR/e2e.json" "$TEMP_DIR/e2e.provn"

# The whole product in one command, as a user calls it.
if ready_for "run.sh"; then
  mapfile -t ports < <(free_ports 2)
  expected_end="statuses: 86 of 86 match" \
    part "run.sh" "$ROOT/scripts/run.sh" --exit --port "${ports[0]}" --p2p-port "${ports[1]}" \
    --prov-out "$TEMP_DIR/slice.json" --prov-out "$TEMP_DIR/slice.provn" || :
  prov_part "provenance of the slice" "$TEMP_DIR/slice.json" "$TEMP_DIR/slice.provn"
  status=0
  port_is_free "${ports[0]}" || status=$?
  found "run.sh leaves nothing at its port" "$status"
fi

tables=$ROOT/../shared/data/uk-ets
if [ -f "$tables/compliance-report.csv" ] && [ -f "$tables/allocation-table.csv" ]; then
  if ready_for "replay of the UK ETS registry"; then
    # The replay names for each of the other ten what in the tables explains it.
    expected_end="statuses: 2212 of 2222 match" \
      part "replay of the UK ETS registry" "$ROOT/scripts/replay.sh" \
      --compliance "$tables/compliance-report.csv" --allocations "$tables/allocation-table.csv" \
      --prov-out "$TEMP_DIR/uk-ets.json" --prov-out "$TEMP_DIR/uk-ets.provn" || :
    prov_part "provenance of the UK ETS registry" "$TEMP_DIR/uk-ets.json" "$TEMP_DIR/uk-ets.provn"
  fi
else
  say "  skipped replay of the UK ETS registry: there is no ../shared/data/uk-ets"
fi

finish
