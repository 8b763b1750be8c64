package redact

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// A search that looks back or ahead without a bound would take hours for these.
func TestTheTimeOfASearchGrowsWithTheLengthAlone(t *testing.T) {
	const size, bound = 1 << 18, time.Minute // a slow machine needs seconds
	lines := []string{strings.Repeat(`{"name":"token","value":`, 9000) + `"x"` + strings.Repeat("}", 9000)}
	for _, part := range []string{
		"a", "A", "SG.", "sl.", "Q~ ", "AAAAAAAAAAAAAAAAAAAA", "t1.", "--session \"", "--session \\\"", "session=\\\"", "identified by \"", "eyJaaaaaa.b", "eyJ", "eyJaaaaaa", "eyJa.", "sid=", "sid=a", "sid='", `sid="`, "sid=(", "password=", "password:", "password", "password ", "token x1", "token(\"", "bearer ", "basic YWJj", "Basic ",
		"digest username", "://", "a://b:c", "a://b:c/", "a:b@", "user:x@tcp", "--", "-----BEGIN ", "-----BEGIN PRIVATE KEY", "-----END PRIVATE KEY-----", "---- END", "AKIA", "ghp_", "sk-", "sk-a",
		"MII", "MIIEaaIBAA", "Private-Lines: ", "-p ", "-p a1", "-u curl:", "--token ", "=", ":", ">", "<a>", "<sid>", "'", `\`, `\\\"`, "%25", "%41", "&quot;", "&", `\u0041`, "arn:", "secret:", "a.a.a:",
		"key key: ", "name=\"token\" value=", "Cookie: ", "Authorization: ", "Authorization: x y", "{", "[", "{\"token\":{", "$6$", "Q~", ".atlasv1.", "MTA", "12345678:", "|", "token: |\n ", "\u200b", "р", ",a", ";a=",
	} {
		text := strings.Repeat(part, size/len(part))
		quoted, err := json.Marshal(map[string]string{"a": text})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, text, string(quoted))
	}
	for _, line := range lines {
		start := time.Now()
		new(Masker).Line([]byte(line))
		if took := time.Since(start); took > bound {
			t.Fatalf("%d bytes that begin with %q take %v", len(line), line[:40], took)
		}
	}
}
