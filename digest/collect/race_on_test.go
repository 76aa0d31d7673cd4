//go:build race

package collect

// raceEnabled: the race detector multiplies memory.
const raceEnabled = true
