package demo

import (
	"strconv"
	"strings"
	"time"

	"pawprint/model/rawjson"
)

// Identifiers that stay the same in every log.
const (
	systemID = "00000000-0000-4000-8000-000000000000" // the vendor's own System user
	sourceID = "7d0f2b6e-51c4-4a3e-9f58-2c6b1e07a9d3"

	ciTokenID        = "b3c1f0de-6a52-4b7d-8e19-40c7d25f9a11"
	terraformID      = "5e9a7c24-0d3b-4f68-a1c2-97b86e30d4f5"
	playbooksID      = "c80d4e6f-2b97-4c1a-b5d3-18fe6a702b9c"
	metricsReaderID  = "1fa2d7b3-94c6-4e05-8d7a-6b3ce9f04a28"
	adminRoleID      = "0a6e3c58-7f1d-4b92-a4c0-d2b95e8173f6"
	engineerRoleID   = "4d7b9f10-c3e2-4a86-9b5d-8e01f6a2c734"
	analystRoleID    = "9c25e8d7-1b40-4f3a-86ce-70ad4b91f258"
	auditorRoleID    = "e61f04ba-8d59-4c27-b3a8-5f92c7d0e163"
	provisionRoleID  = "27c8b5f4-ea06-4d91-8c3f-b16d09e7a542"
	companyDomain    = "@example.com"
	singleSignOn     = "OktaSSO_"
	proxyAddress     = "192.0.2.250" // the company's own proxy
	ciAgent          = "panther_analysis_tool/1.4.0 python-requests/2.32.5"
	terraformAgent   = "Terraform/1.13.4 terraform-provider-panther/0.2.11"
	playbooksAgent   = "Go-http-client/2.0"
	metricsAgent     = "python-requests/2.32.5"
	provisionerAgent = "Okta SCIM Client 1.0.0"
)

// actor is a person or a machine that acts. It is immutable.
type actor struct {
	id, kind, name string // kind is USER or TOKEN
	email          string // empty for tokens and System
	verified       bool
	roleID, role   string

	json    []byte // the actor object
	anyJSON []byte // the p_any_ members, each with a comma before it
}

// newActor prepares an actor's JSON.
func newActor(a actor) *actor {
	b := append([]byte(nil), `{"id":`...)
	b = rawjson.AppendString(b, a.id)
	b = append(b, `,"type":"`+a.kind+`"`...)
	if a.name != "" {
		b = append(b, `,"name":`...)
		b = rawjson.AppendString(b, a.name)
	}
	if a.email != "" {
		b = append(b, `,"attributes":{"email":`...)
		b = rawjson.AppendString(b, a.email)
		b = append(b, `,"emailVerified":`...)
		b = strconv.AppendBool(b, a.verified)
		b = append(b, `,"roleId":`...)
		b = rawjson.AppendString(b, a.roleID)
		b = append(b, `,"roleName":`...)
		b = rawjson.AppendString(b, a.role)
		b = append(appendSamples(b, attributeSamples, stableID(a.id, 0)), '}')
	}
	a.json = append(appendSamples(b, actorSamples, stableID(a.id, 1)), '}')

	b = append([]byte(nil), `,"p_any_actor_ids":[`...)
	b = append(rawjson.AppendString(b, a.id), ']')
	if a.name != "" {
		b = append(b, `,"p_any_usernames":[`...)
		b = append(rawjson.AppendString(b, a.name), ']')
	}
	if a.email != "" {
		b = append(b, `,"p_any_emails":[`...)
		b = append(rawjson.AppendString(b, a.email), ']')
	}
	a.anyJSON = b
	return &a
}

// person is someone who signs in, and where they work from.
type person struct {
	*actor
	office  *site
	home    origin
	browser string
	rights  *role
	now     origin    // of the session
	left    int       // events until the next sign-in
	seen    time.Time // when they last did something
	refused bool      // the last sign-in failed, so the next event is another
}

// site is a place in the network, as the lookup tables describe it.
type site struct {
	address       string
	asn, network  string
	kind          string
	city, country string
	lat, lng      string
	zone          string
	hidden        bool // behind a VPN of a hosting company
}

// The places that the company's people and machines work from. AS numbers are from the documentation range.
var (
	rotterdam = &site{"192.0.2.10", "AS64500", "Example Works Europe", "business", "Rotterdam", "NL", "51.9225", "4.47917", "Europe/Amsterdam", false}
	boston    = &site{"192.0.2.20", "AS64501", "Example Works Americas", "business", "Boston", "US", "42.3584", "-71.0598", "America/New_York", false}
	homes     = &site{"", "AS64502", "Example Broadband", "isp", "Utrecht", "NL", "52.0908", "5.1222", "Europe/Amsterdam", false}
	homesUS   = &site{"", "AS64503", "Example Cable", "isp", "Worcester", "US", "42.2626", "-71.8023", "America/New_York", false}
	roads     = &site{"", "AS64504", "Example Mobile", "isp", "Vienna", "AT", "48.2085", "16.3721", "Europe/Vienna", false}
	cloud     = &site{"", "AS64505", "Example Cloud", "hosting", "Dublin", "IE", "53.3331", "-6.2489", "Europe/Dublin", false}
)

