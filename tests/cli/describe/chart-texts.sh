# Small panels, the highest answer at 100 %: its label has its room below the panel's title (the
# axis ends above 1.05).  Without min_n the axis of the retention chart does not speak of grey.
{
    echo "intent,stayed,g"
    for g in a b c d e f; do echo "4,1,$g"; echo "4,0,$g"; done
    echo "5,1,g"
} >t.csv
saydo-describe -q t.csv --x=intent --y=stayed --by=g --no-pictures -o out/
grep -ho 'yrange \[0:1[^]]*' out/charts/distribution-intent.gp | sort -u | awk -F: '{ print ($2 > 1.05) }'
grep -ho 'answer; .*' out/charts/retention-intent-stayed.tsv | cut -f1
