. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i '1s/$/,w/; 2,$s/$/,1/; s/^A2,\(.*\),1$/A2,\1,-1/' survey.csv
echo 'analysis: {weights: w}' >>study.yml
saydo-join study.yml
