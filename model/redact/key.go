package redact

// strength says which values under a name are secrets.
type strength uint8

const (
	open   strength = iota // the name says nothing
	faint                  // values that look like random letters: many things are called key
	weak                   // values that look like a code and not like words: a session may also be described
	strong                 // all values
)

// where says where in a name a word has to be.
type where uint8

const (
	anywhere where = iota
	whole          // it is one word of the name, as in dbPwd or DB_PWD
	tail           // a word ends with it, as in dbpass
	alone          // it is the whole name
	last           // it is the last word of the name
)

// keyWord is a word that makes a name the name of a secret. Names are compared in lower case and without separators.
type keyWord struct {
	text string
	is   strength
	at   where
}

// keyWords are the words that names of secrets contain. A word that contains another word of the list is not needed.
var keyWords = []keyWord{
	{"password", strong, anywhere}, {"passwd", strong, anywhere}, {"pwd", strong, anywhere}, {"passphrase", strong, anywhere},
	{"passcode", strong, anywhere}, {"passkey", strong, anywhere}, {"passwort", strong, anywhere}, {"kennwort", strong, anywhere},
	{"contrasena", strong, anywhere}, {"wachtwoord", strong, anywhere}, {"senha", strong, whole}, {"clave", strong, whole},
	{"haslo", strong, whole}, {"salasana", strong, anywhere}, {"losenord", strong, anywhere}, {"пароль", strong, anywhere}, {"密码", strong, anywhere}, {"motdepasse", strong, anywhere}, {"pass", strong, tail}, {"pw", strong, tail}, {"psk", strong, whole},
	{"secret", strong, anywhere}, {"token", strong, anywhere}, {"apikey", strong, anywhere}, {"accesskey", strong, anywhere},
	{"appkey", strong, anywhere}, {"applicationkey", strong, anywhere}, {"subscriptionkey", strong, anywhere}, {"functionkey", strong, anywhere},
	{"integrationkey", strong, anywhere}, {"routingkey", strong, anywhere}, {"licensekey", strong, anywhere},
	{"accountkey", strong, anywhere}, {"storagekey", strong, anywhere}, {"signingkey", strong, anywhere}, {"encryptionkey", strong, anywhere},
	{"decryptionkey", strong, anywhere}, {"masterkey", strong, anywhere}, {"sharedkey", strong, anywhere}, {"authkey", strong, anywhere},
	{"sessionkey", strong, anywhere}, {"deploykey", strong, anywhere}, {"pgpkey", strong, anywhere}, {"gpgkey", strong, anywhere}, {"hmackey", strong, anywhere}, {"sshkey", strong, anywhere}, {"rsakey", strong, anywhere},
	{"privatekey", strong, anywhere}, {"privkey", strong, anywhere}, {"private", strong, alone}, {"authorization", strong, anywhere},
	{"bearer", strong, anywhere}, {"cookie", strong, anywhere}, {"csrf", strong, anywhere}, {"xsrf", strong, anywhere},
	{"credential", strong, anywhere}, {"creds", strong, whole}, {"connectionstring", strong, anywhere}, {"connstr", strong, anywhere}, {"kubeconfig", strong, anywhere},
	{"dockerconfigjson", strong, anywhere}, {"pin", strong, whole}, {"pincode", strong, anywhere}, {"cvv", strong, whole}, {"cvc", strong, whole},
	{"jwt", strong, whole}, {"otp", strong, whole}, {"totp", strong, whole}, {"mnemonic", strong, anywhere}, {"seedphrase", strong, anywhere},
	{"recoverycode", strong, anywhere}, {"backupcode", strong, anywhere}, {"verificationcode", strong, anywhere}, {"authcode", strong, anywhere}, {"accesscode", strong, anywhere}, {"devicecode", strong, anywhere},
	{"codeverifier", strong, anywhere}, {"securityanswer", strong, anywhere},
	{"session", weak, anywhere}, {"sessid", weak, anywhere}, {"sid", weak, whole}, {"signature", weak, anywhere}, {"sig", weak, whole},
	{"auth", weak, whole}, {"authentication", weak, alone}, {"dsn", weak, whole}, {"samlresponse", weak, anywhere}, {"assertion", weak, anywhere}, {"hash", faint, alone},
	{"key", faint, last}, {"code", faint, alone},
}

// keyTails may follow such a word in the name of a property of a secret, such as its id or kind. The value is then not the secret.
var keyTails = []string{
	"id", "ids", "name", "names", "type", "types", "arn", "arns", "uri", "url", "urls", "endpoint", "count", "counts", "counter", "length", "len",
	"size", "expiry", "expires", "expired", "expiration", "expire", "at", "on", "by", "in", "for", "created", "updated", "changed", "modified",
	"rotated", "rotation", "used", "issued", "last", "next", "date", "time", "times", "timestamp", "policy", "policies", "enabled", "disabled", "required",
	"requires", "valid", "validity", "status", "state", "ttl", "age", "version", "versions", "alg", "algorithm", "method", "mode", "kind", "class",
	"scope", "scopes", "permission", "permissions", "read", "write", "modify", "view", "manage", "create", "delete", "list", "update", "admin",
	"format", "description", "rule", "rules", "usage", "limit", "limits", "quota", "label", "labels", "source", "provider", "providers",
	"manager", "store", "field", "fields", "path", "file", "filename", "location", "region", "days", "minutes", "seconds", "hours", "ms", "timeout",
	"duration", "interval", "attempts", "strength", "complexity", "history", "min", "max", "index", "position", "issuer", "audience", "owner", "group",
	"consent", "banner", "domain", "samesite", "secure", "httponly", "ize", "ized", "izer", "ization", "ary", "ariat", "malformed", "refresh", "exception",
	"error", "failure", "challenge", "reset", "link", "ip", "dns", "address",
}

