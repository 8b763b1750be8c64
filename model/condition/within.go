package condition

// Within simplifies a condition for the lines with a certain time at or after from and before to: among them, the result is true of the same
// lines.
func Within(c Condition, from, to int64) Condition {
	return replaced(c, func(c Condition) Condition {
		switch c := c.(type) {
		case Untimed:
			return Const(false)
		case Time:
			switch {
			case c.From <= from && to <= c.To:
				return Const(true)
			case c.To <= from || to <= c.From:
				return Const(false)
			}
		}
		return c
	})
}

// Timeless simplifies a condition for the lines that are Untimed. Among them, the result is true of the same lines.
func Timeless(c Condition) Condition {
	return replaced(c, func(c Condition) Condition {
		switch c.(type) {
		case Untimed:
			return Const(true)
		case Time:
			return Const(false)
		}
		return c
	})
}

// replaced replaces the conditions that are not made of others.
func replaced(c Condition, by func(Condition) Condition) Condition {
	parts := func(all []Condition) []Condition {
		out := make([]Condition, len(all))
		for i, p := range all {
			out[i] = replaced(p, by)
		}
		return out
	}
	switch c := c.(type) {
	case All:
		return And(parts(c)...)
	case Any:
		return Or(parts(c)...)
	case Not:
		return Negate(replaced(c.Part, by))
	}
	return by(c)
}

// Without returns a condition that is true where c is true and out is not. If all parts of out are also parts of c, it is Const(false).
func Without(c, out Condition) Condition {
	known := map[string]bool{}
	for _, p := range partsOf(c) {
		known[p.String()] = true
	}
	var rest []Condition
	for _, p := range partsOf(out) {
		if !known[p.String()] {
			rest = append(rest, p)
		}
	}
	return And(c, Negate(And(rest...)))
}

// partsOf are the conditions that must all be true.
func partsOf(c Condition) []Condition {
	if all, ok := c.(All); ok {
		return all
	}
	return []Condition{c}
}
