package kit

import "pawprint/tui/termsafe"

// Changed is what the user's configuration changes in what is counted, in words. The zero value is no configuration, or one that changes
// none of it.
type Changed struct {
	File     string // the name of the file, without its folder
	Office   string // the office hours that is:offhours goes by, as in "office hours 08:00-18:00"; empty for the usual ones
	CI       string // the query behind is:ci; empty for the usual one
	Baseline string // the period before --since that is:new compares with; empty for none
}

// Words lists what is changed; empty for nothing.
func (c *Changed) Words() (out []string) {
	if c.Office != "" {
		out = append(out, c.Office)
	}
	if c.CI != "" {
		out = append(out, "is:ci is "+c.CI)
	}
	if c.Baseline != "" {
		out = append(out, "baseline "+c.Baseline)
	}
	return out
}

// FromConfig adds the name of the configuration to something that it changes.
func (disp *Display) FromConfig(what string) termsafe.Safe {
	return termsafe.Clean(what+" from "+disp.Changed.File, disp.CleanOptions(QuotedCells))
}
