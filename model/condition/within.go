package condition

// Within simplifies a condition for the lines with a certain time at or after from and before to: of those it is true of the same lines.
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

// Timeless simplifies a condition for the lines that are Untimed: of those it is true of the same lines.
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

// replaced replaces the conditions that no others are part of.
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
