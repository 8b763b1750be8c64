// Package field resolves names: it finds the values of an event that a query, a flag, a column or the detail asks for by name.
//
// [Of] and [Resolve] turn a name into a [Field]. Of never fails, as any name may be the path of a key; Resolve refuses a name
// without a value and suggests a known one. Names are those of the schema in any case of ASCII letters, their aliases, the virtual
// ones that [Names] lists (target, class, line, source, offset, …), param.X for a parameter at any of its places, and any path
// into the line.
//
//	f, err := field.Resolve("param.id")
//	r := field.NewReader(f)                     // one for each goroutine
//	v := r.Value(&field.Row{Snap: snap, Event: event, Line: line})
//	texts := r.Texts(nil, row, 50)              // the single values, as a query tests them
//	key, err := f.Key()                         // to count by it
//	target := walker.Target(line, field.TargetKeys(action)) // walker := field.NewWalker()
//	name := field.NameOf(line, way)             // back from a value in the line to the name that finds it
//
// A path goes through objects and, by itself or with [], through lists. A key matches in any case of ASCII letters and may contain
// dots. null counts as absent, but if a parameter is null at the first place that has it, later places are ignored. All code that
// walks a line uses [Walker], so all surfaces find the same values.
//
// The package does no I/O, reads no clock and starts no goroutine. It does not compare values; package query does.
package field
