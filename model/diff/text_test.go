package diff

import "testing"

func TestTextsPointsAtTheDifference(t *testing.T) {
	tests := []struct{ a, b, inA, inB string }{
		{"select * from a", "select * from b", "a", "b"}, {"abcdef", "abcxdef", "", "x"}, {"é1é", "é2é", "1", "2"}, {"aé", "aè", "é", "è"},
		{"quite another", "nothing alike", "", ""}, {"", "x", "", ""}, {"aaa", "aaaa", "", "a"},
	}
	for _, tt := range tests {
		a, b := Texts(tt.a, tt.b)
		if tt.a[a.Lo:a.Hi] != tt.inA || tt.b[b.Lo:b.Hi] != tt.inB {
			t.Errorf("Texts(%q, %q) = %q, %q, want %q, %q", tt.a, tt.b, tt.a[a.Lo:a.Hi], tt.b[b.Lo:b.Hi], tt.inA, tt.inB)
		}
	}
}
