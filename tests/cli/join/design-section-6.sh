# The study file of docs/design.md, section 6, as it stands there: a Qualtrics export, a German
# ledger in CP1252 with semicolons, decimal commas and trailing minus, a customer master.
# By hand: K1 (id 0001) answered 2024-06-01, window [2024-06-02, 2025-06-02), baseline
# [2023-06-02, 2024-06-01): sale A1 1.234,50 on 02.06.2024 and return B1 34,50 on 05.01.2025 in
# the window, sale Z1 10,00 on 31.05.2024 in the baseline; the payment and the dollars do not
# count. K2 is in the master and never bought: 0. K3 is nowhere. Intent 98 is missing; satisfaction
# is the mean of Q3, Q4 and 8 - Q5: (6 + 7 + (8 - 2)) / 3 = 6.333; 98 for K2 leaves it missing.
cat >wave3.csv <<'X'
RecordedDate,Finished,ExternalReference,Q7,Q3,Q4,Q5,seg,ind
date,finished,reference,How likely are you to buy again?,a,b,c,seg,ind
"{""ImportId"":""recordedDate""}","{""ImportId"":""finished""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""QID7""}","{""ImportId"":""QID3""}","{""ImportId"":""QID4""}","{""ImportId"":""QID5""}","{""ImportId"":""seg""}","{""ImportId"":""ind""}"
2024-06-01 10:00:00,True,k1,6,6,7,2,young,bank
2024-06-01 11:00:00,1,K2 ,98,4,98,3,old,bank
2024-06-02 11:00:00,1,K3,5,4,4,4,old,retail
2024-06-02 12:00:00,0,K9,,,,,old,retail
X
printf 'id\n00K1\nK2\n' >customers.csv
printf 'Kunde;Beleg;Belegdatum;Betrag;Belegart;Waehr\r\n' >gl_2025.csv
printf 'K1;Z1;31.05.2024;10,00;RV;EUR\r\nK1;A1;02.06.2024;1.234,50;RV;EUR\r\n' >>gl_2025.csv
printf 'K1;P1;03.06.2024;1.234,50-;DZ;EUR\r\nK1;D1;04.06.2024;99,00;RV;USD\r\n' >>gl_2025.csv
printf 'K1;B1;05.01.2025;34,50-;DG;EUR\r\nM\374ller;C1;01.01.2023;5,00;RV;EUR\r\nM\374ller;C2;30.06.2025;5,00;RV;EUR\r\n' >>gl_2025.csv
cat >study.yml <<'X'
study: {name: Repurchase intention 2025, seed: 20250601}
surveys:
  - file: wave3.csv
    format: qualtrics          # or surveymonkey, limesurvey, google_forms, sav, xlsx, csv; auto proposes
    key: ExternalReference
    date: RecordedDate
    keep: [{column: Finished, values: ["1", "True"]}]
    duplicates: error          # error | first | latest
scales:
  - {name: intent, column: Q7, range: [1, 7], missing: [-99, 98], label: How likely are you to buy again?}
  - {name: satisfaction, items: [Q3, Q4, Q5], reverse: [Q5], range: [1, 7], missing: [98], combine: mean}
groups: [{name: segment, column: seg}, {name: industry, column: ind}]
customers: {file: customers.csv, key: id}
ledgers:
  - file: gl_2025.csv
    delimiter: ";"
    encoding: CP1252
    decimal: ","
    thousands: "."
    key: Kunde
    document: Beleg
    date: {column: Belegdatum, format: "%d.%m.%Y"}
    amount: {column: Betrag, sign: trailing}        # leading | trailing | parentheses | debit_credit | indicator | by_type
    type: {column: Belegart, sale: [RV], return: [DG], ignore: [DZ]}
    currency: {column: Waehr, keep: EUR}           # or decimals: 2 where there is no currency column (the default; more digits: exit 3)
join:
  key_rules: [trim, case, strip_zeros]
  min_match: 0.8             # no gate unless declared; a warning below 0.8
  window: {offset: 1d, length: 365d, censored: exclude}
  baseline: 365d
behaviours: [retained, purchases, spend, frequency, recency]
analysis: {by: [segment, industry], min_n: 30, adjust: holm}
X
saydo-join study.yml --format=csv
echo $?
