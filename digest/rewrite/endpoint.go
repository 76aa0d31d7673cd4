package rewrite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Bounds on what an endpoint may send.
const (
	maxReply   = 256 << 10 // bytes of one answer
	maxHeaders = 64 << 10
)

// message is one turn of a conversation.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// request is the part of the chat completions API that all servers know.
type request struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Stream      bool      `json:"stream"`
	Temperature *float64  `json:"temperature,omitempty"`
	Seed        *int      `json:"seed,omitempty"`
}

// reply is what we read of an answer.
type reply struct {
	Choices []struct {
		Message      message `json:"message"`
		FinishReason string  `json:"finish_reason"`
	} `json:"choices"`
}

// statusError is an answer that is none.
type statusError struct{ code int }

func (e *statusError) Error() string {
	return fmt.Sprintf("the endpoint answered %d %s", e.code, http.StatusText(e.code))
}

// ask sends the sentences of one story. The error means that asking on is
// useless; an answer that cannot be used is an empty list.
func (w *Writer) ask(ctx context.Context, asked []question) ([]string, error) {
	same, seed := 0.0, 1
	r := request{Model: w.Model, Messages: w.prompt(asked), Temperature: &same, Seed: &seed}
	text, err := w.post(ctx, r)
	var status *statusError
	if errors.As(err, &status) && status.code == http.StatusBadRequest {
		// Some hosted models take no other temperature than their own.
		r.Temperature, r.Seed = nil, nil
		text, err = w.post(ctx, r)
	}
	if err != nil {
		return nil, err
	}
	return answers(text, len(asked)), nil
}

// post makes one request and gives the text of the answer; empty where the
// answer was cut off or is not what the API promises.
func (w *Writer) post(ctx context.Context, r request) (string, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("write the question: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(w.URL, "/")+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", errors.New("write the question: model.url is not an address")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if w.Key != "" {
		req.Header.Set("Authorization", "Bearer "+w.Key)
	}
	resp, err := w.Client.Do(req)
	if err != nil {
		return "", fmt.Errorf("ask the model: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", &statusError{resp.StatusCode}
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return "", fmt.Errorf("read the model's answer: %w", err)
	}
	var got reply
	if len(answer) > maxReply || json.Unmarshal(answer, &got) != nil || len(got.Choices) != 1 {
		return "", nil
	}
	if f := got.Choices[0].FinishReason; f != "" && f != "stop" {
		return "", nil
	}
	return got.Choices[0].Message.Content, nil
}

// newClient follows no redirect: the operator named one address, and a key and
// a question are for that one only.
func newClient() *http.Client {
	t := &http.Transport{Proxy: http.ProxyFromEnvironment, MaxResponseHeaderBytes: maxHeaders, ForceAttemptHTTP2: true}
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}
