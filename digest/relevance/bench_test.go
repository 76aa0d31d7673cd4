package relevance

import (
	"strings"
	"testing"

	"reedaily/digest"
)

// The bar is 200 µs for a title; BenchmarkText has 3,000 characters more.
func BenchmarkTitle(b *testing.B) {
	bench(b, digest.Article{Title: "India targets rare‑earth permanent magnet production by year‑end to cut import reliance, minister says", Source: "Example Wire"})
}

func BenchmarkTitleChinese(b *testing.B) {
	bench(b, digest.Article{Title: "商务部：已批准部分稀土磁铁出口的通用许可申请，镝铽价格回落", Source: "示例报"})
}

func BenchmarkText(b *testing.B) {
	bench(b, digest.Article{Title: "Quarterly report", Text: strings.Repeat("The plant makes neodymium and praseodymium oxide from monazite. ", 47)})
}

func bench(b *testing.B, a digest.Article) {
	j := judge(b)
	b.ReportAllocs()
	for b.Loop() {
		j.Judge(a, digest.Feed{})
	}
}
