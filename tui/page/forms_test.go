package page

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

// failure is a failed event with a message.
func failure(message string, minute int) string {
	return strings.Replace(kittest.Event("SIGN_IN", "FAILED", minute), `"sourceIP"`, fmt.Sprintf(`"errors":[{"message":%q}],"sourceIP"`, message), 1)
}

func TestMessagesAreGroupedByTheirForm(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "error")
	forms := r.view.counted.len
	r.MustShow("forms", "<name> not found")
	for range forms {
		if at, _ := r.view.value(); at.Text.Raw() == "<name> not found" {
			break
		}
		r.Press("j")
	}
	r.MustShow("different messages: m shows them one by one")
	r.Press("m")
	messages := r.view.counted.len
	if r.MustShow("values"); forms >= messages {
		t.Errorf("%d messages have %d forms", messages, forms)
	}
	r.Press("m")
	if r.MustShow("forms"); r.view.counted.len != forms {
		t.Errorf("there are %d forms now, and %d before", r.view.counted.len, forms)
	}
}

func TestAFormIsFilteredByItsMessages(t *testing.T) {
	for _, file := range []string{"audit.jsonl", "damaged.jsonl"} {
		r := newFrequencyRig(t, kittest.LoadFile(t, file), "error")
		for i := range r.view.values.counts {
			r.view.At = i
			w, ok := r.view.filterBy(true)
			if got := r.events(w.With); !ok || got != r.view.values.counts[i].Events {
				t.Errorf("%v finds %d events, want %d", w.With, got, r.view.values.counts[i].Events)
			}
		}
	}
}

func TestAFormWithTooManyMessagesSaysSo(t *testing.T) {
	var text strings.Builder
	for i := range mostMembers + 1 {
		text.WriteString(failure(fmt.Sprintf("rule %d00 not found", i+1), i%60))
	}
	log := kittest.LoadText(t, "x", text.String())
	r := newFrequencyRig(t, log, "error")
	r.MustShow("rule <number> not found", "more than 40 different messages")
	if r.Press("enter"); r.Wished.With != nil || len(r.Modals) != 1 || !strings.Contains(r.Toast, "too many different messages") {
		t.Errorf("enter wishes %v and says %q", r.Wished.With, r.Toast)
	}
	r.Press("m")
	r.MustShow("rule 100 not found")
}

func TestOnlyMessagesHaveForms(t *testing.T) {
	r := newFrequencyRig(t, kittest.LoadFile(t, "audit.jsonl"), "action")
	if r.Press("m"); !strings.Contains(r.Toast, "only messages have forms") {
		t.Errorf("m says %q", r.Toast)
	}
}
