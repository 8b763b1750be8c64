package snippet

import "strings"

// SQL asks the data lake for the event by its row id.
//
// The lake may be Snowflake, Athena or another. All read a doubled quote as a quote, but they differ on backslashes. So SQL quotes
// only ids that mean the same to all, and none that a console would change or split.
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
