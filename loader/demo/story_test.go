package demo

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

func TestStoryIsTheSameEachTime(t *testing.T) {
	if !bytes.Equal(Story(), Story()) {
		t.Error("two calls of Story differ")
	}
}

func TestStoryLinesHaveTheRequiredFields(t *testing.T) {
	log := Story()
	if !bytes.HasSuffix(log, []byte("}\n")) || bytes.Contains(log, []byte("\n\n")) {
		t.Error("the story has a blank line or no newline at its end")
	}
	for i, r := range rows(t, log) {
		if r.ActionName == "" || r.PantherVersion == "" || r.Actor == nil || r.Actor.ID == "" {
			t.Errorf("line %d lacks a required field", i+1)
		}
		if !slices.Contains([]string{succeeded, failed, partial}, r.ActionResult) {
			t.Errorf("line %d: result %q", i+1, r.ActionResult)
		}
		if r.Actor.Type != "USER" && r.Actor.Type != "TOKEN" {
			t.Errorf("line %d: actor type %q", i+1, r.Actor.Type)
		}
		r.when(t)
	}
}

func TestStoryNamesOnlyFieldsOfTheSchema(t *testing.T) {
	var known []string
	for _, f := range model.Schema() {
		known = append(known, f.Name)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(Story()), []byte("\n")) {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(line, &object); err != nil {
			t.Fatal(err)
		}
		for key := range object {
			if !slices.Contains(known, key) && !strings.HasPrefix(key, "p_") {
				t.Errorf("unknown field %q", key)
			}
		}
	}
}

func TestStoryCounts(t *testing.T) {
	got := map[string]int{}
	for _, r := range rows(t, Story()) {
		got["lines"]++
		got[r.ActionResult]++
		_, form := r.when(t)
		if strings.HasPrefix(form, "space") {
			got["no zone"]++
		}
		if r.ActionResult != succeeded && len(r.Errors) == 0 {
			got["failed without errors"]++
		}
		if r.SourceIP != nil && strings.HasSuffix(*r.SourceIP, ".") {
			got["trailing dot"]++
		}
		if r.AlertID != "" {
			got["rule matches"]++
		}
		if r.SourceIP != nil && strings.HasPrefix(*r.SourceIP, "203.0.113.") {
			got["intruder"]++
		}
		if r.reads() {
			got["reads"]++
		}
	}
	want := map[string]int{
		"lines": 2000, "reads": 1567, succeeded: 1873, failed: 104, partial: 23, "failed without errors": 1,
		"no zone": 5, "trailing dot": 1, "rule matches": 4, "intruder": 67,
	}
	for key, n := range want {
		if got[key] != n {
			t.Errorf("%s: %d, want %d", key, got[key], n)
		}
	}
}

