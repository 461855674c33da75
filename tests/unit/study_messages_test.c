/* SPDX-License-Identifier: GPL-3.0-or-later
   One wrong study file per message: exit status 2, the line, and what is said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/study/check.h"
#include "tests/check.h"

struct wrong_file {
    const char *yaml;
    uint64_t line;
    const char *said; /* a part of the message */
};

/* Files as they stand. */
static const struct wrong_file syntax[] = {
    {"", 1, "the study file is empty"},
    {"# only a comment\n", 1, "the study file is empty"},
    {"a;b;c\n1;2;3\n", 1, "this is no study file; a study file begins with 'study: {name: ...}'"},
    {"- a\n- b\n", 1, "this is no study file"},
    {"study: {name: x}\njoin:\n\tbaseline: 1d\n", 3, "holds a tab; write blanks"},
    {"study:\n  name: x: y\n", 2, "'name: x: y' has a ': ' where no key can stand"},
    {"study: {name: x: y}\n", 1, "put a text that holds ': ' in double quotes"},
    {"study: {name: x\nledgers: []\n", 1, "'{' is not closed"},
    {"study: {name: x}\nbehaviours: [a, b\n", 2, "'[' is not closed"},
    {"study: {name: \"C:\\data\"}\n", 1, "has a backslash inside double quotes; use single quotes"},
    {"study: {name: \"x}\njoin: 5\n", 1, "a quote is opened and never closed"},
    {"study: {name: x}\njoin: 'a\n", 2, "a quote is opened and never closed"},
    {"study: {name: ok}\nnote: \xfc\n", 2, "byte 0xfc is no text in UTF-8; save the study file as"},
    {"study: {name: %d}\n", 1, "begins with a mark that has a meaning in YAML"},
    {"study: {name: * }\n", 1, "begins with '*' or '&'"},
    {"study: {name: *a}\n", 1, "'a' is an alias"},
    {"study: {name: &a b}\n", 1, "'a' is an anchor"},
    {"study: {name: x}\ngroups: &g [a]\n", 2, "'g' is an anchor"},
    {"study: &s {name: x}\n", 1, "'s' is an anchor"},
    {"study: {&k name: x}\n", 1, "'k' is an anchor"},
    {"*a\n", 1, "'a' is an alias"},
    {"study: {name: !x b}\n", 1, "'!x' is a tag"},
    {"a: &a [l,l,l]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n", 1, "'a' is an anchor"},
    {"study: {name: b}\n---\nstudy: {name: c}\n", 2, "a second document begins"},
    {"study:\n  name: b\n seed: 1\n", 3, "'seed: 1' does not continue the block above"},
    {"study:\n  name: b\n   seed: 1\n", 3, "the keys of a block begin in the same column"},
    {"study: {name: b}\ngroups:\n  - name: a\n  column: b\n", 4,
     "does not continue the list above"},
    {"study:\n  name: b\nscales\n", 3, "'scales' is neither 'key: value' nor an entry of a list"},
    {"study: {name: b}\n? [a]\n: c\n", 2, "a list or block stands where a key should"},
    {"study: {name: b}\njoin: - a\n", 2, "has a '- ' where no list can stand"},
    {"study: {name: [[[[[[[[[[[[[a]]]]]]]]]]]]]}\n", 1, "nested too deeply"},
    {"study: {name: \"a\\0b\"}\n", 1, "'a' is followed by a NUL character"},
    {"study: {name: a}\ngroups: [{name: a, column: b, levels: [a, , b]}]\n", 2,
     "has a ',' or a bracket where a value should stand"},
    {"study: {name: \"\\x9\"}\n", 1, "is not YAML: did not find expected hexdecimal number"},
    {"study: {name: a, name: b}\n", 1, "study.name: the key stands twice; line 1 has it already"},
    {"stdy: {name: b}\n", 1, "'stdy' is no key of a study file; did you mean 'study'?"},
    {"qqqq: {name: b}\n", 1, "what may stand here: study, surveys, scales, groups, customers,"},
    {"study: {sead: 1}\n", 1, "study: 'sead' is no key here; did you mean 'seed'?"},
    {"groups: [{name: a, column: b}]\n", 1, "study: the key is missing; add 'study: ...'"},
    {"study: {seed: 1}\n", 1, "study.name: the key is missing; add 'name: ...'"},
    {"study:\n", 1, "study: has no value"},
    {"study: {name: }\n", 1, "study.name: has no value; write a value"},
    {"study: {name: \"\"}\n", 1, "study.name: has no value"},
    {"study: [name]\n", 1, "study: is a list, where another shape is read; write keys:"},
    {"study: b\n", 1, "study: 'b' is a text, where another shape is read; write keys:"},
    {"study: {name: {a: b}}\n", 1, "study.name: is a block of keys, where another shape is read"},
    {"study: {name: [a]}\n", 1, "study.name: is a list, where another shape is read; write one"},
    {"study: {name: a, seed: 1e3}\n", 1, "study.seed: '1e3' is no whole number in 0.."},
    {"study: {name: a, seed: -1}\n", 1, "study.seed: '-1' is no whole number in 0.."},
};

