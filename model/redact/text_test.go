package redact

import (
	"encoding/json"
	"strings"
	"testing"
)

// Texts with what of them stays; § stands for the secret.
func TestSecretsInTexts(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"bearer", "sent Bearer § to example.com"},
		{"bearer in capitals", "AUTHORIZATION: BEARER §"},
		{"header, one word of a scheme", "GET / Authorization: Bearer § to example.com"},
		{"header, token", "Authorization: token §"},
		{"header, own scheme", "Authorization: GenieKey §"},
		{"header, no scheme", "Authorization: §"},
		{"header, digest", `Authorization: Digest username="bob", realm="r", nonce="§", response="§"`},
		{"header, signed", "Authorization: AWS4-HMAC-SHA256 Credential=§/20261122/r/s3/aws4_request, SignedHeaders=host, Signature=§"},
		{"digest without a header", `curl says Digest username="bob", response="§"`},
		{"header of a command", `curl -H "Authorization: Bearer §" https://example.com/p`},
		{"header of a command, own scheme", `curl -H 'Authorization: Hawk id=1, mac=§' https://example.com/p`},
		{"header in a string in a string", `run \"curl -H \\\"X-Api-Key: §\\\"\"`},
		{"proxy", "Proxy-Authorization: Negotiate §"},
		{"cookie", "Cookie: a=§; b=§\r\nHost: example.com"},
		{"cookie with escaped ends of lines", `Cookie: a=§; b=§\r\nHost: example.com`},
		{"set-cookie", "Set-Cookie: sid=§; Path=/; HttpOnly"},
		{"API key", "X-Api-Key: §"},
		{"security token", "X-Amz-Security-Token: §"},
		{"vault", "X-Vault-Token: §"},
		{"GitLab", "PRIVATE-TOKEN: §"},
		{"Datadog", "DD-API-KEY: §"},
		{"words with a space", "the API key: §"},
		{"connection string", "connection string: §"},
		{"URL", "https://bob:§@example.com/x"},
		{"URL without a user", "redis://:§@example.com:6379/0"},
		{"URL with signs in the password", "postgres://bob:§/§#§@example.com/db"},
		{"URL with a token as the user", "https://§@example.com/x.git"},
		{"presigned", "https://b.example.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=§&X-Amz-Signature=§&x=1"},
		{"Azure", "https://a.example.com/c?sv=2026-01-01&sig=§%2B§%3D&se=1"},
		{"storage account", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=§==;EndpointSuffix=example.com"},
		{"code of a login", "https://example.com/cb?code=4aKq7Wn9Zr2Lp8Tb3Vd6Y&state=1"},
		{"chat hook", "https://hooks.slack.com/services/T000/B000/§"},
		{"chat hook in capitals", "HTTPS://HOOKS.SLACK.COM/SERVICES/T000/B000/§"},
		{"Discord hook", "https://discord.com/api/webhooks/123456789/§"},
		{"Teams hook", "https://tenant.webhook.office.com/webhookb2/1-2@3-4/IncomingWebhook/§/5"},
		{"ssh in a command", "sshpass -p § ssh bob@example.com"},
		{"mysql in a command", "mysql -u root -p§ db"},
		{"user in a command", "curl -u bob:§ https://example.com"},
		{"login", "az login -u bob -p §"},
		{"login with docker", "docker login -u bob -p § registry.example.com"},
		{"long option of a shell", "Connect -Password § -Server s"},
		{"quoted option", `tool --password "§ §" --next`},
		{"shell", "export GITHUB_TOKEN=§ && run"},
		{"password with signs", "password=§,§;§&§"},
		{"map", "{user=bob, password=§}"},
		{"call", "login(password=§)"},
		{"wide signs", "password＝§"},
		{"look-alikes", "p\u0430ssw\u043erd=§"},
		{"invisible rune", "pass\u200bword=§"},
		{"control byte", "pass\x1bword=§"},
		{"backslashes", `password=\"§\"`},
		{"PEM", "-----BEGIN RSA PRIVATE KEY-----\n§\n§\n-----END RSA PRIVATE KEY-----\nrest"},
		{"PEM with escaped ends of lines", `-----BEGIN PRIVATE KEY-----\n§\n§\n-----END PRIVATE KEY-----\nrest`},
		{"cut PEM", "-----BEGIN OPENSSH PRIVATE KEY-----\n§\n§"},
		{"PEM without its beginning", "is §\n§\n-----END EC PRIVATE KEY----- rest"},
		{"SSH2", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n§\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"},
		{"PGP", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n§\n-----END PGP PRIVATE KEY BLOCK-----"},
		{"PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\n§\n§\nPrivate-MAC: 00"},
		{"header that somebody made up", "X-Panther-Key: §"},
		{"in a sentence", "the password is §."},
		{"in a sentence, quoted", "no login of bob with password '§'"},
		{"changed", "set the password to §, done"},
		{"netrc", "machine h login bob password §"},
		{"SQL", "CREATE USER bob WITH PASSWORD '§'"},
		{"SQL, identified", "ALTER USER bob IDENTIFIED BY '§'"},
		{"SQL, function", `SET PASSWORD FOR bob = PASSWORD("§")`},
		{"call of a program", `.withPassword("§")`},
		{"pair of arguments", `props.set("db.password", "§")`},
		{"PHP", "define('DB_PASSWORD', '§');"},
		{"PowerShell", "ConvertTo-SecureString '§' -AsPlainText"},
		{"data source", "bob:§@tcp(db.example.com:3306)/x"},
		{"Oracle", "jdbc:oracle:thin:bob/§@example.com:1521"},
		{"user of a command, long", "curl --user bob:§ https://example.com"},
		{"user of a command with a sign", "curl --proxy-user=bob:§ https://example.com"},
		{"XML, pair", `<add key="ApiKey" value="§"/>`},
		{"XML, raw text", "<password><![CDATA[§]]></password>"},
		{"YAML, block", "password: |\n  §\n  §\nrest: 1"},
		{"YAML", "db:\n  password: §\nrest: 1"},
		{"JSON in base64", "got eyJwYXNzd29yZCI6Imh1bnRlcjIyeHhRNyJ9 as the body"},
		{"key of a URL", "https://example.com/x?key=§"},
		{"basic", "sent Basic Ym9iOmh1bnRlcjIyeHhRNw== to it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const secret = "hunter22xxQ7"
			text := strings.ReplaceAll(c.text, "§", secret)
			line := `{"a":"` + quoted(text) + `","b":1}`
			var m Masker
			got := string(m.Line([]byte(line)))
			if !json.Valid([]byte(got)) {
				t.Fatalf("Line(%s) = %s, which is not JSON", line, got)
			}
			if strings.Contains(got, "hunter") || strings.Contains(got, "4aKq7") || strings.Contains(got, "Ym9i") || strings.Contains(got, "1bnRl") || m.Masked == 0 {
				t.Errorf("Line(%s) = %s", line, got)
			}
			for _, rest := range []string{"example.com", "rest", "Server=h", "registry", "--next", "&& run", "Host:"} {
				if strings.Contains(line, rest) && !strings.Contains(got, rest) {
					t.Errorf("Line(%s) = %s, want %q left", line, got, rest)
				}
			}
			if again := string(new(Masker).Line([]byte(got))); again != got {
				t.Errorf("masked again %s is %s", got, again)
			}
		})
	}
}

