printf "%s\n" x,y,w 0,0,1 0,1,2 1,0,1 0,0,3 >t.csv
saydo-correlate t.csv --x=x --y=y --weights=w --method=tetrachoric --zero-cells=half
