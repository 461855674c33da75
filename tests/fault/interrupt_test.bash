# SPDX-License-Identifier: GPL-3.0-or-later
# A run that is stopped in the middle: Ctrl-C ends with status 130, kill -9 with nothing to say;
# the old output is whole, a new one is not begun, nothing is left beside it.
set -u
failed=0
fail() { echo "$*"; failed=1; }
{
    echo key,date,amount
    seq -f 'customer-%.0f,2024-01-15,12.34' 1 100000
} >ledger.csv
printf 'key,date,amount\nA,2024-01-01,1.00\n' >small.csv
saydo-ledger small.csv -o out.csv -o out.xlsx
saydo-ledger -q small.csv -o old/
sha256sum out.csv out.xlsx $(find old -type f) >before

# Starts a run on the big ledger, sends a signal after some time, gives the exit status.  A pipe
# that stays open holds the reader, so that the run is in the middle whatever the machine.
stopped() { # SIGNAL OPTION...
    local signal=$1
    shift
    mkfifo pipe
    (trap - INT; exec saydo-ledger - "$@" <pipe >stdout 2>stderr) &
    local run=$!
    exec 9<>pipe # does not wait for a run that has failed already
    head -n 20000 ledger.csv >&9
    sleep 0.02
    kill -"$signal" $run
    wait $run 2>/dev/null
    status=$?
    exec 9>&-
    rm pipe
}
# Likewise a packed ledger, unpacked by a thread of its own, and one behind a plain file that
# several threads read: the run waits for the rest of the last one.
stopped_at() { # SIGNAL FILE... : the last is a pipe that gives the beginning of packed.gz
    local signal=$1
    shift
    mkfifo pipe.gz
    (trap - INT; exec saydo-ledger --threads=4 "$@" pipe.gz -o out.csv -o old/ >stdout 2>stderr) &
    local run=$!
    exec 9<>pipe.gz
    head -c 50000 packed.gz >&9
    sleep 0.05
    kill -"$signal" $run
    wait $run 2>/dev/null
    status=$?
    exec 9>&-
    rm pipe.gz
}
gzip -c ledger.csv >packed.gz
set -m # so that Ctrl-C is not ignored in the background
for where in "-o out.csv -o out.xlsx" "-o old/" "--format=csv"; do
    stopped INT $where
    [ $status = 130 ] || fail "SIGINT, $where: status $status"
    [ -s stdout ] && fail "SIGINT, $where: something on standard output"
    stopped TERM $where
    [ $status != 0 ] || fail "SIGTERM, $where: status 0"
    stopped KILL $where
    [ $status = 137 ] || fail "SIGKILL, $where: status $status"
done
for files in "" "ledger.csv" "packed.gz small.csv"; do
    stopped_at INT $files
    [ $status = 130 ] || fail "SIGINT, packed, after '$files': status $status: $(cat stderr)"
    stopped_at KILL $files
    [ $status = 137 ] || fail "SIGKILL, packed, after '$files': status $status"
done
sha256sum --quiet -c before || fail "an old output has changed"

# While the output is written: at many moments, the file is the old one or the new one.
saydo-ledger ledger.csv -o new.csv
new=$(sha256sum <new.csv)
old=$(sha256sum <out.csv)
for delay in 0.02 0.04 0.06 0.08 0.1; do
    saydo-ledger ledger.csv -o out.csv &
    sleep $delay
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    now=$(sha256sum <out.csv)
    [ "$now" = "$old" ] || [ "$now" = "$new" ] || fail "after $delay s: half a file"
done

# Ctrl-C while a folder is filled, gnuplot at work: 130, no folder half filled.
mkdir bin
printf '#!/bin/sh\ntouch "$STARTED"\nsleep 5\n' >bin/gnuplot
chmod +x bin/gnuplot
printf 'x,y\n1,2\n2,1\n3,4\n4,3\n5,5\n6,5\n' >t.csv
export STARTED=$PWD/started
(trap - INT; PATH=$PWD/bin:$PATH exec saydo-curve t.csv --x=x --y=y --curve=linear --replicates=19 -o fresh/ >stdout 2>stderr) &
run=$!
for _ in $(seq 100); do [ -e started ] && break; sleep 0.02; done
kill -INT -$run # the terminal sends it to the whole group
wait $run
status=$?
[ $status = 130 ] || fail "Ctrl-C while drawing: status $status: $(cat stderr)"
[ -z "$(ls -A fresh 2>/dev/null)" ] || fail "Ctrl-C while drawing left: $(ls -A fresh)"
ls -A | grep '^\.saydo' && fail "a temporary file is left"
exit $failed
