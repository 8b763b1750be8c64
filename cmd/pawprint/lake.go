//go:build !nos3

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/loader/engine/athena"
	"pawprint/loader/engine/panther"
	"pawprint/model/condition"
	"pawprint/tui"
)

// lakeSpan is how far back a source is read without --since if its queries cost money or have no estimate.
const lakeSpan = 24 * time.Hour

// pantherSource returns the source of a panther:// URL: the newest rows of the audit table of a data lake.
func (s *settings) pantherSource(url string, limits loader.Limits, of span) (loader.Source, error) {
	open := func() (*panther.Engine, error) {
		token, err := pantherToken()
		if err != nil {
			return nil, err
		}
		return panther.Open(url, panther.Options{Token: token, Wait: s.pause, Bytes: s.std.hooks.lakeBytes})
	}
	at, err := open()
	if err != nil {
		return nil, err
	}
	o, err := s.lakeQuestion(at, limits, of, &askedSource{url: url, costs: pantherCosts, open: func() (engine.Engine, error) { return open() }})
	if err != nil {
		return nil, err
	}
	return engine.New(url, at, o), nil
}

// What the user reads before a query that costs money, or whose cost nobody knows.
const (
	pantherCosts = "The data lake gives no estimate of what this costs, and everybody sees the query in its history."
	athenaCosts  = "Athena bills what it reads of the table for this time, once for each window: 5 US dollars a terabyte in most regions."
)

// athenaSource returns the source of an athena:// URL: the newest rows of a table that the query of this run asks for.
func (s *settings) athenaSource(url string, limits loader.Limits, of span) (loader.Source, error) {
	open := func() (*athena.Engine, error) {
		return athena.Open(context.Background(), url, athena.Options{Profile: s.inputs.profile, Region: s.inputs.region, Wait: s.pause})
	}
	at, err := open()
	if err != nil {
		return nil, err
	}
	price := func(ctx context.Context, of engine.Span) (string, error) {
		at, err := open()
		if err != nil {
			return "", err
		}
		defer at.Close()
		e, err := at.Estimate(ctx, of.Widened(at.Margin()))
		if err != nil || !e.Known {
			return athenaCosts, err
		}
		return sentence(e.String()), nil
	}
	o, err := s.lakeQuestion(at, limits, of, &askedSource{url: url, costs: athenaCosts, open: func() (engine.Engine, error) { return open() }, price: price})
	if err != nil {
		return nil, err
	}
	o.Before = func(ctx context.Context, of engine.Span) error { return s.weigh(ctx, url, at, of) }
	return engine.New(url, at, o), nil
}

// weigh says what queries to Athena read at most, and asks the user before they read much.
func (s *settings) weigh(ctx context.Context, url string, at *athena.Engine, of engine.Span) error {
	e, err := at.Estimate(ctx, of)
	if err != nil {
		return err
	}
	if s.questions == nil {
		s.notice(e.String())
	}
	if e.Much() && !s.agreed(url, e.String()) {
		return errors.New("asking " + url + ": you declined, so nothing was read; narrow the query with --since and --until")
	}
	return nil
}

// sentence makes a sentence of a text that begins with a letter of ASCII.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// agreed reports whether the user agrees to a query, or cannot be asked.
func (s *settings) agreed(url, text string) bool {
	switch in := &s.inputs; {
	case in.yes:
	case s.questions != nil:
		return s.answered(s.interfaceGone, tui.Question{About: url, Text: sentence(text), Asks: true})
	case s.canAsk && isTerminal(s.std.in) && isTerminal(s.std.err):
		return s.askOnTerminal(url+": "+text, "Ask?")
	}
	return true
}

// priceAthena prints what a query to an athena:// source reads at most. It asks Athena only where the table lies.
func (s *settings) priceAthena(url string, of span) error {
	ctx := context.Background()
	at, err := athena.Open(ctx, url, athena.Options{Profile: s.inputs.profile, Region: s.inputs.region, Wait: s.pause})
	if err != nil {
		return err
	}
	e, err := at.Estimate(ctx, s.lakeOptions(loader.Limits{}, of).Span.Widened(at.Margin()))
	if err == nil {
		_, err = fmt.Fprintf(s.std.out, "%s: %s\n", url, e)
	}
	return err
}

