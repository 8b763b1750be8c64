package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pawprint/loader/demo/damaged"
	"pawprint/loader/engine/sql"
	"pawprint/model/clock"
	"pawprint/model/query/querytest"
)

// LakeColumns are the columns of the table of audit logs in the data lake of Panther, with some of those that it adds.
var LakeColumns = []sql.Column{
	{Name: "actionName", Kind: sql.Text}, {Name: "actionDescription", Kind: sql.Text}, {Name: "actionResult", Kind: sql.Text}, {Name: "actionParams", Kind: sql.Variant},
	{Name: "actionDetails", Kind: sql.Variant}, {Name: "actor", Kind: sql.Variant}, {Name: "errors", Kind: sql.Variant}, {Name: "sourceIP", Kind: sql.Text},
	{Name: "XForwardedFor", Kind: sql.Variant}, {Name: "userAgent", Kind: sql.Text}, {Name: eventTime, Kind: sql.Time}, {Name: "pantherVersion", Kind: sql.Text},
	{Name: lakeTime, Kind: sql.Time}, {Name: "p_row_id", Kind: sql.Text}, {Name: "p_log_type", Kind: sql.Text}, {Name: "p_schema_version", Kind: sql.Other}, {Name: "p_any_usernames", Kind: sql.Variant},
}

const (
	eventTime = "timestamp"
	lakeTime  = "p_event_time" // which every row has
	apiTime   = "2006-01-02 15:04:05.000"
	fullTime  = apiTime + "000000"
)

// duckTypes are the types of columns in DuckDB, and apiTypes those that the API names.
var (
	duckTypes = [...]string{sql.Text: "VARCHAR", sql.Variant: "JSON", sql.Time: "TIMESTAMP_NS", sql.Other: "INTEGER"}
	apiTypes  = [...]string{sql.Text: "string", sql.Variant: "variant", sql.Time: "timestamp", sql.Other: "int"}
)

// LakeRow is the row that the data lake would keep of a line, a text or nil for each of LakeColumns; ok is false for what is no event.
func LakeRow(line string) (row []any, ok bool) {
	var event map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &event) != nil || event == nil || strings.Contains(line, `\ud`) {
		return nil, false
	}
	for _, c := range LakeColumns {
		v := lakeValue(c, event[c.Name])
		if c.Name == lakeTime && v == nil {
			if v = lakeValue(c, event[eventTime]); v == nil {
				v = "2026-11-12 10:00:00.000000000"
			}
		}
		row = append(row, v)
	}
	return row, true
}

// lakeValue is what a column keeps of a value.
func lakeValue(c sql.Column, raw json.RawMessage) any {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var text string
	isText := json.Unmarshal(raw, &text) == nil
	switch {
	case c.Kind == sql.Text && isText:
		return text
	case c.Kind == sql.Text:
		return string(raw)
	case c.Kind == sql.Variant:
		return variant(raw)
	case c.Kind == sql.Time && isText:
		var r clock.Reader
		if nanos, form := r.Read([]byte(text)); form.Usable() && nanos > 0 {
			return time.Unix(0, nanos).UTC().Format(fullTime)
		}
	case c.Kind == sql.Other && len(raw) == 1:
		return string(raw)
	}
	return nil
}

// variant is what the data lake keeps of a value: of equal keys, one.
func variant(raw json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return "null"
	}
	return encoded(v)
}

func encoded(v any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return "null"
	}
	return strings.TrimSpace(out.String())
}

// Node is the object that the API gives for a row: times in milliseconds, and null where there is nothing.
func Node(columns []sql.Column, row []any) string {
	members := make([]string, len(columns))
	for i, c := range columns {
		text, is := row[i].(string)
		switch {
		case !is:
			text = encoded(row[i])
		case c.Kind == sql.Text:
			text = encoded(text)
		case c.Kind == sql.Time:
			if at, err := time.Parse("2006-01-02 15:04:05.999999999", text); err == nil {
				text = `"` + at.Format(apiTime) + `"`
			}
		}
		members[i] = encoded(c.Name) + ":" + text
	}
	return "{" + strings.Join(members, ",") + "}"
}

