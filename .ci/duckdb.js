// Runs statements on DuckDB, which stands for the databases that cannot be started for tests. The first line of standard input is a JSON object:
// before and after, lists of statements; table and rows, whose values are texts, numbers or null and go into that table between them. Each line
// that follows is a statement as a JSON string. Each is answered by a line of JSON: the names and types of the columns and the rows, or the text of
// the error.
// usage: node duckdb.js        with the folder of @duckdb/node-api in NODE_PATH
const { DuckDBInstance } = require('@duckdb/node-api');
const readline = require('readline');

async function fill(db, { before, table, rows, after }) {
  for (const s of before) await db.run(s);
  const appender = await db.createAppender(table);
  for (const row of rows) {
    for (const v of row) {
      if (v === null) appender.appendNull();
      else if (typeof v === 'number') appender.appendInteger(v);
      else appender.appendVarchar(v);
    }
    appender.endRow();
  }
  appender.closeSync();
  for (const s of after) await db.run(s);
}

(async () => {
  let db;
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    let answer = {};
    try {
      if (db) {
        const r = await db.runAndReadAll(JSON.parse(line));
        answer = { columns: r.columnNames(), types: r.columnTypes().map((t) => t.alias || String(t)), rows: r.getRowsJson() };
      } else {
        db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect(); // statements are small, and threads spin for work
        await fill(db, JSON.parse(line));
      }
    } catch (e) {
      answer = { error: e.message };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
