# One file, standard input, a file that is there already, files in the wrong order.
printf 'id,day,q\na,2024-01-01,4\nb,2024-01-02,2\nc,2024-01-03,5\nd,2024-01-04,4\n' >survey.csv
printf 'id,day,amount\na,2024-01-01,1.50\nb,2024-02-02,2.25\nc,2024-03-03,3.75\n' >ledger.csv
saydo-init survey.csv; echo $?
saydo-init survey.csv - <ledger.csv; echo $?
saydo-init survey.csv absent.csv; echo $?
echo mine >study.yml
saydo-init survey.csv ledger.csv -o study.yml; echo $?
cat study.yml
saydo-init ledger.csv survey.csv -o wrong.yml; echo $?
mkdir sub && saydo-init survey.csv ledger.csv -o sub/study.yml && grep file: sub/study.yml | sed "s|$PWD|PWD|"