// harmlessPass are words that end with "pass" and do not name a secret.
var harmlessPass = []string{"bypass", "compass", "encompass", "surpass", "trespass", "underpass", "overpass"}

// verbs begin the names of actions, which are in capitals: CREATE_API_TOKEN.
var verbs = map[string]bool{
	"CREATE": true, "UPDATE": true, "DELETE": true, "LIST": true, "GET": true, "ROTATE": true, "REVOKE": true, "VIEW": true, "READ": true,
	"MANAGE": true, "ADD": true, "REMOVE": true, "ENABLE": true, "DISABLE": true, "RESET": true, "CHANGE": true, "SET": true, "GENERATE": true,
	"REFRESH": true, "VALIDATE": true, "VERIFY": true, "INVALID": true, "EXPIRED": true, "MISSING": true,
}

// lexicon finds the words of names.
type lexicon struct {
	words [256][]keyWord // by their first letter
	tails [256][]string
}

var names = newLexicon(keyWords)

func newLexicon(words []keyWord) *lexicon {
	l := &lexicon{}
	for _, w := range words {
		text, _ := folded([]byte(w.text)) // as names are compared
		w.text = string(text)
		l.words[w.text[0]] = append(l.words[w.text[0]], w)
	}
	for _, tail := range keyTails {
		l.tails[tail[0]] = append(l.tails[tail[0]], tail)
	}
	return l
}

// strength is the strength of a name. key is a folded text.
func (l *lexicon) strength(key []byte) strength {
	if len(key) < 2 || action(key) {
		return open
	}
	var room [64]byte
	var begins [64]bool
	n := newName(key, room[:0], begins[:0])
	best := open
	for i, c := range n.text {
		for _, w := range l.words[c] {
			if w.is <= best || !n.has(w, i) {
				continue
			}
			// The id of a session is a secret itself: it gives access.
			if rest := n.text[i+len(w.text):]; w.is == weak && string(rest) == "id" || !l.tail(rest, true) {
				best = w.is
			}
		}
	}
	if best == faint && (key[0]|0x20) == 'x' && key[1] == '-' {
		return weak // a custom header
	}
	return best
}

// tail reports whether the rest of a name is made of words that turn the secret into a property of one. The first may follow a
// plural.
func (l *lexicon) tail(rest []byte, first bool) bool {
	if len(rest) == 0 {
		return !first
	}
	if len(rest) > 24 {
		return false
	}
	for _, t := range l.tails[rest[0]] {
		if len(t) <= len(rest) && string(rest[:len(t)]) == t && l.tail(rest[len(t):], false) {
			return true
		}
	}
	return first && rest[0] == 's' && len(rest) > 1 && l.tail(rest[1:], false)
}

// name is a key in lower case and without separators.
type name struct {
	text   []byte
	begins []bool // whether a word begins at that byte
}

func newName(key []byte, text []byte, begins []bool) name {
	fresh := true
	for i, c := range key {
		switch {
		case c-'a' < 26 || c >= 0x80:
		case c-'A' < 26:
			before, after := byte(0), byte(0)
			if i > 0 {
				before = key[i-1]
			}
			if i+1 < len(key) {
				after = key[i+1]
			}
			fresh = fresh || before-'A' >= 26 || after-'a' < 26
			c |= 0x20
		case c-'0' < 10:
		default:
			fresh = true
			continue
		}
		text, begins = append(text, c), append(begins, fresh)
		fresh = c-'0' < 10
	}
	return name{text, begins}
}

// has reports whether a word is at i, and i is where the word has to be.
func (n *name) has(w keyWord, i int) bool {
	end := i + len(w.text)
	if end > len(n.text) || string(n.text[i:end]) != w.text {
		return false
	}
	ends := end == len(n.text) || n.begins[end] || n.text[end]-'0' < 10
	switch w.at {
	case whole:
		return n.begins[i] && ends
	case tail:
		return ends && !n.harmless(end)
	case last:
		return n.begins[i] && end == len(n.text)
	case alone:
		return i == 0 && end == len(n.text)
	}
	return true
}

func (n *name) harmless(end int) bool {
	for _, word := range harmlessPass {
		if from := end - len(word); from >= 0 && string(n.text[from:end]) == word {
			return true
		}
	}
	return false
}

// action reports whether a name is that of an action or a class of errors: in capitals, with a verb before the rest.
func action(key []byte) bool {
	for i, c := range key {
		switch {
		case c == '_':
			return i > 0 && verbs[string(key[:i])] && shouted(key[i:])
		case c-'A' >= 26:
			return false
		}
	}
	return false
}

// shouted reports whether a name has no small letters.
func shouted(key []byte) bool {
	for _, c := range key {
		if c-'a' < 26 {
			return false
		}
	}
	return true
}
