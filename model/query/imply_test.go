package query

import (
	"context"
	"slices"
	"testing"

	"pawprint/model"
)

func TestImpliesOnlyWhatIsTrue(t *testing.T) {
	for _, c := range []struct {
		e, f string
		want bool
	}{
		{"denied", "", true}, {"denied", "d", true}, {"denied", "deni", true}, {"deni", "denied", false}, {"Denied", "denied", true}, {"DENIED", "DEN", true},
		{"denied", "Den", false}, {"xDen", "Den", true}, {"denied action:delete", "denied", true}, {"denied action:delete", "deni action:delete", true},
		{"denied", "denied action:delete", false}, {"action:delete denied", "action:update denied", false}, {"a OR b", "a", false}, {"a OR b", "a OR b", true},
		{"-a", "-ab", false}, {"-ab", "-a", false}, {"since:1h x", "since:1h", false}, {"is:failed x", "is:failed", true}, {"is:marked x", "is:marked", false}, {"/abc/", "/ab/", false}, {"abc*", "ab", false},
		{"", "", true}, {"", "x", false},
		{"param.id:AWS", "param.id:aw", true}, {"param.id:AWS x", "PARAM.id:A", true}, {"param.id:AW", "param.id:AWS", false}, {"param.id:AWS", "param.name:A", false},
		{"count:12", "count:1", false}, {"param.x:true", "param.x:t", false}, {"errors:1x", "errors:1", false}, {"param.id=AWS", "param.id:AW", false},
		{"param.id:AW,B", "param.id:A,B", false}, {"param.id:AW*", "param.id:A", false}, {`param.id:A`, `param.id:""`, false}, {"-param.id:AW", "-param.id:A", false},
		{"actor.id:3f2a", "actor.id:3f2", true}, {"actor.id:x3f2a", "actor.id:x3f", true}, {"actor.id:ax3f", "actor.id:x3f", false}, {"result:fail", "result:f", false}, {"ip:203.0.113.x", "ip:203.0", false},
	} {
		e, errE := Parse(c.e)
		f, errF := Parse(c.f)
		if errE != nil || errF != nil {
			t.Fatal(errE, errF)
		}
		if got := Implies(e, f); got != c.want {
			t.Errorf("Implies(%q, %q) = %v, want %v", c.e, c.f, got, c.want)
		}
	}
}

// What was selected before midnight is not what today means after it.
func TestWhatCountsFromNowImpliesNothing(t *testing.T) {
	for _, text := range []string{
		"on:today", "ON:yesterday", "since:1h", "until:now", "around:now", "time:today", "timestamp>24h", "p_event_time>24h", "P_EVENT_TIME<=today", "p_parse_time>24h", "param.at>24h",
		"-on:today", "(on:today OR rule)", "is:marked", "IS:Marked",
	} {
		e, f := mustParse(t, text+" x"), mustParse(t, text)
		if Implies(e, f) {
			t.Errorf("a selection of %q is narrowed to %q", f, e)
		}
	}
	for _, text := range []string{"action=GET_RULE", "param.at=24h", "p_alert_id:24", "line>3", "version>1.1", "errors>1", "is:failed", "has:time"} {
		if e, f := mustParse(t, text+" x"), mustParse(t, text); !Implies(e, f) {
			t.Errorf("a selection of %q is not narrowed to %q", f, e)
		}
	}
}

func TestANarrowedSelectionIsThatOfTheWholeLog(t *testing.T) {
	snap := newLog(t, manyLines()[:3000]).Snapshot()
	for _, c := range [][2]string{{"e", "er"}, {"a", "admin"}, {"rule", "rule action:delete"}, {"", "x"}, {"param.id:a", "param.id:aw"}, {"target:r", "target:ro"}, {"desc:d", "desc:de"}} {
		f, errF := Parse(c[0])
		e, errE := Parse(c[1])
		if errE != nil || errF != nil || !Implies(e, f) {
			t.Fatal(errE, errF, c)
		}
		ctx := context.Background()
		base, err1 := model.Select(ctx, snap, Compile(f, Env{}), nil)
		want, err2 := model.Select(ctx, snap, Compile(e, Env{}), nil)
		got, err3 := model.SelectWithin(ctx, snap, Compile(e, Env{}), base)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if !slices.Equal(rowsOf(got), rowsOf(want)) {
			t.Errorf("%q within %q: %d rows, want %d", c[1], c[0], got.Len(), want.Len())
		}
	}
}

func rowsOf(s *model.Selection) (rows []model.Row) {
	for k := range s.Len() {
		rows = append(rows, s.At(k))
	}
	return rows
}
