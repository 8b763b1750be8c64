// Package query is the language that filters an audit log: it parses a query, prints it back, completes it, and compiles it
// to a matcher over the columns and raw lines of a log. It reads no clock, starts no goroutine and changes nothing.
//
// # Grammar
//
//	query     = [ sum ] .
//	sum       = product { "OR" product } .
//	product   = factor { [ "AND" ] factor } .
//	factor    = ( "-" | "NOT" ) factor | "(" sum ")" | attribute | text .
//	attribute = name operator ( values | "(" value { ( "OR" | "," ) value } ")" ) .
//	values    = value { "," value } .
//	operator  = ":" | "=" | "!=" | ">=" | "<=" | ">" | "<" | "~" | "!~" .
//	value     = text .
//	text      = bare | quoted | "/" expression "/" .
//	quoted    = `"` { any byte | `\"` | `\\` | `\n` | `\r` | `\t` | `\xHH` | `\uHHHH` | `\UHHHHHHHH` } `"` .
//
// A bare text ends at white space and parentheses, a bare value at a comma too. A name begins with a letter and goes on with
// letters, digits and any of _ . - [ ] $ @; any other name is put in quotes. URLs, IPv6 addresses and times only look like names
// and are read as text. White space is any rune for which [Blank] is true. An expression is one of RE2, with \/ for a
// slash. Parentheses and negations nest at most 200 deep, and a query has at most 10,000 terms and values.
//
// # Other tools
//
// What other tools write means the same here, and [Notes] says how it was read: and, or and not in any case, ! && || and |, + before
// a term, quotes of other shapes, /re/i, == := <> :> =~ ~= and the other spellings in the table of operators, operators between
// spaces, "name in (a, b)", which is equality, @name, exists:name and no:name, name[*]. In quotes all of it is text. Forms that have no meaning here,
// such as commands after a pipe, functions and ranges in brackets, are errors that say what to write.
//
// # Text
//
// A text alone matches an event in which a key, a string, a number, true, false or null, at any depth, contains it: decoded,
// and within one value. A text in lower case matches any case. * in a bare text stands for any text within the value. An
// expression is matched with each key and each value separately, so ^ and $ are the ends of that value. A line that is not an
// event is searched as it is. Rows whose bytes cannot be read have no text but that of their columns.
//
// # Attributes
//
// A name is a short name or a name of the schema, in any case (see [Names]), or else the path of a key. A path goes through
// objects and, by itself or with [], through lists, or with [1] to one element of them, counted from 0; keys match in any case and may hold dots. A name that begins with a dot is
// always a path, even if a short name or the schema has the same name. param.X is the first of dynamic.input.X, static.input.X,
// input.X and X in actionParams that exists. null counts as absent. If there are several values at a path, or after the operator,
// one match is enough. Only events have attributes: a line that is not an event has only line, offset, source and flags.
//
//	name:value    strings that contain the value in any case; enumerations that are or begin with it, if only one does; ids that
//	              begin with it; numbers, true and false that are written so; in an object or a list, anything in it
//	name:a*b      the whole value, in any case, with any text for *
//	name:/re/     an expression, of each string and number by itself
//	name=value    exactly the value, with its case; * and /…/ have to be in quotes
//	name~value    contains the value, in any case, whatever the name's kind; also a*b and /re/
//	name:@file    what any of the values in a file does, one on each line; also after =. See [Set] and [Env]
//	name:*        present; -name:* is absent
//	name:""       present and empty
//	name>value    versions, numbers, or times, by what the attribute is or what the value looks like
//
// The attribute ip looks at sourceIP and XForwardedFor. An address, a block such as 10.0.0.0/8, or a range such as 10.0.0.5-10.0.0.9, matches a text that holds the
// address, or one in the block, in any spelling, with a port, in brackets, among others; see package ipaddr. That holds for texts at
// any path, where a block also matches its own text. After = it holds only for attributes that are addresses. The attribute actor is the actor's id, name or e-mail address. errors with a number is the number of
// errors. line and offset take numbers and ranges such as 10..20. is: and has: take the words that [Classes] lists, and has: also names. view: takes
// the names of ready views and, where a [Library] reads the query, of the user's own.
//
// # Times
//
//	time:2026-11-02         in that day; also <, <=, >, >=, and the ranges a..b, a.. and ..b with both ends; what the
//	                        date of b lacks is that of a, and b before a is an error
//	since:T  until:T        from the start of T on, up to the end of T
//	on:T                    in T
//	around:T±15m            at most that far from the start of T; also +-, ~ for ±, and without it 15 minutes
//
// T is absolute (2026, 2026-11, 2026-11-02, 2026-11-02T10:00:05.5+01:00, Unix seconds or milliseconds), absolute but for its date
// (10:00, on the day of [Env] or else the last of the log) or its year (11-02 10:00, the last such date in the log), named (now, today,
// yesterday, monday, last monday, this week, last month), or a length of time before now (24h, 1 day, 2 weeks ago, 1h30m, 96hrs; 900 is
// seconds) or before the end of the log (24h@end). T covers its whole unit: a date is the whole day. Without a zone it is in the zone
// of [Env], and where the clock of the zone is set back, a time that it shows twice stands for both. The words of a time need no quotes.
//
// A row without a time of its own is neither in a time nor outside of it. A term about the time, is:offhours among them, is undecided
// about it, and so is its negation. AND is false as soon as one term is false, and OR true as soon as one is true; else they are
// undecided if one of their terms is. A query finds the rows about which it is true; [Undecided] finds those that it leaves undecided,
// and whoever shows what was found says how many they are. has:time and time:* are true or false.
package query
