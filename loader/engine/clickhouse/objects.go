package clickhouse

import (
	"errors"
	"net/url"
	"strings"

	"pawprint/loader/engine"
)

// objects are files that the server reads: those of a bucket, or its own.
type objects struct {
	url     string // of a bucket, with wildcards …
	files   string // … or a pattern for files of the server
	access  string // a named collection of the server with the credentials for the bucket
	cluster string // the servers that share the work; empty: the one that is asked
}

// some reports whether there are any, so that there is no table.
func (o *objects) some() bool { return o.url != "" || o.files != "" }

// check checks what the URL of the server says about objects.
func (o *objects) check() error {
	if o.files != "" {
		if o.url != "" || o.access != "" || o.cluster != "" {
			return errors.New("opening clickhouse://: ?file= names files of the server: leave ?s3=, ?collection= and ?cluster= out")
		}
		return nil
	}
	switch u, err := url.Parse(o.url); {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return errors.New("opening clickhouse://: ?s3= is the URL of objects, such as https://BUCKET.s3.REGION.amazonaws.com/logs/**/*.json.gz")
	case u.User != nil || u.RawQuery != "" && signed(u.RawQuery):
		return errors.New("opening clickhouse://: the URL after ?s3= holds a credential: the server must have its own, see ?collection=")
	}
	return nil
}

// signed reports whether a query of a URL looks like that of a signed one.
func signed(query string) bool {
	query = strings.ToLower(query)
	return strings.Contains(query, "signature") || strings.Contains(query, "credential") || strings.Contains(query, "x-amz-")
}

// hourly reports whether the objects lie in folders of an hour each, as the pattern says.
func (o *objects) hourly() bool {
	where := o.url + o.files
	for _, unit := range []string{"year=", "/month=", "/day=", "/hour="} {
		_, rest, found := strings.Cut(where, unit)
		if !found {
			return false
		}
		where = rest
	}
	return true
}

// read is the objects as a table with one column, read as a format has it.
func (o *objects) read(format, column string) string {
	var args []string
	function := "s3"
	if o.cluster != "" {
		function, args = "s3Cluster", []string{quote(o.cluster)}
	}
	switch {
	case o.files != "":
		function, args = "file", []string{quote(o.files), quote(format), quote(column)}
	case o.access != "":
		args = append(args, identifier(o.access), "url = "+quote(o.url), "format = "+quote(format), "structure = "+quote(column))
	default:
		args = append(args, quote(o.url), quote(format), quote(column))
	}
	return function + "(" + strings.Join(args, ", ") + ")" + named
}

// The parts of a path by which an hour is known, in UTC: only those that are written as this layout has them.
const (
	hourFolders = `year=(19[0-9]{2}|2[01][0-9]{2}|22[0-5][0-9])/month=(0[1-9]|1[0-2])/day=(0[1-9]|[12][0-9]|3[01])/hour=([01][0-9]|2[0-3])/`
	hourOfPath  = `if(match(source._path, '` + hourFolders + `'), parseDateTime64BestEffortOrNull(replaceRegexpOne(source._path, '^.*` + hourFolders + `.*$', '\\1-\\2-\\3 \\4:00:00'), 9, 'UTC'), NULL)`
)

// lines returns the objects as a table of lines. If they lie in folders of an hour, that is the time by which windows are cut, so that the server
// reads only the objects of a window.
func (o *objects) lines() *table {
	t := &table{from: o.read("LineAsString", "line String"), line: "source.line"}
	if o.hourly() {
		t.clock, t.nullable, t.hourly = hourOfPath, true, true
		t.list = o.read("One", "nothing UInt8") // which opens no object
	}
	return t
}

// boundsOfObjects asks for the first and the last hour of objects, of which only the names are read.
func (t *table) boundsOfObjects(of engine.Span) string {
	listed := table{from: t.list, line: "''", clock: t.clock, nullable: true}
	return listed.bounds(of)
}
