package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// shell returns the path of a shell that .ci/shells has installed, or "" where there is none to test.
func shell(name string) string { return os.Getenv("SHELLS_" + strings.ToUpper(name)) }

func TestZshCompletesNamesAndValues(t *testing.T) {
	zsh := shell("zsh")
	if zsh == "" {
		return
	}
	setup := "unsetopt beep prompt_sp; autoload -Uz compinit; compinit -u -D; source <(pawprint completion zsh)"
	x, folder := startShell(t, zsh+" -f -i", setup)
	completes(t, x, folder, []typedLine{
		{"pawprint que\t", "<pawprint><query>"},
		{"pawprint aud\t", "<pawprint><audit.jsonl>"},
		{"pawprint my\t", "<pawprint><my log.jsonl>"},
		{"pawprint query is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query \"is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:failed act\tor:x'", "<pawprint><query><is:failed actor:x>"},
		{"pawprint --them\t", "<pawprint><--theme>"},
		{"pawprint --tz Europe/Zu\t", "<pawprint><--tz><Europe/Zurich>"},
		{"pawprint --tz=Europe/Zu\t", "<pawprint><--tz=Europe/Zurich>"},
		{"pawprint --theme high-contrast-d\t", "<pawprint><--theme><high-contrast-dark>"},
		{"pawprint query -o js\tl\t", "<pawprint><query><-o><jsonl>"},
		{"pawprint stats --by actor,resu\t", "<pawprint><stats><--by><actor,result>"},
		{"pawprint --view detec\t", "<pawprint><--view><detections-deleted>"},
		{"pawprint check -o j\taud\t", "<pawprint><check><-o><json><audit.jsonl>"},
		{"pawprint query actor:Elena audit.jsonl" + strings.Repeat("\x1b[D", len(" audit.jsonl")) + "\t", `<pawprint><query><actor:"Elena Sorrel"><audit.jsonl>`},
		{"pawprint audit.jsonl -q actor:Elena\t", `<pawprint><audit.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint audit.jsonl -q 'actor:Elena\t", `<pawprint><audit.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint my\\ log.jsonl -q actor:Elena\t", `<pawprint><my log.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint evil.jsonl -q actor:bobby\t", `<pawprint><evil.jsonl><-q><actor:"bobby table>`},
		{"pawprint evil.jsonl -q actor:bobby\t\ts\t", `<pawprint><evil.jsonl><-q><actor:"bobby tables">`},
		{"pawprint query ACT\tor:x", "<pawprint><query><actor:x>"},
		{"pawprint evil.jsonl -q 'actor:x\t", `<pawprint><evil.jsonl><-q><actor:"x:y z">`},
		{"pawprint evil.jsonl -q 'actor:$\t'", "<pawprint><evil.jsonl><-q><actor:$>"},
		{"pawprint evil.jsonl -q 'actor:it\t'", "<pawprint><evil.jsonl><-q><actor:it>"},
		{"pawprint query '$(touch ran)' \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint query $(touch ran) \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint query `touch ran` \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint '$(touch ran).jsonl' -q is:fai\t", "<pawprint><$(touch ran).jsonl><-q><is:failed>"},
	})
}

// A script may also be a file that the shell loads when it completes the first line.
func TestZshCompletesByAFile(t *testing.T) {
	zsh := shell("zsh")
	if zsh == "" {
		return
	}
	setup := "unsetopt beep prompt_sp; mkdir f; pawprint completion zsh > f/_pawprint; fpath=($PWD/f $fpath); autoload -Uz compinit; compinit -u -D"
	x, folder := startShell(t, zsh+" -f -i", setup)
	completes(t, x, folder, []typedLine{{"pawprint query is:fai\t", "<pawprint><query><is:failed>"}, {"pawprint query is:rej\t", "<pawprint><query><is:reject>"}})
}

const fishCommand = ` --private --no-config -i -C 'function fish_prompt; echo "ready> "; end; function fish_greeting; end'`

func TestFishCompletesByAFile(t *testing.T) {
	fish := shell("fish")
	if fish == "" {
		return
	}
	setup := "set -g fish_autosuggestion_enabled 0; mkdir f; pawprint completion fish > f/pawprint.fish; set -p fish_complete_path $PWD/f"
	x, folder := startShell(t, fish+fishCommand, setup)
	completes(t, x, folder, []typedLine{{"pawprint query is:fai\t", "<pawprint><query><is:failed>"}, {"pawprint query is:rej\t", "<pawprint><query><is:reject>"}})
}

