package redact

import (
	"regexp"
	"strings"
)

// shape is how a kind of secret looks. A text without any of the hints has none.
type shape struct {
	name  string
	hints []string
	exp   *regexp.Regexp
	keep  string // what stands for a find: the parts that are no secret, and Mask
}

// table lists the shapes. The forms are those that the makers of the secrets document. A shape whose first letters are telling
// enough may begin inside of a word: a letter put before it must not hide it.
var table = []shape{
	{"private key", []string{"PRIVATE KEY"}, regexp.MustCompile(`(-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----)[\s\S]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|$)`), "$1 " + Mask},
	{"web token", []string{"eyJ"}, regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`), Mask},
	{"AWS key id", []string{"AKIA", "ASIA", "ABIA", "ACCA"}, regexp.MustCompile(`\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b`), Mask},
	{"bearer token", []string{"earer", "EARER"}, regexp.MustCompile(`(?i)\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}`), "${1}" + Mask},
	{"basic authorization", []string{"asic", "ASIC"}, regexp.MustCompile(`(?i)\b(basic\s+)[A-Za-z0-9+/]{12,}={0,2}`), "${1}" + Mask},
	{"presigned URL", []string{"ignature=", "oken=", "redential=", "sig="}, regexp.MustCompile(`(?i)\b((?:x-(?:amz|goog)-(?:signature|security-token|credential)|signature|sig|access_token|token)=)[^&\s"'#]+`), "${1}" + Mask},
	{"URL with a password", []string{"://"}, regexp.MustCompile(`\b([a-zA-Z][a-zA-Z0-9+.-]*://)[^/\s:@?#"]+:[^/\s@?#"]+@`), "${1}" + Mask + "@"},
	{"chat hook", []string{"hook"}, regexp.MustCompile(`(?i)(https?://[^\s/"]*(?:hooks\.slack\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks|webhook\.office\.com)/)[^\s"]+`), "${1}" + Mask},
	{"code host token", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"}, regexp.MustCompile(`(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})`), Mask},
	{"chat token", []string{"xox"}, regexp.MustCompile(`xox[abeoprs]-[A-Za-z0-9-]{10,}`), Mask},
	{"password of a text", []string{"assword", "ASSWORD", "ecret", "ECRET"}, regexp.MustCompile(`(?i)\b((?:password|passwd|client_secret|secret)\s*[=:]\s*)[^\s&,;"']{4,}`), "${1}" + Mask},
}

// shapes masks what looks like a secret in a decoded text and counts it. Runes that cannot be seen are left out of a text with
// a secret: they may have been put there to hide it.
func shapes(text string) (string, int) {
	clean := visible(text)
	found := 0
	for i := range table {
		s := &table[i]
		if !s.hinted(clean) {
			continue
		}
		if n := len(s.exp.FindAllStringIndex(clean, -1)); n > 0 {
			found += n
			clean = s.exp.ReplaceAllString(clean, s.keep)
		}
	}
	if found == 0 {
		return text, 0
	}
	return clean, found
}

func (s *shape) hinted(text string) bool {
	for _, h := range s.hints {
		if strings.Contains(text, h) {
			return true
		}
	}
	return false
}
