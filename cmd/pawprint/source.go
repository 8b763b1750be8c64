package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"pawprint/loader"
	"pawprint/loader/glob"
	"pawprint/loader/tail"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/query"
)

// inputs holds the flags that say where logs come from and what reading them may cost.
type inputs struct {
	dedupe    bool
	maxMemory string
	profile   string
	region    string
	payer     bool
	unsigned  bool
	yes       bool
	queue     string
	cache     bool
	offline   bool
	rows      rowLimit // of an engine

	explain       bool
	estimate      bool
	engineBytes   string
	engineSeconds int
	// keepsNothing says that sources are only looked at: they need no memory that grows.
	keepsNothing bool

	progress pausableLine
}

func (in *inputs) addFlags(f *pflag.FlagSet) {
	f.BoolVar(&in.dedupe, "dedupe", false, "hide duplicates: keep the first of the events with the same p_row_id")
	f.StringVar(&in.maxMemory, "max-memory", "", "stop reading when the log takes this much memory, such as 2G (default: half of the memory)")
	f.StringVar(&in.profile, "profile", "", "profile of the AWS configuration, for s3:// sources")
	f.StringVar(&in.region, "region", "", "region to ask first, for s3:// sources; the bucket's own region is found anyway")
	f.BoolVar(&in.payer, "request-payer", false, "pay for requests to other people's s3:// buckets")
	f.BoolVar(&in.unsigned, "no-sign-request", false, "send no credentials, for public s3:// sources")
	f.BoolVar(&in.yes, "yes", false, "download any amount from s3://, and have athena:// read any amount, without asking")
	f.StringVar(&in.queue, "sqs", "", "with -f: URL of an SQS queue with the notifications of an s3:// bucket; messages about loaded objects are deleted")
	f.BoolVar(&in.cache, "cache", false, "keep objects of s3:// sources on disk, so that a second look needs no download")
	if !in.rows.given {
		in.rows.n = usualRows
	}
	f.Var(&in.rows, "rows", "read at most this many rows of clickhouse://, panther:// and athena:// sources, the newest ones; 0 means all")
	f.BoolVar(&in.explain, "explain", false, "print the queries that databases would get and what would be filtered here; send nothing")
	f.BoolVar(&in.estimate, "estimate", false, "with query -c: print the bounds of the count that databases know without sending rows; otherwise, for athena://: print the most that a query reads and costs, and run none")
	f.StringVar(&in.engineBytes, "engine-bytes", "", "the most that one query may read on the server of a clickhouse:// source, such as 50G (default: 1T)")
	f.IntVar(&in.engineSeconds, "engine-seconds", 600, "how many seconds one query may run on the server of a clickhouse:// source")
	f.BoolVar(&in.offline, "offline", false, "read s3:// sources only from what --cache saved, and open no connection")
}

// leastMemory is the least memory for a log, in bytes, with which loading starts. Reading needs about as much again.
const leastMemory = 16 << 20

// limits returns the limits that all sources of a log share.
func (in *inputs) limits() (loader.Limits, error) {
	memory := loader.DefaultMemory()
	switch {
	case in.keepsNothing:
		return loader.Limits{}, nil
	case in.maxMemory != "":
		var err error
		if memory, err = parseSize(in.maxMemory); err != nil {
			return loader.Limits{}, fmt.Errorf("reading --max-memory: %w", err)
		}
	case memory < leastMemory:
		return loader.Limits{}, fmt.Errorf("reading needs %s of memory, and the limits of this process leave %s: raise them, or try --max-memory",
			amount.Bytes(2*leastMemory), amount.Bytes(2*memory))
	}
	return loader.Limits{Memory: loader.NewBudget(memory)}, nil
}

