package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestABuildWithoutS3ReadsFilesAndRefusesBuckets builds the program with the tag that leaves the SDK out.
func TestABuildWithoutS3ReadsFilesAndRefusesBuckets(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "pawprint")
	if out, err := exec.Command("go", "build", "-tags", "nos3", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	data := filepath.Join("..", "..", "testdata", "audit.jsonl")
	for _, c := range []struct {
		args   []string
		code   int
		stderr string
	}{
		{[]string{"query", "-c", "is:failed", data}, 0, ""},
		{[]string{"query", "-c", "", "s3://bucket/prefix"}, 2, "this build has no S3"},
		{[]string{"query", "-c", "", data, "s3://bucket/a.json"}, 2, "this build has no S3"},
		{[]string{"stats", "s3://"}, 2, "-tags nos3"},
		{[]string{"query", "-f", "", "s3://bucket"}, 2, "name a file"},
		{[]string{"s3://bucket"}, 2, "this build has no S3"},
	} {
		cmd := exec.Command(program, c.args...)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // the exit code is checked below
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(errs.String(), c.stderr) {
			t.Errorf("pawprint %q exits %d and says %q, want %d and %q", c.args, code, errs.String(), c.code, c.stderr)
		}
		if c.code == 2 && out.Len() > 0 {
			t.Errorf("pawprint %q prints %q", c.args, out.String())
		}
		if lines := strings.Count(errs.String(), "\n"); c.code == 2 && lines != 1 {
			t.Errorf("pawprint %q says %d lines, want one:\n%s", c.args, lines, errs.String())
		}
	}
}

// TestTheTagLeavesTheSDKOut checks that a build with the tag contains neither the SDK nor HTTP and TLS.
func TestTheTagLeavesTheSDKOut(t *testing.T) {
	listed := func(args ...string) string {
		out, err := exec.Command("go", append([]string{"list", "-deps"}, args...)...).Output()
		if err != nil {
			t.Fatalf("listing packages: %v", err)
		}
		return string(out)
	}
	all, without := listed("."), listed("-tags", "nos3", ".")
	for _, name := range []string{"github.com/aws/", "net/http\n", "crypto/tls\n", module + "loader/s3\n"} {
		if !strings.Contains(all, name) {
			t.Errorf("the program does not link %q: the test looks for the wrong name", name)
		}
		if strings.Contains(without, name) {
			t.Errorf("with -tags nos3 the program links %q", name)
		}
	}
}
