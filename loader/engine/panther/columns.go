package panther

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pawprint/loader/engine"
	"pawprint/loader/engine/sql"
	"pawprint/model"
	"pawprint/model/condition"
)

const columnsText = `query($input:DataLakeDatabaseTableInput!){dataLakeDatabaseTable(input:$input){columns{name type}}}`

// Columns returns the columns of a table, DATABASE.SCHEMA.TABLE. They are nil if one has a type that this version does not know: then
// nothing but the time can be asked for.
func (c *Client) columns(ctx context.Context, table string) ([]sql.Column, error) {
	database, rest, _ := strings.Cut(table, ".")
	_, name, _ := strings.Cut(rest, ".")
	var out struct {
		DataLakeDatabaseTable *struct {
			Columns []struct{ Name, Type string }
		}
	}
	const op = "looking at the columns of"
	if err := c.transport.ask(ctx, call{op: op, text: columnsText, input: map[string]any{"databaseName": database, "tableName": name}}, &out); err != nil {
		return nil, err
	}
	if out.DataLakeDatabaseTable == nil {
		e := c.transport.wrong(op, "the data lake has no such table")
		e.Hint = "check its name, DATABASE.SCHEMA.TABLE, or leave it out"
		return nil, e
	}
	var columns []sql.Column
	for _, col := range out.DataLakeDatabaseTable.Columns {
		kind, ok := kindOf(col.Type)
		if !ok {
			return nil, nil
		}
		columns = append(columns, sql.Column{Name: col.Name, Kind: kind})
	}
	return columns, nil
}

// kindOf knows the types of columns by the names of the data lake's databases.
func kindOf(name string) (sql.Kind, bool) {
	name, _, _ = strings.Cut(strings.ToLower(name), "(")
	switch {
	case slices.Contains([]string{"string", "varchar", "text", "char"}, name):
		return sql.Text, true
	case slices.Contains([]string{"variant", "object", "array", "json"}, name):
		return sql.Variant, true
	case slices.Contains([]string{"timestamp", "timestamp_ntz"}, name):
		return sql.Time, true
	}
	return sql.Other, slices.Contains([]string{"int", "integer", "bigint", "smallint", "tinyint", "number", "float", "double", "decimal", "boolean", "date"}, name)
}

// asked returns what the rows of a condition are selected from, with WHERE and without an end; columns are those that are not of the rows.
func (e *Engine) asked(ctx context.Context, where string, is condition.Condition) (from string, err error) {
	var lake sql.Snowflake
	if !everything(is) {
		if lake, err = e.look(ctx); err != nil {
			return "", err
		}
	}
	return selected(lake, e.table, where, is), nil
}

// selected writes what the rows of a condition are selected from. Without columns it is all rows.
func selected(lake sql.Snowflake, table, where string, is condition.Condition) string {
	if everything(is) || lake.Columns == nil {
		return "(SELECT * FROM " + table + where + ")"
	}
	return fmt.Sprintf("(SELECT * EXCLUDE (x_all, x_low) FROM %s)", rows(lake, table, where, is))
}

// everything reports whether a condition is true of all rows.
func everything(is condition.Condition) bool {
	c, ok := is.(condition.Const)
	return is == nil || ok && bool(c)
}

// published are the columns of the schema, without those that the data lake adds.
func published() (lake sql.Snowflake) {
	for _, f := range model.Schema() {
		if f.Top() {
			kind := sql.Text
			switch {
			case f.Type.Nested():
				kind = sql.Variant
			case f.Type == model.TypeTime:
				kind = sql.Time
			}
			lake.Columns = append(lake.Columns, sql.Column{Name: f.Name, Kind: kind})
		}
	}
	return lake
}

// Statements returns what would be sent to a table for a window, and to count the rows of which a condition is true, if the table has the columns
// of the schema. It sends nothing, and needs no token.
func Statements(url string, w engine.Window, core condition.Condition) (lines, count string, err error) {
	_, table, err := parse(url)
	if err != nil {
		return "", "", err
	}
	where, ok := between(w.Span)
	if !ok {
		return "", "", errors.New("opening panther://: without an earliest time the whole data lake would be read: name one, such as --since 24h")
	}
	lake := published()
	lines = "SELECT * FROM " + selected(lake, table, where, w.Is)
	if w.Newest > 0 {
		lines = newestOf(selected(lake, table, where, w.Is), w.Newest)
	}
	return marked + lines, marked + countOf(rows(lake, table, where, core)), nil
}

// newestOf asks for the newest rows, the oldest of them first.
func newestOf(from string, most int64) string {
	return fmt.Sprintf("SELECT * FROM (SELECT * FROM %s ORDER BY p_event_time DESC LIMIT %d) ORDER BY p_event_time", from, most)
}

// countOf asks how many rows there are.
func countOf(from string) string { return "SELECT " + sql.Named("count(*)") + " FROM " + from }

// look returns the columns of the table, which are asked for once. There are none if they cannot be asked about.
func (e *Engine) look(ctx context.Context) (lake sql.Snowflake, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.looked {
		if e.columns, err = e.client.columns(ctx, e.table); err != nil {
			return lake, err
		}
		e.looked = true
	}
	return sql.Snowflake{Columns: e.columns}, nil
}

// rows writes what the rows of a condition are selected from, with all conditions.
func rows(lake sql.Snowflake, table, where string, is condition.Condition) string {
	return lake.From(table) + where + " AND " + lake.Where(is)
}
