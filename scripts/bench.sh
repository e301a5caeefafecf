#!/usr/bin/env bash
# Measures how long the market's calls take inside the runtime's wasm, whether that depends on the depth of the book, and how
# much the matching engine does on its own.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/weights/build.sh
source "$ROOT/scripts/weights/build.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/bench.sh [--quick] [--cached] [--json FILE]

Builds the measuring tool with the runtime's wasm in it, measures, and prints tables. Let the machine do nothing else
meanwhile. It ends with status 1 where the machine was not quiet enough. See scripts/weights/README.md.

--quick      fewer rounds, and books of at most 100,000 orders
--cached     keep at hand what blocks have read, as the cache of a node does
--json FILE  write the figures to FILE as well: a list of {name, value, unit, baseline, ratio, spread}

WEIGHTS_TARGET_DIR  where the tool is built (else ~/.cache/carbon-chain/weights)
TEXT
}

options=()
while [ "$#" -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --quick | --cached) options+=("$1") ;;
    --json)
      [ "$#" -ge 2 ] || die "--json wants the name of a file."
      options+=(--json "$2")
      # Better known now than after the measurement.
      touch "$2" 2>/dev/null || die "$2 cannot be written to."
      shift
      ;;
    *) die "Unknown option '$1': see scripts/bench.sh --help." ;;
  esac
  shift
done

use_weights_target_dir bench
clean_up_at_exit

"$ROOT/scripts/setup.sh" --quiet
use_rust

say "Building in $CARGO_TARGET_DIR; the first time takes about half an hour"
claim_wasm bench || die "$CARGO_TARGET_DIR cannot be written to."
build_tool "measuring tool and the runtime's wasm" "$LOG_DIR/tool.log" --features bench --bin carbon-bench || exit 1
step "matching engine" "$LOG_DIR/engine.log" \
  env -C "$ROOT" cargo build --locked --release --package carbon-matching --example throughput || exit 1

say "Measuring; a thorough run takes two minutes on a quiet machine"
"$CARGO_TARGET_DIR/release/carbon-bench" --engine "$CARGO_TARGET_DIR/release/examples/throughput" "${options[@]}"
