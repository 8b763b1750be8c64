package s3

import (
	"strings"
	"testing"

	"github.com/aws/smithy-go"
)

func TestAnErrorOfAQueueSaysWhatToDo(t *testing.T) {
	q := &amazonQueue{region: "eu-central-1"}
	for code, want := range map[string]string{
		"QueueDoesNotExist": "asking a queue in eu-central-1: there is no such queue (QueueDoesNotExist); check its URL",
		"AccessDenied":      "; the credentials need sqs:ReceiveMessage there",
	} {
		if err := q.explain(t.Context(), askingOp, &smithy.GenericAPIError{Code: code}); !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s says %q, want %q", code, err, want)
		}
	}
}
