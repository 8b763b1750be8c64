// Package field says what a name means: which values of an event a query, a flag, a column or a cell of the detail asks for.
//
// A name becomes a [Field] in one place. [Of] never fails, as any name may be the path of a key; [Resolve] refuses a name that
// stands for no value, and says what may have been meant. The names are those of the schema in any case of ASCII letters, their
// aliases, the virtual ones that [Names] lists (target, class, line, source, offset, …), param.X for a parameter wherever it
// stands, and any path into the line.
//
//	f, err := field.Resolve("param.id")
//	r := field.NewReader(f)                     // one for each goroutine
//	v := r.Value(&field.Row{Snap: snap, Event: event, Line: line})
//	texts := r.Texts(nil, row, 50)              // the single values, as a query tests them
//	key, err := f.Key()                         // to count by it
//	target := field.TargetOf(line, action)
//	name := field.NameOf(line, way)             // back from a value in the line to the name that finds it
//
// A path goes through objects and, by itself or with [], through lists. A key matches in any case of ASCII letters and may hold
// dots. null is as good as absent, but where a parameter is null at the first place that has it, no later place counts. Whoever
// walks a line uses [Walker], so all surfaces find the same values.
//
// The package reads what it is given: no I/O, no clock, no goroutine. It does not compare values; that is what package query is
// for.
package field
