package main

import "os"

// resident returns 0: Windows does not tell the memory of a process that has ended.
func resident(*os.ProcessState) int64 { return 0 }
