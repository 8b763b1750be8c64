package paint

// SetLine makes l row y, cut or padded to the width of the frame. A row outside of the frame is ignored.
func (f *Frame) SetLine(y int, l *Line) {
	f.Put(0, y, f.width, l)
}

// PutBlock writes lines into the rectangle, over what was there; rows without a line become blank.
func (f *Frame) PutBlock(x, y, width, height int, lines []*Line) {
	var blank Line
	for i := max(-y, 0); i < height && y+i < f.height; i++ {
		l := &blank
		if i < len(lines) {
			l = lines[i]
		}
		f.Put(x, y+i, width, l)
	}
}

// Size is the size after clamping.
func (f *Frame) Size() (width, height int) { return f.width, f.height }
