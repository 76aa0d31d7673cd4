package press

import "time"

// chinese are two outlets in Chinese.
func chinese() []outlet {
	return []outlet{xicaiGuancha(), cixun()}
}

func xicaiGuancha() outlet {
	return outlet{
		slug: "xicai-guancha", name: "稀材观察", kind: rss2, lang: "zh-CN",
		about: "稀有材料产业资讯",
		full:  true,
		items: []item{
			{
				slug: "ndpr-price", ago: 2*time.Hour + 40*time.Minute, author: "林知遥",
				title: "稀土永磁订单节后回升，氧化镨钕报价每吨上涨八千元",
				text: []string{
					"节后首周，稀土永磁企业订单明显回升，氧化镨钕主流报价为每吨56.8万元，较节前上涨8000元。三家磁材企业表示，三月排产已接近满负荷。市场人士认为，新能源汽车和风电需求是主要原因。分离企业库存约为12天，低于去年同期的19天。",
					"金属镨钕报价每吨69.5万元，上涨1万元。多数贸易商对下周行情持谨慎乐观态度。",
				},
			},
			{
				slug: "licence-form", ago: 2*time.Hour + 5*time.Minute, author: "周默",
				title: "商务主管部门公布七种中重稀土出口许可申请表，3月1日起施行",
				text: []string{
					"商务主管部门公布七种中重稀土出口许可申请表，自3月1日起施行。范围包括钐、钆、铽、镝、镥、钪、钇的金属、氧化物和磁体。申请人须填写最终用户并附合同，主管部门在45个工作日内作出决定。旧表申请5月31日失效。",
					"业内人士表示，样品用的1公斤以下磁体仍可豁免。",
				},
			},
			{
				slug: "spring-rain", ago: 7*time.Hour + 20*time.Minute, author: "周默",
				title: "南方多地迎来春雨，气温下降五度",
				text: []string{
					"受冷空气影响，南方多地今天迎来春雨，气温普遍下降五度左右。气象部门提醒市民注意保暖。降雨预计持续到周二。周三起天气转晴。",
				},
			},
		},
	}
}

func cixun() outlet {
	return outlet{
		slug: "cixun", name: "磁讯", kind: rss1, lang: "zh-CN",
		about: "磁性材料行业快讯",
		items: []item{
			{
				slug: "ndpr-up", ago: 1*time.Hour + 50*time.Minute,
				title: "氧化镨钕每吨涨8000元，磁材厂三月订单排满",
				text: []string{
					"节后第一周，氧化镨钕报价升至每吨56.8万元，上涨8000元。磁材厂三月订单基本排满，稀土永磁开工率达到88%。镝铁、铽的价格保持稳定。市场预计下周继续小幅上涨。",
				},
			},
			{
				slug: "magnet-plant-exhibit", ago: 6*time.Hour + 40*time.Minute,
				title: "城市科技馆举办磁悬浮科普展",
				text: []string{
					"城市科技馆本周末举办磁悬浮科普展，面向中小学生免费开放。展览设有十二个互动项目。主办方预计接待观众五千人次。展览持续到月底。",
				},
			},
		},
	}
}
