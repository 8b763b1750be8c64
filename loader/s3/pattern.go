package s3

import (
	"context"
	"fmt"

	"pawprint/loader/glob"
)

const (
	// maxNarrowing bounds how many folders are listed to narrow a pattern, and maxNarrowed how many folders that may give: a listing
	// of all keys that is filtered costs less than one for each of many folders.
	maxNarrowing = 40
	maxNarrowed  = 200
)

// takeAim decides what the URL stands for: all keys that begin with its text or, if that has signs of a pattern and no key does, those
// that match.
func (l *load) takeAim(ctx context.Context) error {
	text := l.source.prefix
	if !glob.HasSigns(text) {
		return nil
	}
	if literal, err := l.literal(ctx); literal || err != nil {
		return err
	}
	keys, err := glob.ParseKeys(text)
	if err != nil {
		return fmt.Errorf("listing %s: %s", display(l.source.url), display(err.Error()))
	}
	l.keys = &keys
	if l.source.o.Follow {
		l.narrowed = keys.Prefixes(nil) // folders that match may come
		return nil
	}
	n := narrowing{ctx: ctx, load: l}
	l.narrowed = keys.Prefixes(n.folders)
	return n.err
}

// prefixes returns what to list: prefixes that together contain all keys that the URL stands for, none of which contains another.
func (l *load) prefixes() []string {
	if l.keys == nil {
		return []string{l.source.prefix}
	}
	return l.narrowed
}

// literal reports whether any key begins with the text of the URL.
func (l *load) literal(ctx context.Context) (bool, error) {
	p, err := l.bucket.list(ctx, request{prefix: l.source.prefix, max: 1})
	switch k := kindOf(err); {
	case err != nil && (k == unavailable || k == uncached) && l.source.o.Cache.knows(ctx, l.bucket, l.source.prefix):
		return false, nil // it was listed as a pattern
	case err != nil:
		return false, err
	case len(p.objects) > 0:
		l.notice("keys begin with exactly this text, so it is not read as a pattern")
	}
	return len(p.objects) > 0, nil
}

// narrowing lists the folders that a pattern may mean.
type narrowing struct {
	ctx   context.Context
	load  *load
	looks int
	found int
	err   error
}

// folders lists the folders whose keys begin with a prefix, except those of times that were not asked for. It returns false if there
// are too many, or if listing failed.
func (n *narrowing) folders(prefix string) ([]string, bool) {
	if n.looks++; n.looks > maxNarrowing || n.err != nil {
		return nil, false
	}
	p, err := n.load.bucket.list(n.ctx, request{prefix: prefix, delimiter: "/"})
	switch k := kindOf(err); {
	case (k == unavailable || k == uncached) && n.load.source.o.Cache.knows(n.ctx, n.load.bucket, n.load.source.prefix):
		return nil, false
	case err != nil:
		n.err = err
		return nil, false
	}
	if n.found += len(p.prefixes); p.next != "" || n.found > maxNarrowed {
		return nil, false
	}
	var folders []string
	for _, folder := range p.prefixes {
		if within(folder, n.load.source.o.From, n.load.source.o.To) {
			folders = append(folders, folder)
		}
	}
	return folders, true
}
