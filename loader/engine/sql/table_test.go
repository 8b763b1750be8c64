package sql

import (
	"strings"
	"testing"
)

func TestATableOfRawLinesIsDescribed(t *testing.T) {
	got, err := AthenaTable("logs.audit", "s3://example-bucket/logs/panther_audit/")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CREATE EXTERNAL TABLE logs.audit (line string)", "LOCATION 's3://example-bucket/logs/panther_audit/'",
		"'s3://example-bucket/logs/panther_audit/year=${year}/month=${month}/day=${day}/hour=${hour}/'"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
	for _, c := range [][2]string{{"audit", "s3://example-bucket/x"}, {"a.b.c", "s3://example-bucket/x"}, {"a.b;", "s3://example-bucket/x"}, {"a.b", "https://example.com/"},
		{"a.b", "s3://example-bucket/it's"}, {"a.b", "s3://example-bucket/$" + "{x}"}, {"a.b", "s3://"}, {"a.b", "s3://example-bucket/a\nb"}} {
		if got, err := AthenaTable(c[0], c[1]); err == nil || !strings.HasPrefix(err.Error(), "write the ") {
			t.Errorf("%q gives %s", c, got)
		}
	}
}
