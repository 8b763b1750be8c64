package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// maxLooks bounds the search for partitions by the number of folders listed, maxDepth by their depth.
	maxLooks = 40
	maxDepth = 4
)

// contents is what a survey found below a prefix.
type contents struct {
	layouts []layout
	others  []string // prefixes of unknown layout
	objects []object // objects beside the partitions
	looks   int
}

// survey looks for partitions below a prefix, with few requests. Where it finds none it returns the prefix itself.
func survey(ctx context.Context, l lister, prefix string) (contents, error) {
	var g contents
	if root, c, _, ok := placed(prefix); ok {
		if !isPartition(prefix, root, c) {
			return contents{others: []string{prefix}}, nil
		}
		lay, found, err := sample(ctx, l, root, c.at.Year(), c.at.Year(), prefix)
		if err != nil || found {
			g.layouts = []layout{lay}
			return g, err
		}
		return contents{others: []string{prefix}}, nil
	}
	if err := g.search(ctx, l, prefix, maxDepth); err != nil {
		return contents{}, err
	}
	if len(g.layouts) == 0 {
		return contents{others: []string{prefix}}, nil
	}
	return g, nil
}

// isPartition reports whether a prefix is a partition and nothing else.
func isPartition(prefix, root string, c partition) bool {
	return prefix == (&layout{root: root}).prefix(c) || prefix == (&layout{root: root, bare: true}).prefix(c)
}

// search looks for partitions in the folders below a prefix, level by level.
func (g *contents) search(ctx context.Context, l lister, prefix string, depth int) error {
	if g.looks++; g.looks > maxLooks || depth == 0 {
		g.others = append(g.others, prefix)
		return nil
	}
	var p page
	err := pages(ctx, l, request{prefix: prefix, delimiter: "/"}, func(first page) (bool, error) {
		p = first
		return false, nil
	})
	if err != nil {
		return err
	}
	if p.next != "" {
		g.others = append(g.others, prefix)
		return nil
	}
	g.objects = append(g.objects, p.objects...)
	years, folders := yearsOf(p.prefixes)
	if len(years) > 0 {
		root := prefix[:strings.LastIndexByte(prefix, '/')+1]
		lay, found, err := layoutOf(ctx, l, root, slices.Min(years), slices.Max(years))
		if found {
			g.layouts = append(g.layouts, lay)
		} else if err == nil {
			g.others = append(g.others, p.prefixes...) // the folders only look like years
			return nil
		}
		g.others = append(g.others, folders...)
		return err
	}
	for _, folder := range folders {
		if err := g.search(ctx, l, folder, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// yearsOf separates folders that are years from those that are not.
func yearsOf(prefixes []string) (years []int, folders []string) {
	for _, folder := range prefixes {
		base := strings.TrimSuffix(folder, "/")
		if y, ok := component(base[strings.LastIndexByte(base, '/')+1:], year); ok {
			years = append(years, y)
		} else {
			folders = append(folders, folder)
		}
	}
	return years, folders
}

// layoutOf samples the first and the last year below a root, as the layout may have changed over time. It returns what both have
// in common.
func layoutOf(ctx context.Context, l lister, root string, first, last int) (layout, bool, error) {
	year := func(y int) string { return fmt.Sprintf("%s%s%d/", root, unitNames[year], y) }
	lay, found, err := sample(ctx, l, root, first, last, year(first))
	if err != nil || !found || first == last {
		return lay, found, err
	}
	end, found, err := sample(ctx, l, root, first, last, year(last))
	lay.deepest, lay.bare = min(lay.deepest, end.deepest), lay.bare || end.bare
	return lay, found, err
}

// sample determines from one key how deep the partitions are and how their numbers are written.
func sample(ctx context.Context, l lister, root string, first, last int, prefix string) (layout, bool, error) {
	lay := layout{root: root, deepest: hour, first: first, last: last}
	p, err := l.list(ctx, request{prefix: prefix, max: 1})
	if err != nil || len(p.objects) == 0 {
		return lay, false, err
	}
	_, c, bare, ok := placed(p.objects[0].key)
	lay.deepest, lay.bare = c.unit, bare
	return lay, ok, nil
}

// span is a prefix to list. A span of a known layout can be divided if it turns out to be large.
type span struct {
	prefix    string
	after     string // only keys after this one
	layout    *layout
	partition partition
	whole     bool     // a prefix of the URL: it can be divided once its contents are known
	beside    []object // objects found already, in place of a listing
}

func (s *span) divisible() bool {
	return s.whole || s.layout != nil && s.partition.unit < s.layout.deepest
}

// spans returns the spans to list, newest first: the partitions of [from, to), then keys without a time.
func (g *contents) spans(prefix string, from, to time.Time) []span {
	var spans []span
	_, fixed, _, bound := placed(prefix)
	if bound {
		if from.Before(fixed.at) {
			from = fixed.at
		}
		if to.IsZero() || to.After(fixed.end()) {
			to = fixed.end()
		}
	}
	for i := range g.layouts {
		l := &g.layouts[i]
		for _, c := range l.cover(from, to) {
			spans = append(spans, span{prefix: l.prefix(c), layout: l, partition: c})
		}
	}
	slices.SortStableFunc(spans, newerSpan)
	for _, prefix := range g.others {
		spans = append(spans, span{prefix: prefix})
	}
	return spans
}

// surveyed returns the prefix to survey for a prefix: the folder that it lies in, if it ends before the number of a partition.
func surveyed(prefix string) string {
	slash := strings.LastIndexByte(prefix, '/') + 1
	last := prefix[slash:]
	for _, name := range unitNames {
		if last != "" && strings.HasPrefix(name, last) {
			return prefix[:slash]
		}
	}
	return prefix
}

// overlapping returns the parts of spans that lie below a prefix.
func overlapping(spans []span, prefix string) []span {
	kept := spans[:0]
	for _, s := range spans {
		switch {
		case strings.HasPrefix(s.prefix, prefix):
			kept = append(kept, s)
		case strings.HasPrefix(prefix, s.prefix):
			kept = append(kept, span{prefix: prefix})
		}
	}
	return kept
}

// newerSpan orders spans of a known layout, newest first.
func newerSpan(a, b span) int { return b.partition.at.Compare(a.partition.at) }
