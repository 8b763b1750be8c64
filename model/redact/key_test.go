package redact

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// keyExamples has for each word of the list a name that only this word makes the name of a secret.
var keyExamples = map[string]string{
	"password": "db_password", "passwd": "PASSWD", "pwd": "userPwd", "passphrase": "ssh.passphrase", "passcode": "passcode", "passkey": "PASSKEY",
	"passwort": "Passwort", "kennwort": "kennwort", "contrasena": "contraseña", "motdepasse": "mot_de_passe", "pass": "dbpass", "pw": "rootpw", "wachtwoord": "wachtwoord", "senha": "senha", "clave": "clave_2", "haslo": "hasło", "salasana": "salasana", "losenord": "lösenord",
	"пароль": "пароль", "密码": "密码", "deploykey": "deploy_key", "pgpkey": "pgpKey", "gpgkey": "GPG_KEY", "kubeconfig": "kubeconfig",
	"dockerconfigjson": ".dockerconfigjson", "pin": "cardPin", "pincode": "pincode", "cvv": "cvv", "cvc": "cvc", "accesscode": "accessCode",
	"devicecode": "device_code", "codeverifier": "code_verifier", "securityanswer": "securityAnswer", "authentication": "authentication",
	"psk": "wifiPSK", "secret": "clientSecret", "token": "refreshToken", "apikey": "x-api-key", "accesskey": "AccessKey", "appkey": "DD_APP_KEY",
	"applicationkey": "DD-APPLICATION-KEY", "subscriptionkey": "Ocp-Apim-Subscription-Key", "functionkey": "x-function-key", "integrationkey": "integration_key",
	"routingkey": "routing_key", "licensekey": "licenseKey", "accountkey": "AccountKey", "storagekey": "storage_key", "signingkey": "SIGNING_KEY",
	"encryptionkey": "encryption.key", "decryptionkey": "decryptionKey", "masterkey": "master_key", "sharedkey": "shared-key", "authkey": "authKey",
	"sessionkey": "sessionKey", "hmackey": "HMAC_KEY", "sshkey": "ssh_key", "rsakey": "rsaKey", "privatekey": "privateKey", "privkey": "privkey",
	"private": "private", "authorization": "Proxy-Authorization", "bearer": "bearer", "cookie": "Set-Cookie", "csrf": "csrfmiddleware", "xsrf": "X-XSRF",
	"credential": "credentials", "creds": "aws_creds", "connectionstring": "ConnectionString", "connstr": "conn_str", "jwt": "userJwt", "otp": "otp",
	"totp": "totp_1", "mnemonic": "mnemonic", "seedphrase": "seedPhrase", "recoverycode": "recovery_codes", "backupcode": "backupCode",
	"verificationcode": "verification_code", "authcode": "auth_code", "session": "session_id", "sessid": "PHPSESSID", "sid": "connect.sid",
	"signature": "X-Amz-Signature", "sig": "sig", "auth": "auth", "dsn": "SENTRY_DSN", "samlresponse": "SAMLResponse", "assertion": "client_assertion",
	"hash": "hash", "key": "panther_key", "code": "code",
}

func TestEachWordOfNamesIsNeeded(t *testing.T) {
	for i, word := range keyWords {
		example, ok := keyExamples[word.text]
		if !ok {
			t.Errorf("no name is an example of the word %q", word.text)
			continue
		}
		key, _ := folded([]byte(example))
		if got := names.strength(key); got != word.is {
			t.Errorf("the strength of %q is %d, want %d", example, got, word.is)
		}
		without := newLexicon(slices.Delete(slices.Clone(keyWords), i, i+1))
		if got := without.strength(key); got >= word.is {
			t.Errorf("without the word %q the strength of %q is still %d", word.text, example, got)
		}
	}
	for word := range keyExamples {
		if !slices.ContainsFunc(keyWords, func(k keyWord) bool { return k.text == word }) {
			t.Errorf("%q is not among the words of names any more", word)
		}
	}
}

