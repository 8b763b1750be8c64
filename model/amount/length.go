package amount

import "time"

// lengthUnits are the units of a length of time, the longest first.
var lengthUnits = []struct {
	length    time.Duration
	one, many string
}{
	{24 * time.Hour, "day", "days"}, {time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}, {time.Second, "second", "seconds"},
}

// Length formats a length of time, rounded to seconds, in its largest unit and the one below it: "7 days", "1 hour 30 minutes".
func Length(d time.Duration) string {
	d = d.Round(time.Second)
	for i, u := range lengthUnits {
		if d < u.length {
			continue
		}
		text := Of(int64(d/u.length), u.one, u.many)
		if i+1 < len(lengthUnits) {
			next := lengthUnits[i+1]
			if n := d % u.length / next.length; n > 0 {
				text += " " + Of(int64(n), next.one, next.many)
			}
		}
		return text
	}
	return "less than a second"
}
