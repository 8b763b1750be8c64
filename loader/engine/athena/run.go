package athena

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"

	"pawprint/loader/engine"
	"pawprint/loader/s3"
)

// api is the only way to the SDK's client: the requests that are made to Athena.
type api interface {
	GetTableMetadata(context.Context, *athena.GetTableMetadataInput, ...func(*athena.Options)) (*athena.GetTableMetadataOutput, error)
	StartQueryExecution(context.Context, *athena.StartQueryExecutionInput, ...func(*athena.Options)) (*athena.StartQueryExecutionOutput, error)
	GetQueryExecution(context.Context, *athena.GetQueryExecutionInput, ...func(*athena.Options)) (*athena.GetQueryExecutionOutput, error)
	GetQueryResults(context.Context, *athena.GetQueryResultsInput, ...func(*athena.Options)) (*athena.GetQueryResultsOutput, error)
	StopQueryExecution(context.Context, *athena.StopQueryExecutionInput, ...func(*athena.Options)) (*athena.StopQueryExecutionOutput, error)
}

// Options say how to reach Athena.
type Options struct {
	Profile, Region string
	Wait            func(context.Context, time.Duration) error // sleeps by default
}

// Open parses a URL, and reads the environment and the files of the AWS tools as those tools do. It sends nothing.
func Open(ctx context.Context, url string, o Options) (*Engine, error) {
	if _, err := parse(url); err != nil {
		return nil, err
	}
	cfg, err := s3.Configure(ctx, o.Profile, o.Region)
	if err != nil {
		return nil, errors.New("opening athena://: the configuration of the AWS tools cannot be read: check --profile and the files of aws configure")
	}
	if cfg.Region == "" {
		return nil, errors.New("opening athena://: a region is missing: --region names one")
	}
	cfg.HTTPClient = whole{cfg.HTTPClient, silence}
	wait := o.Wait
	if wait == nil {
		wait = engine.Sleep
	}
	e, err := newEngine(url, athena.NewFromConfig(cfg, once), wait)
	if err == nil {
		e.options = o
	}
	return e, err
}

const (
	pageRows   = 1000
	firstWait  = 250 * time.Millisecond
	longWait   = 3 * time.Second
	stopTime   = 3 * time.Second
	mostSQL    = 262_144 // bytes, which Athena takes
	catalog    = "AwsDataCatalog"
	reading    = "reading the result of a query of"
	comment    = "/* pawprint */ "
	headerRows = 1 // the first page of a SELECT begins with the names of its columns
)

// runner runs statements.
type runner struct {
	api   api
	name  string
	place place
	wait  func(context.Context, time.Duration) error
}

