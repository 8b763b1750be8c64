package s3

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
)

// putParts spreads text over objects of one hour each, packed and plain in turn. from is the number of the first.
func (s *store) putParts(text []byte, from int) {
	const parts = 7
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i := range parts {
		part := bytes.Join(lines[len(lines)*i/parts:len(lines)*(i+1)/parts], nil)
		if key := at(0, fmt.Sprintf("%02d.json", from+i)); i%2 == 0 {
			s.put(key, part)
		} else {
			s.put(key+".gz", gz(part))
		}
	}
}

func TestS3IsASourceLikeAllOthers(t *testing.T) {
	stores := map[string]*store{} // by the folder of the check, which names it
	open := func(o Options) func(t *testing.T, dir string, text []byte) loader.Source {
		return func(t *testing.T, dir string, text []byte) loader.Source {
			s := newStore(t)
			stores[dir] = s
			s.putParts(text, 0)
			return s.source("logs/", o)
		}
	}
	// fails serves one object that cannot be read.
	fails := func(t *testing.T, dir string, text []byte) loader.Source {
		src := open(Options{})(t, dir, text)
		stores[dir].put(at(0, "forbidden.json"), []byte("{}\n"))
		stores[dir].failWith(func(w http.ResponseWriter, r *http.Request) bool {
			bad := strings.HasSuffix(r.URL.Path, "forbidden.json")
			if bad {
				refuse(w, r, 403, "AccessDenied")
			}
			return bad
		})
		return src
	}
	sourcetest.Check(t,
		sourcetest.Kind{Name: "a prefix", Open: open(Options{}), Break: func(t *testing.T, dir string, text []byte) (loader.Source, string) {
			return fails(t, dir, text), "forbidden.json"
		}},
		sourcetest.Kind{Name: "a prefix that is counted first", Open: open(Options{Confirm: func(Plan) bool { return true }, ConfirmObjects: 1})},
		sourcetest.Kind{Name: "a prefix that is counted while it is read", Open: open(Options{Confirm: func(Plan) bool { return true }, ConfirmObjects: 3, Eager: true})},
		sourcetest.Kind{Name: "one object", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			s := newStore(t)
			s.put("logs/all.json.gz", gz(text))
			return s.source("logs/all.json.gz", Options{})
		}},
		sourcetest.Kind{Name: "a cache", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			src := open(Options{Cache: &Cache{Dir: filepath.Join(dir, "s3")}, Offline: true})(t, dir, text)
			stores[dir].must("logs/", Options{Cache: &Cache{Dir: filepath.Join(dir, "s3")}})
			stores[dir].Server.Close()
			return src
		}},
		sourcetest.Kind{Name: "a prefix that is followed", Open: open(Options{Follow: true, Poll: time.Millisecond}),
			Grow: func(t *testing.T, dir string, text []byte) { stores[dir].putParts(text, 50) }},
	)
}