/* These follow a first line of "study: {name: s}". */
static const struct wrong_file meaning[] = {
    {"surveys: {file: a}\n", 2,
     "surveys: is a block of keys, where another shape is read; write a"},
    {"surveys: []\n", 2, "surveys: the list has 0 entries; write at least one"},
    {"surveys:\n  - file: a\n    key: k\n", 3, "surveys.date: the key is missing"},
    {"surveys:\n  - file: a\n    key: k\n    date: d\n    duplicates: last\n", 6,
     "surveys.duplicates: 'last' is none of the words for this key; did you mean 'latest'?"},
    {"surveys:\n  - {file: a, key: k, date: d, format: survey_monkey}\n", 3,
     "'survey_monkey' is no survey format; did you mean 'surveymonkey'?"},
    {"surveys:\n  - {file: a, key: k, date: d, format: cvs}\n", 3,
     "'cvs' is no survey format; did you mean 'csv'?"},
    {"surveys:\n  - {file: a, key: k, date: d, delimiter: \";;\"}\n", 3, "';;' is no delimiter"},
    {"surveys:\n  - {file: a, key: k, date: d, encoding: CP99999}\n", 3,
     "'CP99999' is no encoding that this machine knows"},
    {"surveys:\n  - {file: a, key: k, date: d, encoding: UTF-8//IGNORE}\n", 3, "is no encoding"},
    {"surveys:\n  - {file: a, key: k, date: d, date_format: \"%d.%Y\"}\n", 3,
     "'%d.%Y' is no date format: "},
    {"surveys:\n  - {file: a, key: k, date: d, keep: [{column: c, values: [x, y, x]}]}\n", 3,
     "surveys.keep.values: 'x' stands twice in the list"},
    {"surveys:\n  - {file: a/w.csv, key: k, date: d}\n  - {file: b/w.csv, key: k, date: d}\n", 4,
     "surveys.wave: two surveys would be wave 'w'; give each survey its own 'wave: ...'"},
    {"surveys:\n  - {file: a, key: k, date: d, wave: w}\n  - {file: b, key: k, date: d, wave: w}\n",
     4, "'w' is a wave that stands twice"},
    {"scales: [{name: 7a, column: q, range: [1, 7]}]\n", 2, "'7a' is no name for a column"},
    {"scales: [{name: \"a b\", column: q, range: [1, 7]}]\n", 2, "'a b' is no name for a column"},
    {"scales: [{name: spend, column: q, range: [1, 7]}]\n", 2,
     "'spend' is the name of a behaviour"},
    {"scales: [{name: wave, column: q, range: [1, 7]}]\n", 2,
     "'wave' is the name of a column that every study has"},
    {"scales:\n  - {name: a, column: q, range: [1, 7]}\n  - {name: a, column: r, range: [1, 7]}\n",
     4, "scales.name: 'a' is a name that stands twice; line 3 has it already"},
    {"scales: [{name: a, column: q, range: [1, 7]}]\ngroups: [{name: a, column: q}]\n", 3,
     "groups.name: 'a' is a name that stands twice; line 2 has it already"},
    {"scales: [{name: a, column: q}]\n", 2, "scales.range: the key is missing"},
    {"scales:\n  - name: a\n    column: q\n    range: [7, 1]\n", 5,
     "scales.range: [7, 1] does not go from low to high"},
    {"scales: [{name: a, column: q, range: [3, 3]}]\n", 2, "does not go from low to high"},
    {"scales: [{name: a, column: q, range: [1, seven]}]\n", 2,
     "scales.range: 'seven' is no number"},
    {"scales: [{name: a, column: q, range: [1]}]\n", 2, "the list has 1 entry; write 2 of them"},
    {"scales: [{name: a, column: q, range: [1, 2, 3]}]\n", 2, "the list has 3 entries; write 2"},
    {"scales: [{name: a, column: q, range: 1-7}]\n", 2, "'1-7' is a text, where another shape"},
    {"scales: [{name: a, range: [1, 7]}]\n", 2, "scales.column: the key is missing; add 'column:"},
    {"scales: [{name: a, column: q, items: [r], range: [1, 7]}]\n", 2,
     "scales.items: stands beside column:"},
    {"scales: [{name: a, items: [q, r, q], range: [1, 7]}]\n", 2, "'q' stands twice in the list"},
    {"scales: [{name: a, items: [Q3, Q4], reverse: [Q5], range: [1, 7]}]\n", 2,
     "scales.reverse: 'Q5' is none of the items; did you mean 'Q3'?"},
    {"scales: [{name: a, column: q, reverse: [q], range: [1, 7]}]\n", 2,
     "scales.reverse: is read only beside items:; write items: [COLUMN]"},
    {"scales: [{name: a, items: [q, r], reverse: [q, q], range: [1, 7]}]\n", 2, "stands twice"},
    {"scales: [{name: a, column: q, combine: mean, range: [1, 7]}]\n", 2,
     "scales.combine: 'mean' is read only beside items:"},
    {"scales: [{name: a, items: [q, r], combine: product, range: [1, 7]}]\n", 2,
     "'product' is none of the words for this key; what may stand here: mean, sum"},
    {"scales: [{name: a, column: q, range: [1, 7], missing: [98, 98]}]\n", 2, "'98' stands twice"},
    {"scales:\n  - name: a\n    column: q\n    range: [1, 7]\n    missing:\n      - 98\n      -\n",
     8, "scales.missing: has no value; write a value; an empty text is written \"\""},
    {"scales: [{name: a, column: q, range: [0, 10], nps: {promoters: 9}}]\n", 2,
     "scales.nps.detractors: the key is missing"},
    {"scales: [{name: a, column: q, range: [0, 10], nps: {promoters: x, detractors: 6}}]\n", 2,
     "scales.nps.promoters: 'x' is no number"},
    {"scales: [{name: a, column: q, range: [0, 10], nps: {promoters: 11, detractors: 6}}]\n", 2,
     "scales.nps.promoters: '11' is outside the range"},
    {"scales: [{name: a, column: q, range: [0, 10], nps: {promoters: 9, detractors: -1}}]\n", 2,
     "scales.nps.detractors: '-1' is outside the range"},
    {"scales: [{name: a, column: q, range: [0, 10], nps: {promoters: 6, detractors: 6}}]\n", 2,
     "scales.nps.detractors: '6' is not below promoters:"},
    {"groups: [{name: a, column: b, levels: [x, y, x]}]\n", 2, "groups.levels: 'x' stands twice"},
    {"groups: [{name: a}]\n", 2, "groups.column: the key is missing"},
    {"customers: {file: c.csv}\n", 2, "customers.key: the key is missing"},
    {"customers: {file: c.csv, key: id, delimiter: x}\n", 2, "'x' is no delimiter"},
    {"customers: {file: c.csv, key: id, encoding: x}\n", 2, "'x' is no encoding"},
};