// look finds the columns of the table.
func (r *runner) look(ctx context.Context) (*table, error) {
	const op = "looking at the columns of"
	in := &athena.GetTableMetadataInput{CatalogName: aws.String(catalog), DatabaseName: &r.place.database, TableName: &r.place.table, WorkGroup: &r.place.workgroup}
	var out *athena.GetTableMetadataOutput
	err := r.ask(ctx, op, func(ctx context.Context) (err error) {
		out, err = r.api.GetTableMetadata(ctx, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	if out.TableMetadata == nil || len(out.TableMetadata.Columns) != 1 || !strings.EqualFold(aws.ToString(out.TableMetadata.Columns[0].Type), "string") {
		e := r.wrong(op, "it is not a table of raw lines, which has one column of type string")
		e.Hint = "pawprint athena ddl prints the statement that makes one"
		return nil, e
	}
	t := &table{from: quoted(r.place.database) + "." + quoted(r.place.table), line: quoted(aws.ToString(out.TableMetadata.Columns[0].Name)), location: out.TableMetadata.Parameters["location"]}
	for i, name := range partNames {
		p, ok := partOf(out.TableMetadata.PartitionKeys, name, partDigits[i])
		if !ok {
			e := r.wrong(op, "it is not partitioned by year, month and day, so each query would read all of it")
			e.Hint = "pawprint athena ddl prints the statement that makes such a table"
			return nil, e
		}
		t.parts = append(t.parts, p)
	}
	t.hour, _ = partOf(out.TableMetadata.PartitionKeys, hourName, 2)
	return t, nil
}

// partOf finds the column that partitions a table by a unit of time.
func partOf(keys []types.Column, name string, digits int) (part, bool) {
	for _, k := range keys {
		if !strings.EqualFold(aws.ToString(k.Name), name) {
			continue
		}
		switch strings.ToLower(aws.ToString(k.Type)) {
		case "string", "varchar":
			return part{quoted(name), digits}, true
		case "int", "bigint", "smallint", "tinyint", "integer":
			return part{quoted(name), 0}, true
		}
	}
	return part{}, false
}

// quoted writes a name of a column, a table or a database.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (r *runner) wrong(op, what string) *engine.Error {
	return &engine.Error{Op: op, Name: r.name, What: what}
}

// start runs a statement until it has succeeded, and returns its rows. read counts the bytes that it reads.
func (r *runner) start(ctx context.Context, statement string, read *atomic.Int64) (*rows, error) {
	const op = "starting a query of"
	statement = comment + statement
	if len(statement) > mostSQL {
		e := r.wrong(op, "the query is longer than Athena accepts")
		e.Hint = "use fewer terms"
		return nil, e
	}
	id, err := r.begin(ctx, op, statement)
	if err != nil {
		return nil, err
	}
	if err := r.await(ctx, id, read); err != nil {
		return nil, err
	}
	return &rows{ctx: ctx, runner: r, id: id, skip: headerRows, seen: map[any]bool{}}, nil
}

// begin sends a statement and returns the id of its query. Because of its token, Athena starts one query however often the request is sent.
func (r *runner) begin(ctx context.Context, op, statement string) (id string, err error) {
	in := &athena.StartQueryExecutionInput{QueryString: &statement, WorkGroup: &r.place.workgroup, ClientRequestToken: aws.String("pawprint-" + rand.Text() + rand.Text()),
		QueryExecutionContext: &types.QueryExecutionContext{Catalog: aws.String(catalog), Database: &r.place.database}}
	err = r.ask(ctx, op, func(ctx context.Context) error {
		lasting, done := engine.Lingering(ctx, stopTime)
		defer done()
		out, err := r.api.StartQueryExecution(lasting, in)
		if err == nil {
			id = aws.ToString(out.QueryExecutionId)
		}
		return err
	})
	switch {
	case err == nil && id == "":
		return "", r.wrong(op, "the answer has no query id")
	case err == nil && ctx.Err() != nil:
		r.stop(ctx, id)
		return "", ctx.Err()
	}
	return id, err
}

// await waits until a query has succeeded. It stops the query if ctx ends.
func (r *runner) await(ctx context.Context, id string, read *atomic.Int64) error {
	for pause := firstWait; ; pause = min(2*pause, longWait) {
		var out *athena.GetQueryExecutionOutput
		err := r.ask(ctx, reading, func(ctx context.Context) (err error) {
			out, err = r.api.GetQueryExecution(ctx, &athena.GetQueryExecutionInput{QueryExecutionId: &id})
			return err
		})
		if err != nil {
			r.stop(ctx, id)
			return err
		}
		if ended, err := r.ended(out.QueryExecution, id, read); ended {
			return err
		}
		if err := r.wait(ctx, pause); err != nil {
			r.stop(ctx, id)
			return err
		}
	}
}

// ended reports whether a query has ended, with an error unless it has succeeded.
func (r *runner) ended(q *types.QueryExecution, id string, read *atomic.Int64) (bool, error) {
	if q == nil || q.Status == nil {
		return true, r.wrong(reading, "the answer does not have the state of the query")
	}
	if q.Status.State == types.QueryExecutionStateQueued || q.Status.State == types.QueryExecutionStateRunning {
		return false, nil
	}
	if q.Statistics != nil {
		read.Add(aws.ToInt64(q.Statistics.DataScannedInBytes))
	}
	switch q.Status.State {
	case types.QueryExecutionStateSucceeded:
		return true, nil
	case types.QueryExecutionStateCancelled:
		e := r.wrong(reading, "the query was cancelled, perhaps by a limit of the workgroup")
		e.Hint = "narrow the time with --since and --until, or raise the limit"
		return true, e
	}
	e := r.wrong(reading, "the query failed")
	e.Hint = "the query history has the reason, under " + printable(id)
	return true, e
}

// printable keeps what an id is made of.
func printable(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, id)
}

// stop stops a query even if ctx has ended. If that fails, the reader has no error.
func (r *runner) stop(ctx context.Context, id string) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer done()
	_, _ = r.api.StopQueryExecution(ctx, &athena.StopQueryExecutionInput{QueryExecutionId: &id})
}

