# A field of 100,000 characters is not told in full.
{ printf 'x,y\n1,'; head -c 100000 /dev/zero | tr '\0' z; echo; } >t.csv
saydo-correlate t.csv --x=x --y=y
