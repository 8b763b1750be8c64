package redact

import (
	"encoding/json"
	"strings"
	"testing"
)

// Texts with what of them stays; X stands for the secret, which is hunter22xxQ7 where nothing else is said.
func TestSecretsInTexts(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"bearer", "sent Bearer X to example.com"},
		{"bearer in capitals", "AUTHORIZATION: BEARER X"},
		{"header, one word of a scheme", "GET / Authorization: Bearer X to example.com"},
		{"header, token", "Authorization: token X"},
		{"header, own scheme", "Authorization: GenieKey X"},
		{"header, no scheme", "Authorization: X"},
		{"header, digest", `Authorization: Digest username="bob", realm="r", nonce="X", response="X"`},
		{"header, signed", "Authorization: AWS4-HMAC-SHA256 Credential=X/20261122/r/s3/aws4_request, SignedHeaders=host, Signature=X"},
		{"digest without a header", `curl says Digest username="bob", response="X"`},
		{"header of a command", `curl -H "Authorization: Bearer X" https://example.com/p`},
		{"header of a command, own scheme", `curl -H 'Authorization: Hawk id=1, mac=X' https://example.com/p`},
		{"header in a string in a string", `run \"curl -H \\\"X-Api-Key: X\\\"\"`},
		{"proxy", "Proxy-Authorization: Negotiate X"},
		{"cookie", "Cookie: a=X; b=X\r\nHost: example.com"},
		{"cookie with escaped ends of lines", `Cookie: a=X; b=X\r\nHost: example.com`},
		{"set-cookie", "Set-Cookie: sid=X; Path=/; HttpOnly"},
		{"API key", "X-Api-Key: X"},
		{"security token", "X-Amz-Security-Token: X"},
		{"vault", "X-Vault-Token: X"},
		{"GitLab", "PRIVATE-TOKEN: X"},
		{"Datadog", "DD-API-KEY: X"},
		{"words with a space", "the API key: X"},
		{"connection string", "connection string: X"},
		{"URL", "https://bob:X@example.com/x"},
		{"URL without a user", "redis://:X@example.com:6379/0"},
		{"URL with signs in the password", "postgres://bob:X/X#X@example.com/db"},
		{"URL with a token as the user", "https://X@example.com/x.git"},
		{"presigned", "https://b.example.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=X&X-Amz-Signature=X&x=1"},
		{"Azure", "https://a.example.com/c?sv=2026-01-01&sig=X%2BX%3D&se=1"},
		{"storage account", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=X==;EndpointSuffix=example.com"},
		{"code of a login", "https://example.com/cb?code=4aXKq7Wn9Zr2Lp8Tb3Vd6Y&state=1"},
		{"chat hook", "https://hooks.slack.com/services/T000/B000/X"},
		{"chat hook in capitals", "HTTPS://HOOKS.SLACK.COM/SERVICES/T000/B000/X"},
		{"Discord hook", "https://discord.com/api/webhooks/123456789/X"},
		{"Teams hook", "https://tenant.webhook.office.com/webhookb2/1-2@3-4/IncomingWebhook/X/5"},
		{"ssh in a command", "sshpass -p X ssh bob@example.com"},
		{"mysql in a command", "mysql -u root -pX db"},
		{"user in a command", "curl -u bob:X https://example.com"},
		{"login", "az login -u bob -p X"},
		{"login with docker", "docker login -u bob -p X registry.example.com"},
		{"long option of a shell", "Connect -Password X -Server s"},
		{"quoted option", `tool --password "X X" --next`},
		{"shell", "export GITHUB_TOKEN=X && run"},
		{"password with signs", "password=X,X;X&X"},
		{"map", "{user=bob, password=X}"},
		{"call", "login(password=X)"},
		{"wide signs", "password＝X"},
		{"look-alikes", "p\u0430ssw\u043erd=X"},
		{"invisible rune", "pass\u200bword=X"},
		{"control byte", "pass\x1bword=X"},
		{"backslashes", `password=\"X\"`},
		{"PEM", "-----BEGIN RSA PRIVATE KEY-----\nX\nX\n-----END RSA PRIVATE KEY-----\nrest"},
		{"PEM with escaped ends of lines", `-----BEGIN PRIVATE KEY-----\nX\nX\n-----END PRIVATE KEY-----\nrest`},
		{"cut PEM", "-----BEGIN OPENSSH PRIVATE KEY-----\nX\nX"},
		{"PEM without its beginning", "is X\nX\n-----END EC PRIVATE KEY----- rest"},
		{"SSH2", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nX\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"},
		{"PGP", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nX\n-----END PGP PRIVATE KEY BLOCK-----"},
		{"PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\nX\nX\nPrivate-MAC: 00"},
		{"basic", "sent Basic Ym9iOmh1bnRlcjIyeHhRNw== to it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const secret = "hunter22xxQ7"
			text := strings.ReplaceAll(c.text, "X", "\x00")
			text = strings.NewReplacer("\x00-", "X-", "\x00M", "XM").Replace(text)
			text = strings.ReplaceAll(text, "\x00", secret)
			text = strings.Replace(text, "4a"+secret+"Kq", "4aXKq", 1)
			line := `{"a":"` + quoted(text) + `","b":1}`
			var m Masker
			got := string(m.Line([]byte(line)))
			if !json.Valid([]byte(got)) {
				t.Fatalf("Line(%s) = %s, which is not JSON", line, got)
			}
			if strings.Contains(got, "hunter") || strings.Contains(got, "4aXKq") || strings.Contains(got, "Ym9i") || m.Masked == 0 {
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
