package decode

import "pawprint/model"

// lookup finds the ids of the values of one column, and remembers what was found out about each value.
type lookup struct {
	dict     *model.Vocabulary
	column   model.Column
	verdicts []uint8 // by id: 0 not checked yet, 1 good, 2 bad
}

func (l *lookup) id(value []byte) uint32 { return l.dict.ID(l.column, value) }

// verdict reports whether the value of an id is good; check is called once for each value.
func (l *lookup) verdict(id uint32, check func([]byte) bool) bool {
	if int(id) >= len(l.verdicts) {
		l.verdicts = append(l.verdicts, make([]uint8, int(id)+64-len(l.verdicts))...)
	}
	if l.verdicts[id] == 0 {
		l.verdicts[id] = 2
		if check(l.dict.Value(l.column, id)) {
			l.verdicts[id] = 1
		}
	}
	return l.verdicts[id] == 1
}
