package main

// csvPrinter writes the fields of each row as CSV, under a header.
type csvPrinter struct {
	csv    csvWriter
	reader *recordReader
	headed bool
}

func newCSVPrinter(l layout) (printer, error) {
	fields, err := l.withReject()
	if err != nil {
		return nil, err
	}
	return &csvPrinter{csv: csvWriter{out: l.out}, reader: newRecordReader(l.zone, fields)}, nil
}

func (p *csvPrinter) row(r *record) error {
	if err := p.head(); err != nil {
		return err
	}
	for i := range p.reader.fields {
		switch v := p.reader.value(r, i); {
		case v.absent:
			p.csv.absent()
		case v.number():
			p.csv.plain(v.String())
		default:
			p.csv.cell(v.String())
		}
	}
	return p.csv.end()
}

// head writes the header, once.
func (p *csvPrinter) head() error {
	if p.headed {
		return nil
	}
	p.headed = true
	for _, f := range p.reader.fields {
		p.csv.cell(f.name)
	}
	return p.csv.end()
}

func (p *csvPrinter) end() error { return p.head() }