/* These follow a first line of "study: {name: s}" and the beginning of a ledger
   on lines 2 to 5, each key of four blanks. */
/* Ledgers that are no plain table: behind file and key. */
static const struct wrong_file in_a_shape[] = {
    {"    date: {column: d}\n    amount: {column: a}\n    rows: {haeder: [x]}\n", 7,
     "ledgers.rows: 'haeder' is no key here; did you mean 'header'?"},
    {"    date: {column: d}\n    amount: {column: a}\n    rows: {skip: four}\n", 7,
     "ledgers.rows.skip: 'four' is no whole number in 0..1048576; write digits only"},
    {"    date: {column: d}\n    amount: {column: a}\n    rows: {totals: [T, T]}\n", 7,
     "ledgers.rows.totals: 'T' stands twice in the list"},
    {"    date: {column: d}\n    amount: {column: a}\n    rows: {fill_down: [b, b]}\n", 7,
     "ledgers.rows.fill_down: 'b' stands twice in the list"},
    {"    date: {column: d}\n    amount: {column: a}\n    party: {columns: [x, y]}\n", 7,
     "ledgers.party.range: the key is missing"},
    {"    date: {column: d}\n    amount: {column: a}\n    party: {columns: [x], range: [1, 2]}\n",
     7, "ledgers.party.columns: the list has 1 entry"},
    {"    date: {column: d}\n    amount: {column: a}\n    party: {columns: [x, y], range: [9, "
     "1]}\n",
     7, "ledgers.party.range: does not go from low to high; write the first and the last account"},
    {"    date: {column: d}\n    amount: {column: a}\n    party: {columns: [x, y], range: [a, "
     "1]}\n",
     7, "ledgers.party.range: 'a' is no whole number in 0.."},
    {"    date: {column: d}\n    amount: {sign: debit_credit, debit: x, credit: y, once_per: z}\n",
     6, "ledgers.amount.once_per: 'z' is read with an amount in one column only"},
    {"    date: {column: d, format: \"%d%m\"}\n    amount: {column: a}\n", 5,
     "ledgers.date.format: '%d%m' is no date format: has no year: %Y, %y or %F; write as in "
     "\"%d.%m.%Y\"; where the file has no years, declare the days that it covers: period:"},
    {"    date: {column: d, period: {from: 2021-01-01, to: 2021-12-31}}\n    amount: {column: a}\n",
     5, "ledgers.date.format: the key is missing; period: is for dates without a year"},
    {"    date: {column: d, format: \"%Y\", period: {from: 2021-01-01, to: 2021-12-31}}\n    "
     "amount: {column: a}\n",
     5, "ledgers.date.format: '%Y' is no date format: "},
    {"    date: {column: d, format: \"%d.%m.%Y\", period: {from: 2021-01-01, to: 2021-12-31}}\n    "
     "amount: {column: a}\n",
     5, "ledgers.date.format: '%d.%m.%Y' has a year, so that no period: is needed"},
    {"    date: {column: d, format: \"%d%m\", period: {from: 2021-01-01, to: 2022-01-01}}\n    "
     "amount: {column: a}\n",
     5, "ledgers.date.period.to: '2022-01-01' makes the period longer than a year"},
    {"    date: {column: d, format: \"%d%m\", period: {from: 2021-01-02, to: 2021-01-01}}\n    "
     "amount: {column: a}\n",
     5, "ledgers.date.period.to: '2021-01-01' is before from:"},
    {"    date: {column: d, format: \"%d%m\", period: {from: 15, to: 16}}\n    amount: {column: "
     "a}\n",
     5,
     "ledgers.date.period.from: '15' is no date; write year-month-day: 2021-01-01; or declare "
     "row:"},
    {"    date: {column: d, format: \"%d%m\", period: {row: 0, from: 15, to: 16}}\n    amount: "
     "{column: a}\n",
     5, "ledgers.date.period.row: '0' is no whole number in 1..1048576"},
    {"    date: {column: d, format: \"%d%m\", period: {row: 1, from: 2021-01-01, to: 16}}\n    "
     "amount: {column: a}\n",
     5, "ledgers.date.period.from: '2021-01-01' is no whole number in 1.."},
};

