package press

import "time"

// trade are the papers of the trade, and a gazette of official notices.
func trade() []outlet {
	return []outlet{tradeGazette(), supplyChainPost(), magnetMonitor(), capitalSheet(), engineWeek()}
}

func tradeGazette() outlet {
	return outlet{
		slug: "trade-gazette", name: "Trade Gazette", kind: rss1, lang: "en",
		about: "Notices of the ministries, in full.",
		items: []item{
			{
				slug: "licence-form-heavy", ago: 3*time.Hour + 5*time.Minute,
				title: "Notice 18: application form for export licences, seven medium and heavy rare earths",
				text: []string{
					"The ministry of trade publishes the application form for export licences on seven medium and heavy rare earths. The notice covers samarium, gadolinium, terbium, dysprosium, lutetium, scandium and yttrium, as metals, oxides and magnets. Applicants must name the end user and attach a contract. A decision is due within 45 working days. The form takes effect on 1 March; applications on the old form lapse on 31 May.",
				},
			},
			{
				slug: "paper-tariff", ago: 6*time.Hour + 30*time.Minute,
				title: "Notice 17: customs tariff on coated paper",
				text: []string{
					"The ministry of trade sets the customs tariff on coated paper at 6.5% from 1 April. The notice replaces Notice 204 of last year. Goods on their way by that date are exempt. Objections may be sent until 15 March.",
				},
			},
			{
				slug: "bridge-tolls", ago: 12 * time.Hour,
				title: "Notice 16: tolls for the river bridges",
				text: []string{
					"The ministry of transport publishes the tolls for the five river bridges. The toll for cars remains at $2.40. The toll for vehicles above 12 tonnes rises by 4%. The tolls apply from 1 March.",
				},
			},
		},
	}
}

func supplyChainPost() outlet {
	return outlet{
		slug: "supply-chain-post", name: "Supply Chain Post", kind: jsonFeed, lang: "en",
		about: "How things get where they are needed.",
		full:  true,
		items: []item{
			{
				slug: "licence-form-explained", ago: 2*time.Hour + 15*time.Minute, author: "Meera Castellan",
				title: "New export licence form for seven medium and heavy rare earths: what it asks, what buyers should prepare",
				text: []string{
					"Exporters of dysprosium, terbium and five other rare earths must use a new licence form from 1 March, according to a notice of the trade ministry. The form asks for the end user, a signed contract and a description of the final product. The ministry promises a decision within 45 working days. Last year licences took 70 days on average, a survey of 120 buyers found.",
					"Carmakers with stocks for less than eight weeks should apply in the first days, advisers say. Magnets below 1 kilogram for samples stay exempt.",
				},
			},
			{
				slug: "container-rates", ago: 5*time.Hour + 45*time.Minute, author: "Meera Castellan",
				title: "Container rates ease as new ships arrive",
				text: []string{
					"The rate for a 40-foot container across the ocean fell 6% this week to $2,310. Eleven new ships enter service this quarter. Carriers have cancelled fewer sailings than last winter. Forwarders expect rates to settle after the holidays.",
				},
			},
		},
	}
}

func magnetMonitor() outlet {
	return outlet{
		slug: "magnet-monitor", name: "Magnet Monitor", kind: atom, lang: "en",
		about:   "Permanent magnets and what they are made of.",
		onTopic: true, weight: 1.2,
		items: []item{
			{
				slug: "ndpr-week", ago: 2*time.Hour + 25*time.Minute, author: "Priya Osei",
				title: "NdPr oxide gains 1.4% in the first week after the holiday",
				text: []string{
					"Praseodymium-neodymium oxide rose by 8,000 yuan to 568,000 yuan a tonne in the first week after the holiday, a gain of 1.4%. Magnet makers report full order books for March. Stocks at separation plants cover 12 days, against 19 a year ago. Dysprosium and terbium were unchanged.",
				},
			},
			{
				slug: "hollin-ferry", ago: 4*time.Hour + 30*time.Minute, author: "Priya Osei",
				title: "Brightwater breaks ground on a 3,000-tonne magnet factory at Hollin Ferry",
				text: []string{
					"Brightwater Magnetics has broken ground on a factory for sintered neodymium magnets at Hollin Ferry. It is to make 3,000 tonnes a year from the first half of 2028, a tenth of what the region imports. The investment is $460 million, of which the state pays 15%. Scrap from the machining is melted again on the site, so that less than 2% of the rare earths is lost.",
				},
			},
		},
	}
}

func capitalSheet() outlet {
	return outlet{
		slug: "capital-sheet", name: "Capital Sheet", kind: atom, lang: "en",
		about: "Money on one page.",
		items: []item{
			{
				slug: "kestrel-dunmore", ago: 4*time.Hour + 40*time.Minute, author: "Lucas Byrne",
				title: "Kestrel Oxides jumps 11% on $210 million bank loan for its Dunmore heavy rare earth refinery",
				text: []string{
					"Kestrel Oxides gained 11% to $3.42 after the National Development Bank promised it $210 million. The money pays for three fifths of a heavy rare earth refinery at Dunmore, which is to deliver dysprosium and terbium oxide from 2029. Kestrel needs contracts for half the output first. Two motor makers are in talks, chief executive Hanna Voss said.",
				},
			},
			{
				slug: "brightwater-bond", ago: 3*time.Hour + 55*time.Minute, author: "Lucas Byrne",
				title: "Brightwater sells a $150 million bond for its 3,000-tonne magnet factory at Hollin Ferry",
				text: []string{
					"Brightwater Magnetics has sold a bond of $150 million to pay for its neodymium magnet factory at Hollin Ferry, where work began yesterday. The bond pays 6.1% and was covered three times. The factory costs $460 million and is to make 3,000 tonnes of magnets a year from 2028. The state adds 15%.",
				},
			},
			{
				slug: "bank-results", ago: 8*time.Hour + 50*time.Minute, author: "Lucas Byrne",
				title: "Regional banks report a quiet quarter",
				text: []string{
					"Three regional banks reported a quiet quarter yesterday. Profits rose by 2% on average. Bad loans stayed at 0.8% of the book. All three keep their dividends.",
				},
			},
		},
	}
}

func engineWeek() outlet {
	return outlet{
		slug: "engine-week", name: "Engine Week", kind: rss2, lang: "en",
		about: "Turbines, motors and the people who build them.",
		items: []item{
			{
				slug: "yttrium-coatings", ago: 6*time.Hour + 15*time.Minute, author: "Carl Nyberg",
				title: "Turbine makers ration yttrium as coating powder runs short",
				text: []string{
					"Two turbine makers have begun to ration yttrium oxide, which protects blades from heat. Coating shops have powder for five weeks, against 16 weeks a year ago. The price has risen from $9 to $126 a kilogram since last spring. One maker tests a coating with a third less of the rare earth.",
				},
			},
			{
				slug: "ferry-engines", ago: 10*time.Hour + 30*time.Minute, author: "Carl Nyberg",
				title: "Shipyard picks methanol engines for four ferries",
				text: []string{
					"A shipyard has picked methanol engines for four ferries that are due in 2028. Each has 9.6 megawatts. The order is worth $74 million. The first engine is tested in October.",
				},
			},
		},
	}
}
