//go:build !nos3

package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pawprint/loader"
	"pawprint/loader/s3"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

// remotes is what the sources of one log that a URL names share, so that each object is read once; and those of its past.
type remotes struct{ now, past *s3.Together }

func newRemotes() remotes { return remotes{new(s3.Together), new(s3.Together)} }

// remoteSource returns the source of an s3:// URL: an object, or all logs under a prefix, as far as they are of a time.
func (s *settings) remoteSource(url string, limits loader.Limits, of span) (loader.Source, error) {
	in := &s.inputs
	if in.queue != "" && !s.follow {
		return nil, errors.New("reading --sqs: a queue announces new objects: add --follow")
	}
	o := s3.Options{Profile: in.profile, Region: in.region, RequestPayer: in.payer, Anonymous: in.unsigned, Limits: limits,
		From: of.from, To: of.to, Together: s.remotes.past}
	if !of.past {
		o.Follow, o.Queue, o.Together = s.follow, in.queue, s.remotes.now
	}
	if s.canAsk && !in.yes && isTerminal(s.std.in) && isTerminal(s.std.err) {
		o.Confirm = s.confirm
	} else if s.questions != nil && !in.yes {
		o.Confirm, o.Eager = s.askInside, true
	}
	if s.questions == nil { // the interface shows the notices in its list of sources
		o.Notice = s.notice
	}
	if o.Offline = in.offline; in.cache || in.offline {
		dir, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("finding a place for --cache: %w", err)
		}
		o.Cache = &s3.Cache{Dir: filepath.Join(dir, "pawprint", "s3"), Levels: 2}
	}
	return s3.New(url, o)
}

// confirm asks the user on the terminal before a large download.
func (s *settings) confirm(p s3.Plan) bool {
	return s.askOnTerminal(p.URL.Raw()+": "+p.Text(), "Download them?")
}

// askOnTerminal asks the user on the terminal. It asks one question at a time.
func (s *settings) askOnTerminal(about, question string) bool {
	defer s.inputs.progress.pause()()
	fmt.Fprintf(s.std.err, "%s. %s [y/N] ", termsafe.Clean(about, termsafe.Options{}), question)
	answer, err := bufio.NewReader(s.std.in).ReadString('\n')
	return err == nil && strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "y")
}

// askInside asks the user in the interface before a large download. If the interface has ended, the answer is no.
func (s *settings) askInside(p s3.Plan) bool {
	return s.answered(s.interfaceGone, tui.Question{About: p.URL.Raw(), Text: p.Text()})
}

// answered asks the user of the interface a question. If nobody waits for the answer any more, it is no.
func (s *settings) answered(gone <-chan struct{}, q tui.Question) bool {
	answer := make(chan bool, 1)
	q.Answer = func(yes bool) { answer <- yes }
	select {
	case s.questions <- q:
	case <-gone:
		return false
	}
	select {
	case yes := <-answer:
		return yes
	case <-gone:
		return false
	}
}
