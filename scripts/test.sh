#!/usr/bin/env bash
# Runs every check of the repository and ends with one line `N passed, N failed`. Exit status 0: nothing failed.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/test.sh [--full]

Installs what is missing, then runs the formatting check, clippy, all Rust tests, the client's type check and tests,
an end-to-end test and the replay of the sample against started nodes.

  --full   also replay the whole UK ETS registry tables (../shared/data/uk-ets) on a chain, which takes minutes;
           without it they are only read and checked
TEXT
}

full=0
for argument in "$@"; do
  case $argument in
    --full) full=1 ;;
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

# Runs a command ($2…) as the part named $1 and counts what it reports. Fails as the command does.
part() {
  local label=$1 log status=0
  log=$LOG_DIR/${1//[^a-zA-Z0-9]/-}.log
  shift
  step "$label" "$log" "$@" || status=$?
  count "$log" "$status"
  return "$status"
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
drop_builds_of_gone_checkouts

# --- Rust ----------------------------------------------------------------------------------------------------

part "formatting" cargo fmt --all --check || :
part "clippy" cargo clippy "${CARGO_FLAGS[@]}" --all-targets -- -D warnings || :
if cargo nextest --version >/dev/null 2>&1; then
  part "Rust tests" cargo nextest run "${CARGO_FLAGS[@]}" || :
  # nextest leaves the examples of the documentation out, cargo test does not.
  part "examples in the documentation" cargo test "${CARGO_FLAGS[@]}" --no-fail-fast --doc || :
else
  part "Rust tests" cargo test "${CARGO_FLAGS[@]}" --no-fail-fast || :
fi

# The node is copied: where several checkouts share a target directory, another one may build its own meanwhile.
node_binary=$TEMP_DIR/carbon-node
if step "node and runtime" "$LOG_DIR/build.log" cargo build "${CARGO_FLAGS[@]}"; then
  cp "$CARGO_TARGET_DIR/release/carbon-node" "$node_binary"
fi

# --- client --------------------------------------------------------------------------------------------------

client_built=0
if install_client && client_step "client" "$LOG_DIR/client.log" build; then client_built=1; fi
if [ "$client_built" = 1 ]; then
  part "client: types" env -C "$CLIENT" npm run --silent typecheck || :
  part "client: tests" env -C "$CLIENT" npm test --silent || :
else
  not_run "client: types" "the client could not be built"
  not_run "client: tests" "the client could not be built"
fi

# --- run.sh refuses what it must, at once --------------------------------------------------------------------

# Runs run.sh with arguments that it must refuse ($2…): with one sentence, not zero and before it builds anything.
refuses() {
  local label="run.sh refuses $1" out status=0
  shift
  out=$(timeout 120 "$ROOT/scripts/run.sh" --exit "$@" 2>&1 >/dev/null </dev/null) || status=$?
  if [ "$status" != 0 ] && [ "$status" != 124 ] && [ "$(wc -l <<<"$out")" = 1 ] && [ -n "$out" ]; then
    passed=$((passed + 1))
    say "  ok      $label"
  else
    failed=$((failed + 1))
    say "  FAILED  $label (exit status $status)"
    printf '%s\n' "$out" | sed 's/^/  | /'
  fi
}

sample=(--compliance "$CLIENT/sample/sample-compliance.csv" --allocations "$CLIENT/sample/sample-allocations.csv")
mapfile -t ports < <(free_ports 4)
refuses "an unknown option" --no-such-option
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

# --- against a started node ----------------------------------------------------------------------------------

# Starts a fresh node, runs a command ($2…) against it as the part named $1 and stops the node. `WS` in the
# command stands for the node's address.
part_with_node() {
  local label=$1 rpc p2p dir argument command=()
  shift
  if [ ! -x "$node_binary" ]; then
    not_run "$label" "the node could not be built"
    return 0
  fi
  if [ "$client_built" != 1 ]; then
    not_run "$label" "the client could not be built"
    return 0
  fi
  mapfile -t ports < <(free_ports 2)
  rpc=${ports[0]} p2p=${ports[1]} dir=$LOG_DIR/${label//[^a-zA-Z0-9]/-}-node
  if ! start_node "$node_binary" "$rpc" "$p2p" "$dir" --no-prometheus; then
    not_run "$label" "the node did not start"
    return 0
  fi
  for argument in "$@"; do command+=("${argument/#WS/ws://127.0.0.1:$rpc}"); done
  part "$label" "${command[@]}" || say "  the node's log: $NODE_LOG"
  stop_node
}

replay=(node "$CLIENT/dist/cli.js" replay)
part_with_node "end to end" env -C "$CLIENT" npm run --silent e2e -- --ws WS
part_with_node "replay of the sample" "${replay[@]}" --ws WS --year 2021 "${sample[@]}"

tables_dir=$ROOT/../shared/data/uk-ets
if [ ! -f "$tables_dir/compliance-report.csv" ] || [ ! -f "$tables_dir/allocation-table.csv" ]; then
  say "  skipped UK ETS registry tables: there is no ../shared/data/uk-ets"
elif [ "$client_built" != 1 ]; then
  not_run "UK ETS registry tables" "the client could not be built"
else
  tables=(--compliance "$tables_dir/compliance-report.csv" --allocations "$tables_dir/allocation-table.csv")
  if [ "$full" = 1 ]; then
    part_with_node "replay of the UK ETS registry" "${replay[@]}" --ws WS --year 2021 "${tables[@]}"
  else
    part "UK ETS registry tables are read" "${replay[@]}" --dry-run --year 2021 "${tables[@]}" || :
  fi
fi

finish
