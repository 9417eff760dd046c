/** Traditional Chinese characters as simplified ones, for patterns: one for one, so that places hold. */

/**
 * A simplified character after each traditional one that contracts use; what is a word of its own in simplified Chinese
 * too (著, 乾, 徵 in names) is left as it is.
 */
const PAIRS =
  "軟软開开發发協协議议約约書书購购買买賣卖價价貨货費费資资產产業业務务標标準准驗验經经營营項项報报應应當当須须將将為为於于與与從从對对會会後后來来過过還还進进達达遲迟違违責责賠赔償偿額额總总計计幣币圓圆貳贰陸陆萬万億亿單单據据種种類类別别實实際际質质權权歸归屬属讓让轉转專专複复製制數数庫库網网絡络電电腦脑話话號号碼码統统繫系聯联選选擇择規规範范劃划圖图畫画檔档錄录記记證证註注冊册執执遞递訊讯訂订簽签蓋盖員员職职銜衔稱称監监長长辦办處处廠厂館馆銀银戶户帳账賬账稅税納纳識识優优護护維维運运輸输導导訓训練练測测試试檢检審审評评鑑鉴認认許许諾诺變变動动調调釋释適适轄辖爭争訴诉訟讼構构條条則则內内國国區区灣湾門门東东廣广華华龍龙樓楼鎮镇縣县鄉乡觀观飲饮團团醫医藥药學学術术師师藝艺創创設设備备環环節节點点階阶層层級级線线結结終终絕绝續续繼继給给組组織织繳缴領领題题願愿顧顾頁页預预頻频顯显風风險险隊队陳陈陽阳隨随隱隐難难離离雙双雜杂雲云靜静響响鬆松髮发鬥斗鬧闹鄭郑鄰邻醬酱釐厘針针鐘钟鋼钢錢钱錯错錶表鍵键鏈链鐵铁閉闭間间閱阅闊阔關关陰阴陣阵頓顿頒颁頂顶頭头飛飞馬马驅驱驟骤體体魚鱼鮮鲜鳥鸟麗丽麥麦黃黄齊齐齡龄龜龟傳传債债傷伤傾倾僅仅僱雇儀仪儲储兌兑兒儿兩两凍冻凈净剛刚劑剂勞劳勢势勝胜勵励勻匀匯汇卻却厭厌叢丛吳吴問问啟启喚唤喪丧嚴严囑嘱圍围園园堅坚場场塊块墊垫壓压壞坏壢坜夠够夢梦夥伙奪夺獎奖婦妇媽妈嬰婴孫孙寧宁寫写寬宽寶宝尋寻屆届島岛嶺岭幫帮幹干幾几廢废廳厅張张強强彈弹彙汇彥彦徑径復复恆恒恥耻悅悦惡恶愛爱態态慣惯慮虑慶庆憑凭憲宪懷怀懸悬戰战戲戏拋抛掃扫採采換换揀拣損损搖摇搶抢擁拥擔担擴扩擺摆擾扰攜携攝摄敗败敵敌斷断時时晉晋曆历曉晓暫暂棄弃極极榮荣槍枪樣样樹树橋桥機机歐欧歡欢歲岁歷历殘残殺杀氣气決决沒没況况溝沟漁渔滯滞滿满漢汉潔洁潛潜澤泽濟济濫滥濱滨灘滩災灾烏乌無无煙烟熱热燈灯爐炉爲为牽牵狀状獨独獲获畢毕異异療疗皺皱盜盗盡尽盤盘眾众確确礎础禮礼穩稳窮穷競竞筆笔築筑簡简籌筹籤签糧粮糾纠紀纪紅红紋纹純纯紙纸紛纷細细綜综綠绿綱纲緊紧緒绪編编緩缓縮缩縱纵罰罚羅罗習习聖圣聞闻聲声聽听肅肃脫脱腳脚臨临舉举舊旧艦舰莊庄葉叶蕭萧薦荐藍蓝蘇苏蘭兰虛虚補补裝装裡里見见視视親亲覺觉覽览觸触討讨訪访診诊詞词詩诗詳详誌志誤误說说課课談谈請请論论諒谅諮咨謀谋譯译譽誉讀读豐丰負负財财貢贡販贩貫贯貴贵貸贷貿贸賀贺賓宾賜赐賞赏賴赖贈赠贏赢趙赵趕赶趨趋跡迹踐践軌轨軍军載载輔辅輕轻輛辆輪轮輯辑辭辞農农連连週周遊游遠远遺遗邊边郵邮鄧邓鈞钧銷销鋪铺鎖锁鏡镜臺台佔占餘余迴回綫线裏里牆墙隻只託托僑侨贊赞啓启";

const SIMPLE = new Map<string, string>();
const characters = [...PAIRS];
for (let at = 0; at + 1 < characters.length; at += 2) {
  const [traditional, simplified] = [characters[at], characters[at + 1]];
  if (traditional && simplified && traditional !== simplified) SIMPLE.set(traditional, simplified);
}

const TRADITIONAL = new RegExp(`[${[...SIMPLE.keys()].join("")}]`, "gu");

export const simplify = (text: string): string =>
  text.replace(TRADITIONAL, (character) => SIMPLE.get(character) ?? character);
