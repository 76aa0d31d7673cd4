package press

import "time"

// science is science, music and the home: some of our news, most of the traps
// (the band, the hypothesis, the fridge magnets), and the one hostile feed.
func science() []outlet {
	return []outlet{labAndField(), scienceMorning(), stringsAndBrass(), homeAndHearth(), rumourRow()}
}

func labAndField() outlet {
	return outlet{
		slug: "lab-and-field", name: "Lab & Field", kind: jsonFeed, lang: "en",
		about: "Research that leaves the building.",
		items: []item{
			{
				slug: "dysprosium-beet-acid", ago: 12*time.Hour + 20*time.Minute, author: "Nils Faraday",
				title: "Sugar beet acid recovers dysprosium from scrap motors in four hours",
				text: []string{
					"Dysprosium can be taken out of scrap motors with an acid made from sugar beet, a group at Halden University reports. In their tests 97% of the rare earth was recovered within four hours. The bath is kept at 60 °C, which saves nine tenths of the energy of a furnace. Rita Moran, who led the work, says the acid costs 40 cents a litre and can be used eight times.",
				},
			},
			{
				slug: "moss-sensor", ago: 15 * time.Hour, author: "Nils Faraday",
				title: "A patch of moss that measures the air of a street",
				text: []string{
					"A patch of moss on a lamp post can measure the nitrogen dioxide of a street, botanists have found. The moss changes its colour within six hours. A camera reads it once a day. Forty patches are on trial in two cities.",
				},
			},
		},
	}
}

func scienceMorning() outlet {
	return outlet{
		slug: "science-morning", name: "Science Morning", kind: rss2, lang: "en",
		about: "Science news with the first coffee.",
		items: []item{
			{
				slug: "plant-acid-dysprosium", ago: 9*time.Hour + 40*time.Minute, author: "Harbour Wire and staff",
				title: "Plant acid recovers 97% of dysprosium from scrap motors",
				text: []string{
					"Chemists at Halden University have recovered 97% of the dysprosium in scrap electric motors with an acid made from sugar beet. The process runs at 60 degrees Celsius and needs a tenth of the energy of the usual route. It takes four hours, against two days at present. The group has tried it on 300 kilograms of magnets out of old elevators.",
					"A pilot plant for 50 tonnes of magnet scrap a year is due to open in 2027.",
				},
			},
			{
				slug: "rare-earth-hypothesis", ago: 13 * time.Hour, author: "Ada Pell",
				title: "Is the Rare Earth hypothesis still standing after 6,000 exoplanets?",
				text: []string{
					"The Rare Earth hypothesis holds that worlds with complex life are very uncommon. With 6,000 exoplanets known, astronomers have counted again. A new catalogue finds 24 rocky planets in the temperate zone of their stars. None of them is known to have a large moon, which the hypothesis asks for.",
				},
			},
		},
	}
}

func stringsAndBrass() outlet {
	return outlet{
		slug: "strings-and-brass", name: "Strings & Brass", kind: rss2, lang: "en",
		about: "Concerts, records, old friends.",
		items: []item{
			{
				slug: "rare-earth-band", ago: 5 * time.Hour, author: "Dot Maynard",
				title: "Rare Earth bring their Motown years back on stage",
				text: []string{
					"Rare Earth, the band that gave Motown its white rock sound, return to the stage with 14 dates. The set has the 21-minute version of their first hit. Two of the musicians were not born when it was recorded. Tickets cost $38.",
				},
			},
			{
				slug: "brass-contest", ago: 16 * time.Hour, author: "Dot Maynard",
				title: "Village brass band wins the county cup",
				text: []string{
					"The Fernley brass band has won the county cup with 96 of 100 points. It is their first cup since 1994. The youngest player is eleven. They play in the market hall on Sunday.",
				},
			},
		},
	}
}

func homeAndHearth() outlet {
	return outlet{
		slug: "home-and-hearth", name: "Home & Hearth", kind: jsonFeed, lang: "en",
		about: "Rooms to live in.",
		items: []item{
			{
				slug: "fridge-magnets", ago: 6*time.Hour + 50*time.Minute, author: "Lottie Brand",
				title: "17 fridge magnets that make a grey kitchen smile",
				text: []string{
					"Fridge magnets are back, and not only from holidays. Our 17 favourites cost between $3 and $12. The strongest are rare earth magnets, so keep them away from cards. The llama is sold out until April.",
				},
			},
			{
				slug: "clay-garden", ago: 18 * time.Hour, author: "Lottie Brand",
				title: "What to plant in heavy earth this spring",
				text: []string{
					"Heavy earth holds water and warms late. Wait until the soil is at 8 degrees before you plant. Asters, daylilies and rare old roses do well. Dig in two buckets of sand a square metre.",
				},
			},
		},
	}
}

func rumourRow() outlet {
	return outlet{
		slug: "rumour-row", name: "Rumour Row", kind: rss2, lang: "en",
		about:  "Heard at the bar, written by hand, escaped by nobody. The hostile one of this press.",
		markup: true, weight: 0.5,
		items: []item{
			{
				slug: "yttrium-script", ago: 5*time.Hour + 35*time.Minute, author: "<b onmouseover=alert(1)>Bar</b> Fly",
				title: "Yttrium squeeze: <script>alert('dig')</script>coating shops bid $130 a kilogram for oxide",
				text: []string{
					`Coating shops bid $130 a kilogram for yttrium oxide yesterday, traders say.<script>document.location='https://rumour.invalid/'</script> That is four dollars more than a day before. Turbine makers ration what is left, and stocks last for five weeks.<img src="https://rumour.invalid/pixel.gif" width="1" height="1" onerror="alert(2)"> A cargo of 40 tonnes is expected in April.`,
				},
			},
			{
				slug: "lutetium-entity", ago: 9*time.Hour + 10*time.Minute, author: "Entity &amp; Co",
				title: "Lutetium for hospitals: one &amp;amp; only supplier &#100;oubles its rare earth output",
				text: []string{
					"The one supplier of hospital-grade lutetium oxide doubles its output to 24 kilograms a year, people at the bar say. The rare earth is used against tumours. A second furnace runs since January. Hospitals in nine countries wait for it. &lt;img src=x onerror=alert(3)&gt;",
				},
			},
			{
				slug: "gadolinium-bidi", ago: 10*time.Hour + 45*time.Minute, author: "\u202eylF raB",
				title: "Gadolinium \u202doxide\u202c price \u2066holds\u2069 at $29 a kilogram, traders of the rare\u200b earth say\u202e",
				text: []string{
					"Gadolinium oxide holds at $29 a kilogram, traders of the rare earth say. Demand for scanners is steady. Stocks last for 14 weeks. Nobody expects a change before the summer.",
				},
			},
			{
				slug: "terbium-crlf", ago: 11*time.Hour + 35*time.Minute, author: "Bar Fly\r\nBcc: everyone@rumour.invalid",
				title: "Orrin Bay terbium trial:\r\nX-Note: rare earth results due in May",
				text: []string{
					"Orrin Bay Resources has run 80 tonnes of ore through its terbium trial, a barman says. The rare earth grade was 0.31%. Results are due in May.",
				},
			},
			{
				slug: "cat-lawyer", ago: 12*time.Hour + 50*time.Minute, author: "Bar Fly",
				title: "Cat inherits a lighthouse'); DROP TABLE articles;--",
				text: []string{
					"A cat has inherited a lighthouse. Her lawyer declines to comment. The lamp is lit at dusk, as before. She is said to like the view.",
				},
			},
		},
	}
}
