package redact

import (
	"unicode"
	"unicode/utf8"
)

// unit is the range of bytes of the source for one byte of a view.
type unit struct{ from, to int }

// folded prepares a text for the search: it removes invisible runes, which could hide a secret, and replaces look-alikes by ASCII
// letters. units are nil if the text is unchanged.
func folded(t []byte) (view []byte, units []unit) {
	i := plainLength(t)
	if i == len(t) {
		return t, nil
	}
	view, units = make([]byte, 0, len(t)), make([]unit, 0, len(t))
	keep := func(from, to int, b ...byte) {
		for _, c := range b {
			view, units = append(view, c), append(units, unit{from, to})
		}
	}
	for k := range i {
		keep(k, k+1, t[k])
	}
	for i < len(t) {
		r, n := utf8.DecodeRune(t[i:])
		switch c, ok := lookAlike(r); {
		case ok:
			keep(i, i+n, c)
		case r == utf8.RuneError && n == 1, !invisible(r):
			for k := range n {
				keep(i+k, i+k+1, t[i+k])
			}
		}
		i += n
	}
	return view, units
}

// plainLength is the length of the visible ASCII and white space at the start of a text.
func plainLength(t []byte) int {
	for i, c := range t {
		if c-0x20 >= 0x5f && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
	}
	return len(t)
}

// invisible reports whether a rune has no picture of its own, so that it could be hidden inside of a secret.
func invisible(r rune) bool {
	return r != '\n' && r != '\r' && r != '\t' && r != utf8.RuneError &&
		unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// alike maps letters to the ASCII letters that they look like. In the table each letter is followed by its ASCII letter.
var alike = alikes("аaАAвbВBсcСCԁdеeЕEһhНHіiІIїiЇIјjЈJкkКKӏlмmМMпnоoОOрpРPԛqгrѕsЅSтtТTυuυuνvѵvԝwхxХXуyУYүuҮYзzƽsɡgɢGʏyƖl" +
	"αaΑAβbΒBεeΕEΖZηnΗHιiΙIκkΚKΜMΝNοoΟOρpΡPτtΤTΥYχxΧXωwγyϲcϹCϳj" +
	"ıiſsKKÅAᴀaʙbᴄcᴅdᴇeꜰfʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwᴢz" +
	"àaáaâaãaäaåaÀAÁAÂAÃAÄAÅAçcÇCèeéeêeëeÈEÉEÊEËEìiíiîiïiÌIÍIÎIÏIñnÑNòoóoôoõoöoøoÒOÓOÔOÕOÖOØOùuúuûuüuÙUÚUÛUÜUýyÿyÝY" +
	"āaăaąaćcčcďdđdēeĕeėeęeěeğgģgħhīiĭiįiķkĺlļlľlłlńnņnňnōoŏoőoŕrřrśsşsšsţtťtŧtūuůuűuųuŵwŷyźzżzžz" +
	"օoսuհhոnԱUՕOցgզqᎪAᏴBᏟCᎠDᎬEᎻHᎥiᏦKᏞLᎷMᎾOᏢPᎡRᏚSᎢTᏔWᎩYᏃZ")

func alikes(table string) map[rune]byte {
	m := map[rune]byte{}
	var from rune
	for i, r := range []rune(table) {
		if i%2 == 0 {
			from = r
		} else {
			m[from] = byte(r)
		}
	}
	return m
}

// lookAlike is the letter, digit or sign of ASCII that a rune looks like.
func lookAlike(r rune) (byte, bool) {
	switch {
	case r < 0x80:
		return 0, false
	case 0xff01 <= r && r <= 0xff5e: // the wide forms
		return byte(r - 0xff01 + '!'), true
	case 0x1d400 <= r && r <= 0x1d6a3: // the letters of mathematics: capitals and small ones in turn, in many styles
		return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(r-0x1d400)%52], true
	case 0x1d7ce <= r && r <= 0x1d7ff:
		return byte('0' + (r-0x1d7ce)%10), true
	case 0x24b6 <= r && r <= 0x24cf: // in circles
		return byte(r - 0x24b6 + 'A'), true
	case 0x24d0 <= r && r <= 0x24e9:
		return byte(r - 0x24d0 + 'a'), true
	}
	c, ok := alike[r]
	return c, ok
}
