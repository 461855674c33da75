# LimeSurvey's headings in German, French and Spanish, as texts; SurveyMonkey's in another language, told by its two
# rows: the same answers give the same study as in English (whose numbers are worked by hand in tests/cli/join/survey-formats.sh).
here=$SAYDO_ROOT/datasets/formats
draft() { # SURVEY LEDGER MASTER
    saydo-init "$1" "$2" "$3" -q -o study.yml
    grep '^    format: [lsg]' study.yml
    saydo-join study.yml -q --table=study --format=csv
    rm -f study.yml
}
lime() { draft "$1" "$here/limesurvey/ledger.csv" "$here/limesurvey/customers.csv"; }
lime "$here/limesurvey/texts.csv" >english
cut -d, -f1-4 english
sed '1s/Response ID/Antwort ID/; 1s/Date submitted/Datum Abgeschickt/; 1s/Last page/Letzte Seite/; 1s/Start language/Start-Sprache/
1s/"Seed"/"Zufallsstartwert"/; 1s/Date started/Datum gestartet/; 1s/Date last action/Datum letzte Aktivität/' "$here/limesurvey/texts.csv" >german.csv
sed '1s/Response ID/ID de la réponse/; 1s/Date submitted/Date de soumission/; 1s/Last page/Dernière page/; 1s/Start language/Langue de départ/
1s/"Seed"/"Tête de série"/; 1s/Date started/Date de lancement/; 1s/Date last action/Date de la dernière action/' "$here/limesurvey/texts.csv" >french.csv
sed '1s/Response ID/ID de respuesta/; 1s/Date submitted/Fecha de envío/; 1s/Last page/Última página/; 1s/Start language/Lenguaje inicial/
1s/"Seed"/"Semilla"/; 1s/Date started/Fecha de inicio/; 1s/Date last action/Fecha de la última acción/' "$here/limesurvey/texts.csv" >spanish.csv
for f in german french spanish; do lime $f.csv | cmp - english && echo "$f: the same"; done
monkey() { draft "$1" "$here/surveymonkey/ledger.csv" "$here/surveymonkey/customers.csv"; }
monkey "$here/surveymonkey/anonymous.csv" >english
sed '1s/Respondent ID/Befragten-ID/; s/Open-Ended Response/Offene Antwort/g; s/,Response/,Antwort/g' "$here/surveymonkey/anonymous.csv" >other.csv
monkey other.csv | cmp - english && echo "SurveyMonkey: the same"
