package query

import (
	"slices"
	"strings"
	"testing"
)

// checkRows checks which of the lines each query finds. The query NOT finds all others.
func checkRows(t *testing.T, lines []string, wants map[string][]int) {
	t.Helper()
	log := newLog(t, lines)
	for query, want := range wants {
		if got := selected(t, log, Compile(mustParse(t, query), Env{})); !slices.Equal(got, want) {
			t.Errorf("rows of %q are %v, want %v", query, got, want)
		}
		var rest []int
		for i := range lines {
			if len(want) == 0 || want[0] != i {
				rest = append(rest, i)
				continue
			}
			want = want[1:]
		}
		for _, not := range []string{"-" + query, "NOT " + query} {
			if got := selected(t, log, Compile(mustParse(t, not), Env{})); !slices.Equal(got, rest) {
				t.Errorf("rows of %q are %v, want %v", not, got, rest)
			}
		}
	}
}

func TestAddressesMatchByMeaning(t *testing.T) {
	checkRows(t, []string{
		`{"sourceIP":"192.0.2.7"}`, `{"sourceIP":"192.0.2.70"}`, `{"sourceIP":"192.0.2.7."}`, `{"sourceIP":"::ffff:192.0.2.7"}`, `{"sourceIP":"2001:db8::7"}`,
		`{"sourceIP":"2001:0DB8:0:0:0:0:0:7"}`, `{"sourceIP":"10.0.1.300"}`, `{"sourceIP":""}`, `{"XForwardedFor":["198.51.100.1","192.0.2.7"]}`, `{"note":"192.0.2.7"}`, `{"sourceIP":"fe80::1%eth0"}`,
	}, map[string][]int{
		"ip:192.0.2.7": {0, 2, 3, 8}, "sourceIP:192.0.2.7": {0, 2, 3}, "ip:192.0.2.0/24": {0, 1, 2, 3, 8}, "ip:192.0.2.99/24": {0, 1, 2, 3, 8}, "ip:2001:db8::/32": {4, 5}, "ip:2001:db8::7": {4, 5},
		"ip:0.0.0.0/0": {0, 1, 2, 3, 8}, "ip:::/0": {4, 5, 10}, "ip=192.0.2.7": {0, 2, 3, 8}, "ip:192.0.2.": {0, 1, 2, 3, 8}, "ip:192.0.2.7*": {0, 1, 2, 3, 8}, "ip:300": {6}, `ip:""`: {7}, "ip:*": {0, 1, 2, 3, 4, 5, 6, 7, 8, 10},
		"ip:::ffff:192.0.2.0/120": {0, 1, 2, 3, 8}, "ip:fe80::1": {10}, "ip:[fe80::1]": {10}, "ip:198.51.100.0/24,2001:db8::/32": {4, 5, 8}, "XForwardedFor:192.0.2.0/24": {8}, "ip=10.0.1.300": {6}, "ip=192.0.2.": nil,
	})
}

// forms are the ways in which writers put 192.0.2.7 into a JSON value.
var forms = []string{
	`"192.0.2.7"`, `"192.0.2.7:443"`, `"[192.0.2.7]:443"`, `"192.0.2.7."`, `" 192.0.2.7 "`, `"\"192.0.2.7\""`, `"::ffff:192.0.2.7"`, `"::ffff:c000:207"`, `"[::FFFF:192.0.2.7]:443"`,
	`"203.0.113.9, 192.0.2.7"`, `"203.0.113.9,192.0.2.7:55"`, `"192.0.2.7:55, unknown"`, `"unknown, 192.0.2.7"`, `"for=192.0.2.7;proto=https"`, `"\u00319\u0032.0.2.7"`,
	`["192.0.2.7"]`, `["203.0.113.9","192.0.2.7:443"]`, `["203.0.113.9, 192.0.2.7"]`, `[["192.0.2.7"]]`, `["\u0031\u00392.0.2.7"]`, `{"ip":"192.0.2.7"}`, `[{"ip":"192.0.2.7"}]`,
}

// others hold no 192.0.2.7, but addresses beside it, or texts that resemble it.
var others = []string{
	`"192.0.2.70"`, `"192.0.2.71:443"`, `"1192.0.2.7"`, `"192.0.2.7.1"`, `"192.0.2.07"`, `"198.51.100.7"`, `"2001:db8::c000:207"`, `"unknown"`, `""`, `null`, `[]`, `{}`, `[null,""]`, `3221225991`, `true`,
}

func TestAddressesAreFoundInEveryFormAndPlace(t *testing.T) {
	for place, names := range map[string][]string{
		`{"sourceIP":%}`:      {"ip", "sourceIP"},
		`{"XForwardedFor":%}`: {"ip", "XForwardedFor"},
		`{"actionParams":{"dynamic":{"input":{"client":%}}}}`: {"param.client", "actionParams.dynamic.input.client", "params"},
		`{"actionParams":{"clients":[{"client":%}]}}`:         {"param.clients.client", "actionParams.clients[].client"},
		`{"p_any_ip_addresses":%}`:                            {"p_any_ip_addresses"},
		`{"extra":{"a.b":%}}`:                                 {"extra.a.b", ".extra.a.b"},
		`{"actionDetails":{"from":%}}`:                        {"details.from", "actionDetails"},
	} {
		var lines []string
		var all []int
		for i, form := range forms {
			lines, all = append(lines, strings.Replace(place, "%", form, 1)), append(all, i)
		}
		for _, other := range others {
			lines = append(lines, strings.Replace(place, "%", other, 1))
		}
		lines = append(lines, "not an event: 192.0.2.7")
		wants := map[string][]int{}
		for _, name := range names {
			wants[name+":192.0.2.7"], wants[name+":192.0.2.7/32"], wants[name+":192.0.2.6/31"] = all, all, all
			wants[name+":::ffff:192.0.2.7"], wants[name+":(192.0.2.7 OR 10.0.0.0/8)"], wants[name+":10.0.0.0/8"] = all, all, nil
		}
		t.Run(names[0], func(t *testing.T) { checkRows(t, lines, wants) })
	}
}

