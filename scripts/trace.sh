#!/usr/bin/env bash
# Traces the tonnes of a surrender back to where they were issued. The options are those of the client:
# scripts/trace.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

become_client trace "$@"