// rows reads the lines of a result, page by page.
type rows struct {
	ctx    context.Context
	runner *runner
	id     string
	skip   int
	token  *string
	seen   map[any]bool // tokens, and the sums of pages
	begun  bool
	held   []byte
	count  int64
	err    error
}

// Read implements io.Reader.
func (r *rows) Read(p []byte) (int, error) {
	for len(r.held) == 0 && r.err == nil {
		r.err = r.next()
	}
	if len(r.held) == 0 {
		return 0, r.err
	}
	n := copy(p, r.held)
	r.held = r.held[n:]
	return n, nil
}

// next reads a page of lines.
func (r *rows) next() error {
	before := r.count
	page, err := r.page()
	r.held = r.held[:0]
	for i, row := range page {
		if len(row.Data) != 1 {
			return r.runner.wrong(reading, fmt.Sprintf("row %d does not have exactly one column", before+int64(i)+1))
		}
		r.held = append(r.held, oneLine(aws.ToString(row.Data[0].VarCharValue))...)
		r.held = append(r.held, '\n')
	}
	return err
}

// all reads all pages.
func (r *rows) all() (all [][]string, err error) {
	for {
		page, err := r.page()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		for _, row := range page {
			texts := textsOf(row)
			if len(texts) == 0 {
				return nil, r.runner.wrong(reading, fmt.Sprintf("row %d has no columns", len(all)+1))
			}
			all = append(all, texts)
		}
	}
}

// page reads a page of rows.
func (r *rows) page() ([]types.Row, error) {
	if r.begun && r.token == nil {
		return nil, io.EOF
	}
	in := &athena.GetQueryResultsInput{QueryExecutionId: &r.id, NextToken: r.token, MaxResults: aws.Int32(pageRows)}
	var out *athena.GetQueryResultsOutput
	err := r.runner.ask(r.ctx, reading, func(ctx context.Context) (err error) {
		out, err = r.runner.api.GetQueryResults(ctx, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	if out.ResultSet == nil || !r.begun && len(out.ResultSet.Rows) < r.skip {
		return nil, r.runner.wrong(reading, "the answer has no rows")
	}
	page := out.ResultSet.Rows
	if !r.begun {
		page = page[r.skip:]
	}
	if out.NextToken != nil && r.repeats(*out.NextToken) || telling(page) && r.repeats(sumOf(page)) {
		return nil, r.runner.wrong(reading, fmt.Sprintf("the same page came twice, after %d rows", r.count))
	}
	r.begun, r.token = true, out.NextToken
	r.count += int64(len(page))
	return page, nil
}

// repeats reports whether a token or a page is there for the second time.
func (r *rows) repeats(what any) bool {
	before := r.seen[what]
	r.seen[what] = true
	return before
}

// telling reports whether a page can be told from others: it is full, and its rows are not all the same.
func telling(page []types.Row) bool {
	return len(page) >= pageRows-headerRows && slices.ContainsFunc(page, func(row types.Row) bool { return !slices.Equal(textsOf(row), textsOf(page[0])) })
}

// sumOf stands for the rows of a page.
func sumOf(page []types.Row) [sha256.Size]byte {
	h := sha256.New()
	for _, row := range page {
		for _, text := range textsOf(row) {
			_, _ = io.WriteString(h, text+"\n") // a hash takes all
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// textsOf are the values of a row.
func textsOf(row types.Row) []string {
	texts := make([]string, len(row.Data))
	for i, d := range row.Data {
		texts[i] = aws.ToString(d.VarCharValue)
	}
	return texts
}

// oneLine replaces line breaks within a row, of which a table of lines has none.
func oneLine(text string) string {
	return strings.NewReplacer("\r\n", "  ", "\n", " ").Replace(text)
}

// Close implements io.Closer. The query has ended already.
func (r *rows) Close() error { return nil }
