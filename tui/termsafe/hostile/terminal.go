package hostile

import (
	"fmt"
	"strings"
)

// Marker is a number that hostile sequences have as a parameter where it makes no difference to them: it is on no screen of a
// test, so that a sequence with it can only come from a text.
const Marker = "7313"

// csi are the ways to write the start of a control sequence: two bytes, the rune of C1, the byte of C1.
var csi = []string{"\x1b[", "\u009b", "\x9b"}

func controlRunes(c *collection) {
	for r := range rune(0x20) {
		c.add(fmt.Sprintf("control %U", r), "ctl"+string(r)+"end")
	}
	c.add("control U+007F", "ctl\x7fend")
	for r := rune(0x80); r < 0xa0; r++ {
		c.add(fmt.Sprintf("control %U", r), "ctl"+string(r)+"7313;1Hend")
		c.add(fmt.Sprintf("control as the byte %X", r), "ctl"+string([]byte{byte(r)})+"7313;1Hend")
	}
	c.all("control: only this", "\a", "\b", "\r", "\n", "\t", "\x1b", "\x00", "\u009b", "\x9b", "\u0085")
	c.all("control: forges a row", "ok\n2026-11-22 09:00:00.000 ok GET_ALERT", "ok\r\nFAILED DELETE_RULE", "no\b\byes", "a\rFAILED b", "SUCCEEDED\x1b[A\x1b[2KFAILED", "a\vb\fc")
}

func cursorSequences(c *collection) {
	for _, end := range strings.Fields("A B C D E F G H d e f a I Z J K X P @ L M S T b ` g ?J ?K 1;r ;1s x y !p \"q #| #} '| '} '~ $t $r $x $z ${ *z ,q &w") {
		for _, start := range csi {
			c.add("moves or erases", "a"+start+Marker+end+"b")
		}
	}
	c.all("moves or erases", "\x1b[H\x1b[2J", "\x1b[3J", "\x1b[1;1H", "\x1b[A\x1b[2K", "\x1b[s\x1b[99;99H\x1b[u", "\x1b[1;5r\x1b[5S", "\x1b7\x1b[1;1Howned\x1b8")
	c.all("prints or resizes", "\x1b[i", "\x1b[5i printed \x1b[4i", "\x1b[?5i", "\x1b[8;1;1t", "\x1b[3;0;0t", "\x1b[2t", "\x1b[9;1t", "\x1b[22;0t\x1b[23;0t")
}

// longSequences have more parameters, or longer ones, than libraries and terminals were made for.
func longSequences(c *collection) {
	for _, n := range []int{16, 20, 21, 32, 33, 64, 256, 1000, 5000} {
		c.add(fmt.Sprintf("%d parameters", n), "\x1b["+strings.Repeat("1;", n-1)+"1m")
		c.add(fmt.Sprintf("%d parameters with colons", n), "\x1b["+strings.Repeat("4:", n-1)+"3m")
		c.add(fmt.Sprintf("%d parameters left out", n), "\u009b"+strings.Repeat(";", n-1)+"H")
	}
	for _, n := range []int{20, 62, 1000, 10_000} {
		c.add(fmt.Sprintf("a parameter of %d digits", n), "\x1b["+strings.Repeat("9", n)+"A")
		c.add(fmt.Sprintf("%d intermediate bytes", n), "\x1b["+strings.Repeat("!", n)+"p")
	}
	c.all("a sequence that never ends", "\x1b[", "\x1b[1;", "\x1b[?", "\x1b[>", "\u009b", "\x9b1", "\x1b[1;31", "x\x1b", "\x1b[1\x1b[2\x1b[3", "\x1b[1\x18m", "\x1b[1\x1am", "\x1b[1\nm")
}

func modeSwitches(c *collection) {
	for _, mode := range strings.Fields("?1 ?2 ?3 ?5 ?6 ?7 ?9 ?12 ?25 ?40 ?45 ?47 ?66 ?67 ?69 ?1000 ?1001 ?1002 ?1003 ?1004 ?1005 ?1006 ?1015 ?1016 ?1047 ?1048 ?1049 ?2004 ?2026 ?2027 ?2031 ?2048 ?5522 ?9001 2 4 12 20") {
		c.add("switches a mode on", "a\x1b["+mode+"hb")
		c.add("switches a mode off", "a\x1b["+mode+"lb")
	}
	c.all("switches modes", "\x1b[?1049;7313h", "\u009b?1049h", "\x9b?2004l", "\x1b[?1;2;3;4;5;6;7;8;9;10h", "\x1b[?7313s", "\x1b[?7313r")
}

func styles(c *collection) {
	for _, s := range strings.Fields("m 0m 1m 5m 7m 8m 30;40m 31;1;5m 38;5;0m 38;2;0;0;0m 48:2::1:2:3m 4:3m 58;5;1m 53m 73m ?4m >4;2m >4m ?1m") {
		c.add("style that never ends", "a\x1b["+s+"b")
	}
	c.all("style that never ends", "\u009b31m", "\x9b7m", "\x1b[31", "\x1b[0 q", "\x1b[2 q", "\x1b[7313 @", "\x1b[1\"q")
}