static const struct wrong_file in_a_ledger[] = {
    {"    amount: {column: a, sgn: trailing}\n", 6, "'sgn' is no key here; did you mean 'sign'?"},
    {"    amount: {column: a, sign: minus}\n", 6, "'minus' is none of the words for this key"},
    {"    amount: {sign: trailing}\n", 6,
     "ledgers.amount.column: the key is missing; sign: trailing"},
    {"    amount: {column: a, debit: d}\n", 6,
     "ledgers.amount.debit: 'd' is not read with sign: lead"},
    {"    amount: {sign: debit_credit, debit: d}\n", 6,
     "ledgers.amount.credit: the key is missing"},
    {"    amount: {sign: debit_credit, debit: d, credit: c, column: a}\n", 6,
     "ledgers.amount.column: 'a' is not read with sign: debit_credit"},
    {"    amount: {column: a, sign: indicator, negative: [H]}\n", 6,
     "ledgers.amount.indicator: the key is missing; sign: indicator needs 'indicator: ...'"},
    {"    amount: {column: a, sign: indicator, indicator: s, negative: [H, H]}\n", 6,
     "stands twice"},
    {"    amount: {column: a, sign: by_type}\n", 6, "needs to know which types are returns"},
    {"    amount: {column: a}\n    decimal: \";\"\n", 7, "ledgers.decimal: ';' is no decimal mark"},
    {"    amount: {column: a}\n    thousands: \"_\"\n", 7, "'_' is no thousands mark"},
    {"    amount: {column: a}\n    thousands: \".\"\n", 7,
     "'.' is the decimal mark as well; declare decimal: as well"},
    {"    amount: {column: a}\n    decimal: \",\"\n    thousands: \",\"\n", 8,
     "ledgers.thousands: ',' is the decimal mark as well; declare two different marks"},
    {"    amount: {column: a}\n    type: {column: t}\n", 7,
     "ledgers.type.sale: the key is missing"},
    {"    amount: {column: a}\n    type: {column: t, sale: RV}\n", 7, "write a list: [one, two]"},
    {"    amount: {column: a}\n    type: {column: t, sale: [RV, RV]}\n", 7, "'RV' stands twice"},
    {"    amount: {column: a}\n    type: {column: t, sale: [RV], ignore: [DZ, RV]}\n", 7,
     "ledgers.type.ignore: 'RV' stands under sale: too"},
    {"    amount: {column: a}\n    currency: {column: w, keep: Euro}\n", 7,
     "ledgers.currency.keep: 'Euro' is no ISO 4217 currency code; declare 'decimals: 2'"},
    {"    amount: {column: a}\n    currency: {column: w}\n", 7,
     "ledgers.currency.keep: the key is missing; add 'keep: EUR', or 'to: EUR' and 'rates: ...'"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, keep: EUR}\n", 7,
     "ledgers.currency.keep: 'EUR' does not go with to:; leave one out"},
    {"    amount: {column: a}\n    currency: {column: w, to: Euro, rates: r.csv, quote: "
     "home_per_unit}\n",
     7, "ledgers.currency.to: 'Euro' is no ISO 4217 currency code; write it as EUR"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, quote: home_per_unit}\n", 7,
     "ledgers.currency.rates: the key is missing; add 'rates: rates.csv', a file with the columns"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv}\n", 7,
     "ledgers.currency.quote: the key is missing; add 'quote: home_per_unit' where a rate of USD"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv, quote: usd}\n", 7,
     "is none of the words for this key"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv, quote: "
     "home_per_unit, max_age: 1m}\n",
     7, "ledgers.currency.max_age: '1m' is no span of days: months and years differ in length"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv, quote: "
     "home_per_unit, max_age: -1d}\n",
     7, "ledgers.currency.max_age: '-1d' is no age; write 0d for the rate of the day alone"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv, quote: "
     "home_per_unit, rates_decimal: x}\n",
     7, "ledgers.currency.rates_decimal: 'x' is no decimal mark"},
    {"    amount: {column: a}\n    currency: {column: w, to: EUR, rates: r.csv, quote: "
     "home_per_unit, rates_delimiter: aa}\n",
     7, "ledgers.currency.rates_delimiter: 'aa' is no delimiter"},
    {"    amount: {column: a}\n    currency: {column: w, keep: EUR, max_age: 7d}\n", 7,
     "ledgers.currency.max_age: '7d' is not read without to:; add 'to: EUR', the currency that"},
    {"    amount: {column: a}\n    thousands: indian\n    decimal: \",\"\n", 7,
     "ledgers.thousands: 'indian' parts groups by ',', which is the decimal mark"},
    {"    amount: {column: a, sign: cr_dr, negative: [CR, H]}\n", 6,
     "ledgers.amount.negative: names more than one word; name the word behind negative amounts"},
    {"    amount: {column: a, sign: cr_dr, negative: [credit]}\n", 6,
     "'credit' is no word for the sign of an amount; what may stand here: CR, DR, H, S, C, D"},
    {"    amount: {column: a, sign: leading, negative: [CR]}\n", 6,
     "ledgers.amount.negative: is not read with sign: leading"},
    {"    amount: {sign: debit_credit, debit: d, credit: c, refunded: r}\n", 6,
     "ledgers.amount.refunded: 'r' is not read with sign: debit_credit"},
    {"    amount: {column: a}\n    key_ends_at: \"\"\n", 7, "ledgers.key_ends_at: has no value"},
    {"    amount: {column: a}\n    type: {column: t, sale: [4999..4000]}\n", 7,
     "ledgers.type.sale: '4999..4000' is a range of no numbers; write the lower number first"},
    {"    amount: {column: a}\n    keep: [{column: t, values: [9..1]}]\n", 7,
     "'9..1' is a range of no numbers"},
    {"    amount: {column: a}\n    keep: [{column: t, values: [a, a]}]\n", 7, "stands twice"},
    {"    amount: {column: a}\n    decimals: 9\n", 7,
     "ledgers.decimals: '9' is no whole number in 0..6"},
    {"    amount: {column: a}\n    drop: [{column: k, values: [a, a]}]\n", 7, "stands twice"},
    {"    amount: {column: a}\n    coverage: {from: 01.02.2025}\n", 7,
     "ledgers.coverage.from: '01.02.2025' is no date; write year-month-day"},
    {"    amount: {column: a}\n    coverage: {to: 2025-02-30}\n", 7, "'2025-02-30' is no date"},
    {"    amount: {column: a}\n    coverage: {from: 2025-02-02, to: 2025-02-01}\n", 7,
     "ledgers.coverage.to: '2025-02-01' is before from:"},
    {"    amount: {column: a}\n    delimiter: aa\n", 7, "'aa' is no delimiter"},
    {"    amount: {column: a}\n    encoding: ebcdick\n", 7, "'ebcdick' is no encoding"},
    {"    amount: {column: a}\n    date: {column: d}\n", 7, "ledgers.date: the key stands twice"},
    {"\n", 3, "ledgers.amount: the key is missing"},
};

