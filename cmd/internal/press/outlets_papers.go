package press

import "time"

// papers are newspapers and a news agency. Coast Dispatch prints the agency's
// words unchanged.
func papers() []outlet {
	return []outlet{northernLedger(), mineralCourier(), harbourWire(), coastDispatch(), lakeshoreTimes()}
}

func northernLedger() outlet {
	return outlet{
		slug: "northern-ledger", name: "Northern Ledger", kind: rss2, lang: "en",
		about: "Business news from the ports and the hills.",
		full:  true,
		items: []item{
			{
				slug: "tessaly-port-merrow", ago: 1*time.Hour + 20*time.Minute, author: "Ines Hallward",
				title: "Tessaly Metals starts rare earth separation two months early",
				text: []string{
					"Tessaly Metals has started the first rare earth separation line at its Port Merrow plant, two months ahead of plan. The line will make 1,800 tonnes of neodymium-praseodymium oxide a year, enough for the magnets of about 900,000 electric cars. It draws its feed from the Grey Hill mine, 140 km inland. A second line for dysprosium and terbium is to follow in the third quarter of 2027.",
					`The company has spent $412 million on the site since 2023. "We had planned for a slow spring and got a fast winter," said plant manager Ola Rennick. The first drums of oxide leave by ship on 2 March.`,
					"Port Merrow employs 210 people, 64 of whom came from the closed cannery next door.",
				},
			},
			{
				slug: "kestrel-loan", ago: 5*time.Hour + 10*time.Minute, author: "Tom Aldous",
				title: "State bank lends Kestrel Oxides $210 million for a heavy rare earth refinery",
				text: []string{
					"The National Development Bank has approved a loan of $210 million to Kestrel Oxides for a heavy rare earth refinery at Dunmore. The loan runs for 12 years and covers 60% of the cost. The refinery is to produce 220 tonnes of dysprosium oxide and 65 tonnes of terbium oxide a year from 2029. Kestrel must sign buyers for half of that output before the first payment.",
					"The bank said that it had weighed seven proposals. Shares of Kestrel rose 11% after the announcement.",
				},
			},
			{
				slug: "lithium-tender", ago: 7 * time.Hour, author: "Tom Aldous",
				title: "Salt flat lithium tender draws nine bidders",
				text: []string{
					"Nine companies have bid for the lithium rights of the Alto Blanco salt flat, the energy ministry said. The tender covers 340 square kilometres and runs until May. Analysts expect a price of about $95 million. Two of the bidders have no mine so far.",
				},
			},
			{
				slug: "dock-strike", ago: 9*time.Hour + 30*time.Minute, author: "Ines Hallward",
				title: "Dockers call off the weekend strike after a late offer",
				text: []string{
					"Dockers at four northern ports have called off a 48-hour strike planned for Saturday. The operators raised their offer to 5.2% over two years. Union members vote on it next week. Eleven container ships had been diverted as a precaution.",
				},
			},
		},
	}
}

func mineralCourier() outlet {
	return outlet{
		slug: "mineral-courier", name: "Mineral Courier", kind: rss2, lang: "en",
		about: "Mines, mills and metals, every weekday.",
		items: []item{
			{
				slug: "port-merrow-ndpr", ago: 55 * time.Minute, author: "Bea Lindqvist",
				title: "Tessaly opens rare earth separation at Port Merrow ahead of schedule, NdPr oxide flows",
				highlights: []string{
					"Tessaly's first solvent extraction line makes 1,800 tonnes of NdPr oxide a year.",
					"Contracts with a floor price of $95 a kilogram cover 70% of the first year's output.",
					"The heavy rare earth line has been moved forward to the third quarter of 2027.",
				},
				text: []string{
					"Neodymium-praseodymium oxide is flowing at Port Merrow, where Tessaly Metals opened its separation hall last night. Contracts with a floor price of $95 a kilogram cover 70% of the first year's output, the company told investors. The 96 mixer-settlers run on feed from Grey Hill, which reached a recovery of 91% in January. Only two other plants outside Asia separate rare earths at this scale.",
					"Analysts had expected the start in April. The plant passed its final radiation inspection in three days instead of the usual ten.",
				},
			},
			{
				slug: "grey-hill-road", ago: 6 * time.Hour, author: "Jonas Iveson",
				title: "Grey Hill wins its haul road: council vote clears the rare earth mine's expansion",
				highlights: []string{
					"The council voted 7 to 2 for the 23 km road.",
					"Ore shipments can rise from 450,000 to 800,000 tonnes a year.",
				},
				text: []string{
					"The Lakeshore council has voted 7 to 2 for a 23 km haul road to the Grey Hill rare earth mine. It lets the mine raise shipments from 450,000 to 800,000 tonnes of ore a year without trucks in the villages. The operator pays $38 million and a yearly $1.2 million for the wetlands. Work begins when the bird season ends in August.",
				},
			},
			{
				slug: "copper-stocks", ago: 3*time.Hour + 40*time.Minute, author: "Jonas Iveson",
				title: "Copper stocks fall for a fifth week",
				text: []string{
					"Copper stocks in exchange warehouses fell by 14,200 tonnes this week, the fifth decline in a row. The metal traded at $9,870 a tonne yesterday. Smelters in three countries have announced maintenance for March. Traders see no shortage before the summer.",
				},
			},
			{
				slug: "old-tailings-study", ago: 190 * time.Hour, author: "Bea Lindqvist",
				title: "Study finds neodymium in the tailings of a closed phosphate mine",
				text: []string{
					"A survey of the closed Ellerby phosphate mine has found neodymium in its tailings at 1,100 parts per million. The rare earth content of the whole heap is put at 26,000 tonnes. The owner has not decided whether recovery would pay. A pilot is planned for next year.",
				},
			},
		},
	}
}