func TestNamesOfSecretsInEverySpelling(t *testing.T) {
	for _, key := range []string{
		"password", "Password", "PASSWORD", "dbPassword", "db_password", "db-password", "db.password", "DB PASSWORD", "PGPASSWORD", "MYSQL_PWD", "password2",
		"passwordHash", "new_password", "spring.datasource.password", "p\u0430ssword", "pa\u0455\u0455word", "ｐａｓｓｗｏｒｄ", "𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝", "ⓟⓐⓢⓢⓦⓞⓡⓓ", "pass\u200bword",
		"pass\u00adword", "p\u0301assword", "ᴘᴀꜱꜱᴡᴏʀᴅ", "password\ufe0f", "secret", "clientSecret", "CLIENT_SECRET", "secretAccessKey", "aws_secret_access_key",
		"accessToken", "id_token", "tokens", "token1", "X-Vault-Token", "X-Amz-Security-Token", "apiKey", "API_KEY", "api.key", "X-API-KEY", "apikeys", "Authorization",
		"authorization", "Cookie", "cookies", "Set-Cookie", "private_key", "privateKeyPem", "credentials", "CREDENTIAL", "connectionString", "user_pass", "smtpPass",
		"awsSessionToken", "sessionToken", "tok\u0435n", "HTTPAuthorization", "dbPasswordOld", "ci-token", "tokenValue", "secretString", "SECRET_KEY_BASE",
	} {
		if !namesSecret(key) {
			t.Errorf("namesSecret(%q) = false", key)
		}
	}
}

func TestNamesOfWhatIsNoSecret(t *testing.T) {
	for _, key := range []string{
		"", "a", "id", "name", "actionName", "tokenId", "token_ids", "apiTokenId", "tokenName", "tokenType", "token_type", "tokenCount", "tokenExpiresAt", "token_expiry",
		"passwordPolicy", "passwordLastChanged", "passwordLength", "minPasswordLength", "passwordResetRequired", "secretName", "secretId", "secretArn", "secretVersion",
		"accessKeyId", "apiKeyId", "apiKeyName", "credentialType", "credentialsProvider", "privateIp", "privateIpAddress", "isPrivate", "privateDnsName", "authorizationType",
		"authorizationEndpoint", "cookieConsent", "cookieDomain", "cookieName", "secretary", "tokenizer", "tokenization", "bypass", "compass", "monkey", "keyboard", "passenger",
		"CREATE_API_TOKEN", "LIST_TOKENS", "ROTATE_SECRET", "DELETE_API_KEY", "OrganizationAPITokenRead", "UserModify", "TokenRefreshRequired", "InvalidTokenException",
		"compassion", "keynote", "sidecar", "design", "assign", "author", "codec", "hashtag", "passage", "pantherVersion", "p_row_id",
	} {
		if namesSecret(key) {
			t.Errorf("namesSecret(%q) = true", key)
		}
	}
}

