package s3

import "testing"

func TestURLsNameABucketAndAPrefix(t *testing.T) {
	for url, want := range map[string][2]string{
		"s3://audit-logs":               {"audit-logs", ""},
		"s3://audit-logs/":              {"audit-logs", ""},
		"s3://audit.logs/a/b/":          {"audit.logs", "a/b/"},
		"s3://audit-logs/a%2Fb+c ?x#y":  {"audit-logs", "a%2Fb+c ?x#y"},
		"s3://audit-logs//a":            {"audit-logs", "/a"},
		"s3://Old_Bucket/../../x.jsonl": {"Old_Bucket", "../../x.jsonl"},
	} {
		bucket, prefix, err := parseURL(url)
		if err != nil || bucket != want[0] || prefix != want[1] {
			t.Errorf("parseURL(%q) = %q, %q, %v", url, bucket, prefix, err)
		}
	}
	for _, url := range []string{"", "s3:", "s3://", "s3://ab", "s3:///x", "s3://a b c/x", "s3://user:pass@host/x", "s3://bücket/x", "S3://audit-logs/x", "https://audit-logs/x"} {
		if _, err := New(url, Options{}); err == nil {
			t.Errorf("New(%q) gives no error", url)
		}
	}
}

func TestNamesTellWhatIsNoLog(t *testing.T) {
	for key, want := range map[string]string{
		"a/20261122T100000Z-4b1d.json.gz": "", "a.jsonl": "", "a.NDJSON.GZ": "", "a.log.zst": "", "a.csv": "", "a.gz": "", "firehose-1-2026-11-22-10-00-00-4b": "",
		"log.2026-11-22": "", "app-1.2.3": "", "a.txt": "",
		"a/": "folders", "a_$folder$": "folders", "a/_SUCCESS": "hidden", "a/.x.json": "hidden", "a/manifest.json": "manifests", "a/x-Manifest.csv.gz": "manifests",
		"a.tmp": ".tmp", "a.parquet": ".parquet", "a.tar.gz": ".tar", "a.md5": ".md5", "a.PNG": ".png",
	} {
		if got := notLog(key); got != want {
			t.Errorf("notLog(%q) = %q, want %q", key, got, want)
		}
	}
}