var browsers = []string{
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
}

// role is a role of the company. It has all permissions that begin with a word of may.
type role struct {
	id, name string
	may      []string
}

var roles = []role{
	{analystRoleID, "Analyst", []string{"Alert", "RuleRead", "DataAnalytics", "Summary", "LookupRead", "LogSourceRead", "DestinationRead", "UserRead", "GeneralSettingsRead"}},
	{engineerRoleID, "Detection Engineer", []string{"Alert", "Rule", "DataAnalytics", "Summary", "Lookup", "LogSourceRead", "DestinationRead", "UserRead", "GeneralSettingsRead"}},
	{auditorRoleID, "Auditor", []string{"AlertRead", "RuleRead", "DataAnalyticsRead", "Summary", "UserRead", "GeneralSettingsRead", "OrganizationAPITokenRead", "DestinationRead"}},
	{provisionRoleID, "Log Onboarding", []string{"AlertRead", "RuleRead", "DataAnalytics", "Summary", "Lookup", "LogSource", "UserRead", "GeneralSettingsRead"}},
	{adminRoleID, "Admin", []string{""}},
}

// allows reports whether the role has the permission. Everybody has the empty one.
func (r *role) allows(permission string) bool {
	if permission == "" {
		return true
	}
	for _, prefix := range r.may {
		if strings.HasPrefix(permission, prefix) {
			return true
		}
	}
	return false
}

// staff names the people. The first twelve do most of the work; the role is an index of roles.
var staff = []struct {
	first, last string
	role        int
	american    bool
	uuid        bool // signs in with a password: a UUID for an id
}{
	{"Elena", "Sorrel", 4, false, false},
	{"Mira", "Okafor", 4, false, false},
	{"Tomás", "Lindgren", 0, false, false},
	{"Zoë", "Brandt", 0, false, false},
	{"Jonas", "Weverman", 1, false, false},
	{"Aiko", "Tanabe", 1, true, false},
	{"Dario", "Venn", 0, true, false},
	{"Łukasz", "Wrona", 3, false, false},
	{"Noor", "Elbaz", 0, true, false},
	{"Caleb", "Ostrander", 1, true, true},
	{"Sanne", "de Ruyver", 2, false, false},
	{"Imani", "Harrowgate", 0, true, false},
	{"Petra", "Kolb", 0, false, false},
	{"Rafael", "Quintero", 0, true, false},
	{"Greta", "Ahlström", 1, false, true},
	{"Owen", "Tarkington", 0, true, false},
	{"Ines", "Carvalheira", 0, false, false},
	{"Yusuf", "Demirel", 3, false, false},
	{"Hanna", "Virtala", 0, false, false},
	{"Marcus", "Bellweather", 2, true, false},
	{"Lina", "Achterberg", 0, false, false},
	{"Ravi", "Menonkar", 1, true, false},
	{"Chloé", "Dumarais", 0, false, false},
	{"Theo", "Wainscott", 0, true, true},
	{"Anouk", "Verlinden", 0, false, false},
	{"Bram", "Oosterhuis", 3, false, false},
	{"Keiko", "Moriyasu", 0, true, false},
	{"Siobhan", "Kilbracken", 0, true, false},
	{"Ola", "Fjeldstad", 0, false, false},
	{"Vera", "Stankovar", 2, false, false},
}

// regulars is how many of the staff do most of the work.
const regulars = 12

// alertCount is how many alerts a deployment has.
const alertCount = 900

// cast is everyone who acts in one log.
type cast struct {
	people   []person
	current  int // the person who acted last: work comes in bursts
	machines [actorKinds]machine
	alerts   []string // ids of the alerts that the deployment has
	purged   []string // ids of alerts that are gone
}

// alertID returns the id of the n-th alert of a kind.
func alertID(kind string, n int) string {
	id := stableID(kind, n)
	return string(appendHex(appendHex(nil, id, 16), mix(id), 16))
}

// machine is an actor that is not a person, with the origins it uses.
type machine struct {
	*actor
	origins []origin
}

