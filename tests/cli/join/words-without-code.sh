. "$SAYDO_ROOT/tests/cli/small.sh"
# Two words that no label declares, one of them in two spellings: counted, nothing is guessed.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,x,Agree
A2,2024-01-10,x,Somewhat agree
A3,2024-01-10,y,"Neither, nor"
A4,2024-01-10,y,4
ZZ,2024-01-10,y,SOMEWHAT  agree
END
cat >scale <<'END'
  - name: intent
    column: q1
    range: [1, 5]
    labels: [{code: 5, words: [Agree]}]
END
sed -i -e '/name: intent/{r scale' -e 'd}' study.yml
saydo-join study.yml
