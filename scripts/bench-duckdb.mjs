// SPDX-License-Identifier: GPL-3.0-or-later
// DuckDB's side of scripts/bench:
//   bench-duckdb.mjs version
//   bench-duckdb.mjs ledger LEDGER DELIMITER DECIMAL THREADS text|number
//   bench-duckdb.mjs join   LEDGER DELIMITER DECIMAL THREADS text|number SURVEY
// It is told the types of the columns and the dialect, so that it detects nothing. The package
// @duckdb/node-api is looked for beside this file and in the folders of NODE_PATH.
import { createRequire } from 'node:module';
import { closeSync, openSync, readSync } from 'node:fs';

const require = createRequire(import.meta.url);
const { DuckDBInstance } = require('@duckdb/node-api');
const [job, ledger, delimiter, decimal, threads, documents, survey] = process.argv.slice(2);

if (job === 'version') {
    const { version } = require('@duckdb/node-api/package.json');
    console.log(`DuckDB ${version}`);
    process.exit(0);
}

const text = (s) => `'${s.replaceAll("'", "''")}'`;

// The header's names with their types: all but three are text.
function columns() {
    const start = Buffer.alloc(4096);
    const file = openSync(ledger);
    const length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
    const types = {
        day: 'DATE',
        amount: 'DECIMAL(18,2)',
        invoice: documents === 'number' ? 'BIGINT' : 'VARCHAR',
    };
    const header = start.toString('utf8', 0, length).split(/\r?\n/)[0];
    return header.split(delimiter).map((name) => `${text(name)}: ${text(types[name] ?? 'VARCHAR')}`);
}

const lines = () => `read_csv(${text(ledger)}, header=true, auto_detect=false, delim=${text(delimiter)},
    quote='"', escape='"', new_line='\\n', decimal_separator=${text(decimal)}, columns={${columns().join(', ')}})`;

const summary = () => `select customer as key,
    count(distinct invoice) filter (amount >= 0) as purchases,
    count(*) filter (amount >= 0) as lines,
    sum(amount) as spend,
    coalesce(sum(amount) filter (amount >= 0), 0) as spend_gross,
    min(day) filter (amount >= 0) as "first",
    max(day) filter (amount >= 0) as "last"
    from ${lines()} group by customer order by customer`;

// A respondent's days: 365 after the response, and as many before it.
function behaviour(prefix, days) {
    const sale = `${days} and amount >= 0`;
    return `count(distinct invoice) filter (${sale}) as ${prefix}purchases,
    count(*) filter (${sale}) as ${prefix}lines,
    coalesce(sum(amount) filter (${days}), 0) as ${prefix}spend`;
}

const joined = () => `select s.customer as key,
    ${behaviour('', 'l.day between s.day + 1 and s.day + 365')},
    ${behaviour('baseline_', 'l.day between s.day - 365 and s.day - 1')}
    from read_csv(${text(survey)}, header=true, auto_detect=false, delim=',',
        columns={'customer': 'VARCHAR', 'day': 'DATE', 'intent': 'INTEGER'}) s
    join ${lines()} l on l.customer = s.customer
    group by s.customer order by s.customer`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
await connection.run(`copy (${job === 'join' ? joined() : summary()}) to '/dev/stdout' (header)`);
