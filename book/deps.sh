#!/bin/sh
# Installs what book/packages.txt names and this machine lacks: with apt on Debian and Ubuntu (through sudo when not root);
# elsewhere it prints exactly what to install. Says what and why; when nothing is missing it says nothing.
# Arguments are the parts wanted (check html); without any it is all of them but oracle.
set -u
list=$(dirname "$0")/packages.txt
parts=" $* "
missing=

for part in "$@"; do
    grep -qxF "[$part]" "$list" && continue
    echo "there is no part $part; there are: $(sed -n 's/^\[\(.*\)\]$/\1/p' "$list" | tr '\n' ' ')" >&2
    exit 2
done

# The lines of the parts wanted.
wanted() {
    part=
    while read -r line; do
        case $line in
            ''|'#'*) continue ;;
            '['*']') part=${line#?}; part=${part%?}; continue ;;
        esac
        case $parts in
            '  ') [ "$part" = oracle ] || printf '%s\n' "$line" ;;
            *" $part "*) printf '%s\n' "$line" ;;
        esac
    done <"$list"
}

present() {
    case $1 in
        cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
        pc:*) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "${1#pc:}" ;;
        file:*) [ -e "${1#file:}" ] ;;
        *) echo "book/packages.txt: $1 is no probe (cmd:, pc: or file:)" >&2; exit 2 ;;
    esac
}

while read -r package probe why; do
    [ -z "$package" ] && continue
    present "$probe" && continue
    missing="$missing $package"
    printf '  %-28s %s\n' "$package" "$why"
done <<END
$(wanted)
END

[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    printf '\nThis system has no apt. Install what is listed above with your package manager\n'
    printf '(the names are Debian 12'\''s), then run make deps again.\n'
    exit 1
fi

root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { printf '\nNot root, and no sudo here. As root: apt-get install%s\n' "$missing"; exit 1; }
    root=sudo
fi
printf '\nInstalling with apt:%s\n' "$missing"
$root apt-get update -qq &&
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || exit 1

while read -r package probe why; do
    [ -z "$package" ] && continue
    present "$probe" || { echo "$package was installed, but $probe is still not there" >&2; exit 1; }
done <<END
$(wanted)
END
