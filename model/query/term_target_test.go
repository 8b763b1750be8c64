package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a target says of a state is found by the words that are shown, though the line has other ones.
func TestTargetsAreFoundAsTheyAreShown(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"UPDATE_SAML_SETTINGS","actionParams":{"input":{"enabled":true}}}`,
		`{"actionName":"UPDATE_SAML_SETTINGS","actionParams":{"dynamic":{"input":{"enabled":false}}}}`,
		`{"actionName":"UPDATE_GENERAL_SETTINGS","actionParams":{"displayName":"Example Works"}}`,
		`{"actionName":"DELETE_RULE","actionParams":{"id":"Saml.enabled"}}`,
		`{"actionName":"DELETE_DETECTION","actionParams":{"detections":[{"id":"A.b"},{"id":"C.d"}]}}`,
	})
	for query, want := range map[string][]int{
		"target:enabled": {0, 3}, "target:disabled": {1}, "target:saml": {0, 1, 3}, `target="SAML: enabled"`: {0}, `target="SAML: disabled"`: {1},
		`target:"ml: dis"`: {1}, "target:/^SAML: (en|dis)abled$/": {0, 1}, "target:true": {}, "target:false": {}, "target:SAML*": {0, 1, 3},
		`target:"general settings"`: {2}, `target:"gs: exam"`: {2}, "target:works": {2}, "-target:saml": {2, 4}, "target!=x": {0, 1, 2, 3, 4},
		`target:"A.b, C"`: {4}, "target:*": {0, 1, 2, 3, 4}, "target:d": {0, 1, 3, 4}, `target:":"`: {0, 1, 2},
	} {
		if got := selected(t, log, Compile(mustParse(t, query), Env{})); !cmp.Equal(got, want) {
			t.Errorf("rows of %q = %v, want %v", query, got, want)
		}
	}
}
