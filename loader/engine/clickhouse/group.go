package clickhouse

import (
	"context"
	"fmt"
	"strings"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// Groups counts the rows of a span of which a condition is true, which must have a clear time and strings, or nothing, at the paths. ok is
// false if there are too many groups.
func (e *Engine) Groups(ctx context.Context, of engine.Span, is condition.Condition, by engine.Grouping) (groups []engine.Group, ok bool, err error) {
	const op = "counting rows of"
	t, err := e.find(ctx)
	if err != nil {
		return nil, false, err
	}
	rows, err := e.client.all(ctx, op, t.groups(of, is, by))
	if err != nil || len(rows) > by.Most {
		return nil, false, err
	}
	for _, row := range rows {
		g, ok := groupOf(row, len(by.Paths))
		if !ok {
			return nil, false, e.unclear(op)
		}
		groups = append(groups, g)
	}
	return groups, true, nil
}

// groups counts rows by the values at paths: for each whether there is one, and the text.
func (t *table) groups(of engine.Span, is condition.Condition, by engine.Grouping) string {
	columns := []string{t.edge(by.Edges) + " AS edge"}
	keys := []string{"edge"}
	for i, path := range by.Paths {
		columns = append(columns, fmt.Sprintf("%s AS there%d, JSONExtractString(%s) AS value%d", enclose(present(path)), i, at(path), i))
		keys = append(keys, fmt.Sprintf("there%d, value%d", i, i))
	}
	columns = append(columns, "count()", "countIf("+t.write(by.Marked)+")", "min("+t.stamp()+")", "max("+t.stamp()+")")
	return fmt.Sprintf("SELECT %s FROM (%s) WHERE %s AND (%s) GROUP BY %s LIMIT %d",
		strings.Join(columns, ", "), t.rows(part{of, true, true}), t.asked(of), t.write(is), strings.Join(keys, ", "), by.Most+1)
}

// edge is the last of the edges that is not after the time of a row, or 0 without edges.
func (t *table) edge(edges []int64) string {
	if len(edges) == 0 {
		return "0"
	}
	var b strings.Builder
	for i, at := range edges {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(decimal(at))
	}
	return "roundDown(assumeNotNull(" + t.stamp() + "), CAST([" + b.String() + "], 'Array(Int64)'))"
}

// groupOf reads a row of groups.
func groupOf(row []string, paths int) (g engine.Group, ok bool) {
	if len(row) != 1+2*paths+4 {
		return g, false
	}
	n, ok := numbers(append([]string{row[0]}, row[1+2*paths:]...))
	if !ok {
		return g, false
	}
	g.Edge, g.Rows, g.Marked, g.First, g.Last = n[0], n[1], n[2], n[3], n[4]
	for i := range paths {
		g.Values = append(g.Values, engine.Value{Text: row[2+2*i], Absent: row[1+2*i] == "0"})
	}
	return g, true
}