/* These follow a survey that wants no more, and then a scale. */
static const struct wrong_file in_a_wave[] = {
    {"    date: d\n    wave_date: 31.3.2024\n", 6,
     "surveys.wave_date: '31.3.2024' is no date; write year-month-day"},
    {"    wave_date: 2024-03-31 10:00\n", 5, "is no date"},
    {"    wave_date: 2024-02-30\n", 5, "is no date"},
    {"    wave: a\n", 3, "surveys.date: the key is missing; add 'date: COLUMN', or 'wave_date:"},
    {"    wave_date: 2024-03-31\n    date_format: \"%F\"\n", 6,
     "surveys.date_format: '%F' is read only beside date:"},
    {"    date: d\n    time_zone: Europe/Berln\n", 6,
     "surveys.time_zone: 'Europe/Berln' is no time zone that this machine knows; write a name"},
    {"    date: d\n    time_zone: UTC\n    source_time_zone: /etc/passwd\n", 7,
     "surveys.source_time_zone: '/etc/passwd' is no time zone"},
    {"    date: d\n    source_time_zone: UTC\n", 6,
     "surveys.source_time_zone: 'UTC' is read only beside time_zone:"},
    {"    wave_date: 2024-03-31\n    time_zone: UTC\n", 6,
     "surveys.time_zone: 'UTC' is read only beside date:"},
    {"    date: d\n    columns: [{name: Q7}]\n", 6, "surveys.columns.column: the key is missing"},
    {"    date: d\n    columns:\n      - {name: Q7, column: a}\n      - {name: Q7, column: b}\n", 8,
     "surveys.columns.name: 'Q7' stands twice in the list; line 7 has it already"},
    {"    date: d\n    columns:\n      - {name: Q7, column: a}\n      - {name: Q8, column: a}\n", 8,
     "surveys.columns.column: 'a' stands twice in the list"},
};