func harbourWire() outlet {
	return outlet{
		slug: "harbour-wire", name: "Harbour Wire", kind: atom, lang: "en",
		about: "The regional news agency.",
		full:  true,
		items: []item{
			{
				slug: "tessaly-begins", ago: 1*time.Hour + 12*time.Minute, author: "Harbour Wire staff",
				title: "Tessaly begins rare earth separation at Port Merrow",
				text: []string{
					"PORT MERROW (Harbour Wire) - Tessaly Metals has begun to separate rare earths at Port Merrow, the company said late last night. The plant is designed for 1,800 tonnes of neodymium-praseodymium oxide a year. It started two months before the date given to investors. Buyers have signed for 70% of the first year's production.",
					`A line for the heavy rare earths dysprosium and terbium is planned for 2027. The region's governor called the opening "the best news since the railway".`,
				},
			},
			{
				slug: "recycling-acid", ago: 11 * time.Hour, author: "Harbour Wire staff",
				title: "Plant acid recovers 97% of dysprosium from scrap motors, university says",
				text: []string{
					"HALDEN (Harbour Wire) - Chemists at Halden University have recovered 97% of the dysprosium in scrap electric motors with an acid made from sugar beet. The process runs at 60 degrees Celsius and needs a tenth of the energy of the usual route. It takes four hours, against two days today. The group has tried it on 300 kilograms of magnets from old elevators.",
					"A pilot plant for 50 tonnes of magnet scrap a year is to open in 2027. The work appears in this month's Journal of Quiet Chemistry.",
				},
			},
			{
				slug: "ferry-timetable", ago: 8 * time.Hour, author: "Harbour Wire staff",
				title: "Island ferries return to the winter timetable",
				text: []string{
					"SANDREY (Harbour Wire) - The island ferries return to their winter timetable on Monday. The first boat leaves Sandrey at 06:10. Two crossings a day are dropped for repairs to the pier. The work lasts three weeks.",
				},
			},
		},
	}
}

func coastDispatch() outlet {
	return outlet{
		slug: "coast-dispatch", name: "Coast Dispatch", kind: rss2, lang: "en",
		about: "All the coast, all week.",
		full:  true,
		items: []item{
			{
				slug: "tessaly-begins", ago: 35 * time.Minute,
				title:  "Tessaly begins rare earth separation at Port Merrow",
				sameAs: "harbour-wire/tessaly-begins",
			},
			{
				slug: "magnet-fishing", ago: 4 * time.Hour, author: "Coast Dispatch",
				title: "Magnet fishers pull a safe from the canal",
				text: []string{
					"Three friends with a magnet on a rope pulled a locked safe from the Sandrey canal yesterday. The safe held 12 spoons and a wet telephone book of 1987. Police want to hear from anybody who misses them. The group has removed two tonnes of scrap from the water this winter.",
				},
			},
			{
				slug: "herring-season", ago: 10 * time.Hour, author: "Coast Dispatch",
				title: "Herring boats land the best catch in six years",
				text: []string{
					"Herring boats landed 1,940 tonnes this week, the best catch in six years. Prices at the quay held at 62 cents a kilogram. Skippers credit colder water in the sound. The season runs until the end of March.",
				},
			},
		},
	}
}

func lakeshoreTimes() outlet {
	return outlet{
		slug: "lakeshore-times", name: "Lakeshore Times", kind: rss2, lang: "en",
		about: "Your town, your lake.",
		items: []item{
			{
				slug: "council-road-vote", ago: 5*time.Hour + 20*time.Minute, author: "Wendy Carrow",
				title: "Council says yes to the haul road for Grey Hill's rare earth mine after a night of speeches",
				text: []string{
					"After 41 speeches the council said yes to the road for the Grey Hill mine last night, by 7 votes to 2. The 23 km road keeps ore trucks out of Fernley and Oxwick. The rare earth mine pays for it and gives $1.2 million a year to the wetlands. Two members had asked for a tunnel under the heron colony.",
				},
			},
			{
				slug: "rare-earthquake", ago: 3*time.Hour + 15*time.Minute, author: "Wendy Carrow",
				title: "Rare earthquake shakes the lake villages, nobody hurt",
				text: []string{
					"A rare earthquake of magnitude 3.1 woke the lake villages at four in the morning. Nobody was hurt. It was the first in the county since 1958. A shelf of jam fell in the Oxwick shop.",
				},
			},
			{
				slug: "library-hours", ago: 14 * time.Hour, author: "Wendy Carrow",
				title: "Library opens on Sundays again",
				text: []string{
					"The town library opens on Sundays again from next week. A grant of $18,000 pays for two librarians. The reading room opens at ten. Story hour is at three.",
				},
			},
		},
	}
}
