package panther

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pawprint/loader/engine/sql"
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
		return nil, c.transport.wrong(op, "the data lake has no such table")
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
	plain := "(SELECT * FROM " + e.table + where + ")"
	if c, ok := is.(condition.Const); is == nil || ok && bool(c) {
		return plain, nil
	}
	lake, err := e.look(ctx)
	if err != nil {
		return "", err
	}
	if lake.Columns == nil {
		return plain, nil
	}
	return fmt.Sprintf("(SELECT * EXCLUDE (x_all, x_low) FROM %s)", rows(lake, e.table, where, is)), nil
}

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