func newCast(calm bool) *cast {
	c := &cast{}
	for i := range alertCount {
		c.alerts = append(c.alerts, alertID("alert", i))
	}
	for i := range alertCount / 20 {
		c.purged = append(c.purged, alertID("purged", i))
	}
	n := len(staff)
	if calm {
		n = regulars
	}
	for i := range n {
		c.people = append(c.people, newPerson(i))
	}
	c.machines[byCI] = newMachine("ci-token", ciTokenID, ciAgent, cloud,
		"192.0.2.130", "192.0.2.131", "192.0.2.132", "192.0.2.133", "2001:db8:c1::130")
	c.machines[byTerraform] = newMachine("terraform", terraformID, terraformAgent, cloud, "192.0.2.140")
	c.machines[byPlaybooks] = newMachine("soar-playbooks", playbooksID, playbooksAgent, cloud, "192.0.2.150", "192.0.2.151")
	c.machines[byMetrics] = newMachine("metrics-reader", metricsReaderID, metricsAgent, cloud, "2001:db8:c1::160")
	c.machines[bySCIM] = newMachine("scim", "scim", provisionerAgent, cloud, "198.51.100.200", "198.51.100.201")
	c.machines[bySystem] = machine{
		actor:   newActor(actor{id: systemID, kind: "USER", name: "System"}),
		origins: []origin{{}},
	}
	return c
}

// newPerson makes the i-th person of the staff.
func newPerson(i int) person {
	s := staff[i]
	email := mailName(s.first, s.last) + companyDomain
	a := actor{
		id: singleSignOn + email, kind: "USER", name: s.first + " " + s.last, email: email,
		verified: !s.uuid, roleID: roles[s.role].id, role: roles[s.role].name,
	}
	if s.uuid {
		a.id = string(stableUUID(nil, "user", i))
		a.name = email
	}
	p := person{actor: newActor(a), rights: &roles[s.role], office: rotterdam, browser: browsers[i%len(browsers)]}
	where := homes
	if s.american {
		p.office, where = boston, homesUS
	}
	p.home = origin{ip: "198.51.100." + strconv.Itoa(20+i), agent: p.browser, site: where}
	return p
}

func newMachine(name, id, agent string, where *site, addresses ...string) machine {
	m := machine{actor: newActor(actor{id: id, kind: "TOKEN", name: name})}
	for _, ip := range addresses {
		m.origins = append(m.origins, origin{ip: ip, agent: agent, site: where})
	}
	return m
}

// plain spells the letters of the staff's names that do not go into an address.
var plain = map[rune]string{
	'á': "a", 'ë': "e", 'é': "e", 'ö': "o", 'Ł': "l", ' ': "", '\'': "",
}

// mailName returns the part of an address before the @.
func mailName(first, last string) string {
	var b []byte
	for _, r := range first + "." + last {
		if s, ok := plain[r]; ok {
			b = append(b, s...)
			continue
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		b = append(b, byte(r))
	}
	return string(b)
}

// pick chooses the person who acts next, and reports whether they sign in first: after some work, or a night.
func (c *cast) pick(g *Generator, at time.Time) (p *person, signsIn bool) {
	if g.permille(350) {
		c.current = g.below(len(c.people))
		if len(c.people) > regulars && g.permille(600) {
			c.current = g.below(regulars)
		}
	}
	p = &c.people[c.current]
	idle := at.Sub(p.seen)
	p.seen = at
	if p.left > 0 && idle < 7*time.Hour {
		p.left--
		return p, false
	}
	if !p.refused || idle > time.Hour {
		p.now = p.newOrigin(g)
	}
	p.refused, p.left = g.one(25), 0
	if !p.refused {
		p.left = 20 + g.below(60)
	}
	return p, true
}

// newOrigin chooses where a person works from in the session that begins.
func (p *person) newOrigin(g *Generator) origin {
	n := g.below(100)
	switch {
	case n < 55:
		o := origin{ip: p.office.address, agent: p.browser, site: p.office}
		if g.one(3) {
			o.forward = []string{p.office.address, proxyAddress}
		}
		return o
	case n < 97 || g.opt.calm:
		o := p.home
		if g.one(4) {
			o.ip = string(sixAddress(nil, g))
		}
		return o
	case n < 98:
		return origin{ip: p.home.ip, agent: "panther-cli/0.9.2 (darwin; arm64)", site: p.home.site}
	default:
		ip := "203.0.113." + strconv.Itoa(1+g.below(254))
		return origin{ip: ip, agent: p.browser, site: roads, forward: []string{ip}}
	}
}

// sixAddress appends an IPv6 address of someone's home.
func sixAddress(b []byte, g *Generator) []byte {
	b = append(b, "2001:db8:10:"...)
	b = strconv.AppendInt(b, int64(1+g.below(60)), 16)
	b = append(b, "::"...)
	return strconv.AppendInt(b, int64(1+g.below(0xffff)), 16)
}
