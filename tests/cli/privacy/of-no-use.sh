printf '%s\n' study,y,v a,0.1,0.01 b,0.2,0.02 c,0.3,0.01 >t.csv
saydo-pool t.csv --estimate=y --variance=v --suppress-below=5 --pseudonymise=nowhere --table=pooled | head -1
