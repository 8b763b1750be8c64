package shapes

// deep writes events whose parameters have random keys and nest deep, with escapes and letters of many scripts. The members come in
// another order in each line.
func deep(w *writer) func() {
	actors := w.persons(300)
	return func() {
		p := choose(w, actors)
		members := []func(){
			func() { w.put(`"actionName":"RUN_`); w.hex(1); w.put(`"`) },
			func() { w.put(`"actionParams":`); w.object(2 + w.below(7)) },
			func() { w.put(`"actor":`); w.actor(&p) },
			func() { w.put(`"timestamp":"`); w.stamp(false); w.put(`"`) },
			func() { w.put(`"sourceIP":"`, choose(w, p.addresses), `"`) },
			func() {
				w.put(`"userAgent":"`, choose(w, p.agents), choose(w, []string{` \"x\"`, " größer", ` \u00e9t\u00e9`}), `"`)
			},
			func() { w.put(`"pantherVersion":"1.112.160"`) },
			func() { w.put(`"XForwardedFor":["`, choose(w, p.addresses), `","`, w.address(), `"]`) },
			func() { w.put(`"p_row_id":"`); w.hex(32); w.put(`"`) },
		}
		w.rng.Shuffle(len(members), func(i, k int) { members[i], members[k] = members[k], members[i] })
		w.put(`{`)
		w.errors(w.result())
		w.put(`,`)
		w.list(len(members), func(i int) { members[i]() })
		w.put(`}`)
	}
}

// object appends an object with random keys; depth is how deep it nests.
func (w *writer) object(depth int) {
	keys := 1 + w.below(4)
	if w.one(100) {
		keys = 40
	}
	w.put(`{`)
	w.list(keys, func(i int) {
		w.put(`"`)
		w.hex(2 + w.below(14))
		w.number(i) // no key twice
		w.put(`":`)
		if i == 0 && depth > 0 {
			w.object(depth - 1)
			return
		}
		w.scalar()
	})
	w.put(`}`)
}

func (w *writer) scalar() {
	switch w.below(6) {
	case 0:
		w.put(choose(w, []string{"true", "false", "null", "-0.25e-7", "[]", "{}"}))
	case 1:
		w.number(w.below(1 << 30))
	case 2:
		w.put(`[`)
		w.list(1+w.below(6), func(int) { w.number(w.below(500)) })
		w.put(`]`)
	default:
		w.put(`"`)
		w.mixed(1 + w.below(5))
		w.put(`"`)
	}
}

// mixed appends n words for the text of a JSON string.
func (w *writer) mixed(n int) {
	for range n {
		w.put(choose(w, mixture))
	}
}

var mixture = []string{"plain text ", `C:\\Users\\ada\\`, `a \"quoted\" word, `, `line one\nline two\t`, "größer als ", "日本語の文章 ", "данные ", `\u00e9t\u00e9 `,
	`\/v1\/alerts\/`, "https://example.com/a?b=c&d=e ", "SELECT * FROM t WHERE a = 'b' "}
