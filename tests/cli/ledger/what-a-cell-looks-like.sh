# A cell that does not fit is told with the form that it seems to have; nothing is guessed.
look() {
    printf 'key;date;amount\nA;2024-01-05;5\nA;%s;%s\n' "$1" "$2" >t.csv
    shift 2
    saydo-ledger t.csv --delimiter=';' "$@"
    echo "$?"
}
look 2024-01-05 1.234,56
look 2024-01-05 1.234
look 2024-01-05 '(1,250.00)'
look 2024-01-05 250.00- --sign=cr_dr
look 2024-01-05 1.23E+11
look 2024-01-05 soon
look 31/01/2024 5
look 03/04/2024 5
look 45321 5
look 2024-02-30 5
