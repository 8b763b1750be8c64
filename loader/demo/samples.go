package demo

import (
	"strings"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// sampled is an attribute of the schema with a value chosen from its samples.
type sampled struct {
	key    string // a comma, the key in quotes, and a colon
	values []string
}

// The attributes with samples: of an event, of an actor and of an actor's attributes.
var (
	eventSamples     = samplesIn("")
	actorSamples     = samplesIn(model.FieldActor.String() + ".")
	attributeSamples = samplesIn(model.FieldActorAttributes.String() + ".")
)

// samplesIn lists the attributes with samples right below a path.
func samplesIn(path string) []sampled {
	var out []sampled
	for _, f := range model.Schema() {
		if key, ok := strings.CutPrefix(f.Name, path); ok && len(f.Samples) > 0 && !strings.Contains(key, ".") {
			out = append(out, sampled{`,"` + key + `":`, f.Samples})
		}
	}
	return out
}

// appendSamples appends a value of each. The seed determines which one.
func appendSamples(b []byte, samples []sampled, seed uint64) []byte {
	for i, s := range samples {
		b = append(b, s.key...)
		b = rawjson.AppendString(b, s.values[mix(seed+uint64(i))%uint64(len(s.values))])
	}
	return b
}
