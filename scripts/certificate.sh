#!/usr/bin/env bash
# Prints the certificate of a surrender or a cancellation from a running chain. The options are those of the client:
# scripts/certificate.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

become_client certificate "$@"
