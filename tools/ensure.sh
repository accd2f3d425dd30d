#!/bin/sh
# Make sure that a program is on this machine: `tools/ensure.sh chromium postgresql`.
#
# It looks first. Where it may install (Debian or Ubuntu, as root) it does; elsewhere it
# says in one sentence what is missing, and fails.
set -eu

finds() {
    command -v "$1" >/dev/null 2>&1
}

# Python 3.11 or newer that can make environments.
has_python() {
    "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

has_venv() {
    "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null
}

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if finds "$name"; then return 0; fi
    done
    return 1
}

# Debian keeps the server's programs out of PATH, in a folder for each version.
has_postgresql() {
    if finds initdb && finds postgres; then return 0; fi
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then return 0; fi
    done
    return 1
}

# The package lists may be missing or old, which only an install that fails can tell.
install() {
    if ! finds apt-get || [ "$(id -u)" -ne 0 ]; then return 1; fi
    echo "Installing $* from the system's packages."
    apt_install "$@" || { apt-get update -qq && apt_install "$@"; }
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
        "$@" >/dev/null 2>&1
}

refuse() {
    echo "$1" >&2
    exit 1
}

ensure_python() {
    has_python || refuse \
        "Python 3.11 or newer is needed, and ${PYTHON:-python3} is not: install it, or name it as in 'make PYTHON=python3.12 test'."
    has_venv || { install python3-venv && has_venv; } || refuse \
        "Python's venv module is not complete here: install the package python3-venv."
}

ensure_chromium() {
    has_chromium || { install chromium && has_chromium; } || refuse \
        "Chromium is needed for the tests in a browser: install the package chromium."
}

ensure_postgresql() {
    has_postgresql || { install postgresql && has_postgresql; } || refuse \
        "PostgreSQL's server programs are needed for the tests: install the package postgresql."
}

for wanted in "$@"; do
    case "$wanted" in
        python | chromium | postgresql) "ensure_$wanted" ;;
        *) refuse "tools/ensure.sh knows python, chromium and postgresql, not '$wanted'." ;;
    esac
done
