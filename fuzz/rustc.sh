#!/bin/sh
# Calls the compiler for cargo, and has what belongs to this repository count which of its branches are taken: libFuzzer looks for
# walks that take others. What comes from elsewhere is compiled as always, and runs as fast.
case ${CARGO_MANIFEST_DIR:-} in
  "${CARBON_FUZZ_ROOT:?is not set}"/*)
    exec "$@" --cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
      -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    ;;
  *) exec "$@" ;;
esac
