# Every form of an amount, each as it is declared: spend is 1234.56 or -250 (250 where that is said).
form() {
    amount=$1
    shift
    printf 'key;date;amount\nA;2024-01-05;"%s"\n' "$amount" >t.csv
    printf '%s\t' "$amount"
    saydo-ledger t.csv --delimiter=';' --format=csv "$@" | sed -n 's/^A,[0-9]*,[0-9]*,[0-9]*,\([^,]*\),.*/\1/p'
}
nbsp=$(printf '\302\240') narrow=$(printf '\342\200\257') thin=$(printf '\342\200\211')
quote=$(printf '\342\200\231') minus=$(printf '\342\210\222') euro=$(printf '\342\202\254')
form 1.234,56 --decimal=, --thousands=.
form '1 234,56' --decimal=, '--thousands= '
form "1${nbsp}234,56" --decimal=, '--thousands= '
form "1${narrow}234,56" --decimal=, '--thousands= '
form "1${thin}234,56" --decimal=, '--thousands= '
form "1'234.56" "--thousands='"
form "1${quote}234.56" "--thousands='"
form 1,234.56 --thousands=,
form 1,23,456.78 --thousands=indian # 123456.78
form "'1234.56"
form '(250.00)' --sign=parentheses
form '$(250.00)' --sign=parentheses
form '($250.00)' --sign=parentheses
form '-$250.00'
form 250.00- --sign=trailing
form -250.00
form "${minus}250.00"
form 'EUR -250,00' --decimal=,
form "-250,00 ${euro}" --decimal=,
form "CHF 1'234.56" "--thousands='"
form '250.00 CR' --sign=cr_dr
form 250.00cr --sign=cr_dr
form '250.00 DR' --sign=cr_dr # 250
form 250.00 --sign=cr_dr # 250
