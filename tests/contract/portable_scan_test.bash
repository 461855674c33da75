# SPDX-License-Identifier: GPL-3.0-or-later
# The scanner's kernel for arm64 against the plain state machine, in an emulator, and the
# one for any processor as a big-endian one runs it: where compiler and emulator are there.
set -eu
check() { # COMPILER EMULATOR KERNELS
    if ! command -v "$1" >/dev/null || ! command -v "$2" >/dev/null; then
        echo "skipped: no $1 or no $2, its kernels of the scanner are not tried"
        return
    fi
    "$1" -std=c11 -D_GNU_SOURCE -I"$SAYDO_ROOT" -O2 -static -Wall -Wextra -Werror -o scan \
        "$SAYDO_ROOT"/io/scan/*.c "$SAYDO_ROOT"/models/base/arena.c "$SAYDO_ROOT"/models/base/pages.c \
        "$SAYDO_ROOT"/tests/scan_case.c "$SAYDO_ROOT"/tests/contract/scan_main.c
    "$2" ./scan >said || { cat said; exit 1; }
    for kernel in $3; do
        grep -qx "$kernel: ok" said || { echo "$1: $kernel was not run:"; cat said; exit 1; }
    done
}
check aarch64-linux-gnu-gcc qemu-aarch64-static "neon portable"
check s390x-linux-gnu-gcc qemu-s390x-static "portable"
