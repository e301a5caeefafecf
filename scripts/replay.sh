#!/usr/bin/env bash
# Replays registry tables of several years on a fresh dev chain of its own and stops it afterwards.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/replay.sh --compliance FILE --allocations FILE [--years YEARS] [--prov-out FILE]

Installs what is missing, builds, starts a dev chain with an empty database on free ports, replays the tables year after
year with the cumulative rules and stops the chain. Prints for each year how many published surrender statuses the chain
has computed, and every other one with its cause; the last line is `statuses: M of N match`. The exit status is 0 when all
checks held, whether or not every status matches.

  --compliance FILE   compliance report of a registry, .csv or .xlsx
  --allocations FILE  allocation table of the same registry, .csv or .xlsx
  --years YEARS       2021-2024 or 2022: years to replay (default: all that both tables have)
  --prov-out FILE     write the chain's provenance graph to this file, as scripts/run.sh does
TEXT
}

options=()
compliance=
allocations=
while [ "$#" -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --compliance | --allocations | --years | --prov-out)
      [ -n "${2:-}" ] || die "Option $1 needs a value: see scripts/replay.sh --help."
      case $1 in
        --compliance) compliance=$2 ;;
        --allocations) allocations=$2 ;;
      esac
      options+=("$1" "$2")
      shift
      ;;
    *) die "Unknown option '$1': see scripts/replay.sh --help." ;;
  esac
  shift
done
if [ -z "$compliance" ] || [ -z "$allocations" ]; then
  die "Name both tables, with --compliance FILE and --allocations FILE."
fi

"$ROOT/scripts/setup.sh" --quiet
mapfile -t ports < <(free_ports 2)
[ "${#ports[@]}" = 2 ] || die "No free ports were found."
exec "$ROOT/scripts/run.sh" --exit --port "${ports[0]}" --p2p-port "${ports[1]}" "${options[@]}"
