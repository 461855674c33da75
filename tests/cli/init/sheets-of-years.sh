# A workbook with a sheet for each year and one of notes: the sheets of the same columns are all the
# ledger.  30 customers buy for 5 in 2023, 10 in 2024 (in March) and 20 in 2025.
python3 - <<'PY'
import zipfile
def sheet(rows):
    cell = lambda v: "<c><v>%s</v></c>" % v if isinstance(v, (int, float)) else '<c t="inlineStr"><is><t>%s</t></is></c>' % v
    return ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' +
            "".join("<row>" + "".join(map(cell, r)) + "</row>" for r in rows) + "</sheetData></worksheet>")
head = ["customer", "day", "amount"]
year = lambda y, x: [head] + [[1, "%d-01-01" % y, 0.5]] + [[1001 + 7 * n, "%d-03-%02d" % (y, n % 28 + 1), x + 0.25] for n in range(30)] + [[1, "%d-12-31" % y, 0.5]]
sheets = {"2023": year(2023, 5), "2024": year(2024, 10), "2025": year(2025, 20), "Notes": [["By", "the office"], ["of", "June"]]}
kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
with zipfile.ZipFile("ledger.xlsx", "w") as z:
    z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>')
    z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % kinds)
    z.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"><sheets>%s</sheets></workbook>' %
               (kinds, "".join('<sheet name="%s" sheetId="%d" r:id="r%d"/>' % (n, i + 1, i + 1) for i, n in enumerate(sheets))))
    z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' %
               "".join('<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/s%d.xml"/>' % (i + 1, kinds, i + 1) for i in range(len(sheets))))
    for i, rows in enumerate(sheets.values()):
        z.writestr("xl/worksheets/s%d.xml" % (i + 1), sheet(rows))
with open("survey.csv", "w") as f:
    f.write("customer,day,likely\n")
    for n in range(30):
        f.write("%d,2024-03-%02d,%d\n" % (1001 + 7 * n, n % 28 + 1, n * 7 % 5 + 1))
PY
saydo-init survey.csv ledger.xlsx -o study.yml
sed -n '/^ledgers/,/^join/p' study.yml | grep 'file\|sheet\|coverage'
# Customer 1008 answers on 2024-03-02, the day of his purchase of 2024: 20.25 after, 5.25 in the
# 365 days before (from 2023-03-03, a day after the purchase of 2023, as 2024 is a leap year: 0).
saydo-join study.yml -q --table=study --format=csv | grep 'key\|^1008'
