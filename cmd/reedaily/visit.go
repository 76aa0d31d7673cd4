package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxPage bounds a page that the demo's visitor reads.
const maxPage = 4 << 20

// fetchPage asks for a page as a browser without JavaScript does. A status of
// 400 or more is an error.
func fetchPage(ctx context.Context, client *http.Client, method, address string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", fmt.Errorf("ask for %s: %w", address, err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", fmt.Errorf("ask for %s: %w", address, err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", address, err)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return "", fmt.Errorf("ask for %s: the answer is %s", address, resp.Status)
	}
	return string(page), nil
}
