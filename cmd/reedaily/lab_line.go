package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"reedaily/digest"
)

// maxLabLine bounds one line of input, an article with its text, in bytes.
const maxLabLine = 16 << 20

// labLine is one line that `reedaily lab` reads; of one that is longer than
// maxLabLine only the beginning is kept.
type labLine struct {
	text    []byte
	tooLong bool
}

// eachLine calls do for every line that is not blank, whatever stands in it.
func eachLine(in io.Reader, do func(labLine) error) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		line, err := nextLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line %d: %w", n, err)
		}
		line.text = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line.text), []byte("\ufeff")))
		if len(line.text) > 0 || line.tooLong {
			if err := do(line); err != nil {
				return fmt.Errorf("answer line %d: %w", n, err)
			}
		}
		if err != nil {
			return nil
		}
	}
}

// nextLine reads to the end of a line; the error is io.EOF behind the last.
func nextLine(in *bufio.Reader) (labLine, error) {
	var line labLine
	for {
		part, err := in.ReadSlice('\n')
		if room := maxLabLine - len(line.text); len(part) > room {
			part, line.tooLong = part[:room], true
		}
		line.text = append(line.text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// article reads an article. Of a line that is none only the id is kept, so
// that the answer can name it, and the reason is said.
func (l labLine) article() (in digest.LabArticle, wrong string) {
	var got labArticle
	if err := l.read(&got); err != nil {
		return digest.LabArticle{ID: l.id()}, fmt.Sprintf("read the line: %v", err)
	}
	return digest.LabArticle(got), ""
}

// pair reads two articles, or says why it cannot.
func (l labLine) pair() (one, other digest.LabArticle, wrong string) {
	var in struct{ A, B labArticle }
	if err := l.read(&in); err != nil {
		return one, other, fmt.Sprintf("read the line: %v", err)
	}
	return digest.LabArticle(in.A), digest.LabArticle(in.B), ""
}

func (l labLine) read(into any) error {
	if l.tooLong {
		return fmt.Errorf("longer than %d bytes", maxLabLine)
	}
	if l.text[0] != '{' {
		return errors.New("not a JSON object")
	}
	return json.Unmarshal(l.text, into)
}

// id is the id that a line names in what of it can be read; empty for none.
func (l labLine) id() string {
	in := json.NewDecoder(bytes.NewReader(l.text))
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return ""
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return ""
		}
		var value json.RawMessage
		if in.Decode(&value) != nil {
			return ""
		}
		if key == "id" {
			id, _ := labID(value)
			return id
		}
	}
	return ""
}

// labArticle is an article whose id may be a number as well.
type labArticle digest.LabArticle

// UnmarshalJSON reads an article.
func (a *labArticle) UnmarshalJSON(text []byte) error {
	var in struct {
		digest.LabArticle
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	id, err := labID(in.ID)
	if err != nil {
		return err
	}
	*a = labArticle(in.LabArticle)
	a.ID = id
	return nil
}

// labID is an id as text: a number stays as it is written.
func labID(text json.RawMessage) (string, error) {
	if len(text) == 0 || string(text) == "null" {
		return "", nil
	}
	if text[0] == '-' || text[0] >= '0' && text[0] <= '9' {
		return string(text), nil
	}
	var id string
	if err := json.Unmarshal(text, &id); err != nil {
		return "", errors.New("the id is neither text nor a number")
	}
	return id, nil
}