// sources turns the arguments of a command into sources. All followed paths on disk become one source.
func (s *settings) sources(args []string) ([]loader.Source, error) {
	if len(args) == 0 {
		if isTerminal(s.std.in) {
			return nil, errors.New("no source: name a file, or pipe a log into pawprint; see pawprint --help")
		}
		args = []string{"-"}
	}
	if s.questions == nil {
		s.nameSettings()
	}
	if err := s.checkAlertSources(args); err != nil {
		return nil, err
	}
	if s.inputs.explain {
		return nil, s.explain(args)
	}
	if err := s.checkEstimate(args); err != nil {
		return nil, err
	}
	limits, err := s.inputs.limits()
	if err != nil {
		return nil, err
	}
	s.budget.Store(limits.Memory)
	if err := s.checkBaseline(); err != nil {
		return nil, err
	}
	s.noteBaseline(args)
	s.past = past{}
	s.asks.clear()
	s.remotes = newRemotes()
	var sources []loader.Source
	var followed []string
	for _, arg := range args {
		source, onDisk, err := s.openSource(arg, limits)
		switch {
		case err != nil:
			return nil, err
		case onDisk:
			followed = append(followed, arg)
		default:
			sources = append(sources, source)
		}
	}
	if followed != nil {
		set := tail.New(followed...)
		set.Limits = limits
		sources = append(sources, set)
	}
	if change := s.std.hooks.sources; change != nil {
		sources = change(sources)
	}
	return sources, nil
}

// localSource returns the source of a file, a folder or a glob. A folder of exactly this name comes before its meaning as a glob.
func localSource(arg string, limits loader.Limits) loader.Source {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return &loader.Folder{Path: arg, Limits: limits}
	case glob.Is(arg):
		return &loader.Glob{Pattern: arg, Limits: limits}
	}
	return &loader.File{Path: arg, Limits: limits}
}

// inputIsFile reports whether standard input is a redirected file.
func (s *settings) inputIsFile() bool {
	info, err := s.std.in.Stat()
	return err == nil && info.Mode().IsRegular()
}

// standardInput returns the source of standard input. With --follow a redirected file is followed; a pipe always ends when its writers
// close it.
func (s *settings) standardInput(limits loader.Limits) loader.Source {
	if s.follow && s.inputIsFile() {
		return &tail.Descriptor{Label: "stdin", From: s.std.in, Limits: limits}
	}
	return &loader.Reader{Label: "stdin", From: s.std.in, Limits: limits}
}

// load reads sources into a new log to their end. If reading fails, it returns the error and the log of what was read; the log is nil
// only if the sources are wrong.
func (s *settings) load(ctx context.Context, args []string) (*model.Log, error) {
	s.canAsk = true
	sources, err := s.sources(args)
	if err != nil {
		return nil, err
	}
	log := model.NewLog()
	s.tellBooks(log)
	s.inputs.progress.begin(func() (done func()) { return s.showProgress(log) })
	told := s.tellWaiting(log)
	err = s.readAll(ctx, log, sources)
	told()
	s.inputs.progress.end()
	snap := log.Snapshot()
	if _, latest, ok := snap.TimeBounds(); ok && !s.elsewhere.used.Load() {
		s.logEnd = time.Unix(0, latest)
	}
	return log, err
}

// byColumns returns the context for loading a log whose rows are only counted. It says that few lines will be read, unless the filters read
// lines.
func (s *settings) byColumns(ctx context.Context) context.Context {
	e, err := s.expression(s.commandQuery)
	if err != nil || query.ReadsLines(e) || query.AsksForMarks(e) {
		return ctx
	}
	return loader.WithFewLines(ctx)
}

// pausableLine is a line of progress that can be hidden while a question is shown. Its methods may be called from any goroutine.
type pausableLine struct {
	mu   sync.Mutex
	show func() (done func())
	done func()
	over atomic.Bool
}

func (p *pausableLine) begin(show func() (done func())) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show, p.done = show, show()
}

// pause hides the line until the returned function is called. It holds the lock meanwhile.
func (p *pausableLine) pause() (resume func()) {
	p.mu.Lock()
	if p.done != nil {
		p.done()
	}
	return func() {
		if p.show != nil && !p.over.Load() {
			p.done = p.show()
		}
		p.mu.Unlock()
	}
}

// end hides the line for good. It does not wait for a pause to end, as then the line is hidden already.
func (p *pausableLine) end() {
	p.over.Store(true)
	if p.mu.TryLock() {
		defer p.mu.Unlock()
		p.done()
	}
}
