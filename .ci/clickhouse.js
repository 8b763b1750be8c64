// The real engine of ClickHouse, embedded (npm chdb), behind as much of its HTTP interface as the tests need: statements by POST, settings
// as parameters of the URL, X-ClickHouse-* headers, answers as they come, an exception after status 200 at the end of the answer, and an end
// of the query when the client goes away. The embedded engine can end a query only behind a part of its answer, so one that counts goes on to its
// end, where a server ends it at once.
// usage: node clickhouse.js PORT FOLDER-OF-DATA        with the folder of chdb in NODE_PATH
const http = require('http'), { Session } = require('chdb');
const session = new Session(process.argv[3]);
const own = new Set(['query', 'query_id', 'database', 'default_format', 'session_id', 'log_comment', 'enable_http_compression',
  'cancel_http_readonly_queries_on_client_close', 'readonly', 'format_custom_result_after_delimiter']);
const quote = text => "'" + text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t') + "'";
const codeOf = e => (/Code: (\d+)/.exec(e.message) || [0, '1'])[1];
const ended = []; // the ids of the queries that were ended because their client went away
// Expressions that were asked a few times are compiled by default, which takes longer than it saves where tables are small.
const interpreted = ['compile_expressions = 0', 'compile_aggregate_expressions = 0'];
let running = { id: '', statement: '' }; // the query of which a part was sent already

// One query runs at a time: the embedded engine has one connection.
let last = Promise.resolve();
const inTurn = work => (last = last.then(work, work));

async function answer(url, statement, response) {
  const settings = [...interpreted, ...[...url.searchParams].filter(([name]) => !own.has(name)).map(([name, value]) => name + ' = ' + (/^\d+$/.test(value) ? value : quote(value)))];
  const id = url.searchParams.get('query_id') || '', tag = Math.random().toString(36).slice(2);
  response.setHeader('X-ClickHouse-Query-Id', id);
  response.setHeader('X-ClickHouse-Exception-Tag', tag);
  const refuse = (status, code, text) => {
    response.statusCode = status;
    response.setHeader('X-ClickHouse-Exception-Code', code);
    response.end(`Code: ${code}. DB::Exception: ${text}\n`);
  };
  const reads = /^\s*(select|with|describe|show|explain|exists)\b/i.test(statement);
  if (url.searchParams.get('readonly') > 0 && !reads) return refuse(500, '164', 'Cannot execute query in readonly mode. (READONLY)');
  if (!reads) {
    try { session.query(statement); return response.end(); } catch (e) { return refuse(500, codeOf(e), e.message); }
  }
  let sql = statement.trim().replace(/;$/, '');
  const select = /^(select|with)\b/i.test(sql);
  if (select && settings.length) sql += ' SETTINGS ' + settings.join(', ');
  let began = false, gone = false;
  const stream = { now: null };
  response.on('close', () => { if (!response.writableFinished) { gone = true; if (stream.now) { ended.push(id); stream.now.cancel(); } } });
  try {
    const format = url.searchParams.get('default_format') || 'TabSeparated';
    if (!select) { // chdb passes settings of a format only with a SELECT
      const columns = session.query(sql, 'TabSeparated').split('\n').slice(0, -1);
      const [row, end] = ['format_custom_row_after_delimiter', 'format_custom_result_after_delimiter'].map(n => url.searchParams.get(n) || '');
      return response.end(format === 'CustomSeparated' ? columns.map(c => c + row).join('') + end : columns.join('\n') + '\n');
    }
    stream.now = session.queryStream(sql, { format });
    for await (const chunk of stream.now) {
      if (gone) return;
      began = true;
      running = { id, statement };
      if (!response.write(Buffer.from(chunk.raw()))) await new Promise(go => { response.once('drain', go); response.once('close', go); });
    }
    // A streamed answer is formatted piece by piece, so the server itself writes what ends the whole of it.
    response.end(format === 'CustomSeparated' ? url.searchParams.get('format_custom_result_after_delimiter') || '' : '');
  } catch (e) {
    if (gone) return;
    if (!began) return refuse(codeOf(e) === '516' ? 403 : codeOf(e) === '60' ? 404 : 500, codeOf(e), e.message);
    const text = `Code: ${codeOf(e)}. ${e.message}`;
    response.end(`\r\n__exception__\r\n${tag}\r\n${text}\r\n${text.length} ${tag}\r\n__exception__\r\n`);
  } finally {
    running = { id: '', statement: '' };
  }
}

http.createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1'), parts = [];
  if (url.pathname === '/ping') return response.end('Ok.\n');
  if (url.pathname === '/running') return response.end(running.statement.includes(url.searchParams.get('of')) ? running.id : '');
  if (url.pathname === '/ended') return response.end(ended.join('\n'));
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const statement = (url.searchParams.get('query') || '') + Buffer.concat(parts).toString('utf8');
    inTurn(() => answer(url, statement, response));
  });
}).listen(+process.argv[2], '127.0.0.1', () => console.log('ready'));
