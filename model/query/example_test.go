package query_test

import (
	"errors"
	"fmt"

	"pawprint/model/query"
)

func Example_parse() {
	e, _ := query.Parse(`is:failed (actor:alice OR action:"DELETE_RULE") NOT is:read`)
	fmt.Println(e)
	for _, term := range query.Terms(e) {
		fmt.Println("term:", term)
	}
	fmt.Println(query.And(e, query.Is("sourceIP", "192.0.2.7")))
	// Output:
	// is:failed (actor:alice OR action:DELETE_RULE) -is:read
	// term: is:failed
	// term: actor:alice OR action:DELETE_RULE
	// term: -is:read
	// is:failed (actor:alice OR action:DELETE_RULE) -is:read sourceIP=192.0.2.7
}

func ExampleSyntaxError() {
	text := "since:7d is:faild"
	_, err := query.Parse(text)
	var wrong *query.SyntaxError
	if errors.As(err, &wrong) {
		fmt.Printf("%s\n%*s %s\n", text, wrong.Offset+1, "^", wrong.Msg)
	}
	// Output:
	// since:7d is:faild
	//             ^ is:faild is not known; did you mean is:failed?
}
