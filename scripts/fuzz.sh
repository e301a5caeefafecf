#!/usr/bin/env bash
# Looks for sequences of calls that break what pallets promise, and ends with exit status 1 where it finds one.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/fuzz.sh TARGET [--seconds N] [--fault NAME] [--replay FILE]

Builds the fuzzer of a target and lets it run. What it has learnt stays for the next time. Where it finds something it tells
the shortest sequence of steps that it could make of it, and the exit status is 1. See fuzz/README.md.

  market         the pallet market
  cycle          the pallets allowance, allocation and offsets together: the whole compliance cycle
  provenance     the pallet provenance: calls, signed statements, and what it records by itself

  --seconds N    how long it runs (else 60)
  --fault NAME   plant a fault into the target, which is then to be found
  --replay FILE  only do again what was found: the file that was named then

FUZZ_TARGET_DIR  where it is built, and where findings and what it has learnt are (else ~/.cache/carbon-chain/fuzz)
TEXT
}

# Most steps of a walk, and how many bytes each has: STEP_BYTES of the targets.
STEPS_MAX=200
STEP_BYTES=32

target='' seconds=60 fault='' replay=''
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --seconds | --fault | --replay)
      [ $# -ge 2 ] || die "$1 needs a value: see scripts/fuzz.sh --help."
      case $1 in
        --seconds) seconds=$2 ;;
        --fault) fault=$2 ;;
        --replay) replay=$2 ;;
      esac
      shift
      ;;
    -*) die "Unknown option '$1': see scripts/fuzz.sh --help." ;;
    *)
      [ -z "$target" ] || die "Name one target: see scripts/fuzz.sh --help."
      target=${1#pallet[-_]}
      ;;
  esac
  shift
done
[ -n "$target" ] || die "Name a target: see scripts/fuzz.sh --help."
[ -f "$ROOT/fuzz/src/bin/$target.rs" ] || die "There is no fuzz/src/bin/$target.rs: see scripts/fuzz.sh --help."
[[ $seconds =~ ^[1-9][0-9]{0,5}$ ]] || die "--seconds takes a whole number above zero."
[ -z "$replay" ] || [ -f "$replay" ] || die "There is no file $replay."

export CARGO_TARGET_DIR=${FUZZ_TARGET_DIR:-${HOME:?is not set: set HOME or FUZZ_TARGET_DIR}/.cache/carbon-chain/fuzz}
use_target_dir fuzz
replay=${replay:+$(realpath "$replay")}
cd "$ROOT"
clean_up_at_exit
"$ROOT/scripts/setup.sh" --quiet
use_rust

# Coverage is counted in the crates of this repository alone: see rustc.sh.
export CARBON_FUZZ_ROOT=$ROOT RUSTC_WRAPPER=$ROOT/fuzz/rustc.sh
step "build (the first time takes about ten minutes)" "$LOG_DIR/build.log" \
  cargo build --locked --release --manifest-path "$ROOT/fuzz/Cargo.toml" --bin "$target" || exit 1
# Copied at once: another checkout that shares the directory may build its own meanwhile.
binary=$LOG_DIR/$target
cp "$CARGO_TARGET_DIR/release/$target" "$binary"

corpus=$CARGO_TARGET_DIR/corpus/$target
found=$CARGO_TARGET_DIR/found/$target-$(date +%Y%m%d-%H%M%S)
log=$LOG_DIR/$target.log
mkdir -p "$corpus" "$(dirname "$found")"
# A planted fault teaches nothing about the target.
if [ -n "$fault" ]; then corpus=$LOG_DIR/corpus && mkdir -p "$corpus"; fi
# Random walks to begin with, of all lengths.
if [ -z "$(ls -A "$corpus")" ]; then
  for ((steps = 10; steps <= STEPS_MAX; steps += 10)); do
    head -c $((steps * STEP_BYTES)) /dev/urandom >"$corpus/random-$steps"
  done
fi

status=0
export CARBON_FUZZ_FAULT=$fault CARBON_FUZZ_FOUND=$found
if [ -n "$replay" ]; then
  step "$target: the walk of $replay" "$log" "$binary" "$replay" || status=1
else
  # A walk that takes a minute is a finding as well.
  step "$target: walks for $(duration "$seconds")" "$log" "$binary" -max_total_time="$seconds" \
    -max_len=$((STEPS_MAX * STEP_BYTES)) -timeout=60 -rss_limit_mb=4096 -artifact_prefix="$found-" "$corpus" || status=1
fi
if [ "$status" = 0 ]; then
  grep -E '^[0-9]+ (walks|events and errors)' "$log"
  say "Nothing was found; log: $log"
elif [ "$(sed -n '/^FOUND/,$p' "$log" | wc -l)" -gt 40 ]; then
  # More than the end of the log that was shown.
  sed -n '/^FOUND/,$p' "$log"
fi
exit "$status"
