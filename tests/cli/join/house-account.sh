. "$SAYDO_ROOT/tests/cli/small.sh"
# WALKIN has 600 lines; A1 and B9 have 4, A2 and A3 2: the median of the five is 4, times 50 is 200.
i=0
while [ $i -lt 600 ]; do i=$((i + 1)); echo "WALKIN,2024-01-$((10 + i % 20)),w$i,1.00"; done >>ledger.csv
saydo-join study.yml --table=matching --format=csv | head -3
echo WALKIN,2024-01-10,x,2 >>survey.csv
saydo-join study.yml --table=matching --format=csv | head -3
sed -i 's/^join:/join:\n  block: ["WALKIN"]/' study.yml
saydo-join study.yml --table=matching --format=csv | head -3
