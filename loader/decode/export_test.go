package decode

import "math"

// AlwaysUseTemplates makes the decoder try templates for each event, from the first one on.
func (d *Decoder) AlwaysUseTemplates() {
	d.templates.rest, d.templates.run, d.templates.score = 0, math.MaxInt, math.MaxInt32
}

// NeverUseTemplates makes the decoder do without templates.
func (d *Decoder) NeverUseTemplates() { d.templates.rest = math.MaxInt }

// TemplatesUsed reports whether the decoder uses templates now.
func (d *Decoder) TemplatesUsed() bool { return d.templates.rest == 0 }

// TemplatesFit reports whether a template fits the event of a line, which ends with a newline. The decoder is of no use after that.
func (d *Decoder) TemplatesFit(line []byte) bool {
	d.b = line
	d.beginEvent()
	_, _, ok := d.fits(0)
	return ok
}
