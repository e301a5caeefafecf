#!/usr/bin/env bash
# Installs what building and testing Carbon Chain needs and this machine lacks: a few Debian packages, the Rust
# toolchain of rust-toolchain.toml, the wasm target of the runtime, rustfmt and clippy, and the Python package with which
# exported provenance is checked. Says in one line each what it does and is quiet where nothing is to do. Safe to run
# again at any time.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/setup.sh [--quiet]

Installs what is missing: Debian packages (with sudo unless you are root), the Rust toolchain of
rust-toolchain.toml, its wasm target, rustfmt and clippy, and the Python package prov in an environment of its own in the
build directory. Node.js 20 or newer must be there already.

  --quiet   say nothing when nothing is missing
TEXT
}

quiet=0
for argument in "$@"; do
  case $argument in
    --quiet) quiet=1 ;;
    -h | --help) usage; exit 0 ;;
    *) die "Unknown option '$argument': see scripts/setup.sh --help." ;;
  esac
done

use_target_dir setup
cd "$ROOT"
clean_up_at_exit
did_something=0
log=$LOG_DIR/setup.log

# Announces what is about to be done.
doing() {
  did_something=1
  say "set-up: $*"
}

# Runs a command whose output only matters when it fails. No download may hang for ever.
try() { timeout --foreground 1800 "$@" >>"$log" 2>&1 </dev/null; }

# --- system packages -----------------------------------------------------------------------------------------

missing_packages() {
  { have cc && have c++ && have make; } || say build-essential
  [ -n "${PROTOC:-}" ] || have protoc || say protobuf-compiler
  have pkg-config || say pkg-config
  [ -n "${OPENSSL_DIR:-}" ] || { have pkg-config && pkg-config --exists openssl; } || [ -f /usr/include/openssl/ssl.h ] || say libssl-dev
}

# apt-get as root, without a question, for half an hour at most. `sudo` may ask for a password only where somebody sits at a terminal.
apt_get() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    as_root=(sudo)
    if [ -n "${CI:-}" ] || [ ! -t 0 ]; then as_root+=(-n); fi
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    timeout --kill-after=60 1800 apt-get -qq -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  if [ "${#missing[@]}" = 0 ]; then return 0; fi
  have apt-get || die "Missing from the system: ${missing[*]} (names of Debian's packages); install them with the system's package manager."
  [ "$(id -u)" = 0 ] || have sudo || die "Missing from the system: ${missing[*]}; run 'apt-get install ${missing[*]}' as root."
  doing "installing ${missing[*]} with apt-get"
  # Stale package lists of one source need not prevent the installation.
  apt_get update || :
  apt_get install "${missing[@]}" || die "apt-get could not install ${missing[*]} (its output: $log); run 'apt-get install ${missing[*]}' as root."
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" = 0 ] || die "Still missing after their installation: ${missing[*]}."
}

# --- Node.js -------------------------------------------------------------------------------------------------

check_node_js() {
  have node || die "Node.js is not installed: install Node.js $NODE_JS_MIN or newer with npm."
  local version
  version=$(node -p process.versions.node 2>/dev/null) || version=0
  version_at_least "$version" "$NODE_JS_MIN" || die "Node.js $version is too old: install Node.js $NODE_JS_MIN or newer with npm."
  have npm || die "npm is not installed: install the npm that belongs to Node.js $version."
}

# --- Rust ----------------------------------------------------------------------------------------------------

install_rust() {
  have rustc || have rustup || die "Rust is not installed: install rustup, then run this again."
  if ! have_chosen_rust; then
    have rustup || die "rustc does not work and there is no rustup: install rustup, then run this again."
    if [ -n "${RUSTUP_TOOLCHAIN:-}" ]; then
      die "The toolchain '$RUSTUP_TOOLCHAIN' that RUSTUP_TOOLCHAIN asks for is not installed."
    fi
    doing "installing Rust $PINNED_RUST with rustup"
    if ! try rustup toolchain install "$PINNED_RUST" --profile minimal --no-self-update \
      --component rustfmt --component clippy --target "$WASM_TARGET"; then
      use_other_rust || die "rustup could not fetch Rust $PINNED_RUST (its output: $log), and no other release of Rust from $OLDEST_RUST on is installed."
      doing "Rust $PINNED_RUST cannot be fetched: using the installed toolchain $RUSTUP_TOOLCHAIN instead"
    fi
  fi
  local version
  version=$(rust_version)
  version_at_least "${version:-0}" "$OLDEST_RUST" || die "Rust ${version:-without a version} is too old: Carbon Chain needs $OLDEST_RUST or newer, best $PINNED_RUST."
}

# rustup's name of the toolchain in use, for its commands.
rustup_toolchain() { rustup show active-toolchain 2>/dev/null | awk '{ print $1; exit }'; }

