. "$SAYDO_ROOT/tests/cli/small.sh"
# Words in two languages, spelt as exports spell them: a no-break blank, capitals, a typographic
# apostrophe, blanks at the end; a number among them, and a word for no answer.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,x,Sehr unzufrieden
A2,2024-01-10,x,Don’t know
A3,2024-01-10,y,VERY satisfied 
A4,2024-01-10,y,4
ZZ,2024-01-10,y,3
END
cat >scale <<'END'
  - name: intent
    column: q1
    range: [1, 5]
    labels:
      - {code: 5, words: [Very satisfied, Sehr zufrieden]}
      - {code: 1, words: [Very dissatisfied, Sehr unzufrieden]}
    missing: [don't know]
END
sed -i -e '/name: intent/{r scale' -e 'd}' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
