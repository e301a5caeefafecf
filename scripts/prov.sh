#!/usr/bin/env bash
# Exports the provenance graph of a running chain as PROV-JSON or PROV-N. The options are those of the client:
# scripts/prov.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

become_client prov "$@"
