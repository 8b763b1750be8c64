package form

import (
	"strings"
	"testing"
)

var forms = []struct{ text, want string }{
	{"", ""},
	{"query not found", "query not found"},
	{"rate limit exceeded: try again in 12 s", "rate limit exceeded: try again in <number> s"},
	{"request timed out after 30ms", "request timed out after <number>ms"},
	{"Custom.Wiki.SpaceExport not found", "<name> not found"},
	{"panther_logs.public.gcp_auditlog: search timed out", "<name>: search timed out"},
	{"303de54e2222a5073ff8bc9ed3c2a415 not found", "<id> not found"},
	{"5e9a7c24-0d3b-4f68-a1c2-97b86e30d4f5 was merged.", "<id> was merged."},
	{"mira.okafor@example.com was changed by someone else", "<email> was changed by someone else"},
	{"the address 203.0.113.9 is not allowed", "the address <address> is not allowed"},
	{"the address 2001:db8::1 is not allowed", "the address <address> is not allowed"},
	{"line 14: expected ':'", "line <number>: expected <quoted>"},
	{`unit test "stays quiet" returned true`, "unit test <quoted> returned true"},
	{"`a` and 'b'", "<quoted> and <quoted>"},
	{"don't do what isn't done", "don't do what isn't done"},
	{`{"code":"NotFound","message":"old-proxy does not exist"}`, `{"code":"NotFound","message":"old-proxy does not exist"}`},
	{`{"code":"NotFound","message":"d48a5753c64f8ca5fa98d585bf6f0764 does not exist"}`, `{"code":"NotFound","message":"<id> does not exist"}`},
	{"sign-in failed", "sign-in failed"},
	{"S3, EC2, OAuth2 and SHA256", "S3, EC2, OAuth2 and SHA256"},
	{"missing permission RuleModify", "missing permission RuleModify"},
	{"at 2026-11-08T10:00:00Z", "at <id>:<number>:<number>Z"},
	{"between 1.5 and 2-3", "between <number> and <number>"},
	{"it is <5", "it is <<<number>"},
	{"<number> items", "<<number> items"},
	{"...", "..."},
	{"\xff9\xff", "\xff<number>\xff"},
}

func TestFormsOfMessages(t *testing.T) {
	for _, tt := range forms {
		if got := Of(tt.text); got != tt.want {
			t.Errorf("Of(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// read takes a form apart again: its literal parts, and the kinds of the others.
func read(form string) (out []Part) {
	literal := func(s string) {
		if last := len(out) - 1; last >= 0 && out[last].Kind == Literal {
			out[last].Text += s
			return
		}
		out = append(out, Part{Text: s})
	}
	for form != "" {
		before, rest, found := strings.Cut(form, open)
		if before != "" {
			literal(before)
		}
		switch kind, after, _ := strings.Cut(rest, shut); {
		case !found:
			return out
		case strings.HasPrefix(rest, open):
			literal(open)
			form = rest[len(open):]
		default:
			out = append(out, Part{Kind: Kind(kind)})
			form = after
		}
	}
	return out
}

// What is not a placeholder of a form can be read from it, so texts that differ there have different forms.
func FuzzAFormTellsTextsApartOutsideOfItsPlaceholders(f *testing.F) {
	for _, tt := range forms {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, form := Split(text), Of(text)
		var whole strings.Builder
		for i, p := range parts {
			whole.WriteString(p.Text)
			if p.Text == "" || i > 0 && p.Kind == Literal && parts[i-1].Kind == Literal {
				t.Fatalf("part %d of %q is %q", i, text, parts)
			}
		}
		if whole.String() != text {
			t.Fatalf("the parts of %q are %q", text, parts)
		}
		back := read(form)
		if len(back) != len(parts) {
			t.Fatalf("the form %q of %q has the parts %q, want %q", form, text, back, parts)
		}
		for i, p := range parts {
			if back[i].Kind != p.Kind || p.Kind == Literal && back[i].Text != p.Text {
				t.Fatalf("part %d of the form %q of %q is %q, want %q", i, form, text, back[i], p)
			}
		}
		if again := Of(text); again != form {
			t.Fatalf("%q has the forms %q and %q", text, form, again)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Of(`GSuite.SuspiciousLogin: syntax error in the rule body, line 14: expected ':' by 303de54e2222a5073ff8bc9ed3c2a415`)
	}
}
