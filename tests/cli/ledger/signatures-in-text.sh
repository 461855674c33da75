# A text that holds what SPSS's files begin with is a text all the same: A bought for 5.00.
printf 'id,name,ENCRYPTED,customer,day,amount,comment\n1,x,y,A,2024-01-02,5.00,ASCII SPSS PORT FILE\n' >ledger.csv
saydo-ledger ledger.csv --key=customer --date=day --amount=amount --format=csv | cut -d, -f1-4
