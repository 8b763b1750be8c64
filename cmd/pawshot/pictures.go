package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// keptPicture is a picture that the project keeps.
type keptPicture struct {
	file       string
	cols, rows int
	light      bool
	keys       string // after each key there is a wait for its effect, so that slow machines make the same pictures
	log        string
	scale      int
}

// storyLog is the log in most of the pictures.
const storyLog = "testdata/audit.jsonl"

// failedDetail opens the detail of a failed action with many fields.
const failedDetail = `"wait:2,000 events" f wait:matches G "wait:AWS.Root.Login" enter wait:Errors`

// tour goes from a failure to its detail and its actor, then through the other pages.
const tour = `"wait:2,000 events" f wait:127/127 E wait:126/127 quick:E wait:125/127 E wait:124/127 enter wait:Errors O "wait:Actor ci-token" ` +
	`quick:esc wait:Errors quick:esc V wait:Views deleted wait:deleted enter "wait:14 shown" ` +
	`quick:x "wait:events · 7" / action:update_det "wait:UPDATE_DETECTION_STATE" enter "wait:2 matches" D "wait:3 changes" ` +
	`quick:esc wait:stable quick:x "wait:events · 7" quick:# "wait:Count the values" enter "wait:Values of" quick:esc . "wait:Two periods" quick:esc b "wait:Actor type"`

// readmePictures are those of the README.
var readmePictures = []keptPicture{
	{"screen.png", 120, 40, false, failedDetail, storyLog, 2},
	{"screen-light.png", 120, 40, true, failedDetail, storyLog, 2},
	{"problems.png", 120, 30, false, `wait:rejects p wait:Severity`, "testdata/damaged.jsonl", 2},
	{"tour.gif", 100, 30, false, tour, storyLog, 2},
}

// screensFolder is where the pictures of the screens are, below the other ones.
const screensFolder = "screens"

// screens are the keys to each screen that is kept in three sizes, to look at after a change of the interface.
var screens = []struct{ name, keys string }{
	{"list", `"wait:2,000 events"`},
	{"detail", failedDetail},
	{"change", `"wait:2,000 events" / action:update_det "wait:UPDATE_DETECTION_STATE" enter "wait:2 matches" D "wait:3 changes"`},
	{"facets", `"wait:2,000 events" b wait:SUCCEEDED wait:stable`},
	{"timeline", `"wait:2,000 events" v wait:peak wait:stable`},
	{"values", `"wait:2,000 events" # "wait:Values of" wait:stable`},
	{"actor", `"wait:2,000 events" f wait:matches G wait:stable O wait:Actor wait:stable`},
	{"periods", `"wait:2,000 events" . "wait:Two periods" wait:stable`},
	{"filter", `"wait:2,000 events" / action:create_r wait:CREATE_RULE`},
	{"views", `"wait:2,000 events" V wait:Views wait:stable`},
	{"notes", `"wait:2,000 events" f wait:matches G "wait:AWS.Root.Login" M "wait:is a tag" "the playbook asks too often #T-1043" enter wait:note: ` +
		`up M "wait:is a tag" "looks around from an address that nobody knows #exfil #T-1042" enter wait:T-1042 Y wait:benign Y wait:suspicious Y wait:malicious ` +
		`up up M "wait:is a tag" "asked Mira: nobody planned this #exfil" enter "wait:asked Mira" Y wait:benign Y wait:suspicious : wait:Commands "list of notes" enter "wait:marked events" wait:stable`},
	{"problems", `"wait:2,000 events" p wait:Problems wait:stable`},
	{"help", `"wait:2,000 events" ? "wait:zoom the pane"`},
}

// screenSizes are a terminal over ssh, one on a desk, and a large one.
var screenSizes = [][2]int{{80, 24}, {120, 40}, {200, 50}}

// pictures returns every picture that the project keeps.
func pictures() []keptPicture {
	all := readmePictures
	for _, s := range screens {
		for _, size := range screenSizes {
			file := fmt.Sprintf("%s/%s-%dx%d.png", screensFolder, s.name, size[0], size[1])
			all = append(all, keptPicture{file, size[0], size[1], false, s.keys, storyLog, 1})
		}
	}
	return all
}

// allQuiet is longer than usualQuiet, so that even a busy machine makes the same pictures.
const allQuiet = time.Second

// tourHolds are long enough to read the keys and to see what they changed.
var tourHolds = holds{key: 2 * time.Second, text: 1200 * time.Millisecond, last: 4 * time.Second}

// tourShades keeps the tour small: fewer colours pack better, and the edges of letters do not need more.
const tourShades = 31

// shot returns the shot that makes the picture.
func (p *keptPicture) shot(program, root, home string) *shot {
	moving := filepath.Ext(p.file) == ".gif"
	return &shot{
		launch: launch{program: program, args: []string{"--tz", "utc", p.log}, dir: root, cols: p.cols, rows: p.rows, light: p.light,
			// Nothing of the user's own environment may show in the pictures.
			env:     []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home},
			timeout: 2 * time.Minute, quiet: allQuiet},
		keys: p.keys, moving: moving, caption: moving, scale: p.scale, holds: tourHolds, shades: tourShades,
	}
}
