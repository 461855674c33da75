# What a terminal would obey, in a name or a level, does not reach it.
python3 -c '
print("intent,\"sp\x1b[31mend\",\"g\x9b1m\"")
for i in range(40):
    print("%d,%d,\"a\x1b]0;title\x07\x9b31m\"" % (i % 7 + 1, i * 3 % 11))
' >t.csv
name=$(printf 'sp\033[31mend') by=$(printf 'g\302\2331m')
saydo-correlate t.csv --x=intent --y="$name" --by="$by" | grep -c "$(printf '[\001-\010\013-\037\177]')"
saydo-correlate t.csv --x=intent --y="$name" --by="$by" | LC_ALL=C grep -c "$(printf '\302\233')"
saydo-correlate t.csv --x=intent --y="$by" 2>&1 | LC_ALL=C grep -c "$(printf '\302\233')"
saydo-correlate t.csv --x=intent --y="$name" --by="$by" --table=correlations | grep '^[ga]?' | cut -c1-40
