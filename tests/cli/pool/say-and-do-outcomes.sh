# Intended purchases go with satisfaction at z = 0.5 (n = 103, 103), real ones at 0.2: difference 0.3 (do less
# say: -0.3), standard error sqrt(2/200) = 0.1.
printf 'study,outcome,r,n\n1,say,0.46211715726000979,103\n2,say,0.46211715726000979,103\n3,do,0.197375320224904,103\n4,do,0.197375320224904,103\n' >t.csv
saydo-pool t.csv --r=r --n=n --method=FE --difference=outcome --format=csv --table=subgroups | cut -d, -f1-5
saydo-pool t.csv --r=r --n=n --method=FE --difference=outcome --format=csv --table=differences | cut -d, -f1-7,11-12
# and in a sentence: z = 3, p = .003 (atanh(0.46) = 0.5, atanh(0.20) = 0.2)
saydo-pool t.csv --r=r --n=n --method=FE --difference=outcome | sed -n '3,4p'
