# In cents 64 bits hold 92,233,720,368,547,758.07.  The first line of all at which a customer's sales,
# or his returns, are more is told, whatever comes back later, and before what is wrong behind it.
most=92233720368547758.07
ledger() { file=$1; shift; { echo key,date,amount,type; printf '%s\n' "$@"; } >"$file.csv"; }
read_it() { saydo-ledger "$@" --type=type --sale=S --return=R --table=behaviour --format=csv; echo "$?"; }

# B is beyond it in line 5, A in line 6; the day of line 7 is none.
ledger a "B,2024-01-01,$most,S" "A,2024-01-01,$most,S" "A,2024-01-02,0.00,S" "B,2024-01-02,0.01,S" \
    "A,2024-01-02,0.01,S" "C,2024-01-99,1,S"
read_it a.csv
# Returns; and sales that are brought back.
ledger b "A,2024-01-01,-$most,R" "A,2024-01-02,-0.01,R" "A,2024-01-02,0.01,R"
read_it b.csv
ledger c "A,2024-01-01,$most,S" "A,2024-01-01,0.01,S" "A,2024-01-01,-0.01,S"
read_it c.csv
# What is left after returns is one, but each of the two sums fits.
ledger d "A,2024-01-01,-$most,S" "A,2024-01-02,-0.01,R"
read_it d.csv
# Over files; days that are not asked for do not count.
ledger e "A,2024-01-01,$most,S"
ledger f "C,2024-01-02,1,S" "A,2024-01-02,1.00,S"
read_it e.csv f.csv
read_it e.csv f.csv --from=2024-01-02
