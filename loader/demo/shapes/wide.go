package shapes

import "fmt"

// wide writes events of so many actors and addresses that few come again soon, with enrichment and escapes.
func wide(w *writer) func() {
	actors, addresses := w.persons(20_000), make([]string, 35_000)
	for i := range addresses {
		addresses[i] = w.address()
	}
	return func() {
		p, address, proxy := &actors[w.below(len(actors))], choose(w, addresses), choose(w, addresses)
		action := w.below(len(verbs) * len(objects))
		w.put(`{"actionName":"`, verbs[action%len(verbs)], "_", objects[action/len(verbs)], `","actionDescription":"`, verbs[action%len(verbs)],
			` \"`, objects[action/len(verbs)], `\" \/ all","actionParams":{"input":{`)
		w.parameters(action)
		w.put(`}},"actor":`)
		w.actor(p)
		w.put(`,`)
		w.errors(w.result())
		w.put(`,"sourceIP":"`, address, `","XForwardedFor":["`, address, `","`, proxy, `"],"userAgent":"`, choose(w, p.agents), `","timestamp":"`)
		w.stamp(false)
		w.put(`","pantherVersion":"1.112.160"`)
		w.lake(p, address)
		w.put(`,"p_enrichment":{"ipinfo_location":{"sourceIP":{"city":"`, choose(w, []string{"Zürich", `Malm\u00f6`, "Nagoya"}), `","country":"`,
			choose(w, []string{"CH", "SE", "JP"}), fmt.Sprintf(`","lat":"%d.%d","lng":"%d.%d","p_match":"%s"}},"ipinfo_asn":{"sourceIP":{"asn":"AS%d","domain":"example.net","name":"Example \"Net\""}}}}`,
				w.below(90), w.below(9999), w.below(180), w.below(9999), address, 64496+w.below(16)))
	}
}