static const struct wrong_file in_labels[] = {
    {"[{code: six, words: [a]}]\n", 7, "scales.labels.code: 'six' is no number; write the code"},
    {"[{code: 8, words: [a]}]\n", 7,
     "scales.labels.code: '8' is outside the range 1..7 of the scale; correct range:, or list"},
    {"\n      - {code: 1, words: [a]}\n      - {code: 1.0, words: [b]}\n", 9,
     "scales.labels.code: '1.0' is a code that stands twice; put all its words into one list"},
    {"\n      - {code: 1, words: [Agree]}\n      - {code: 2, words: [\" AGREE \"]}\n", 9,
     "scales.labels.words: ' AGREE ' stands for an answer that has been declared already; line 8 "
     "has 'Agree', which is the same word"},
    {"[{code: 1, words: [\"don't know\"]}]\n", 7,
     "'don't know' stands for an answer that has been declared already"},
    {"[{code: 1, words: [5]}]\n", 7,
     "scales.labels.words: '5' is a number, not a word; a cell that is a number is taken as it is"},
    {"[{code: 1, words: [\" \"]}]\n", 7, "is blank; a blank cell is no answer"},
    {"[{code: 1, words: []}]\n", 7, "scales.labels.words: the list has 0 entries"},
    {"[{code: 1}]\n", 7, "scales.labels.words: the key is missing"},
    {"{1: a}\n", 7, "scales.labels: is a block of keys, where another shape is read"},
};

