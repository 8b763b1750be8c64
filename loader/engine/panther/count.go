package panther

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"pawprint/loader/engine"
	"pawprint/loader/engine/sql"
	"pawprint/model/condition"
)

var _ engine.Counting = (*Engine)(nil)

const counting = "counting rows of"

// Values implements engine.Knowing.
func (e *Engine) Values(ctx context.Context, of engine.Span, path []string, most, mostBytes int) (values []string, ok bool, err error) {
	lake, err := e.look(ctx)
	if err != nil || lake.Columns == nil {
		return nil, false, err
	}
	where, err := e.times("listing values of", of)
	if err != nil {
		return nil, false, err
	}
	text := lake.Text(path)
	statement := fmt.Sprintf("SELECT DISTINCT %s FROM %s AND %s IS NOT NULL LIMIT %d", sql.Named(text), rows(lake, e.table, where, condition.Const(true)), text, most+1)
	all, err := e.texts(ctx, "listing values of", statement, 1)
	if err != nil || len(all) > most {
		return nil, false, err
	}
	for _, row := range all {
		mostBytes -= len(row[0])
		values = append(values, row[0])
	}
	return values, mostBytes >= 0, nil
}

// Count implements engine.Counting.
func (e *Engine) Count(ctx context.Context, of engine.Span, is condition.Condition) (int64, error) {
	lake, where, err := e.countable(ctx, of)
	if err != nil {
		return 0, err
	}
	all, err := e.texts(ctx, counting, countOf(rows(lake, e.table, where, is)), 1)
	if err != nil {
		return 0, err
	}
	if len(all) == 1 {
		if n, err := strconv.ParseInt(all[0][0], 10, 64); err == nil {
			return n, nil
		}
	}
	return 0, engine.Unclear(counting, e.client.transport.name)
}

// Groups implements engine.Counting.
func (e *Engine) Groups(ctx context.Context, of engine.Span, is condition.Condition, by engine.Grouping) (groups []engine.Group, ok bool, err error) {
	lake, where, err := e.countable(ctx, of)
	if err != nil {
		return nil, false, err
	}
	asked := sql.Grouping{Paths: by.Paths, Moment: by.Moment(), Marked: by.Marked, Most: by.Most}
	all, err := e.texts(ctx, counting, lake.Groups(rows(lake, e.table, where, is), asked), 1+2*len(by.Paths)+4)
	if err != nil || len(all) > by.Most {
		return nil, false, err
	}
	if groups, ok = by.Groups(all); !ok {
		return nil, false, engine.Unclear(counting, e.client.transport.name)
	}
	return groups, true, nil
}

// countable returns what the conditions of a count are about. A table that nothing can be asked about cannot be counted.
func (e *Engine) countable(ctx context.Context, of engine.Span) (lake sql.Snowflake, where string, err error) {
	if where, err = e.times(counting, of); err != nil {
		return lake, "", err
	}
	if lake, err = e.look(ctx); err == nil && lake.Columns == nil {
		e := e.client.transport.wrong(counting, "a column of the table has a type that this version does not know")
		e.Hint = "pawprint query without -c prints the rows"
		return lake, "", e
	}
	return lake, where, err
}

// texts runs a statement and returns its columns c0, c1 and so on.
func (e *Engine) texts(ctx context.Context, op, statement string, columns int) (all [][]string, err error) {
	_, err = e.client.Run(ctx, e.statement(statement), func(node []byte) error {
		d := json.NewDecoder(bytes.NewReader(node))
		d.UseNumber()
		var values map[string]any
		if d.Decode(&values) != nil {
			return engine.Unclear(op, e.client.transport.name)
		}
		row := make([]string, columns)
		for i := range row {
			v := values["c"+strconv.Itoa(i)]
			if v == nil {
				return engine.Unclear(op, e.client.transport.name)
			}
			row[i] = fmt.Sprint(v)
		}
		all = append(all, row)
		return nil
	})
	return all, err
}
