#!/usr/bin/env bash
# Anchors the digest of a file on the chain, and compares a file with what is anchored. The options are those of the client:
# scripts/anchor.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

become_client anchor "$@"