// questions are what a terminal answers, as if the user had typed it.
func questions(c *collection) {
	for _, q := range strings.Fields("c 0c >c =c 5n 6n ?6n ?15n ?25n ?26n ?53n ?996n >q >0q ?u 14t 16t 18t 19t 20t 21t ?1$p ?2026$p 4$p ?1;1;0S 1$w &u x 1x 7313;1*y") {
		c.add("asks the terminal", "a\x1b["+q+"b")
	}
	c.all("asks the terminal", "\x05", "\x1bZ", "\x1bP$qm\x1b\\", "\x1bP$q\"p\x1b\\", "\x1bP$q q\x1b\\", "\x1bP$qr\x1b\\", "\x1bP+q544e\x1b\\", "\x1bP+q5463\x1b\\", "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\",
		"\x1b]4;1;?\a", "\x1b]10;?\a", "\x1b]11;?\x1b\\", "\x1b]12;?\a", "\x1b]52;c;?\a", "\x1b]50;?\a", "\x1b]1337;ReportCellSize\a", "\x1b]5522;type=read\x1b\\")
	c.all("keyboard of kitty", "\x1b[>31u", "\x1b[=31;1u", "\x1b[<u", "\x1b[<9u", "\x1b[97;5u")
}

// commands are operating system commands, each with every end that terminals take, and without one.
func commands(c *collection) {
	for _, text := range []string{
		"0;owned", "1;owned", "2;owned", "l owned", "L owned", "3;WM_NAME=owned", "4;1;rgb:00/00/00", "5;0;#000000", "7;file://evil.example.org/", "8;;https://evil.example.org/", "8;id=1;javascript:alert(1)",
		"9;owned", "9;4;1;50", "9;9;/tmp", "10;#000000", "11;#000000", "12;#000000", "17;#000000", "22;wait", "50;evil", "52;c;ZWNobyBvd25lZA==", "52;p;ZWNobyBvd25lZA==", "52;;ZWNobyBvd25lZA==", "52;c;!",
		"60;1", "99;i=1;owned", "104", "104;1", "110", "133;A", "133;C", "555;x", "633;E;rm -rf", "666;x", "697;x", "777;notify;owned;text", "1337;File=inline=1:AAAA", "1337;SetUserVar=a=YQ==", "1337;Copy=:YQ==",
		"1337;CursorShape=1", "1337;RequestUpload=format=tgz", "1337;ClearScrollback", "1337;StealFocus", "1337;SetProfile=x", "5522;type=write", "P0000000", "R", "7313;x", "99999999999999999999;x", ";", "",
	} {
		for _, end := range []string{"\a", "\x1b\\", "\u009c", ""} {
			c.add("operating system command", "a\x1b]"+text+end)
		}
		c.add("operating system command in C1", "a\u009d"+text+"\u009cb")
		c.add("operating system command in bytes of C1", "a\x9d"+text+"\x9cb")
	}
	c.add("hyperlink over the text", "\x1b]8;;https://evil.example.org/\x1b\\https://example.com/\x1b]8;;\x1b\\")
	c.add("clipboard of many bytes", "\x1b]52;c;"+strings.Repeat("QUFB", 2000)+"\a")
}

// deviceStrings are strings that a terminal swallows until their end comes.
func deviceStrings(c *collection) {
	bodies := map[string][]string{
		"P": {"q#0;2;0;0;0~-", "0;0;0q\"1;1;9999;9999#0~", "0;1|17/6563686f", "1;1;4{ @~", "p S(E)", "tmux;\x1b\x1b]52;c;eA==\a", "=1s", "=2s", "1$tx", "!|00", "{", ""},
		"_": {"Ga=T,f=24;AAAA", "Ga=T,t=f;L2V0Yy9wYXNzd2Q=", "Ga=d", "Gm=1;AAAA", "owned", ""},
		"^": {"owned", ""}, "X": {"owned", ""}, "k": {"owned"},
	}
	names := map[string]string{"P": "device control string", "_": "application command", "^": "private message", "X": "start of string", "k": "title of screen"}
	c1 := map[string][2]string{"P": {"\u0090", "\x90"}, "_": {"\u009f", "\x9f"}, "^": {"\u009e", "\x9e"}, "X": {"\u0098", "\x98"}}
	for _, start := range []string{"P", "_", "^", "X", "k"} {
		for _, body := range bodies[start] {
			c.all(names[start], "a\x1b"+start+body+"\x1b\\b", "a\x1b"+start+body+"\a", "a\x1b"+start+body)
			if c1[start][0] != "" {
				c.all(names[start]+" in C1", "a"+c1[start][0]+body+"\u009cb", "a"+c1[start][1]+body+"\x9cb")
			}
		}
	}
}

func shortEscapes(c *collection) {
	for _, end := range strings.Fields("c #3 #4 #5 #6 #8 6 7 8 9 = > < D E H M N O V W Z n o | } ~ l m (0 (B )0 *0 +0 -A .A /A %G %@ %8 \\ a b ` ^ _") {
		c.add("short escape", "a\x1b"+end+"b")
	}
	c.add("short escape with spaces", "a\x1b Fb\x1b Gc")
	c.all("other character set", "\x0eqqqxxx\x0f", "\x1b(0qqq", "\x1b)0\x0elqqk", "\x1bN\x1bO", "\x8eq", "\x8fq")
}

func pastes(c *collection) {
	c.all("bracketed paste", "\x1b[200~rm -rf ~\r\x1b[201~", "a\x1b[201~\rrm -rf ~\r", "\x1b[200~", "\u009b201~\r", "\x9b201~\n", "\x1b[201~\x1b[200~")
	c.all("keys", "\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[<0;1;1M", "\x1b[M !!", "\x1b[I\x1b[O", "\x03", "\x04", "\x1a", "\x1b\x1b")
}
