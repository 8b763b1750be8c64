package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAddressesMatchByMeaning(t *testing.T) {
	log := newLog(t, []string{
		`{"sourceIP":"192.0.2.7"}`, `{"sourceIP":"192.0.2.70"}`, `{"sourceIP":"192.0.2.7."}`, `{"sourceIP":"::ffff:192.0.2.7"}`, `{"sourceIP":"2001:db8::7"}`,
		`{"sourceIP":"2001:0DB8:0:0:0:0:0:7"}`, `{"sourceIP":"10.0.1.300"}`, `{"sourceIP":""}`, `{"XForwardedFor":["198.51.100.1","192.0.2.7"]}`, `{"note":"192.0.2.7"}`, `{"sourceIP":"fe80::1%eth0"}`,
	})
	for query, want := range map[string][]int{
		"ip:192.0.2.7": {0, 2, 3, 8}, "sourceIP:192.0.2.7": {0, 2, 3}, "ip:192.0.2.0/24": {0, 1, 2, 3, 8}, "ip:192.0.2.99/24": {0, 1, 2, 3, 8}, "ip:2001:db8::/32": {4, 5}, "ip:2001:db8::7": {4, 5},
		"ip:0.0.0.0/0": {0, 1, 2, 3, 8}, "ip:::/0": {4, 5, 10}, "ip=192.0.2.7": {0, 8}, "ip:192.0.2.": {0, 1, 2, 3, 8}, "ip:192.0.2.7*": {0, 1, 2, 8}, "ip:300": {6}, `ip:""`: {7}, "-ip:*": {9},
		"ip:::ffff:192.0.2.0/120": {0, 1, 2, 3, 8}, "ip:fe80::1": {10}, "ip:198.51.100.0/24,2001:db8::/32": {4, 5, 8}, "XForwardedFor:192.0.2.0/24": {8},
	} {
		t.Run(query, func(t *testing.T) {
			if diff := cmp.Diff(want, selected(t, log, Compile(mustParse(t, query), Env{}))); diff != "" {
				t.Errorf("rows of %q (-want +got):\n%s", query, diff)
			}
		})
	}
}