func TestFishCompletesNamesAndValues(t *testing.T) {
	fish := shell("fish")
	if fish == "" {
		return
	}
	setup := "set -g fish_autosuggestion_enabled 0; pawprint completion fish | source"
	x, folder := startShell(t, fish+fishCommand, setup)
	completes(t, x, folder, []typedLine{
		{"pawprint que\t", "<pawprint><query>"},
		{"pawprint aud\t", "<pawprint><audit.jsonl>"},
		{"pawprint my\t", "<pawprint><my log.jsonl>"},
		{"pawprint query is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query \"is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:failed act\tor:x'", "<pawprint><query><is:failed actor:x>"},
		{"pawprint --them\t", "<pawprint><--theme>"},
		{"pawprint --tz Europe/Zu\t", "<pawprint><--tz><Europe/Zurich>"},
		{"pawprint --tz=Europe/Zu\t", "<pawprint><--tz=Europe/Zurich>"},
		{"pawprint --theme high-contrast-d\t", "<pawprint><--theme><high-contrast-dark>"},
		{"pawprint query -o jsonl\t", "<pawprint><query><-o><jsonl>"},
		{"pawprint stats --by actor,resu\t", "<pawprint><stats><--by><actor,result>"},
		{"pawprint --view detec\t", "<pawprint><--view><detections-deleted>"},
		{"pawprint check -o j\taud\t", "<pawprint><check><-o><json><audit.jsonl>"},
		{"pawprint audit.jsonl -q actor:\\\"Elena\t", `<pawprint><audit.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint audit.jsonl -q 'actor:\"Elena\t", `<pawprint><audit.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint evil.jsonl -q actor:\\\"bobby\\ ta\tx", `<pawprint><evil.jsonl><-q><actor:"bobby tablex>`},
		{"pawprint evil.jsonl -q 'actor:\"x\t", `<pawprint><evil.jsonl><-q><actor:"x:y z">`},
		{"pawprint evil.jsonl -q 'actor:$\t'", "<pawprint><evil.jsonl><-q><actor:$>"},
		{"pawprint evil.jsonl -q 'actor:it\t'", "<pawprint><evil.jsonl><-q><actor:it>"},
		{"pawprint query '(touch ran)' \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint query '$(touch ran)' \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint query (touch ran) \t\x15pawprint query x", "<pawprint><query><x>"},
		{"pawprint '$(touch ran).jsonl' -q is:fai\t", "<pawprint><$(touch ran).jsonl><-q><is:failed>"},
	})
}

func TestNoScriptOfOursEvaluatesTheLine(t *testing.T) {
	for name, script := range map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript} {
		if strings.Contains(script, "eval") {
			t.Errorf("the script for %s evaluates something", name)
		}
	}
}

func TestScriptsGetTheWordsThatFit(t *testing.T) {
	_, path, _ := writeLog(t, []string{"Elena Sorrel"})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"zsh", "3", "pawprint", "query", "is:fai"}, "zsh nosort nofiles\nis:failed\tis:failed  failed, wholly or in part\n"},
		{[]string{"zsh", "3", "pawprint", "query", "IS:FAI"}, "zsh nosort nofiles\nIS:failed\tIS:failed  failed, wholly or in part\n"},
		{[]string{"zsh", "3", "pawprint", "query", "AC"}, "zsh nospace nosort nofiles\nact\tact\n"},
		{[]string{"fish", "4", "pawprint", "stats", "--by", "'actor,resu"}, "fish nospace nosort nofiles\nactor,result\thow it ended\nactor,result,\t\n"},
		{[]string{"fish", "2", "pawprint", path}, "fish \n"},
		{[]string{"fish", "2", "pawprint", "que"}, "fish \nquery\tPrint matching events\n"},
	} {
		got, err := exec.Command(program(t), append([]string{wordsCommand}, c.args...)...).Output()
		if err != nil || string(got) != c.want {
			t.Errorf("%q are answered by %q, %v, want %q", c.args, got, err, c.want)
		}
	}
}
