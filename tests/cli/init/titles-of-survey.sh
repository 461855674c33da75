# Titles above the names of a survey and of a list of customers: only ledgers declare them.
cp "$SAYDO_ROOT"/datasets/formats/pairs/google_forms-shopify/ledger.csv.gz .
{ printf 'Answers of spring,,,\n,,,\n'; printf 'mail,day,Q1,region\n'
  sed -n '2,60{s/^[^,]*,\([^,]*\),\([1-5]\).*/\1,2024-02-05,\2,North/p}' "$SAYDO_ROOT"/datasets/formats/pairs/google_forms-shopify/survey.csv; } >survey.csv
saydo-init survey.csv ledger.csv.gz -o study.yml
sed -n '/^surveys/,/key:/p' study.yml
sed -i 1,2d survey.csv
saydo-join study.yml -q --table=matching --format=csv | grep 'usable responses'
