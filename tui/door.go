package tui

import (
	"pawprint/tui/kit"
	"pawprint/tui/modal"
)

// What Options takes from the program, under one name for those outside: each is defined where the interface uses it.
type (
	Background    = kit.Background
	Multiplexer   = kit.Multiplexer
	SavedView     = kit.SavedView
	SavedColumn   = kit.SavedColumn
	Views         = kit.Views
	Starter       = modal.Starter
	Folder        = modal.Folder
	FolderEntry   = modal.FolderEntry
	Question      = modal.Question
	ExportFormat  = modal.ExportFormat
	ExportRequest = modal.ExportRequest
	ExportResult  = modal.ExportResult
	ExportError   = modal.ExportError
)

// The backgrounds of a terminal.
const (
	AskBackground   = kit.AskBackground
	DarkBackground  = kit.DarkBackground
	LightBackground = kit.LightBackground

	NoMultiplexer = kit.NoMultiplexer
	Tmux          = kit.Tmux
	Screen        = kit.Screen
)
