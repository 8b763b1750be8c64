package snippet

import (
	"errors"
	"strings"
	"testing"
)

func TestACommandForRowsNamesAllThatTheyDependOn(t *testing.T) {
	p := Program{Flags: []string{"--region=eu-west-1"}}
	for _, c := range []struct {
		rows Rows
		want string
	}{
		{Rows{Sources: []string{"a.jsonl"}, Zone: "UTC"}, "pawprint query --tz UTC -- '' 'a.jsonl'"},
		{Rows{Query: "-is:read", Sources: []string{"-x", "b c"}, Zone: "Europe/Zurich", Sort: "-time", Fields: []string{"time", "param.id"}, Masked: true},
			"pawprint query --tz Europe/Zurich --sort=-time --fields time,param.id --redact -- '-is:read' './-x' 'b c'"},
		{Rows{Query: "x", Sources: []string{"s3://audit-logs/a/"}, Zone: "+05:30"}, "pawprint query --tz +05:30 '--region=eu-west-1' -- 'x' 's3://audit-logs/a/'"},
	} {
		if got, err := c.rows.Command(p); err != nil || got != c.want {
			t.Errorf("%+v has the command\n%s, %v, want\n%s", c.rows, got, err, c.want)
		}
	}
}

func TestACommandHasTheFlagsThatChangeItsCounts(t *testing.T) {
	p := Program{Flags: []string{"--offline"}, Counting: []string{"--no-config"}, Past: []string{"--since=2026-11-01T00:00:00Z", "--baseline=60d"}}
	near, far := []string{"a.jsonl"}, []string{"s3://audit-logs/a/"}
	for _, c := range []struct {
		rows Rows
		want string
	}{
		{Rows{Query: "is:new", First: true, Sources: near, Zone: "UTC"}, "pawprint query --tz UTC --no-config -- 'is:new' 'a.jsonl'"},
		{Rows{Query: "x", Sources: far, Zone: "UTC"}, "pawprint query --tz UTC --no-config --offline -- 'x' 's3://audit-logs/a/'"},
		{Rows{Query: "is:new", First: true, Sources: far, Zone: "UTC"},
			"pawprint query --tz UTC --no-config --offline '--since=2026-11-01T00:00:00Z' '--baseline=60d' -- 'is:new' 's3://audit-logs/a/'"},
	} {
		if got, err := c.rows.Command(p); err != nil || got != c.want {
			t.Errorf("%+v has the command\n%s, %v, want\n%s", c.rows, got, err, c.want)
		}
	}
	got, err := (&Rows{Query: "is:failed", Sources: near, Zone: "UTC"}).Stats(p, "2026-11-01 vs 2026-11-02", "actor")
	if want := "pawprint stats --tz UTC --compare '2026-11-01 vs 2026-11-02' --by actor -q 'is:failed' --no-config -- 'a.jsonl'"; err != nil || got != want {
		t.Errorf("two periods have the command\n%s, %v, want\n%s", got, err, want)
	}
}

func TestRowsThatCannotBeNamedHaveNoCommand(t *testing.T) {
	for _, sources := range [][]string{nil, {"a", "-"}, {"a\n"}, make([]string, 51)} {
		if got, err := (&Rows{Sources: sources}).Command(Program{}); err == nil || got != "" {
			t.Errorf("%q has the command %s", sources, got)
		}
	}
	if _, err := (&Rows{Sources: []string{"-"}}).Command(Program{}); !errors.Is(err, ErrNoPlace) {
		t.Errorf("standard input: %v", err)
	}
	got, err := (&Rows{Query: "`id` $(id) 'x'\\", Sources: []string{"it's $(id)"}, Zone: "UTC"}).Command(Program{})
	if err != nil || strings.ContainsAny(strings.ReplaceAll(got, `"$(printf '`, ""), "$`") {
		t.Errorf("a shell would run a part of %s, %v", got, err)
	}
}