func TestHarmlessValuesStayVisible(t *testing.T) {
	for _, line := range []string{
		`{"actionName":"CREATE_API_TOKEN"}`, `{"actionName":"LIST_TOKENS","class":"token"}`, `{"permissions":["OrganizationAPITokenRead","UserRead2","RuleModify"]}`,
		`{"hasPassword":true}`, `{"password":null,"secret":"","token":false}`, `{"actor":{"type":"TOKEN","id":"t-0001","name":"ci-token"}}`,
		`{"apiTokenId":"7d9e1c34-5b2a-4f60-8c1d-2e3f4a5b6c7d"}`, `{"id":"7d9e1c34-5b2a-4f60-8c1d-2e3f4a5b6c7d"}`, `{"tokenType":"Bearer"}`, `{"token_type":"bearer"}`,
		`{"p_row_id":"b1946ac92492d2347c6235b4d26111840123"}`, `{"sha256":"5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"}`,
		`{"pantherVersion":"1.112.4-a1b2c3d"}`, `{"arn":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf"}`,
		`{"arn":"arn:aws:iam::123456789012:role/token-reader"}`, `{"resource":"arn:aws:kms:eu-central-1:123456789012:key/7d9e1c34-5b2a-4f60-8c1d-2e3f4a5b6c7d"}`,
		`{"email":"homer@example.com","ip":"192.0.2.7","v6":"2001:db8::7"}`, `{"timestamp":"2026-11-22T10:00:00.000000001Z"}`, `{"message":"password must be 12 characters"}`,
		`{"message":"password: must be at least 12 characters"}`, `{"message":"the token has expired"}`, `{"message":"invalid token: signature verification failed"}`,
		`{"message":"cannot get secret: AccessDeniedException: no permission"}`, `{"message":"authorization: denied"}`, `{"message":"Authorization: missing header"}`,
		`{"message":"Basic authentication is disabled"}`, `{"message":"bearer authentication required"}`, `{"message":"unsupported scheme Digest"}`,
		`{"message":"token: expired"}`, `{"message":"cookie: not set"}`, `{"message":"password=null"}`, `{"message":"mkdir -p build/out2"}`, `{"message":"ssh -p 2222 bob@example.com"}`,
		`{"message":"docker run -p 8080:80 web"}`, `{"message":"--password must be given"}`, `{"url":"https://example.com:8443/path?q=1&page=2"}`, `{"url":"https://bob@example.com/x"}`,
		`{"url":"s3://bucket/AWSLogs/2026/11/22/key.json.gz"}`, `{"url":"https://example.com/a@b:c"}`, `{"key":"logs/2026/11/22/part-0001.json.gz"}`, `{"key":"AWS.Root.Login"}`,
		`{"id":"AWS.Root.Login","name":"Root login","severity":"HIGH"}`, `{"body":"def rule(event):\n    return event.get('token') == None\n"}`,
		`{"body":"token = get_token()\nreturn token is None"}`, `{"userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}`,
		`{"userAgent":"aws-cli/2.30.1 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13.7"}`, `{"sessionTimeoutMinutes":60}`, `{"session":"closed by the user"}`,
		`{"signature":"ET SCAN suspicious inbound"}`, `{"maxTokens":4096,"prompt_tokens":12,"tokens":7}`, `{"name":"X-Custom","value":"plain text"}`,
		`{"key":"environment","value":"production-2026"}`, `{"fields":["password","email","token"]}`, `{"name":"ci-token","value":"(redacted)"}`, `{"secretName":"prod/db"}`,
		`{"accessKeyId":"not shown"}`, `{"description":"rotates the API token of the pipeline"}`, `{"query":"is:failed token"}`, `{"sql":"SELECT token_id FROM tokens WHERE id = 7"}`,
		`{"privateIpAddress":"10.0.0.7","privateDnsName":"ip-10-0-0-7.example.com"}`, `{"task":"task-2026-11-22-long-running-job-name-0001"}`, `{"image":"registry.example.com/web@sha256:5891b5b522d5df08"}`,
		`{"pem":"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n-----END CERTIFICATE-----"}`, `{"pem":"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----"}`,
		`{"message":"token t-0001-abc was revoked"}`, `{"message":"the secret db-prod-2026 was rotated"}`, `{"message":"token ci-token-01 was used"}`,
		`{"message":"token 7d9e1c34-5b2a-4f60-8c1d-2e3f4a5b6c7d is gone"}`, `{"body":"p = event.get(\"password\")\ns = get_secret(\"prod-db-2026\")"}`,
		`{"message":"fields password, email2026 and name"}`, `{"body":"eyJuYW1lIjoiaG9tZXIiLCJuIjoxMjM0fQ=="}`, `{"message":"costs $1$ or $6$ each"}`, `{"message":"set the password to something longer"}`,
		`{"message":"bob@example.com wrote to lisa@example.com"}`, `{"message":"the password is too short"}`, `{"message":"curl --user 1000:1000 x"}`, `{"message":"passwords and tokens, cookies - all of them"}`,
		`{"message":"key: AWS.Root.Login"}`, `{"message":"error code=403"}`, `{"cookieConsent":"accepted"}`, `{"authorizationType":"AWS_IAM"}`, `{"auth":"none"}`, `{"auth":{"method":"saml","provider":"okta"}}`,
		`{"pwd":""}`, `{"message":"see https://docs.example.com/auth#token for help"}`, `{"message":"at 10:30:45 the secret was rotated"}`, `{"grant":"urn:ietf:params:oauth:token-type:access_token"}`,
		`{"credentialType":"PASSWORD"}`, `{"loginMethod":"password"}`, `{"message":"no token"}`, `{"message":"secret/data/prod not found"}`, `{"message":"SK and AC are states"}`, `{"message":"00 1234567890"}`,
		`{"message":"MTA and MTU, see sk-learn-classifier-for-training-jobs"}`, `{"hash":"d41d8cd98f00b204e9800998ecf8427e"}`, `{"etag":"\"9b2cf535f27731c974343645a3985328-3\""}`, `{"message":"eyJ is how web tokens begin"}`,
	} {
		var m Masker
		if got := string(m.Line([]byte(line))); got != line || m.Masked != 0 {
			t.Errorf("Line(%s) = %s, %d masked", line, got, m.Masked)
		}
	}
}
