package model

// Phrase is a part of a sentence: words of ours, or text of the log.
type Phrase struct {
	Own  string
	Text Text // if Own is empty
}

// deeds are the verbs of the sentence, by result.
var deeds = map[Result]string{
	Succeeded: " did ", Failed: " failed to ", PartiallyFailed: " partly failed to ", UnknownResult: " tried to ",
}

// Sentence sums an event up: "ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9". target is what the action touched; it may
// be empty.
func (e *Event) Sentence(target Text) []Phrase {
	switch {
	case e.Flags&FlagGap != 0:
		return []Phrase{{Own: "Some bytes of the source could not be read"}}
	case e.Reject():
		return []Phrase{{Own: "This line is not an event"}}
	}
	phrases := []Phrase{named(e.Actor.Label(), "Someone without a name"), {Own: deeds[e.Result]}, named(e.Action, "an action without a name")}
	if !target.Empty() {
		phrases = append(phrases, Phrase{Own: " "}, Phrase{Text: target})
	}
	if !e.IP.Empty() {
		phrases = append(phrases, Phrase{Own: " from "}, Phrase{Text: e.IP})
	}
	return phrases
}

func named(t Text, otherwise string) Phrase {
	if t.Empty() {
		return Phrase{Own: otherwise}
	}
	return Phrase{Text: t}
}
