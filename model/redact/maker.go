package redact

import "math"

// form has further conditions on a secret with a known prefix.
type form uint8

const (
	word    form = 1 << iota // it does not begin inside of a word: its prefix is too common
	anyCase                  // the prefix may be in capitals
	keep                     // the prefix is not masked
	mixed                    // it contains a digit
)

// maker is the shape of the secrets of one maker: their prefix, and what follows. The shapes are documented by the makers; less
// than the full length is enough, as texts are cut. A secret with a distinctive prefix may begin inside of a word: a letter before
// it must not hide it.
type maker struct {
	prefix   string // in small letters with anyCase
	set      charset
	min, max int // number of bytes after the prefix; a max of 0 means no limit, and longer texts do not match
	form     form
	find     func(s *search, i, end int) secret // returns the secret in the text that begins at i; an empty secret for none
}

// makers lists the shapes by kind. Of two with the same beginning the longer one comes first.
var makers = []maker{
	// Clouds.
	{prefix: "AKIA", set: shouting, min: 16, find: awsKeys}, {prefix: "ASIA", set: shouting, min: 16, find: awsKeys},
	{prefix: "ABIA", set: shouting, min: 16, find: awsKeys}, {prefix: "ACCA", set: shouting, min: 16, find: awsKeys},
	{prefix: "AIza", set: urlSafe, min: 30}, {prefix: "GOCSPX-", set: urlSafe, min: 20}, {prefix: "ya29.", set: dotted, min: 20},
	{prefix: "1//0", set: urlSafe, min: 30, form: word}, {prefix: "LTAI", set: alnum, min: 16, max: 26, form: word | mixed},
	{prefix: "AKID", set: alnum, min: 28, max: 40, form: word | mixed}, {prefix: "dop_v1_", set: hex, min: 32}, {prefix: "doo_v1_", set: hex, min: 32},
	{prefix: "dor_v1_", set: hex, min: 32}, {prefix: "HRKU-", set: urlSafe, min: 30}, {prefix: "tskey-", set: urlSafe, min: 16},
	{prefix: "fo1_", set: urlSafe, min: 30}, {prefix: "fm1r_", set: base64Set, min: 30}, {prefix: "fm2_", set: base64Set, min: 30}, {prefix: "nfp_", set: alnum, min: 30},
	{prefix: "t1.", set: dotted | base64Signs, min: 60, form: word | mixed}, {prefix: "AQVN", set: urlSafe, min: 34, max: 40, form: word | mixed},
	{prefix: "v1.0-", set: hex | dash, min: 100, form: word}, {prefix: "sbp_", set: hex, min: 32}, {prefix: "sb_secret_", set: urlSafe, min: 16},
	{prefix: "pscale_tkn_", set: dotted, min: 24}, {prefix: "pscale_pw_", set: dotted, min: 24}, {prefix: "pscale_oauth_", set: dotted, min: 24},
	// Code and packages.
	{prefix: "ghp_", set: alnum, min: 20}, {prefix: "gho_", set: alnum, min: 20}, {prefix: "ghu_", set: alnum, min: 20},
	{prefix: "ghs_", set: alnum, min: 20}, {prefix: "ghr_", set: alnum, min: 20}, {prefix: "github_pat_", set: alnum | underline, min: 20},
	{prefix: "glpat-", set: dotted, min: 16}, {prefix: "gloas-", set: urlSafe, min: 16}, {prefix: "gldt-", set: urlSafe, min: 16}, {prefix: "glrt-", set: dotted, min: 16},
	{prefix: "glcbt-", set: urlSafe, min: 16}, {prefix: "glptt-", set: urlSafe, min: 16}, {prefix: "glft-", set: urlSafe, min: 16},
	{prefix: "glsoat-", set: urlSafe, min: 16}, {prefix: "glimt-", set: urlSafe, min: 16}, {prefix: "glagent-", set: urlSafe, min: 16},
	{prefix: "ATATT3", set: urlSafe | base64Signs, min: 20}, {prefix: "ATCTT3", set: urlSafe | base64Signs, min: 20}, {prefix: "ATBB", set: alnum, min: 24, form: mixed | word},
	{prefix: "npm_", set: alnum, min: 30}, {prefix: "pypi-AgE", set: urlSafe, min: 16}, {prefix: "rubygems_", set: hex, min: 32},
	{prefix: "CLOJARS_", set: alnum, min: 30}, {prefix: "oy2", set: lower | digit, min: 43, max: 43, form: word}, {prefix: "cio", set: alnum, min: 32, max: 32, form: word | mixed},
	{prefix: "dckr_pat_", set: urlSafe, min: 20}, {prefix: "dckr_oat_", set: urlSafe, min: 20}, {prefix: "AKCp", set: alnum, min: 60}, {prefix: "cmVmd", set: base64Set, min: 50},
	{prefix: "CCIPAT_", set: alnum | underline, min: 30}, {prefix: "bkua_", set: hex, min: 30}, {prefix: "sqp_", set: hex, min: 32}, {prefix: "sqa_", set: hex, min: 32},
	{prefix: "squ_", set: hex, min: 32}, {prefix: "sgp_", set: hex | underline, min: 32}, {prefix: "pul-", set: hex, min: 32}, {prefix: "PMAK-", set: hex | dash, min: 40},
	// Chats and messages.
	{prefix: "xoxe.xox", set: dotted, min: 12}, {prefix: "xoxa-", set: urlSafe, min: 10}, {prefix: "xoxb-", set: urlSafe, min: 10},
	{prefix: "xoxc-", set: urlSafe, min: 10}, {prefix: "xoxd-", set: urlSafe | percent, min: 10}, {prefix: "xoxe-", set: urlSafe, min: 10}, {prefix: "xoxo-", set: urlSafe, min: 10},
	{prefix: "xoxp-", set: urlSafe, min: 10}, {prefix: "xoxr-", set: urlSafe, min: 10}, {prefix: "xoxs-", set: urlSafe, min: 10}, {prefix: "xapp-", set: urlSafe, min: 10},
	{prefix: "hooks.slack.com/services/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "hooks.slack.com/workflows/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "hooks.slack.com/triggers/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "discord.com/api/webhooks/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "discordapp.com/api/webhooks/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "webhook.office.com/", set: tokenSet | atSign, min: 8, form: anyCase | keep},
	{prefix: "outlook.office.com/webhook/", set: tokenSet | atSign, min: 8, form: anyCase | keep},
	{prefix: "hooks.zapier.com/hooks/catch/", set: urlSafe | slash, min: 6, form: anyCase | keep},
	{prefix: "hook.make.com/", set: urlSafe, min: 8, form: anyCase | keep}, {prefix: "open.feishu.cn/open-apis/bot/v2/hook/", set: urlSafe, min: 8, form: anyCase | keep},
	{prefix: "events.pagerduty.com/integration/", set: urlSafe, min: 8, form: anyCase | keep}, {prefix: "alert.victorops.com/integrations/generic/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "maker.ifttt.com/trigger/", set: urlSafe | slash, min: 8, form: anyCase | keep}, {prefix: "hooks.glip.com/webhook/", set: urlSafe | slash, min: 8, form: anyCase | keep},
	{prefix: "SG.", set: dotted, min: 32, form: word | mixed}, {prefix: "key-", set: hex, min: 32, max: 32, form: word}, {prefix: "pubkey-", set: hex, min: 32, max: 32, form: word},
	{prefix: "xkeysib-", set: hex | dash | alnum, min: 32}, {prefix: "AC", set: hex, min: 32, max: 32, form: word}, {prefix: "SK", set: hex, min: 32, max: 32, form: word},
	{prefix: "EAAC", set: alnum, min: 40, form: mixed | word}, {prefix: "AAAAAAAAAAAAAAAAAAAA", set: alnum | percent, min: 40, form: mixed}, {prefix: "sl.", set: urlSafe, min: 60, form: word | mixed},
	// Money.
	{prefix: "sk_live_", set: alnum, min: 16}, {prefix: "sk_test_", set: alnum, min: 16}, {prefix: "rk_live_", set: alnum, min: 16}, {prefix: "rk_test_", set: alnum, min: 16},
	{prefix: "whsec_", set: base64Set, min: 16}, {prefix: "shpat_", set: hex, min: 16}, {prefix: "shpca_", set: hex, min: 16}, {prefix: "shppa_", set: hex, min: 16},
	{prefix: "shpss_", set: hex, min: 16}, {prefix: "sq0atp-", set: urlSafe, min: 16}, {prefix: "sq0csp-", set: urlSafe, min: 16}, {prefix: "access_token$production$", set: alnum | dollar, min: 16},
	{prefix: "shippo_live_", set: hex, min: 16}, {prefix: "EZAK", set: alnum, min: 54, form: word}, {prefix: "EZTK", set: alnum, min: 54, form: word}, {prefix: "duffel_live_", set: urlSafe, min: 30},
	{prefix: "access-production-", set: hex | dash, min: 32},
	// Models.
	{prefix: "sk-ant-", set: urlSafe, min: 16}, {prefix: "sk-proj-", set: urlSafe, min: 16}, {prefix: "sk-", set: urlSafe, min: 20, form: word | mixed},
	{prefix: "hf_", set: alnum, min: 30, form: word}, {prefix: "r8_", set: alnum, min: 30, form: word}, {prefix: "gsk_", set: alnum, min: 30}, {prefix: "pplx-", set: alnum, min: 30}, {prefix: "xai-", set: alnum, min: 30},
	// Identity, keys and operations.
	{prefix: "hvs.", set: urlSafe, min: 20}, {prefix: "hvb.", set: urlSafe, min: 20}, {prefix: "hvr.", set: urlSafe, min: 20}, {prefix: "s.", set: alnum, min: 24, max: 24, form: word | mixed},
	{prefix: "dapi", set: hex, min: 32}, {prefix: "00", set: urlSafe, min: 40, max: 40, form: word, find: oktaToken}, {prefix: "ops_eyJ", set: base64Set | urlSafe, min: 40}, {prefix: "dp.pt.", set: alnum, min: 30},
	{prefix: "dp.st.", set: dotted, min: 30}, {prefix: "AGE-SECRET-KEY-1", set: shouting, min: 20}, {prefix: "glsa_", set: alnum | underline, min: 30}, {prefix: "glc_", set: base64Set, min: 30},
	{prefix: "NRAK-", set: shouting, min: 20}, {prefix: "NRII-", set: urlSafe, min: 20}, {prefix: "NRJS-", set: hex, min: 16}, {prefix: "sntrys_", set: base64Set | underline, min: 30},
	{prefix: "sntryu_", set: hex, min: 32}, {prefix: "ddapp_", set: alnum, min: 30}, {prefix: "ddp_", set: alnum, min: 30}, {prefix: "lin_api_", set: alnum, min: 30}, {prefix: "ntn_", set: alnum, min: 30},
	{prefix: "figd_", set: urlSafe, min: 30}, {prefix: "tfp_", set: urlSafe, min: 30}, {prefix: "CFPAT-", set: urlSafe, min: 30}, {prefix: "pat-na1-", set: hex | dash, min: 32}, {prefix: "pat-eu1-", set: hex | dash, min: 32},
	{prefix: "sk.eyJ", set: dotted, min: 20}, {prefix: "rdme_", set: alnum, min: 40}, {prefix: "pnu_", set: alnum, min: 30},
	{prefix: ".atlasv1.", set: urlSafe | base64Signs, min: 40, find: atlasToken}, {prefix: "Q~", set: dotted | tilde, min: 30, find: azureSecret}, {prefix: "ssws ", set: urlSafe, min: 20, form: anyCase | keep},
	// Keys without their frame; their first bytes are always the same.
	{prefix: "b3BlbnNzaC1rZXktdjE", set: base64Set | lineEnd, min: 24}, {prefix: "MIGHAgEAMBMG", set: base64Set | lineEnd, min: 24}, {prefix: "MC4CAQAwBQYDK2Vw", set: base64Set, min: 20},
	{prefix: "MHcCAQEEI", set: base64Set | lineEnd, min: 24}, {prefix: "MII", set: base64Set | lineEnd, min: 40, find: bareKey},
	// Recognised by several parts.
	{prefix: "MD", set: urlSafe, min: 21, max: 28, form: word, find: botToken}, {prefix: "MT", set: urlSafe, min: 21, max: 28, form: word, find: botToken},
	{prefix: "Mj", set: urlSafe, min: 21, max: 28, form: word, find: botToken}, {prefix: "Mz", set: urlSafe, min: 21, max: 28, form: word, find: botToken},
	{prefix: "ND", set: urlSafe, min: 21, max: 28, form: word, find: botToken}, {prefix: "NT", set: urlSafe, min: 21, max: 28, form: word, find: botToken},
	{prefix: "Nj", set: urlSafe, min: 21, max: 28, form: word, find: botToken}, {prefix: "Nz", set: urlSafe, min: 21, max: 28, form: word, find: botToken},
	{prefix: "OD", set: urlSafe, min: 21, max: 28, form: word, find: botToken}, {prefix: "OT", set: urlSafe, min: 21, max: 28, form: word, find: botToken},
	// Hashes of passwords.
	{prefix: "$2a$", set: hashSet, min: 20}, {prefix: "$2b$", set: hashSet, min: 20}, {prefix: "$2y$", set: hashSet, min: 20}, {prefix: "$1$", set: hashSet, min: 20},
	{prefix: "$5$", set: hashSet, min: 20}, {prefix: "$6$", set: hashSet, min: 20}, {prefix: "$y$", set: hashSet, min: 20}, {prefix: "$apr1$", set: hashSet, min: 16},
	{prefix: "$argon2", set: hashSet, min: 30}, {prefix: "$pbkdf2", set: hashSet, min: 30}, {prefix: "{SSHA}", set: base64Set, min: 20},
	// Recognised by a word before it.
	{prefix: "password", form: anyCase, find: spoken}, {prefix: "passwd", form: anyCase, find: spoken}, {prefix: "passphrase", form: anyCase, find: spoken},
	{prefix: "pwd", form: anyCase, find: spoken}, {prefix: "secret", form: anyCase, find: spoken}, {prefix: "token", form: anyCase, find: spoken},
	{prefix: "api_key", form: anyCase, find: spoken}, {prefix: "apikey", form: anyCase, find: spoken}, {prefix: "securestring", form: anyCase, find: identified},
	{prefix: "identified by", form: anyCase, find: identified},
	{prefix: "eyJ", find: webToken}, {prefix: "bearer", form: anyCase, find: bearer}, {prefix: "basic", form: anyCase | word, find: basic}, {prefix: "digest", form: anyCase | word, find: digest},
}

// byPair finds makers by the first two bytes of their secrets.
type byPair struct {
	there [1 << 10]uint64
	first [256][]*maker
}

var starts = newStarts(makers)

func newStarts(list []maker) *byPair {
	p := &byPair{}
	for i := range list {
		m := &list[i]
		for _, a := range cases(m.prefix[0], m.form) {
			p.first[a] = append(p.first[a], m)
			for _, b := range cases(m.prefix[1], m.form) {
				k := uint(a)<<8 | uint(b)
				p.there[k>>6] |= 1 << (k & 63)
			}
		}
	}
	return p
}

// cases lists the upper and lower case of a letter, or only c without anyCase.
func cases(c byte, f form) []byte {
	if f&anyCase != 0 && c-'a' < 26 {
		return []byte{c, c - 'a' + 'A'}
	}
	return []byte{c}
}

// at reports whether a secret may begin at i. i+1 must be in t.
func (p *byPair) at(t []byte, i int) bool {
	k := uint(t[i])<<8 | uint(t[i+1])
	return p.there[k>>6]&(1<<(k&63)) != 0
}

// made finds the secret of a maker at i.
func (s *search) made(i int) (found secret, ok bool) {
	for _, m := range starts.first[s.t[i]] {
		if !m.begins(s.t, i) {
			continue
		}
		if found = m.match(s, i); found.end > found.start {
			return found, true
		}
	}
	return secret{}, false
}

func (m *maker) begins(t []byte, i int) bool {
	if len(t)-i < len(m.prefix) || m.form&word != 0 && inWord(t, i) {
		return false
	}
	got := t[i : i+len(m.prefix)]
	if m.form&anyCase == 0 {
		return string(got) == m.prefix
	}
	for k, c := range got {
		if c-'A' < 26 {
			c |= 0x20
		}
		if c != m.prefix[k] {
			return false
		}
	}
	return true
}

// maxProbe is how much of a run of bytes is read to decide whether it is a secret.
const maxProbe = 256

// match finds the whole secret that begins at i with the prefix.
func (m *maker) match(s *search, i int) (found secret) {
	from := i + len(m.prefix)
	end := from
	if m.set != 0 {
		end = m.set.run(s.t, from, maxProbe)
	}
	switch n := end - from; {
	case n < m.min, m.max > 0 && n > m.max, m.form&mixed != 0 && countClasses(s.t[from:end]).digits == 0:
		return secret{}
	case m.find != nil:
		found = m.find(s, i, end)
	case m.form&keep != 0:
		found = secret{start: from, end: end}
	default:
		found = secret{start: i, end: end}
	}
	if found.end == end && found.end > found.start {
		found.end = m.set.run(s.t, end, math.MaxInt)
	}
	return found
}
