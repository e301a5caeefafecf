#!/usr/bin/env bash
# Prints an account's credit score with each of its terms. The options are those of the client:
# scripts/score.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

become_client score "$@"
