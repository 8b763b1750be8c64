package completion

import (
	"context"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
)

// The limits of what is read of a log while somebody waits for completions.
const (
	readBytes  = 256 << 10       // some 10 ms
	readTime   = 2 * time.Second // for packed bytes that become very many
	readPaths  = 200             // lines
	mostValues = 50              // of a column
	longest    = 80              // bytes of a value
)

// Beginning returns the values that occur in the beginning of a log, the most frequent ones first. Only a regular file is read. What cannot be
// read has no values.
func Beginning(ctx context.Context, path string) query.Data {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return query.Data{} // opening a pipe could wait, and reading from it would consume its data
	}
	f, err := os.Open(path)
	if err != nil {
		return query.Data{}
	}
	defer f.Close()
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	log := model.NewLog()
	_ = loader.Load(reading, log, &loader.Reader{Label: path, From: io.LimitReader(f, readBytes)}) // what was read until then is enough
	snap := log.Snapshot()
	all, err := model.Select(ctx, snap, nil, nil)
	if err != nil {
		return query.Data{}
	}
	paths, _ := query.Paths(ctx, all, readPaths)
	return query.Data{Values: func(c model.Column) []query.ValueCount { return valuesOf(ctx, all, c) }, Paths: harmlessPaths(paths)}
}

// valuesOf counts the harmless values of a column.
func valuesOf(ctx context.Context, all *model.Selection, c model.Column) (values []query.ValueCount) {
	facets, err := count.NewFacets([]count.Key{count.ByColumn(c)}).Extend(ctx, all)
	if err != nil {
		return nil
	}
	for _, n := range facets.Facet(0).Top(mostValues) {
		if v := n.Values[0]; !v.Absent && Harmless(v.Text.Raw()) {
			values = append(values, query.ValueCount{Value: v.Text, Count: n.Events})
		}
	}
	return values
}

// harmlessPaths returns the paths that are harmless, with their harmless values.
func harmlessPaths(paths []query.PathCount) (out []query.PathCount) {
	for _, p := range paths {
		if !Harmless(p.Path) {
			continue
		}
		p.Values = slices.DeleteFunc(slices.Clone(p.Values), func(v query.ValueCount) bool { return !Harmless(v.Value.Raw()) })
		out = append(out, p)
	}
	return out
}

// Harmless reports whether a value of a log may be offered to a shell: letters and digits of ASCII, blanks inside, and a few signs that
// mean nothing to any shell. All others must be typed.
func Harmless(text string) bool {
	const signs = "_.,:/@%+- "
	if text == "" || len(text) > longest || strings.TrimSpace(text) != text || text[0] == '-' {
		return false
	}
	for i := range len(text) {
		c := text[i]
		if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; !letter && (c < '0' || c > '9') && strings.IndexByte(signs, c) < 0 {
			return false
		}
	}
	return true
}
