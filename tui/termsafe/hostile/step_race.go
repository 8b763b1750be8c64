//go:build race

package hostile

// step thins the texts out under the race detector, which makes each ten times as slow and finds no more in its neighbours.
const step = 10
