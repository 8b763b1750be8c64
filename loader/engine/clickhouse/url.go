package clickhouse

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"pawprint/loader/engine"
)

const scheme = "clickhouse://"

// place is what a URL names: a server, and a table of raw lines or objects that it reads.
type place struct {
	name     string // the URL, printable; it holds no credential
	base     string // of the server's HTTP interface
	database string
	table    string
	column   string // of the lines; empty: the only one of text
	time     string // a column with the time of the event; empty: the time is read from the line
	objects  objects
}

// form is what a URL looks like, for errors.
const form = "write clickhouse://HOST:8443/DATABASE.TABLE, with ?column=NAME if more than one of its columns is text, or clickhouse://HOST:8443/?s3=URL or ?file=PATTERN"

// parse parses a URL. Its errors do not quote the URL, which may hold a credential by mistake.
func parse(text string) (*place, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || !strings.HasPrefix(text, scheme) || u.Hostname() == "":
		return nil, errors.New("opening clickhouse://: the URL cannot be read: " + form)
	case u.User != nil:
		return nil, errors.New("opening clickhouse://: a URL ends up in lists of processes and in histories: leave user and password out of it, and set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD")
	case u.Fragment != "":
		return nil, errors.New("opening clickhouse://: the URL has a part after #: " + form)
	}
	p := &place{base: baseOf(u)}
	if err := p.options(u); err != nil {
		return nil, err
	}
	if err := p.named(strings.TrimPrefix(u.Path, "/")); err != nil {
		return nil, err
	}
	p.name = display(text)
	return p, nil
}

// baseOf returns the URL of the HTTP interface. It uses TLS, except for the port of plain HTTP on this machine.
func baseOf(u *url.URL) string {
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = "8443"
	}
	kind := "https"
	if engine.Loopback(host) && !slices.Contains([]string{"443", "8443"}, port) {
		kind = "http"
	}
	return kind + "://" + net.JoinHostPort(host, port) + "/"
}

// options reads the options after the question mark.
func (p *place) options(u *url.URL) error {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return errors.New("opening clickhouse://: the part after ? cannot be read: " + form)
	}
	known := map[string]*string{"column": &p.column, "time": &p.time, "s3": &p.objects.url, "file": &p.objects.files,
		"collection": &p.objects.access, "cluster": &p.objects.cluster}
	for name, given := range values {
		to := known[name]
		if to == nil || len(given) != 1 || given[0] == "" {
			return fmt.Errorf("opening clickhouse://: the options are ?column=, ?time=, ?s3=, ?collection=, ?cluster= and ?file=, each at most once: %s", form)
		}
		*to = given[0]
	}
	return nil
}

// named reads the path of a URL, and checks that it fits the options after it.
func (p *place) named(path string) error {
	if p.objects.some() {
		if path != "" || p.column != "" || p.time != "" {
			return errors.New("opening clickhouse://: ?s3= and ?file= take the place of a table: leave out the table and its columns")
		}
		return p.objects.check()
	}
	var dotted bool
	if p.database, p.table, dotted = strings.Cut(path, "."); !dotted {
		p.database, p.table = "default", path
	}
	if p.table == "" || p.database == "" || strings.Contains(path, "/") || p.objects != (objects{}) {
		return errors.New("opening clickhouse://: the URL names no table: " + form)
	}
	return nil
}