static const struct wrong_file in_the_join[] = {
    {"join: {key_rules: [trimm]}\n", 2,
     "join.key_rules: 'trimm' is no key rule; did you mean 'trim'"},
    {"join: {key_rules: [zzzz]}\n", 2,
     "the rules are trim, case, nfkc, strip_zeros, pad, strip_prefix, strip_suffix"},
    {"join: {key_rules: [\"trim:x\"]}\n", 2, "'trim:x' takes no argument; write trim"},
    {"join: {key_rules: [strip_prefix]}\n", 2,
     "needs the text that it drops; write strip_prefix:C-"},
    {"join: {key_rules: [\"strip_prefix:\"]}\n", 2, "needs the text that it drops"},
    {"join: {key_rules: [trim, case, trim]}\n", 2, "'trim' stands twice in the list"},
    {"join: {min_match: 80%}\n", 2,
     "join.min_match: '80%' is no number; write a share from 0 to 1"},
    {"join: {min_match: 80}\n", 2,
     "join.min_match: '80' is not in 0..1; write a share from 0 to 1"},
    {"join: {min_match: -0.1}\n", 2, "'-0.1' is not in 0..1"},
    {"join: {window: {offset: 1d}}\n", 2, "join.window.length: the key is missing"},
    {"join:\n  window:\n    offset: -30d\n    length: 365d\n", 4,
     "join.window.offset: '-30d' lets the window begin before the survey; write 0d or more"},
    {"join: {window: {length: 0d}}\n", 2, "join.window.length: '0d' is no window"},
    {"join: {window: {length: 12m}}\n", 2, "'12m' is no span of days: months and years differ"},
    {"join: {window: {length: 1y}}\n", 2, "'1y' is no span of days: months and years differ"},
    {"join: {window: {length: 365}}\n", 2,
     "'365' is no span of days; write a whole number and d or"},
    {"join: {window: {length: 1.5d}}\n", 2, "'1.5d' is no span of days"},
    {"join: {window: {length: 6000w}}\n", 2, "'6000w' is longer than a century"},
    {"join: {window: {length: 9999999999d}}\n", 2, "is longer than a century"},
    {"join: {window: {length: 1d, censored: drop}}\n", 2, "what may stand here: exclude, keep"},
    {"join: {baseline: -1d}\n", 2, "join.baseline: '-1d' is no baseline"},
    {"join: {collisions: sum}\n", 2, "what may stand here: error, exclude, merge"},
    {"behaviours: [spent]\n", 2, "behaviours: 'spent' is no behaviour; did you mean 'spend'?"},
    {"behaviours: [zzzzz]\n", 2, "each also as baseline_NAME and change_NAME"},
    {"behaviours: [spend, spend]\n", 2, "'spend' stands twice in the list"},
    {"behaviours: [baseline_spend]\n", 2,
     "'baseline_spend' needs a baseline; add 'baseline: 365d'"},
    {"join: {baseline: 180d}\nbehaviours: [change_spend]\n", 3,
     "compares a window and a baseline of different length; write 'baseline: 365d' under join:"},
    {"analysis: {by: [segment]}\n", 2,
     "'segment' is no group of this study; declare it under groups"},
    {"groups: [{name: segment, column: s}]\nanalysis: {by: [segmnt]}\n", 3,
     "analysis.by: 'segmnt' is no group of this study; did you mean 'segment'?"},
    {"groups: [{name: a, column: s}]\nanalysis: {by: [a, a]}\n", 3, "'a' stands twice"},
    {"analysis: {min_n: -1}\n", 2, "analysis.min_n: '-1' is no whole number in 0.."},
    {"analysis: {adjust: bonferroni}\n", 2,
     "is no adjustment of p-values; what may stand here: holm"},
    {"analysis: {conf_level: 95}\n", 2,
     "'95' is not between 0 and 1; write a share between 0 and 1"},
    {"analysis: {conf_level: 1}\n", 2, "'1' is not between 0 and 1"},
    {"analysis: {conf_level: x}\n", 2, "'x' is no number; write a share between 0 and 1: 0.95"},
    {"analysis: {methods: [\"a b\"]}\n", 2, "analysis.methods: 'a b' is no name"},
    {"analysis: {curves: [a, a]}\n", 2, "analysis.curves: 'a' stands twice"},
};

