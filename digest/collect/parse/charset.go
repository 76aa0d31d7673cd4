package parse

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 finds out how a document is encoded and undoes it. A byte order mark
// is believed most, then bytes that can hardly be anything but UTF-8, then the
// HTTP header, then the document's own word. Bytes that are wrong in UTF-8 are
// taken as Windows-1252, which they nearly always are.
func toUTF8(body []byte, contentType string) (text string, note string) {
	if enc, n := byMark(body); enc != nil {
		return decodeWith(enc, body[n:]), ""
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	labels := []string{httpCharset(contentType), declaredCharset(body)}
	valid, multi := utf8.Valid(body), multibyte(body, 4)
	if valid && multi >= 4 && !seven(labels) {
		return string(body), ""
	}
	for _, label := range labels {
		if label == "" {
			continue
		}
		enc, name := lookup(label)
		switch {
		case enc == nil || name == "replacement":
			note = "the encoding " + shortName(label) + " is not known and was guessed"
		case name == "utf-8":
			if valid {
				return string(body), ""
			}
		case strings.HasPrefix(name, "utf-16"):
			// Said of documents that are plainly not: no mark, no zero bytes.
		default:
			if s := decodeWith(enc, body); !strings.ContainsRune(s, utf8.RuneError) || !valid {
				return s, note
			}
		}
	}
	if valid {
		return string(body), note
	}
	return mendUTF8(body), "bytes that are not UTF-8 were taken as Windows-1252"
}

// otherNames are labels that neither browsers nor IANA know, or that browsers
// refuse for reasons that are theirs alone.
var otherNames = map[string]encoding.Encoding{
	"cp932": japanese.ShiftJIS, "cp949": korean.EUCKR, "uhc": korean.EUCKR, "ms949": korean.EUCKR,
	"cp950": traditionalchinese.Big5, "hz-gb-2312": simplifiedchinese.HZGB2312, "hz": simplifiedchinese.HZGB2312,
	"mac-cyrillic": charmap.MacintoshCyrillic,
}

// lookup finds an encoding by a label as browsers understand it, else by
// IANA's list, which has the old code pages too.
func lookup(label string) (encoding.Encoding, string) {
	if enc, ok := otherNames[strings.ToLower(label)]; ok {
		return enc, label
	}
	if enc, name := charset.Lookup(label); enc != nil {
		return enc, name
	}
	if enc, err := ianaindex.IANA.Encoding(label); err == nil && enc != nil {
		return enc, label
	}
	return nil, ""
}

// byMark recognises byte order marks, and the first "<" of wide encodings.
func byMark(b []byte) (encoding.Encoding, int) {
	for _, m := range []struct {
		mark string
		skip int
		enc  encoding.Encoding
	}{
		{"\x00\x00\xfe\xff", 4, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"\xff\xfe\x00\x00", 4, utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
		{"\x00\x00\x00<", 0, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"<\x00\x00\x00", 0, utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
		{"\xfe\xff", 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"\xff\xfe", 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\x00<", 0, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"<\x00", 0, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\x4c\x6f\xa7\x94", 0, charmap.CodePage037}, // "<?xm" in EBCDIC
	} {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.enc, m.skip
		}
	}
	return nil, 0
}

func decodeWith(enc encoding.Encoding, b []byte) string {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return mendUTF8(b)
	}
	return string(out)
}

func httpCharset(contentType string) string {
	if contentType == "" {
		return ""
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(params["charset"])
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([A-Za-z0-9._:-]+)`)

func declaredCharset(b []byte) string {
	if m := xmlEncoding.FindSubmatch(b[:min(len(b), 512)]); m != nil {
		return string(m[1])
	}
	return ""
}

// seven says whether a label means an encoding whose bytes are all ASCII, so
// that being valid UTF-8 tells nothing.
func seven(labels []string) bool {
	for _, l := range labels {
		if l = strings.ToLower(l); strings.HasPrefix(l, "iso-2022") || strings.HasPrefix(l, "hz") {
			return true
		}
	}
	return false
}

// multibyte counts sequences of two bytes and more, up to most.
func multibyte(b []byte, most int) (n int) {
	for i := 0; i < len(b) && n < most; {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r != utf8.RuneError {
			n++
		}
		i += size
	}
	return n
}

// mendUTF8 reads bytes that are wrong in UTF-8 as Windows-1252; the whole
// document where wrong ones outnumber right ones.
func mendUTF8(b []byte) string {
	right, wrong := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			wrong++
		} else {
			right++
		}
		i += size
	}
	var out strings.Builder
	out.Grow(len(b) + wrong)
	all := wrong >= right
	for i := 0; i < len(b); {
		r, size := rune(b[i]), 1
		switch {
		case r < utf8.RuneSelf:
		case all:
			r = charmap.Windows1252.DecodeByte(b[i])
		default:
			if r, size = utf8.DecodeRune(b[i:]); r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(b[i])
			}
		}
		out.WriteRune(r)
		i += size
	}
	return out.String()
}

func shortName(s string) string {
	if len(s) > 40 {
		s = s[:40]
	}
	return strings.ToValidUTF8(s, "?")
}
