saydo-simulate --customers=1000 --respondents=900 --seed=1 -o out
