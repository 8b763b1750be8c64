package query

import (
	"strconv"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/marks"
)

func TestCompleteOffersNamesOperatorsAndValues(t *testing.T) {
	values := func(c model.Column) []ValueCount {
		return map[model.Column][]ValueCount{
			model.ColActorName: {{model.NewText("Alice Example"), 7}, {model.NewText("ci-token"), 3}},
			model.ColResult:    {{model.NewText("SUCCEEDED"), 9}, {model.NewText("DENIED"), 1}},
		}[c]
	}
	said := func() marks.Said {
		return marks.Said{Tags: []marks.Word{{Text: "exfil", Count: 2}, {Text: `a" or is:read`}}, Verdicts: []marks.Word{{Text: "malicious", Count: 3}}}
	}
	for _, c := range []struct{ typed, rest, want string }{
		{"tag:", "", `[0:4] tag:exfil=2 tag:"a\" or is:read"`}, {"-tag=EX", "", "[1:7] tag=exfil=2"}, {"verdict:", "", "[0:8] verdict:malicious=3 verdict:benign verdict:suspicious"}, {"note:", "", "[0:5]"},
		{"has:no", "", "[0:6] has:note"},
		{"is:failed actor.n", "", "[10:17] actor.name:"}, {"acti", "on:x", "[0:8] action: actionName: actionDescription: actionResult: actionParams: actionDetails:"},
		{"version", "", "[0:7] version: version= version>= version<= version> version<"}, {"-(resul", "", "[2:7] result:"}, {"is:fa", "", "[0:5] is:failed"}, {"fail", "", "[0:4] is:failed"},
		{"actor.name:", "", `[0:11] actor.name:"Alice Example"=7 actor.name:ci-token=3`}, {"actor.name=AL", "", `[0:13] actor.name="Alice Example"=7`}, {`actor.name:"alice e`, "", `[0:19] actor.name:"Alice Example"=7`},
		{"result:", "", "[0:7] result:SUCCEEDED=9 result:DENIED=1 result:FAILED result:PARTIALLY_FAILED"}, {"result:succeeded,f", "", "[0:18] result:succeeded,FAILED"}, {"has:p", "", "[0:5] has:problem"},
		{"VERSION", "", "[0:7] version: version= version>= version<= version> version<"}, {"Is", "", "[0:2] is: is:failed is:partial is:succeeded is:read is:write is:create is:change is:delete is:signin is:query is:export is:test is:token is:ci is:user is:system is:invalid is:reject is:suspicious is:twin is:duplicate is:silence is:recovered is:marked is:first-seen is:new-address is:new-action is:offhours"},
		{"ACTOR.NA", "", "[0:8] actor.name:"}, {"IS:FA", "", "[0:5] IS:failed"}, {"Actor.Name:CI", "", "[0:13] Actor.Name:ci-token=3"}, {"RESULT:den", "", "[0:10] RESULT:DENIED=1"},
		{"zzz", "", "[0:3]"}, {"actor:ci", "", "[0:8] actor:ci-token=3"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			from, to, options := Complete(c.typed+c.rest, len(c.typed), Data{Values: values, Said: said})
			var b strings.Builder
			b.WriteString("[" + strconv.Itoa(from) + ":" + strconv.Itoa(to) + "]")
			for _, o := range options {
				b.WriteString(" " + o.Text)
				if o.Count > 0 {
					b.WriteString("=" + strconv.Itoa(o.Count))
				}
			}
			if b.String() != c.want {
				t.Errorf("Complete(%q) = %s, want %s", c.typed, b.String(), c.want)
			}
		})
	}
}

func FuzzCompleteStaysInTheText(f *testing.F) {
	f.Add("is:failed actor.n", 12)
	f.Add(`a:"b c`, 6)
	f.Fuzz(func(t *testing.T, text string, at int) {
		from, to, _ := Complete(text, at, Data{})
		if from < 0 || from > to || to > len(text) {
			t.Fatalf("Complete(%q, %d) = %d, %d", text, at, from, to)
		}
	})
}
