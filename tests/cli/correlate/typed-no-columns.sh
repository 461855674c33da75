printf "%s\n" n,jk,jh 100,.4,.5 >t.csv
saydo-correlate t.csv --typed
