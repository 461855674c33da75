printf 'q1\n1\n9\n10\n' >t.csv
saydo-describe t.csv --x=q1 --nps=q1 --promoters=6 --detractors=9
