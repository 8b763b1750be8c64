package main

import (
	"pawprint/loader/s3"
	"pawprint/tui"
)

// askInside asks in the interface before much is downloaded. When the interface is gone the answer is no.
func (s *settings) askInside(p s3.Plan) bool {
	answer := make(chan bool, 1)
	q := tui.Question{About: p.URL.Raw(), Text: p.Text(), Answer: func(yes bool) { answer <- yes }}
	select {
	case s.questions <- q:
	case <-s.gone:
		return false
	}
	select {
	case yes := <-answer:
		return yes
	case <-s.gone:
		return false
	}
}