// lakeQuestion returns how a lake is asked for the rows of this run's query, or counts them. If rows are read, no values are asked for
// first, as that would cost another reading of the whole span. again is the source for later questions.
func (s *settings) lakeQuestion(at engine.Counting, limits loader.Limits, of span, again *askedSource) (engine.Options, error) {
	o := s.lakeOptions(limits, of)
	asked, err := s.asked()
	if err != nil {
		return o, err
	}
	if o.Fold = asked.fold; o.Remark != "" { // the query does not name the time
		o.Fold = bounded(o.Span, asked.fold)
	}
	switch {
	case asked.loaded != "":
		s.tellLoaded(asked)
	case s.countedThere(&o, at, o.Span):
		return o, nil
	default:
		fold := o.Fold
		o.Fold = func(engine.Dictionaries) (cover, core condition.Condition) { return fold(nil) }
	}
	if s.questions != nil {
		again.limits, again.from = limits, o.Span.From
		o.Loaded = s.asks.add(of, again)
	}
	o.Rows, err = s.rowsOf(true)
	return o, err
}

// bounded folds a query so that it is about a span of time.
func bounded(of engine.Span, fold engine.Fold) engine.Fold {
	inside := condition.Time{From: of.From, To: of.To}
	return func(d engine.Dictionaries) (cover, core condition.Condition) {
		cover, core = fold(d)
		return condition.And(condition.Or(inside, condition.Untimed{}), cover), condition.And(inside, core)
	}
}

// explainAthena prints what an athena:// source would be asked, of a table that pawprint athena ddl describes.
func (s *settings) explainAthena(url string, of span) error {
	at, err := athena.Open(context.Background(), url, athena.Options{Profile: s.inputs.profile, Region: s.inputs.region})
	if err != nil {
		return err
	}
	return s.explainLake(explanation{url: url, table: "is assumed to be as pawprint athena ddl makes it; its columns are asked for first"}, of, func(w engine.Window, core condition.Condition) (lines, count string, err error) {
		lines, count = at.Statements(w, core)
		return lines, count, nil
	})
}

// explainPanther prints what a panther:// source would be asked, of a table with the columns of the schema.
func (s *settings) explainPanther(url string, of span) error {
	return s.explainLake(explanation{url: url, table: "is assumed to have the columns of Panther's schema; its columns are asked for first"}, of, func(w engine.Window, core condition.Condition) (lines, count string, err error) {
		return panther.Statements(url, w, core)
	})
}

// explainLake prints what a lake would be asked; a function writes its statements.
func (s *settings) explainLake(e explanation, of span, statements func(engine.Window, condition.Condition) (lines, count string, err error)) error {
	o := s.lakeOptions(loader.Limits{}, of)
	q, err := s.asked()
	if err != nil {
		return err
	}
	fold, paths := q.fold, wouldAsk{}
	if o.Remark != "" { // the query does not name the time
		fold = bounded(o.Span, fold)
	}
	cover, core := fold(&paths)
	e.parts, e.loaded = q.parts, q.loaded
	if e.lines, e.count, err = statements(engine.Window{Span: o.Span, Is: cover, Newest: s.inputs.rows.n}, core); err != nil {
		return err
	}
	e.paths = paths.paths
	e.certain(core)
	if !s.elsewhere.wanted { // rows are read without a look at values
		e.paths = nil
	}
	return e.print(s.std.out)
}

// lakeOptions returns how the rows of a lake are read, whatever the query.
func (s *settings) lakeOptions(limits loader.Limits, of span) engine.Options {
	o := engine.Options{Limits: limits, After: s.after}
	if s.questions == nil { // the interface shows the notices in its list of sources
		o.Notice = s.notice
	}
	if of.from.IsZero() {
		of.from = time.Now().Add(-lakeSpan)
		o.Remark = "without --since, only the last 24 hours are read"
	}
	o.Span = engine.SpanOf(of.from, of.to)
	return o
}

// pantherToken reads the token of the API. No error contains it.
func pantherToken() (string, error) {
	path := os.Getenv("PAWPRINT_PANTHER_TOKEN_FILE")
	if path == "" {
		return os.Getenv("PANTHER_API_TOKEN"), nil
	}
	const most = 64 << 10
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("reading the file that PAWPRINT_PANTHER_TOKEN_FILE names: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return "", fmt.Errorf("reading the file that PAWPRINT_PANTHER_TOKEN_FILE names: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}
