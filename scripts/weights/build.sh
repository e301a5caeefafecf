# shellcheck shell=bash
# What weights.sh and bench.sh share: where they build, and how. Sourced after scripts/lib.sh, never run.

# Sets and creates the target directory and LOG_DIR (argument: the name of the calling script). A directory of its own: the
# other builds, which have no benchmarks, keep their compiled dependencies.
use_weights_target_dir() {
  export CARGO_TARGET_DIR=${WEIGHTS_TARGET_DIR:-${HOME:?is not set: set HOME or WEIGHTS_TARGET_DIR}/.cache/carbon-chain/weights}
  use_target_dir "$1"
}

# Makes sure that the wasm which the next build uses is the caller's ($1: its name). Each builds the runtime with features of its
# own, but to the same place, and cargo does not see that somebody else has put another wasm there since.
claim_wasm() {
  local file=$CARGO_TARGET_DIR/carbon-chain/wasm-owner claim="$1 $ROOT"
  if [ "$(cat "$file" 2>/dev/null)" = "$claim" ]; then return 0; fi
  env -C "$ROOT/scripts/weights" cargo clean --quiet --release --package carbon-runtime || return 1
  printf '%s\n' "$claim" >"$file"
}

# Builds the tool ($3…: further options of cargo) as a step named $1 with the log $2. Its lock file names our own crates as well,
# so that cargo may add to it what these have come to depend on: commit that.
build_tool() {
  local label=$1 log=$2
  shift 2
  # One of the tool's dependencies would build a wasm of its own, for measurements that we do not make.
  step "$label" "$log" env -C "$ROOT/scripts/weights" SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1 \
    cargo build --release "$@"
}
