# Accounts with "sales" in their name are proposed as sales, but for sales tax and what is payable.
cat >survey.csv <<'END'
name,score,when
Acme,5,2025-01-20
Dale,6,2025-02-01
END
cat >journal.csv <<'END'
Date,Transaction Type,Num,Name,Memo/Description,Account,Debit,Credit
01/15/2025,Invoice,1,Acme,Clay,Accounts Receivable (A/R),107.00,
,,,Acme,Clay,Product sales,,100.00
,,,,,Sales Tax Payable,,7.00
02/15/2025,Invoice,2,Dale,Clay,Accounts Receivable (A/R),53.50,
,,,Dale,Clay,Other income,,50.00
,,,,,Sales Tax Payable,,3.50
END
saydo-init survey.csv journal.csv -o study.yml -q
grep ' keep: \[' study.yml
saydo-ledger study.yml --format=csv
