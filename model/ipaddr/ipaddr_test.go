package ipaddr

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found lists the addresses in a text.
func found(text string) []string {
	var out []string
	Each([]byte(text), func(a netip.Addr) bool {
		out = append(out, a.String())
		return false
	})
	return out
}

var texts = []struct {
	text string
	want string // the addresses, separated by blanks
}{
	{"192.0.2.7", "192.0.2.7"}, {"192.0.2.7:443", "192.0.2.7"}, {"[192.0.2.7]:443", "192.0.2.7"}, {"[192.0.2.7]", "192.0.2.7"}, {"192.0.2.7.", "192.0.2.7"},
	{" 192.0.2.7\t", "192.0.2.7"}, {`"192.0.2.7"`, "192.0.2.7"}, {"'192.0.2.7:1'", "192.0.2.7"}, {"<192.0.2.7>", "192.0.2.7"}, {"(192.0.2.7)", "192.0.2.7"},
	{"2001:db8::1", "2001:db8::1"}, {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"}, {"[2001:db8::1]", "2001:db8::1"}, {"[2001:db8::1]:443", "2001:db8::1"}, {"2001:db8::1.", "2001:db8::1"},
	{"::", "::"}, {"::1", "::1"}, {"2001:db8::", "2001:db8::"}, {"2001:db8::1: refused", "2001:db8::1"}, {"2001:db8::/32", "2001:db8::"},
	{"fe80::1%eth0", "fe80::1"}, {"[fe80::1%eth0]:22", "fe80::1"}, {"fe80::1%25eth0", "fe80::1"}, {"fe80::1%abc", "fe80::1"},
	{"::ffff:192.0.2.7", "192.0.2.7"}, {"[::ffff:192.0.2.7]:443", "192.0.2.7"}, {"::ffff:c000:207", "192.0.2.7"}, {"::FFFF:192.0.2.7:443", "192.0.2.7"}, {"0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"},
	{"203.0.113.9, 192.0.2.7", "203.0.113.9 192.0.2.7"}, {"203.0.113.9,192.0.2.7", "203.0.113.9 192.0.2.7"}, {"192.0.2.7:55, unknown", "192.0.2.7"}, {"unknown, 192.0.2.7", "192.0.2.7"},
	{"203.0.113.9 192.0.2.7", "203.0.113.9 192.0.2.7"}, {"203.0.113.9;192.0.2.7", "203.0.113.9 192.0.2.7"}, {"203.0.113.9|192.0.2.7", "203.0.113.9 192.0.2.7"}, {"192.0.2.7, [2001:db8::1]:443, fe80::1%eth0", "192.0.2.7 2001:db8::1 fe80::1"},
	{`for="[2001:db8::1]:4711";by=203.0.113.43`, "2001:db8::1 203.0.113.43"}, {"https://192.0.2.7:8443/path", "192.0.2.7"}, {"https://[2001:db8::1]:8443/path", "2001:db8::1"}, {"ada@192.0.2.7", "192.0.2.7"},
	{"10.0.0.0/8", "10.0.0.0"}, {"10.0.0.0-10.0.0.9", "10.0.0.0 10.0.0.9"}, {"dial tcp 192.0.2.7:443: refused", "192.0.2.7"}, {"WHERE ip='192.0.2.7'", "192.0.2.7"}, {"from 192.0.2.7.", "192.0.2.7"}, {"host-192.0.2.7.example.com", "192.0.2.7"},
	{`["192.0.2.7","2001:db8::1"]`, "192.0.2.7 2001:db8::1"}, {`{"ip":"192.0.2.7"}`, "192.0.2.7"}, {`["\u0031\u00392.0.2.7"]`, "192.0.2.7"}, {"192.0.2.7\u00a0", "192.0.2.7"}, {"192.0.2.7 192.0.2.7", "192.0.2.7 192.0.2.7"},

	{"", ""}, {"unknown", ""}, {"10.0.1.300", ""}, {"10.0.0.07", ""}, {"192.0.2", ""}, {"192.0.2.", ""}, {"192.0.2.7.5", ""}, {"192.0.2.71234", ""}, {"1192.0.2.7", ""}, {".", ""}, {":", ""}, {"...", ""},
	{"10:41:00", ""}, {"2026-11-02T10:41:00Z", ""}, {"00:11:22:33:44:55", ""}, {"2001:db8:::1", ""}, {"2001:db8::12345", ""}, {"std::vector", ""}, {"Foo::Bar", ""}, {"x::1", ""}, {"1.113.138", ""}, {"3221225994", ""},
	{"11111111-2222-4333-8444-555555555555", ""}, {strings.Repeat("1:", 4000), ""}, {strings.Repeat("1.", 4000), ""}, {strings.Repeat("f", 4000) + "::", ""},
}

func TestAddressesAreFoundHoweverTheyAreWritten(t *testing.T) {
	for _, tt := range texts {
		if got := strings.Join(found(tt.text), " "); got != tt.want {
			t.Errorf("the addresses in %.60q are %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestEachStopsAtTheFirstAddressThatIsWanted(t *testing.T) {
	calls := 0
	if !Each([]byte("192.0.2.1, 192.0.2.2, 192.0.2.3"), func(netip.Addr) bool { calls++; return calls == 2 }) || calls != 2 {
		t.Errorf("visited %d addresses, want 2", calls)
	}
}

func TestTextsStandForTheirAddressesOrThemselves(t *testing.T) {
	for text, want := range map[string][]string{
		"192.0.2.7:443": {"192.0.2.7"}, "[2001:DB8:0::1]": {"2001:db8::1"}, "::ffff:192.0.2.7": {"192.0.2.7"}, "unknown": {"unknown"},
		"192.0.2.7, 192.0.2.7:80, 192.0.2.8": {"192.0.2.7", "192.0.2.8"}, `["192.0.2.7","x"]`: {"192.0.2.7"}, "10.0.1.300": {"10.0.1.300"}, "": {""},
	} {
		got := []string{}
		for _, thing := range Things([][]byte{[]byte("192.0.2.8")}, []byte(text))[1:] {
			got = append(got, string(thing))
		}
		if !slices.Equal(got, want) {
			t.Errorf("Things(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestPlainAddressesStandAlone(t *testing.T) {
	for text, want := range map[string]bool{
		"192.0.2.7": true, "2001:db8::1": true, "fe80::1%eth0": true, "::ffff:192.0.2.7": true,
		"": false, " 192.0.2.7": false, "192.0.2.7:443": false, "[2001:db8::1]": false, "192.0.2.7.": false, "192.0.2.0/24": false, "192.0.2.7, 192.0.2.8": false, "unknown": false,
	} {
		if got := Plain([]byte(text)); got != want {
			t.Errorf("Plain(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestSpansHoldTheirAddresses(t *testing.T) {
	for _, tt := range []struct{ span, holds, not string }{
		{"192.0.2.7", "192.0.2.7 ::ffff:192.0.2.7", "192.0.2.70 192.0.2.8 ::c000:207"},
		{"192.0.2.0/24", "192.0.2.0 192.0.2.255", "192.0.1.255 192.0.3.0 ::192.0.2.1"},
		{"10.0.0.5-10.0.0.9", "10.0.0.5 10.0.0.7 10.0.0.9 ::ffff:10.0.0.6", "10.0.0.4 10.0.0.10 10.0.0.50"}, {"10.0.0.5 - 10.0.1.9", "10.0.0.5 10.0.0.255 10.0.1.0", "10.0.1.10"}, {"10.0.0.5-9", "10.0.0.5 10.0.0.9", "10.0.0.10 10.0.0.4"},
		{"2001:db8::1-2001:db8::ff", "2001:db8::1 2001:db8::80", "2001:db8::100 2001:db8::"}, {"10.0.0.5-10.0.0.5", "10.0.0.5", "10.0.0.6"}, {"::ffff:10.0.0.5-10.0.0.9", "10.0.0.7", "10.0.0.4"},
		{"192.0.2.99/24", "192.0.2.0 192.0.2.255", "192.0.3.0"},
		{"192.0.2.6/31", "192.0.2.6 192.0.2.7", "192.0.2.5 192.0.2.8"},
		{"0.0.0.0/0", "0.0.0.0 255.255.255.255 ::ffff:1.2.3.4", "::1"},
		{"::/0", ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "192.0.2.7"},
		{"::ffff:192.0.2.0/120", "192.0.2.1", "192.0.3.1"},
		{"2001:db8::/32", "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:: 2001:db9::"},
		{"[2001:db8::1]", "2001:db8::1 2001:0DB8:0:0:0:0:0:1", "2001:db8::2"},
		{"fe80::1%eth0", "fe80::1", "fe80::2"}, {"192.0.2.7.", "192.0.2.7", "192.0.2.8"},
	} {
		s, ok := ParseSpan(tt.span)
		if !ok {
			t.Errorf("ParseSpan(%q) knows no such addresses", tt.span)
			continue
		}
		for _, a := range strings.Fields(tt.holds) {
			if !s.In([]byte(a)) {
				t.Errorf("%s does not hold %s", tt.span, a)
			}
		}
		for _, a := range strings.Fields(tt.not) {
			if s.In([]byte(a)) {
				t.Errorf("%s holds %s", tt.span, a)
			}
		}
	}
	for _, text := range []string{"", "192.0.2", "192.0.2.", "10.0.0.0/33", "10.0.0.0/", "2001:db8::/129", "example.com", "192.0.2.7:443", "[2001:db8::1]:443", "[]", "[", "10.0.0.9-10.0.0.5", "10.0.0.5-4", "10.0.0.5-", "-10.0.0.5", "10.0.0.5-256", "10.0.0.5-2001:db8::1", "10.0.0.0/24-10.0.1.0", "2001:db8::1-9"} {
		if s, ok := ParseSpan(text); ok {
			t.Errorf("ParseSpan(%q) = %v", text, s)
		}
	}
	if (Span{}).In([]byte("0.0.0.0 ::")) || (Span{}).Single() {
		t.Error("the zero span holds an address")
	}
}

// FuzzEachFindsWhatStandsAlone checks that a text that is an address yields just that one, and that what stands around an address
// does not hide it.
func FuzzEachFindsWhatStandsAlone(f *testing.F) {
	for _, tt := range texts {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := netip.ParseAddr(text)
		if err != nil || strings.ContainsAny(a.Zone(), ":.") {
			found(text)
			return
		}
		want := []string{a.Unmap().WithZone("").String()}
		for _, form := range []string{text, "[" + text + "]:443", `"` + text + `"`, text + ", unknown", "unknown, " + text} {
			if diff := cmp.Diff(want, found(form)); diff != "" {
				t.Errorf("the addresses in %q (-want +got):\n%s", form, diff)
			}
		}
	})
}

// FuzzPlainAgreesWithNetip compares the short ways of reading an address with the library's.
func FuzzPlainAgreesWithNetip(f *testing.F) {
	for _, text := range []string{"192.0.2.7", "0.0.0.0", "255.255.255.255", "192.0.2.256", "192.0.2.07", "192.0.2", "192.0.2.7.", "1..2.3", "192.0.2.7.9", "0000.0.0.0", "::", "::1", "1::",
		"2001:db8::1", "2001:DB8:0:0:1:2:3:4", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "1::2::3", ":::", ":1", "1:", "12345::", "g::",
		"::ffff:192.0.2.7", "fe80::1%eth0", "1:2:3:4:5:6:7:8", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := netip.ParseAddr(text)
		if got := Plain([]byte(text)); got != (err == nil) {
			t.Errorf("Plain(%q) = %v, and netip says %v", text, got, err)
		}
	})
}

// FuzzNumbersStandForTheirTexts checks that an address which is kept as a number is the one that netip reads, and that its usual form is
// the text again.
func FuzzNumbersStandForTheirTexts(f *testing.F) {
	for _, text := range []string{"192.0.2.7", "0.0.0.0", "255.255.255.255", "1.20.255.9", "192.0.2.256", "01.2.3.4", "::", "::1", "1::", "2001:db8::1", "2001:DB8::1", "2001:0db8::1", "1:0:0:2::3", "1::2:0:0:3", "1:0:2:3:4:5:6:7",
		"1::2:3:4:5:6:7", "0:0:0:0:0:0:0:0", "::ffff:c000:207", "1:2:3:4:5:6:7:8", "a:b:c:d:e:f:10:100", "fe80::1%eth0", "1:2:3:4:5:6:7::", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, err := netip.ParseAddr(text)
		if n, ok := Four([]byte(text)); ok != (err == nil && want.Is4()) || ok && AddrOfFour(n) != want {
			t.Errorf("Four(%q) = %v %v, and netip says %v %v", text, n, ok, want, err)
		}
		if n, length := FourAt([]byte(text + `"              `)); (length == len(text) && text != "") != (err == nil && want.Is4()) || length == len(text) && text != "" && AddrOfFour(n) != want {
			t.Errorf("FourAt(%q) = %v, %d bytes, and netip says %v %v", text, n, length, want, err)
		}
		n, usual, ok := Six([]byte(text))
		if ok && (err != nil || AddrOfSix(n) != want) {
			t.Errorf("Six(%q) = %v, and netip says %v %v", text, n, want, err)
		}
		if form := want.String(); ok && usual != (form == text) || !ok && err == nil && want.Is6() && !strings.ContainsAny(text, ".%") {
			t.Errorf("Six(%q) = %v, usual %v; netip writes it %s", text, n, usual, form)
		}
		if a, ok := Usual([]byte(text)); ok && (a.String() != text || !slices.Equal(found(text), []string{text})) {
			t.Errorf("Usual(%q) = %v, and the addresses in it are %v", text, a, found(text))
		}
	})
}
