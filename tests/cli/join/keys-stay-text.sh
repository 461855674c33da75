. "$SAYDO_ROOT/tests/cli/small.sh"
# 00123 and 0123 are two customers as long as no rule says otherwise; 1e3 is not 1000.
cat >survey.csv <<'END'
id,day,segment,q1
00123,2024-01-10,x,7
0123,2024-01-10,x,5
1e3,2024-01-10,y,3
END
cat >customers.csv <<'END'
id
00123
0123
1000
1e3
END
cat >>ledger.csv <<'END'
00123,2024-01-12,20,1.00
0123,2024-01-12,21,2.00
1000,2024-01-12,22,4.00
END
saydo-join study.yml --table=study --format=csv
