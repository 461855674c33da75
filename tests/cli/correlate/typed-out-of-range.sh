printf "%s\n" n,jk,jh,kh 100,.4,.5,.1 100,.4,5,.1 >t.csv
saydo-correlate t.csv --typed
