package tui

import (
	"strings"
	"testing"
	"time"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestWhatAConfigurationChangesInCountsIsNamedWhereItCounts(t *testing.T) {
	office := query.Office{Opens: 8 * 60, Closes: 18 * 60, Weekend: []time.Weekday{}}
	for _, ascii := range []bool{false, true} {
		d := newDriver(t, Options{Log: kittest.MixedLog(t), Office: office, ASCII: ascii,
			Changed: kit.Changed{File: "config.toml", Office: "office hours 08:00-18:00, weekend none"}}, 80, 24)
		d.mustShow("office hours 08:00-18:00, weekend none from config.toml")
		d.press("j")
		if strings.Contains(d.screenText(), "config.toml") {
			t.Errorf("after a key it says\n%s", d.screenText())
		}
		d.press("/")
		d.write("is:offhours")
		d.press("enter")
		d.mustShow("[is:offhours (by config.toml)")
		d.press("[")
		d.mustShow("is:offhours (office hours 08:00-18:00, weekend none from config.toml)")
		d.press("/ ctrl+u")
		d.write("is:failed")
		d.press("enter")
		if strings.Contains(d.screenText(), "config.toml") {
			t.Errorf("of another filter it says\n%s", d.screenText())
		}
		d.press("B")
		d.mustShow("office hours 08:00-18:00, weekend none from config.toml")
	}
}

func TestSeveralChangesOfAConfigurationAreListedWithTheSources(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Changed: kit.Changed{File: "own.toml", Office: "office hours 08:00-18:00", CI: "actor:bart", Baseline: "60d"}}, 80, 24)
	d.mustShow("own.toml changes what is counted: B says how")
	d.press("B")
	d.mustShow("office hours 08:00-18:00 from own.toml", "is:ci is actor:bart from own.toml", "baseline 60d from own.toml")
	d.press("esc /")
	d.write("-is:ci")
	d.press("enter")
	d.mustShow("(by own.toml)")
	d.press("[")
	d.mustShow("-is:ci (actor:bart from own.toml)")
	d.press("/ ctrl+u")
	d.write("is:new-address")
	d.press("enter")
	d.mustShow("(by own.toml)")
	d.press("[")
	d.mustShow("(baseline 60d from own.toml)")
}
