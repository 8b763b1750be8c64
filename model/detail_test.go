package model

import "testing"

func TestARowOfATableSaysHowItDiffersFromTheHeader(t *testing.T) {
	for _, c := range []struct {
		detail Detail
		want   string
	}{
		{CellCounts(5, 6), "not a row of the table: row has 5 cells, the header 6"},
		{CellCounts(1, 6), "not a row of the table: row has 1 cell, the header 6"},
		{CellCounts(2, 1), "not a row of the table: row has 2 cells, the header 1"},
		{CellCounts(1, 1000), "not a row of the table: row has 1 cell, the header 255 or more"},
		{CellCounts(1000, 6), "not a row of the table: row has 255 or more cells, the header 6"},
		{CellCounts(1000, 1001), "not a row of the table: row and header have different numbers of cells"},
		{QuotesDiffer, "not a row of the table: its quotes do not match"},
	} {
		p := Problem{Code: BadRow, Detail: detailText(BadRow, c.detail)}
		if got := p.Message(); got != c.want {
			t.Errorf("the detail %#x is %q, want %q", c.detail, got, c.want)
		}
	}
}
