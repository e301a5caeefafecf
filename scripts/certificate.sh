#!/usr/bin/env bash
# Prints the certificate of a surrender or a cancellation from a running chain. The options are those of the client:
# scripts/certificate.sh --help.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

have node || die "Node.js is not installed: install Node.js $NODE_JS_MIN or newer with npm."
version=$(node -p process.versions.node)
version_at_least "$version" "$NODE_JS_MIN" || die "Node.js $version is too old: install Node.js $NODE_JS_MIN or newer with npm."

program=$CLIENT/dist/certificate.js
# Nothing but the certificate goes to the standard output.
if [ ! -e "$program" ] || [ ! -d "$CLIENT/node_modules" ] || [ -n "$(find "$CLIENT/src" -newer "$program" -print -quit)" ]; then
  use_target_dir certificate
  install_client >&2 || die "The client's packages could not be installed."
  client_step "client" "$LOG_DIR/client.log" build >&2 || die "The client could not be built."
fi
exec node "$program" "$@"
