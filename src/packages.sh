# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by src/run and tests/run: what Debian has to provide, and how to get it.

# shellcheck disable=SC2034
build_packages=(
  gcc libc6-dev pkg-config meson ninja-build python3 gettext libxml2-utils
  libglib2.0-dev libglib2.0-bin libgtk-4-dev libgtk-4-bin libadwaita-1-dev libpcre2-dev zlib1g-dev
  libmspack-dev libdeflate-dev libbz2-dev liblzma-dev libzstd-dev nettle-dev
  desktop-file-utils shared-mime-info
)

# What a window needs to look as it should.
# shellcheck disable=SC2034
window_packages=(
  adwaita-icon-theme hicolor-icon-theme fonts-cantarell fonts-dejavu-core librsvg2-common
)

say ()
{
  printf '%s\n' "$*"
}

die ()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# run_quietly LOG COMMAND...: the output goes to LOG, and its end is shown if COMMAND fails.
run_quietly ()
{
  local log=$1
  shift

  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    say "This failed: $* (all of it is in $log)" >&2
    return 1
  fi
}

# install_packages NAME...: get those that are missing, and say which.
install_packages ()
{
  local missing=() name as_root=()

  if ! command -v apt-get >/dev/null; then
    say "This is no Debian system, so nothing is installed; needed are what Debian calls: $*"
    return
  fi
  for name in "$@"; do
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) != installed ]]; then
      missing+=("$name")
    fi
  done
  if ((${#missing[@]} == 0)); then
    return
  fi

  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "sudo is not installed. As root, run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get -q -q update || say "The package lists could not be updated; going on with those that are here."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -q -y --no-install-recommends -o Dpkg::Use-Pty=0 install "${missing[@]}" >/dev/null ||
    die "apt-get could not install them."
}
