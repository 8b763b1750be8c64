// Runs statements on DuckDB, which stands for the databases that cannot be started for tests. Standard input is a JSON object: setup, a list of
// statements; table and rows, whose values are texts, numbers or null and go into that table; statements. Standard output is a JSON list with the
// rows of each statement, or the text of its error.
// usage: node duckdb.js        with the folder of @duckdb/node-api in NODE_PATH
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const { setup, table, rows, before, statements } = JSON.parse(text);
  const db = await (await DuckDBInstance.create(':memory:')).connect();
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
  for (const s of setup) await db.run(s);
  const out = [];
  for (const s of statements) {
    try {
      out.push({ rows: (await db.runAndReadAll(s)).getRowsJson() });
    } catch (e) {
      out.push({ error: e.message });
    }
  }
  process.stdout.write(JSON.stringify(out));
})();
