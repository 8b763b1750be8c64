package glob_test

import (
	"testing"

	"pawprint/loader/glob"
)

func TestRotatedName(t *testing.T) {
	for name, want := range map[string]bool{
		"audit.jsonl": false, "audit.jsonl.1": true, "audit.jsonl-20261122": true, "audit.jsonl.2026-11-22T10:00:00Z": true,
		"audit.jsonl.old": true, "audit.jsonl~": true, "audit-2026-11-22T10-00-00.000.jsonl": true, "audit.1.jsonl": true,
		"audit-eu.jsonl": false, "audit.jsonl.gz": false, "audit.jsonl.1.gz": false, "audit2.jsonl": false, "audit.jsonl1": false,
		"audit.jsonl.": false, "audit-.jsonl": false, "other.jsonl.1": false, "audit.json": false, "audit": false,
	} {
		if got := glob.IsRotatedName("audit.jsonl", name); got != want {
			t.Errorf("IsRotatedName(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestLogsAreKnownByTheirNames(t *testing.T) {
	for _, name := range []string{
		"a.jsonl", "a.ndjson", "a.json", "a.log", "a.csv", "a.tsv", "A.JSON.GZ", "a.log.zst", "a.2026.csv.gz", ".json",
		"audit.jsonl.1", "audit.jsonl.2.gz", "audit.jsonl.10.zst", "AUDIT.LOG.1.GZ", "audit.1.jsonl", "audit.1.jsonl.gz", "audit.jsonl.gz.1", "audit.jsonl.gz-20261101",
		"audit.jsonl-20261101", "audit.jsonl-20261101.gz", "audit-20261101.jsonl.gz", "audit.log-2026110110.gz", "audit.log-1793491200.gz", "audit.json_20261101",
		"audit.jsonl.2026-11-01", "audit.jsonl.2026-11-01.gz", "audit.log.2026-11-01_10-00-00", "audit.log.2026-11-01T10:00:00Z", "audit.log.2026-11-01.3.gz", "audit.log.2026-W44",
		"audit-2026-11-01T10-00-00.jsonl.gz", "audit-2026-11-01T10-00-00.000.jsonl", "0.log.20261101-100000.gz", "audit.jsonl.old", "audit.jsonl.prev.gz",
		"audit.json.log.1", "audit.log.json-1",
	} {
		if !glob.IsLogName(name) {
			t.Errorf("%q is no name of a log", name)
		}
	}
	for _, name := range []string{
		"a", "", "json", "a.txt", "a.gz", "a.json.gz.zst", "a.json.zst.gz", "a.json.bz2", "a.json ", "a.txt.1", "a.1", "1", "audit-20261101", "audit.jsonl.1.bz2", "audit.jsonl1",
		"audit.jsonl.", "audit.jsonl-", "audit.jsonl.x", "audit.jsonl.1x", "audit.jsonl.gz.1.gz", "audit.jsonl.bak", "audit.jsonl.orig", "audit.jsonl~", "audit.jsonl.swp", "audit.jsonl.tmp",
		"audit.jsonl.part", "audit.jsonx.1", "audit.jsonl.T-Z", "audit.json5", "audit.logs", "audit.jsonl.zip", "audit.jsonl.1.part",
	} {
		if glob.IsLogName(name) {
			t.Errorf("%q is a name of a log", name)
		}
	}
}