// TestStoryTellsTheIncident looks for the steps of the incident, in order of their times.
func TestStoryTellsTheIncident(t *testing.T) {
	type step struct{ actor, address, action, result, param string }
	steps := []step{
		{"Elena Sorrel", "203.0.113.66", "SIGN_IN", failed, ""},
		{"Elena Sorrel", "203.0.113.66", "SIGN_IN", succeeded, ""},
		{"Elena Sorrel", "203.0.113.66", "DELETE_RULE", failed, "Panther.SAML.Modified"},
		{"Elena Sorrel", "203.0.113.66", "BULK_DELETE_DETECTIONS", partial, "Custom.Panther.OffHours"},
		{"Elena Sorrel", "203.0.113.66", "DELETE_DETECTION", succeeded, "Custom.Panther.NewAddress"},
		{"Elena Sorrel", "203.0.113.66", "CREATE_USER_ROLE", succeeded, "OrganizationAPITokenModify"},
		{"Elena Sorrel", "203.0.113.66", "UPDATE_SAML_SETTINGS", succeeded, `"enabled":false`},
		{"Elena Sorrel", "203.0.113.66", "UPDATE_USER", succeeded, "Support Readonly"},
		{"Elena Sorrel", "203.0.113.66", "UPDATE_GENERAL_SETTINGS", succeeded, ""},
		{"Elena Sorrel", "203.0.113.66", "UPDATE_ALERT_DESTINATION", succeeded, "SOC PagerDuty"},
		{"System", "", "RETRY_ALERT_DELIVERY", failed, ""},
		{"Elena Sorrel", "203.0.113.66", "EXECUTE_DATA_LAKE_QUERY", succeeded, "GetSecretValue"},
		{"Elena Sorrel", "203.0.113.66", "DOWNLOAD_DATA_LAKE_QUERY", succeeded, ""},
		{"Elena Sorrel", "203.0.113.66", "CREATE_API_TOKEN", succeeded, "metrics-exporter"},
		{"metrics-exporter", "203.0.113.9", "DOWNLOAD_DATA_LAKE_QUERY", succeeded, ""},
		{"Elena Sorrel", "203.0.113.66", "DELETE_SAVED_DATA_LAKE_QUERY", succeeded, ""},
		{"Elena Sorrel", "203.0.113.66", "DELETE_USER_ROLE", failed, "Support Readonly"},
		{"Tomás Lindgren", "198.51.100.22", "UPDATE_SAML_SETTINGS", failed, ""},
		{"Mira Okafor", "198.51.100.21", "RESET_USER_PASSWORD", succeeded, "elena.sorrel@example.com"},
		{"Mira Okafor", "198.51.100.21", "DELETE_API_TOKEN", succeeded, "metrics-exporter"},
		{"Mira Okafor", "198.51.100.21", "UPDATE_SAML_SETTINGS", succeeded, `"enabled":true`},
		{"ci-token", "203.0.113.9", "DELETE_RULE", failed, "AWS.Root.Login"},
		{"Mira Okafor", "198.51.100.21", "UPDATE_API_TOKEN", succeeded, "ci-token"},
		{"ci-token", "192.0.2.131", "UPLOAD_DETECTION_ENTITIES_ASYNC", succeeded, "Custom.Panther.NewAddress"},
	}
	all := rows(t, Story())
	slices.SortStableFunc(all, func(a, b row) int {
		x, _ := a.when(t)
		y, _ := b.when(t)
		return x.Compare(y)
	})
	next := 0
	for _, r := range all {
		if next == len(steps) {
			break
		}
		s := steps[next]
		address := ""
		if r.SourceIP != nil {
			address = *r.SourceIP
		}
		if r.Actor.Name == s.actor && address == s.address && r.ActionName == s.action && r.ActionResult == s.result &&
			strings.Contains(string(r.ActionParams["dynamic"]), s.param) {
			next++
		}
	}
	if next < len(steps) {
		t.Errorf("step %d is missing or out of order: %+v", next+1, steps[next])
	}
}

func TestStoryIntruderIsAloneInTheAddressRange(t *testing.T) {
	began := time.Date(2026, time.November, 21, 1, 44, 0, 0, time.UTC)
	for i, r := range rows(t, Story()) {
		if r.SourceIP == nil || !strings.HasPrefix(*r.SourceIP, "203.0.113.") {
			continue
		}
		if at, _ := r.when(t); at.Before(began) {
			t.Errorf("line %d: %s from %s before the incident", i+1, r.Actor.Name, *r.SourceIP)
		}
	}
}

func TestStoryRuleMatchesRepeatTheirEvents(t *testing.T) {
	byRow := map[string]row{}
	rules := map[string]bool{}
	for i, r := range rows(t, Story()) {
		original, again := byRow[r.RowID]
		if again != (r.AlertID != "") {
			t.Errorf("line %d: repeated %v, alert %q", i+1, again, r.AlertID)
		}
		if again {
			rules[r.RuleID] = true
			if original.ActionName != r.ActionName || original.Timestamp != r.Timestamp {
				t.Errorf("line %d repeats another event", i+1)
			}
		}
		byRow[r.RowID] = r
	}
	for _, id := range []string{"Custom.Panther.NewAddress", "Panther.Detection.Deleted", "Panther.Role.AdminCreated", "Panther.SAML.Modified"} {
		if !rules[id] {
			t.Errorf("no rule match of %s", id)
		}
	}
}

func TestStoryLeavesNoPlaceholder(t *testing.T) {
	if i := bytes.IndexByte(Story(), '$'); i >= 0 {
		t.Errorf("a placeholder at byte %d", i)
	}
}
