# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the scripts share. Sourced, never run. Everything is said on stderr: stdout belongs to the program.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

build_packages=(cmake ninja-build g++ qt6-base-dev qt6-svg-dev libxcb1-dev qt6-l10n-tools libssl-dev)

say() { printf '%s\n' "$*" >&2; }

die()
{
    say "$(basename "$0"): $*"
    exit 1
}

# quietly LOG COMMAND...: its output goes to LOG, and to the user only when it fails.
quietly()
{
    local log=$1
    shift
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 80 "$log" >&2
        return 1
    fi
}

# as_root COMMAND...
as_root()
{
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

# ensure_packages PACKAGE...: installs those that are missing; asks apt nothing when none is.
ensure_packages()
{
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not Debian or Ubuntu, so nothing is installed. Needed are what Debian calls: $*"
        return 0
    fi
    local package missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null) == *installed* ]] ||
            missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "missing packages and neither root nor sudo to install them: ${missing[*]}"
        # Asked for here, where the user sees why.
        say "Missing packages: ${missing[*]} (sudo may ask for your password)"
        sudo -v || die "no root rights to install: ${missing[*]}"
    fi
    local log
    log=$(mktemp)
    say "Installing ${missing[*]} ..."
    if ! quietly "$log" as_root apt-get -q -o DPkg::Lock::Timeout=300 update; then
        say "apt-get update failed; trying with the package lists that are there."
    fi
    quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install "${missing[@]}" || die "apt-get could not install: ${missing[*]}"
    rm -f "$log"
}

# The nginx program: not in an ordinary user's PATH.
nginx_program() { PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v nginx; }

# nginx for the tests. Any flavour that is there will do; one that is installed here shall serve nobody else.
ensure_nginx()
{
    [[ -z $(nginx_program) ]] || return 0
    ensure_packages nginx-light
    [[ -n $(nginx_program) ]] || die "nginx is needed and not there"
    if [[ -d /run/systemd/system ]] && as_root systemctl -q disable --now nginx 2>/dev/null; then
        say "nginx is for the tests alone: its system service was switched off."
    fi
}

# build PRESET: configures when that is needed and builds; says nothing when there is nothing to do.
build()
{
    local preset=$1 dir=$root/build/$1 lock
    local log=$dir.log
    command -v cmake >/dev/null && command -v ninja >/dev/null || die "cmake and ninja are needed to build"
    mkdir -p "$root/build"
    exec {lock}>"$root/build/.lock"
    flock -n "$lock" || { say "Waiting for another build ..." && flock "$lock"; }
    if [[ ! $dir/build.ninja -nt $root/CMakePresets.json ]] || moved "$dir"; then
        say "Configuring ($preset) ..."
        (cd "$root" && quietly "$log" cmake --fresh --preset "$preset") || die "cmake failed (whole log: $log)"
        touch "$dir/build.ninja"
    fi
    if [[ $(ninja -C "$dir" -n 2>&1 | tail -n 1) != *"no work to do"* ]]; then
        say "Building ($preset) ..."
        quietly "$log" ninja -C "$dir" || die "the build failed (whole log: $log)"
    fi
    exec {lock}>&-
}

# A build folder knows where it was made: a copied or renamed checkout starts afresh.
moved()
{
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$1/CMakeCache.txt"
}