has_wasm_target() {
  local dir
  dir=$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
  compgen -G "$dir/libcore-*.rlib" >/dev/null && compgen -G "$dir/liballoc-*.rlib" >/dev/null \
    && compgen -G "$dir/libcompiler_builtins-*.rlib" >/dev/null
}

# Compiles the target's three libraries from the standard library's source of the same compiler and puts them
# where rustup would: for machines that cannot reach rustup's server, and for toolchains that are not rustup's.
build_wasm_target() {
  local sysroot work library
  sysroot=$(rustc --print sysroot)
  if [ ! -f "$sysroot/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    have rustup && try rustup component add rust-src --toolchain "$(rustup_toolchain)" || return 1
  fi
  doing "building the target $WASM_TARGET from the standard library's source"
  work=$LOG_DIR/wasm-target
  mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
  printf '#![no_std]\nextern crate alloc;\n' >"$work/src/lib.rs"
  # RUSTC_BOOTSTRAP lets the release compiler build its own standard library.
  try env -C "$work" -u CARGO_ENCODED_RUSTFLAGS RUSTUP_TOOLCHAIN="${RUSTUP_TOOLCHAIN:-$(rustup_toolchain)}" \
    RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$work/target" \
    cargo build --release -Z build-std=core,alloc -Z build-std-features=compiler-builtins-mem --target "$WASM_TARGET" \
    || return 1
  # Moved into place at once: an interrupted copy must not look like an installed target.
  local rustlib=$sysroot/lib/rustlib
  local staged=$rustlib/$WASM_TARGET.$$
  mkdir -p "$staged/lib" 2>>"$log" || return 1
  for library in core alloc compiler_builtins; do
    cp "$work/target/$WASM_TARGET/release/deps/lib$library"-*.rlib "$staged/lib/" 2>>"$log" || { rm -rf "$staged"; return 1; }
  done
  if rm -rf "${rustlib:?}/$WASM_TARGET" && mv "$staged" "$rustlib/$WASM_TARGET"; then
    rm -rf "$work"
  else
    rm -rf "$staged"
    return 1
  fi
}

install_wasm_target() {
  if has_wasm_target; then return 0; fi
  local toolchain=''
  if have rustup; then
    toolchain=$(rustup_toolchain)
    doing "adding the target $WASM_TARGET to the toolchain $toolchain"
    if try rustup target add "$WASM_TARGET" --toolchain "$toolchain" && has_wasm_target; then return 0; fi
    say "set-up: rustup cannot add it"
  fi
  if build_wasm_target && has_wasm_target; then return 0; fi
  die "The target $WASM_TARGET could neither be fetched nor built (output: $log): run 'rustup target add $WASM_TARGET${toolchain:+ --toolchain $toolchain}', or 'rustup component add rust-src${toolchain:+ --toolchain $toolchain}' and then this again, where rustup's server can be reached."
}

# Only test.sh needs them, and it says so when one is missing; building and running work without.
install_component() {
  local component=$1 command=$2 toolchain
  if cargo "$command" --version >/dev/null 2>&1; then return 0; fi
  if have rustup; then
    toolchain=$(rustup_toolchain)
    doing "adding $component to the toolchain $toolchain"
    if try rustup component add "$component" --toolchain "$toolchain"; then return 0; fi
  fi
  warn "warning: $component is missing and could not be installed; scripts/test.sh will count its check as failed."
}

# Whether there is a Python that can make an environment.
have_python() {
  local version
  version=$(python3 -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
  version_at_least "$version" "$PYTHON_MIN"
}

# Makes the environment of scripts/prov-check.py. Only test.sh needs it, as above.
install_prov() {
  # An image that only builds the node has this script without them.
  if [ ! -f "$PROV_REQUIREMENTS" ] || have_prov; then return 0; fi
  local dir
  dir=$(prov_environment)
  if ! have_python && have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }; then
    doing "installing python3-venv with apt-get"
    apt_get update || :
    apt_get install python3-venv || :
  fi
  if have_python; then
    doing "installing the Python package prov"
    # Without what the caller's variables let Python find elsewhere.
    if try env -u PYTHONPATH -u PYTHONHOME python3 -m venv --clear "$dir" &&
      try env -u PYTHONPATH -u PYTHONHOME "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes -r "$PROV_REQUIREMENTS"; then
      # Last, so that an interrupted installation does not look like a complete one.
      cp "$PROV_REQUIREMENTS" "$dir/requirements"
      if have_prov; then return 0; fi
    fi
  fi
  warn "warning: the Python package prov is missing and could not be installed (output: $log); scripts/test.sh will count the checks of exported provenance as failed."
}

check_node_js
install_packages
install_rust
install_wasm_target
install_component rustfmt fmt
install_component clippy clippy
install_prov

if [ "$did_something" = 0 ]; then
  rmdir "$LOG_DIR" 2>/dev/null || :
  if [ "$quiet" = 0 ]; then say "Everything that is needed is installed."; fi
fi
