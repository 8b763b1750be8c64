package sql

import "testing"

func TestGroupsInBothDialects(t *testing.T) {
	by := Grouping{Paths: [][]string{{"actionName"}}, Moment: 13, Marked: action, Most: 10}
	for _, c := range []struct{ got, want string }{
		{lines.Groups("rows", by), `SELECT substr(x_time, 1, 13) AS "c0", CASE WHEN x_text_actionName IS NULL THEN 0 ELSE 1 END AS "c1", coalesce(x_text_actionName, '') AS "c2", count(*) AS "c3", ` +
			`sum(CASE WHEN (x_text_actionName IN ('GET_RULE', 'it''s', 'a\b')) THEN 1 ELSE 0 END) AS "c4", min(x_time) AS "c5", max(x_time) AS "c6" FROM rows GROUP BY 1, 2, 3 LIMIT 11`},
		{table.Groups("rows", Grouping{Marked: action, Most: 1}), `SELECT '' AS "c0", count(*) AS "c1", sum(CASE WHEN (actionName IN ('GET_RULE', 'it''s', ('a' || CHR(92) || 'b'))) THEN 1 ELSE 0 END) AS "c2", ` +
			`min(TO_CHAR(timestamp, 'YYYY-MM-DD HH24:MI:SS.FF3')) AS "c3", max(TO_CHAR(timestamp, 'YYYY-MM-DD HH24:MI:SS.FF3')) AS "c4" FROM rows GROUP BY 1 LIMIT 2`},
	} {
		if c.got != c.want {
			t.Errorf("%s\nwant %s", c.got, c.want)
		}
	}
}