func TestIPv6AddressesAreFoundInEveryForm(t *testing.T) {
	lines := []string{
		`{"sourceIP":"2001:db8::1"}`, `{"sourceIP":"[2001:db8::1]"}`, `{"sourceIP":"[2001:DB8::1]:443"}`, `{"sourceIP":"2001:db8:0:0::1, unknown"}`, `{"sourceIP":["2001:db8::1"]}`, `{"XForwardedFor":"\"[2001:db8::1]:4711\""}`,
		`{"sourceIP":"2001:db8::10"}`, `{"sourceIP":"2001:db9::1"}`, `{"sourceIP":"fe80::1%eth0"}`, `{"sourceIP":"[fe80::1%25eth0]:22"}`,
	}
	checkRows(t, lines, map[string][]int{
		"ip:2001:db8::1": {0, 1, 2, 3, 4, 5}, "ip:2001:0db8::0001": {0, 1, 2, 3, 4, 5}, "ip:2001:db8::/32": {0, 1, 2, 3, 4, 5, 6}, "ip:2001:db8::/127": {0, 1, 2, 3, 4, 5}, "ip:[2001:db8::1]": {0, 1, 2, 3, 4, 5},
		"ip:fe80::/10": {8, 9}, "ip:fe80::1": {8, 9}, "ip=2001:db8::1": {0, 1, 2, 3, 4, 5}, "ip:2001:db8::1*": {0, 1, 2, 3, 4, 5, 6},
	})
}

func TestAnAddressInATextIsFoundAsAWhole(t *testing.T) {
	lines := []string{
		`{"actionParams":{"sql":"WHERE ip = '192.0.2.7'"}}`, `{"actionParams":{"sql":"WHERE ip = '192.0.2.70'"}}`, `{"actionParams":{"sql":"allowed: 192.0.2.0/24"}}`, `{"actionParams":{"sql":"v192.0.2.7-beta"}}`,
		`{"errors":[{"message":"dial tcp 192.0.2.7:443: refused"}]}`, `{"actionDescription":"Opens 192.0.2.0/24 from 192.0.2.9."}`, `{"userAgent":"Chrome/192.0.2.7 Safari/537.36"}`, `{"userAgent":"Chrome/1192.0.2.7"}`,
	}
	checkRows(t, lines, map[string][]int{
		"param.sql:192.0.2.7": {0, 3}, "param.sql:192.0.2.0/24": {0, 1, 2, 3}, "param.sql:192.0.2.": {0, 1, 2, 3}, "error:192.0.2.7": {4}, "error:192.0.0.0/16": {4}, "desc:192.0.2.0/24": {5}, "desc:192.0.2.8/29": {5},
		"ua:192.0.2.7": {6}, "ua:92.0.2.7": nil, "param.sql:192.0.2.7*": nil, "param.sql=192.0.2.7": nil,
	})
}

func TestANetworkIsFoundByItsText(t *testing.T) {
	checkRows(t, []string{`{"actionParams":{"cidr":"10.0.0.0/8"}}`, `{"actionParams":{"cidr":["10.1.0.0/16"]}}`, `{"actionParams":{"cidr":"11.0.0.0/8"}}`, `{"actionParams":{"cidr":"10.0.0.0\/8"}}`}, map[string][]int{
		"param.cidr:10.0.0.0/8": {0, 1, 3}, "param.cidr:10.0.0.0": {0, 3}, "param.cidr:10.1.0.0/16": {1},
	})
}

func TestAnAddressImpliesNoOtherAddress(t *testing.T) {
	for _, c := range [][2]string{{"param.a:192.0.2.70", "param.a:192.0.2.7"}, {"param.a:192.0.2.7", "param.a:192.0.2."}, {"desc:10.0.0.0/8", "desc:10.0.0.0"}, {"error:2001:db8::1", "error:2001"}} {
		if Implies(mustParse(t, c[0]), mustParse(t, c[1])) {
			t.Errorf("%s is said to imply %s", c[0], c[1])
		}
	}
}

func TestANetworkWithoutANameIsHinted(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.0/8": "ip:10.0.0.0/8 finds", "x OR 2001:db8::/32": "ip:2001:db8::/32 finds", "-10.0.0.0/8": "ip:10.0.0.0/8 finds",
		"10.0.0.7": "", "ip:10.0.0.0/8": "", "param.a:10.0.0.0/8": "", "a/8": "",
	} {
		if got := strings.Join(Hints(mustParse(t, text)), "; "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("the hints of %s are %q, want %q", text, got, want)
		}
	}
}