// LakeTable is the data lake's table of rows of LakeRow. Each begins with its number, in the column i of the table called name.
func LakeTable(name string, rows [][]any) Table {
	columns, casts := "i INTEGER", "i"
	for _, c := range LakeColumns {
		columns += ", " + c.Name + " VARCHAR"
		casts += fmt.Sprintf(", CAST(%[1]s AS %[2]s) AS %[1]s", c.Name, duckTypes[c.Kind])
	}
	t := Table{Before: []string{"CREATE TABLE texts (" + columns + ")"}, Name: "texts", After: slices.Concat(snowflakeMacros, []string{"CREATE TABLE " + name + " AS SELECT " + casts + " FROM texts"})}
	for i, row := range rows {
		t.Rows = append(t.Rows, append([]any{i}, row...))
	}
	return t
}

// LineTable is a table of lines, numbered in the column i. The column of the lines is called line, the table name.
func LineTable(name string, lines []string) Table {
	t := Table{Before: []string{"CREATE TABLE " + name + " (i INTEGER, line VARCHAR)"}, Name: name, After: trinoMacros}
	for i, line := range lines {
		t.Rows = append(t.Rows, []any{i, line})
	}
	return t
}

// trinoMacros make DuckDB read the functions of Trino. It takes more for JSON than Trino does: NaN, comments, and a comma before the end.
var trinoMacros = []string{
	`CREATE MACRO sound(j) AS json_valid(j) AND NOT regexp_matches(j, '[:\[,]\s*[-+]?(nan|inf|NaN|Inf)|,\s*[}\]]|/\*|//')`,
	`CREATE MACRO json_parse(j) AS CASE WHEN sound(j) THEN j::JSON END`,
	`CREATE MACRO json_extract(j, p) AS CASE WHEN sound(j) THEN system.main.json_extract(j, p) END`,
	`CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN sound(j) THEN json_extract_string(j, p) END`,
	`CREATE MACRO json_format(j) AS CAST(j AS VARCHAR)`,
	`CREATE MACRO date_add(unit, n, t) AS t + to_minutes(n)`,
	`CREATE MACRO regexp_like(a, b) AS regexp_matches(a, b)`,
}

// snowflakeMacros make DuckDB read the functions of Snowflake.
var snowflakeMacros = []string{
	`CREATE MACRO TO_VARIANT(v) AS v`,
	`CREATE MACRO GET_PATH(v, p) AS v -> ('$.' || p)`,
	`CREATE MACRO AS_VARCHAR(v) AS CASE WHEN json_type(v) = 'VARCHAR' THEN v ->> '$' END`,
	`CREATE MACRO IS_NULL_VALUE(v) AS json_type(v) = 'NULL'`,
	`CREATE MACRO IS_OBJECT(v) AS json_type(v) = 'OBJECT'`,
	`CREATE MACRO IS_VARCHAR(v) AS json_type(v) = 'VARCHAR'`,
	`CREATE MACRO ARRAY_SIZE(v) AS CASE WHEN json_type(v) = 'ARRAY' THEN json_array_length(v) END`,
	`CREATE MACRO TO_CHAR(t, form) AS strftime(t, '%Y-%m-%d %H:%M:%S.%g')`,
	`CREATE MACRO TO_TIMESTAMP_NTZ(s) AS CAST(s AS TIMESTAMP_NS)`,
}

// Lines are lines that engines read in different ways: damaged ones, those of querytest, and 300 random ones. None holds a newline.
func Lines() []string {
	lines := querytest.Lines()
	for _, c := range damaged.Cases() {
		if !bytes.ContainsRune(c.Line, '\n') {
			lines = append(lines, string(c.Line))
		}
	}
	r := rand.New(rand.NewPCG(1, 3))
	for range 300 {
		lines = append(lines, querytest.RandomLine(r))
	}
	return lines
}
