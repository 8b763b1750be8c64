package main

import (
	"strings"
	"testing"
	"time"
)

func TestZonesAreFoundInAnyCaseAndByTheirDistance(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"": "12:00 +0000", "UTC": "12:00 +0000", "utc": "12:00 +0000", "z": "12:00 +0000", "+05:30": "17:30 +0530", "-0800": "04:00 -0800", "+1": "13:00 +0100", "+01": "13:00 +0100", "-03:30": "08:30 -0330", "+5:30": "17:30 +0530",
		"UTC+5:30": "17:30 +0530", "utc-8": "04:00 -0800", "GMT+01:00": "13:00 +0100", "−08:00": "04:00 -0800", "+00:00": "12:00 +0000",
		"Europe/Zurich": "13:00 +0100", "europe/zurich": "13:00 +0100", "EUROPE/ZURICH": "13:00 +0100", "america/new_york": "07:00 -0500", "America/Port-Au-Prince": "07:00 -0500",
		"africa/dar_es_salaam": "15:00 +0300", "america/argentina/buenos_aires": "09:00 -0300", "asia/kolkata": "17:30 +0530", "est5edt": "07:00 -0500", "cet": "13:00 +0100",
	} {
		zone, err := parseZone(text)
		if err != nil {
			t.Errorf("parseZone(%q): %v", text, err)
			continue
		}
		if got := at.In(zone).Format("15:04 -0700"); got != want {
			t.Errorf("parseZone(%q) shows %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"Europe", "Europe/Nowhere", "+25:00", "+05:60", "+", "5", "../UTC", "europe/../utc", "CET CEST", "\x1b[2J"} {
		if zone, err := parseZone(text); err == nil || !strings.Contains(err.Error(), "--tz") {
			t.Errorf("parseZone(%q) = %v, %v; want an error", text, zone, err)
		}
	}
}