static void assert_refused(const char *before, const struct wrong_file *w)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    const char *yaml = arena_printf(keep, "%s%s", before, w->yaml);
    const struct study *s = study_from_bytes("s.yml", yaml, strlen(yaml), keep, &err);
    bool good = !s && err_exit_status(&err) == 2 && err.line == w->line &&
                strcmp(err.file, "s.yml") == 0 && strstr(err.message, w->said);
    if (!good)
        print_error("%s=> line %d, '%s'\nnot line %d, '%s'\n", yaml, (int)err.line, err.message,
                    (int)w->line, w->said);
    assert_true(good);
    arena_free(keep);
}

static void assert_all_refused(const char *before, const struct wrong_file w[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_refused(before, &w[i]);
}

static void what_is_no_study_file(void **state)
{
    (void)state;
    assert_all_refused("", syntax, sizeof syntax / sizeof *syntax);
}

static void surveys_scales_and_groups(void **state)
{
    (void)state;
    assert_all_refused("study: {name: s}\n", meaning, sizeof meaning / sizeof *meaning);
}

static void ledgers(void **state)
{
    (void)state;
    assert_all_refused(
        "study: {name: s}\nledgers:\n  - file: l.csv\n    key: k\n    date: {column: "
        "d}\n",
        in_a_ledger, sizeof in_a_ledger / sizeof *in_a_ledger);
}

static void ledgers_that_are_no_plain_table(void **state)
{
    (void)state;
    assert_all_refused("study: {name: s}\nledgers:\n  - file: l.csv\n    key: k\n", in_a_shape,
                       sizeof in_a_shape / sizeof *in_a_shape);
}

static void waves(void **state)
{
    (void)state;
    assert_all_refused("study: {name: s}\nsurveys:\n  - file: a.csv\n    key: k\n", in_a_wave,
                       sizeof in_a_wave / sizeof *in_a_wave);
}

static void answers_in_words(void **state)
{
    (void)state;
    assert_all_refused("study: {name: s}\nscales:\n  - name: a\n    column: q\n    "
                       "missing: [Don\xe2\x80\x99t know]\n    range: [1, 7]\n    labels: ",
                       in_labels, sizeof in_labels / sizeof *in_labels);
}

static void join_behaviours_and_analysis(void **state)
{
    (void)state;
    assert_all_refused("study: {name: s}\n", in_the_join, sizeof in_the_join / sizeof *in_the_join);
}

static void a_text_without_end(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    char *yaml = ARENA_NEW(keep, char, 100100);
    memset(yaml, 'x', 100098);
    memcpy(yaml, "study: {name: ", 14);
    memcpy(yaml + 100097, "}", 2);
    assert_refused(yaml, &(struct wrong_file){"\n", 1, "x...' is too long; shorten it"});
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_study_file),
        cmocka_unit_test(surveys_scales_and_groups),
        cmocka_unit_test(ledgers),
        cmocka_unit_test(ledgers_that_are_no_plain_table),
        cmocka_unit_test(waves),
        cmocka_unit_test(answers_in_words),
        cmocka_unit_test(join_behaviours_and_analysis),
        cmocka_unit_test(a_text_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
