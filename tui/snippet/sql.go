package snippet

import "strings"

// SQL asks the data lake for the event by its row id.
//
// The lake is Snowflake, Athena or another. All of them read a doubled quote as a quote, and not all a backslash alike, so only ids
// are quoted that mean the same to each. Left out is also what consoles replace in what they send, or split it at.
func (r *Row) SQL() (string, error) {
	if r.RowID == "" || len(r.RowID) > 1024 || strings.Contains(r.RowID, "--") || strings.Contains(r.RowID, "/*") {
		return "", ErrNoRowID
	}
	for _, c := range r.RowID {
		if c < ' ' || c > '~' || strings.ContainsRune(`\&<>{}%$?;`, c) {
			return "", ErrNoRowID
		}
	}
	return "SELECT * FROM panther_logs.public.panther_audit WHERE p_row_id = '" + strings.ReplaceAll(r.RowID, "'", "''") + "'", nil
}
