#!/usr/bin/env bash
# Measures what the calls of our pallets cost inside the runtime's wasm, and writes pallets/*/src/weights.rs anew.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/weights/build.sh
source "$ROOT/scripts/weights/build.sh"

# Many points of few samples each: the line through them is what becomes a weight. A call without a component is repeated
# for SECONDS_PER_CALL.
STEPS=20
REPEAT=20
SECONDS_PER_CALL=6

usage() {
  cat <<'TEXT'
Usage: scripts/weights.sh [pallet…]

Builds the measuring tool and a runtime with benchmarks, measures each call of the named pallets (a pallet's name is
that of its folder; without a name: all of ours) and replaces their src/weights.rs. Let the machine do nothing else
meanwhile. See scripts/weights/README.md.

WEIGHTS_TARGET_DIR  where both are built (else ~/.cache/carbon-chain/weights)
TEXT
}

pallets=()
for argument in "$@"; do
  case $argument in
    -h | --help) usage; exit 0 ;;
    -*) die "Unknown option '$argument': see scripts/weights.sh --help." ;;
  esac
  pallet=${argument#pallet[-_]}
  [ -f "$ROOT/pallets/$pallet/src/benchmarking.rs" ] || die "There is no pallets/$pallet/src/benchmarking.rs: name a pallet by its folder."
  pallets+=("$pallet")
done
if [ "${#pallets[@]}" = 0 ]; then
  for file in "$ROOT"/pallets/*/src/benchmarking.rs; do
    pallet=${file#"$ROOT/pallets/"}
    pallets+=("${pallet%/src/benchmarking.rs}")
  done
fi

use_weights_target_dir weights
cd "$ROOT"
clean_up_at_exit
TEMP_DIR=$(mktemp -d "${TMPDIR:-/tmp}/carbon-chain-weights.XXXXXX")
started=$SECONDS

"$ROOT/scripts/setup.sh" --quiet
use_rust
have rustfmt || die "rustfmt is missing: run scripts/setup.sh."

say "Building in $CARGO_TARGET_DIR; the first time takes about half an hour"
build_tool "measuring tool" "$LOG_DIR/tool.log" || exit 1
claim_wasm weights || die "$CARGO_TARGET_DIR cannot be written to."
# The build script makes the wasm; nobody runs the native runtime, so that checking it is enough.
step "runtime with benchmarks" "$LOG_DIR/runtime.log" \
  cargo check --locked --release --package carbon-runtime --features runtime-benchmarks || exit 1
tool=$CARGO_TARGET_DIR/release/carbon-weights
# What a node runs: the one that has been through wasm-opt.
wasm=$CARGO_TARGET_DIR/release/wbuild/carbon-runtime/carbon_runtime.compact.compressed.wasm

# For the head of each file. The name of the machine is nobody's business, its kind matters.
cpu=$(sed -n 's/^model name[[:space:]]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1 || :)
cores=$(nproc)
if grep -qw hypervisor /proc/cpuinfo 2>/dev/null; then cores="$cores virtual"; fi
printf '//! Measured in the wasm of the runtime on %s cores (%s),' "$cores" "${cpu:-kind unknown}" >"$TEMP_DIR/header"

failed=0
for pallet in "${pallets[@]}"; do
  if step "$pallet" "$LOG_DIR/$pallet.log" \
    "$tool" --runtime "$wasm" --genesis-builder runtime --genesis-builder-preset development \
    --pallet "pallet_${pallet//-/_}" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT" --min-duration "$SECONDS_PER_CALL" \
    --disable-proof-recording --quiet --json-file "$LOG_DIR/$pallet.json" \
    --header "$TEMP_DIR/header" --template "$ROOT/scripts/weights/template.hbs" --output "$TEMP_DIR/$pallet.rs"; then
    # What the tool says about proofs concerns parachains.
    sed -i '/^[[:space:]]*\/\/\/ Proof: /d' "$TEMP_DIR/$pallet.rs"
    rustfmt --edition 2021 --config-path "$ROOT" "$TEMP_DIR/$pallet.rs" || exit 1
    cp "$TEMP_DIR/$pallet.rs" "pallets/$pallet/src/weights.rs"
  else
    failed=1
  fi
done

say "The whole of it took $(duration $((SECONDS - started))); raw figures and logs: $LOG_DIR"
exit "$failed"
