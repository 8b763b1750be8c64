package athena

import (
	"context"
	"math"
	"strconv"

	"pawprint/loader/engine"
	"pawprint/loader/engine/sql"
	"pawprint/model/condition"
)

var _ engine.Counting = (*Engine)(nil)

// Values implements engine.Knowing. All rows of the parts of the table that the span needs are looked at.
func (e *Engine) Values(ctx context.Context, of engine.Span, path []string, most, mostBytes int) (values []string, ok bool, err error) {
	rows, err := e.all(ctx, of, func(t *table) string { return t.values(of, path, most) })
	if err != nil || len(rows) > most {
		return nil, false, err
	}
	for _, row := range rows {
		mostBytes -= len(row[0])
		values = append(values, row[0])
	}
	return values, mostBytes >= 0, nil
}

// Count implements engine.Counting.
func (e *Engine) Count(ctx context.Context, of engine.Span, is condition.Condition) (int64, error) {
	rows, err := e.all(ctx, of, func(t *table) string { return t.count(of, is) })
	if err != nil {
		return 0, err
	}
	if len(rows) != 1 {
		return 0, engine.Unclear(counting, e.run.name)
	}
	n, err := strconv.ParseInt(rows[0][0], 10, 64)
	if err != nil {
		return 0, engine.Unclear(counting, e.run.name)
	}
	return n, nil
}

const counting = "counting rows of"

// Groups implements engine.Counting.
func (e *Engine) Groups(ctx context.Context, of engine.Span, is condition.Condition, by engine.Grouping) (groups []engine.Group, ok bool, err error) {
	rows, err := e.all(ctx, of, func(t *table) string { return t.groups(of, is, by) })
	if err != nil || len(rows) > by.Most {
		return nil, false, err
	}
	if groups, ok = by.Groups(rows); !ok {
		return nil, false, engine.Unclear(counting, e.run.name)
	}
	return groups, true, nil
}

// all returns the rows that a statement gives.
func (e *Engine) all(ctx context.Context, of engine.Span, statement func(*table) string) ([][]string, error) {
	if of.From == math.MinInt64 {
		return nil, e.unbounded()
	}
	t, err := e.find(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := e.run.start(ctx, statement(t), &e.read)
	if err != nil {
		return nil, err
	}
	return rows.all()
}

// values lists the distinct texts at a path.
func (t *table) values(of engine.Span, path []string, most int) string {
	trino, from := t.rows(engine.Window{Span: of, Both: true, Is: condition.Present{Path: path}})
	return "SELECT DISTINCT coalesce(" + trino.Text(path) + ", '') FROM " + from + " LIMIT " + strconv.Itoa(most+1)
}

// count counts the rows of which a condition is true.
func (t *table) count(of engine.Span, is condition.Condition) string {
	_, from := t.rows(engine.Window{Span: of, Both: true, Is: is})
	return "SELECT count(*) FROM " + from
}

// groups counts them by the strings at paths and by time.
func (t *table) groups(of engine.Span, is condition.Condition, by engine.Grouping) string {
	trino, from := t.rows(engine.Window{Span: of, Both: true, Is: is}, append(by.Paths, pathsOf(by.Marked)...)...)
	return trino.Groups(from, sql.Grouping{Paths: by.Paths, Moment: by.Moment(), Marked: by.Marked, Most: by.Most})
}
