package clock

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestLocalAgreesWithTheZone(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"} {
		local := Local{Zone: zone(t, name)}
		for range 5000 {
			at := time.Unix(0, rng.Int64N(4e18)-1e18)
			minute, day := local.Read(at.UnixNano())
			if want := at.In(local.Zone); minute != want.Hour()*60+want.Minute() || day != want.Weekday() {
				t.Fatalf("%v in %s: minute %d on %v, want %v", at, name, minute, day, want)
			}
		}
	}
}
