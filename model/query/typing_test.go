package query_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
)

// keystrokes are filters as they are typed, the steps with a space between them; · stands for a space in a filter.
var keystrokes = []string{
	"d de del dele delet delete delete_ delete_r delete_rule",
	"actor:h actor:ho actor:hom actor:homer",
	"result:f result:fa result:failed",
	"action:d action:del action:delete",
	"ip:2 ip:20 ip:203 ip:203.0.113.0/24",
	"2 20 203 203.0 203.0.113. 203.0.113.9",
	"c ca caf café",
	`"r "root "root·l "root·login"`,
	"/d /de/ /del/ /delet.*rule/ /[a-z]+-such-thing/",
	"del* del*r del*ru del*rule m*a",
	"param.id:A param.id:AW param.id:AWS",
	"is:failed is:failed·d is:failed·de is:failed·del",
	"since:24h version>=1.110 errors>1 is:first-seen is:offhours is:suspicious",
	"target:r target:ro target:root error:d error:de error:denied desc:d desc:de role:a role:ad",
	"é 日本 x \" / : 0 e er -e actor actor.id p_row_id timestamp",
	"p_any_usernames:a p_any_usernames:al xforwardedfor:2 p_alert_id:* param.enabled:true param.name:p param.name:pr",
}

// BenchmarkTyping measures the selections that typing a filter asks for, on all cores: each step from all events, and, where
// the filter before says that it can be narrowed, among the rows of that one, as the interface does it. PAWPRINT_LOG names
// a log of JSON lines to measure on instead of a small invented one.
func BenchmarkTyping(b *testing.B) {
	path := typingLog(b)
	log := model.NewLog()
	if err := loader.Load(context.Background(), log, &loader.File{Path: path}); err != nil {
		b.Fatal(err)
	}
	snap := log.Snapshot()
	env := query.Env{Now: time.Unix(0, snap.Nanos(model.Row(snap.Rows()-1)))}
	b.Run("floor=read", func(b *testing.B) { benchReading(b, path) })
	for _, keys := range keystrokes {
		var before query.Expr
		for text := range strings.FieldsSeq(keys) {
			text = strings.ReplaceAll(text, "·", " ")
			e, err := query.Parse(text)
			if err != nil {
				continue // no filter yet, so that nothing is selected
			}
			b.Run(text+"#from=all", func(b *testing.B) { benchStep(b, snap, e, env, nil) })
			if before != nil && query.Implies(e, before) {
				within := mustSelect(b, snap, before, env, nil)
				b.Run(text+"#from=before", func(b *testing.B) { benchStep(b, snap, e, env, within) })
			}
			before = e
		}
	}
}

// typingLog returns the file to measure on.
func typingLog(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("PAWPRINT_LOG"); path != "" {
		return path
	}
	path := filepath.Join(b.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, benchBytes(b), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchReading is the floor of looking for text: the file is read and its newlines are counted, on two cores.
func benchReading(b *testing.B, path string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for b.Loop() {
		var next, lines atomic.Int64
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				block := make([]byte, 512<<10)
				for {
					n, err := f.ReadAt(block, (next.Add(1)-1)*int64(len(block)))
					lines.Add(int64(bytes.Count(block[:n], []byte{'\n'})))
					if err != nil {
						return
					}
				}
			})
		}
		wg.Wait()
		if lines.Load() == 0 {
			b.Fatal("no lines")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N), "ms")
}

// benchStep measures a selection, and how long it goes on after it was cancelled in the middle of its work.
func benchStep(b *testing.B, snap model.Snapshot, e query.Expr, env query.Env, within *model.Selection) {
	best, latest := time.Duration(1<<62), time.Duration(0)
	rows := 0
	for b.Loop() {
		began := time.Now()
		rows = mustSelect(b, snap, e, env, within).Len()
		best = min(best, time.Since(began))
		latest = max(latest, timeToCancel(b, snap, e, env, within, best/10))
	}
	b.ReportMetric(float64(best.Microseconds())/1e3, "ms")
	b.ReportMetric(float64(latest.Microseconds())/1e3, "ms-to-cancel")
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(0, "ns/op")
}

func mustSelect(b *testing.B, snap model.Snapshot, e query.Expr, env query.Env, within *model.Selection) *model.Selection {
	b.Helper()
	sel, err := selectWithin(context.Background(), snap, e, env, within)
	if err != nil {
		b.Fatal(err)
	}
	return sel
}

func selectWithin(ctx context.Context, snap model.Snapshot, e query.Expr, env query.Env, within *model.Selection) (*model.Selection, error) {
	if m := query.Compile(e, env); within != nil {
		return model.SelectWithin(ctx, snap, m, within)
	} else {
		return model.Select(ctx, snap, m, nil)
	}
}

// timeToCancel returns how long a selection goes on after it is cancelled, some time after it began; 0 if it had ended.
func timeToCancel(b *testing.B, snap model.Snapshot, e query.Expr, env query.Env, within *model.Selection, after time.Duration) time.Duration {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := selectWithin(ctx, snap, e, env, within)
		ended <- err
	}()
	select {
	case err := <-ended:
		ended <- err
	case <-time.After(after):
	}
	cancel()
	began := time.Now()
	err := <-ended
	if err != nil && !errors.Is(err, context.Canceled) {
		b.Fatal(err)
	}
	return time.Since(began)
}