// named are lines in which a value is a secret only because of its name; NAME and VALUE are replaced.
var named = []struct{ name, line string }{
	{"string", `{"NAME":"VALUE","b":1}`},
	{"white space around", `{ "NAME" : "VALUE" }`},
	{"nested in an object", `{"a":{"NAME":{"x":"VALUE"}}}`},
	{"in an array", `{"a":[{"NAME":["VALUE","VALUE"]}]}`},
	{"in a JSON string", `{"a":"{\"NAME\":\"VALUE\"}"}`},
	{"in a JSON string in a JSON string", `{"a":"{\"b\":\"{\\\"NAME\\\":\\\"VALUE\\\"}\"}"}`},
	{"in cut JSON in a string", `{"a":"{\"b\":{\"NAME\":\"VALUE\",\"c"}`},
	{"cut in the value", `{"a":"{\"b\":{\"NAME\":\"VALUE"}`},
	{"in JSON in a sentence", `{"a":"got {\"NAME\": \"VALUE\"} from it"}`},
	{"escaped twice in a sentence", `{"a":"got {\\\"NAME\\\": \\\"VALUE\\\"} from it"}`},
	{"in a Python dictionary", `{"a":"got {'NAME': 'VALUE'}"}`},
	{"name and value", `{"a":[{"name":"NAME","value":"VALUE"}]}`},
	{"value and name", `{"a":[{"value":"VALUE","x":1,"name":"NAME"}]}`},
	{"key and value", `{"a":{"Key":"NAME","Value":"VALUE"}}`},
	{"header and values", `{"a":{"header":"NAME","values":["VALUE"]}}`},
	{"pair in a list", `{"a":[["x","y"],["NAME","VALUE"]]}`},
	{"name and value in a string", `{"a":"[{\"name\":\"NAME\",\"value\":\"VALUE\"}]"}`},
	{"name and value in cut JSON", `{"a":"[{\"name\":\"NAME\",\"value\":\"VALUE\"},{\"na"}`},
	{"NAME=value", `{"a":"run NAME=VALUE now"}`},
	{"NAME = value", `{"a":"NAME = VALUE"}`},
	{"NAME='value'", `{"a":"NAME='VALUE'"}`},
	{"NAME=\"value\"", `{"a":"NAME=\"VALUE\""}`},
	{"NAME: value", `{"a":"no login with NAME: VALUE"}`},
	{"NAME := value", `{"a":"NAME := \"VALUE\""}`},
	{"NAME => value", `{"a":"NAME => 'VALUE'"}`},
	{"--NAME value", `{"a":"tool --NAME VALUE run"}`},
	{"--NAME=value", `{"a":"tool --NAME=VALUE run"}`},
	{"arguments in a list", `{"a":["tool","--NAME","VALUE","run"]}`},
	{"in a list of settings", `{"a":"host=h,NAME=VALUE,port=1"}`},
	{"in a connection string", `{"a":"Server=h;NAME=VALUE;Port=1"}`},
	{"in the query of a URL", `{"a":"https://example.com/x?a=1&NAME=VALUE&b=2"}`},
	{"encoded for a URL", `{"a":"next=https%3A%2F%2Fexample.com%2F%3FNAME%3DVALUE%26b%3D2"}`},
	{"JSON encoded for a URL", `{"a":"body=%7B%22NAME%22%3A%22VALUE%22%7D"}`},
	{"in a page", `{"a":"{&quot;NAME&quot;:&quot;VALUE&quot;}"}`},
	{"in XML", `{"a":"<x><NAME>VALUE</NAME></x>"}`},
	{"field of a form", `{"a":"user[NAME]=VALUE"}`},
	{"in a program", `{"a":"config[\"NAME\"] = \"VALUE\""}`},
	{"on its own line", `{"a":"x: 1\nNAME: VALUE\ny: 2"}`},
	{"line that is not JSON", `{"NAME":"VALUE","cut`},
	{"number", `{"NAME":-12345678,"b":1}`},
}

func TestValuesUnderNamesOfSecretsAreMaskedWhereverTheyStand(t *testing.T) {
	keys := []string{"password", "dbPassword", "db_password", "PGPASSWORD", "passwd", "client-secret", "accessToken", "api_key", "X-Api-Key", "privateKey", "X-Vault-Token",
		"credentials", "Authorization", "Cookie"}
	for _, word := range keyWords {
		if word.is == strong {
			keys = append(keys, keyExamples[word.text])
		}
	}
	if len(keys) < 75 {
		t.Fatalf("%d names, want at least 75", len(keys))
	}
	for _, key := range keys {
		for _, p := range named {
			line := strings.NewReplacer("NAME", key, "VALUE", "hunter22xx").Replace(p.line)
			var m Masker
			got := string(m.Line([]byte(line)))
			if strings.Contains(got, "hunter") || strings.Contains(got, "12345678") || m.Masked == 0 {
				t.Errorf("%s: Line(%s) = %s", p.name, line, got)
			}
			if json.Valid([]byte(line)) && !json.Valid([]byte(got)) {
				t.Errorf("%s: Line(%s) = %s, which is not JSON", p.name, line, got)
			}
		}
	}
}

// namesSecret reports whether a key names a secret, whatever its value.
func namesSecret(key string) bool {
	t, _ := folded([]byte(key))
	return names.strength(t) == strong
}
