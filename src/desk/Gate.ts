/**
 * What must reach a person whatever any score says: vulnerabilities, leaks, accounts taken over, payment fraud, legal
 * threats, danger to somebody's life. A lexicon is enough, and so is a classifier over n-grams, for English together with one
 * over embeddings: a false alarm costs a minute of a person, a miss may cost much more.
 */
import { Normal, Script } from "../text/index.ts";
import * as Dangers from "./Danger.ts";
import * as Feature from "./Feature.ts";
import * as Linear from "./Linear.ts";
import type * as Matrix from "./Matrix.ts";

type Danger = Dangers.Danger;
export type Alarm = {
  readonly danger: Danger;
  readonly by: "lexicon" | "classifier" | "embedding";
  readonly evidence: string;
};

/** Most urgent first: where several match, the first counts. */
const LEXICON: readonly (readonly [Danger, readonly RegExp[]])[] = [
  [
    "harm",
    [
      /\b(kill(ing|ed|s)?|hang(ing|ed|s)?|shoot(ing|s)?|hurt(ing|s)?|harm(ing|s)?|cut(ting|s)?|burn(ing|s)?|starv(e|es|ing)|hate) (my|her|him|them|your)sel(f|ves)\b/,
      /\bsuicid(e|al)\b(?! squad)/,
      /\bwants? to die\b|\bi (will|would|might as well|'?d rather|would rather) (be dead|die)\b|\bbe dead before\b/,
      /\b(end|ends|ending|take|takes|taking|took|taken|end it|ending it) (my|her|his|their|your) (own )?li(fe|ves)\b|\bending? it all\b|\bend it tonight\b/,
      /\b(don'?t|do not|no longer|not|never) want to (live|be alive|wake up|go on living)\b|\b(no|any) (reason|point|will) (to|in) (live|living|stay(ing)? alive|going on)\b|\bnot worth living\b|\bstay alive\b/,
      /\bcan(no|')t (bear|stand) (this|my) life\b|\bout of this world\b|\bi cannot go on\b|\bcan'?t go on (living|like this)\b|\bnever wake up\b|\bdisappear(ing)? forever\b/,
      /\b(overdos(e|ed|ing)|swallowed (bleach|pills)|taken all the pills|painless way to die|noose|farewell letter|sounds like a farewell|self[- ]harm|danger to myself|razor|gun in his)\b/,
      /\b(jump(ing)? (tonight|off|from)|standing on the bridge|throw (my|her|him)self|set (my|her|him)self on fire|driving into a wall|slit|wrists? (are )?bleeding|hold the razor)\b|\bwrists bleeding\b/,
      /\b(better off without me|miss me if i|last message|say goodbye|said goodbye|no way out but|my death)\b|\b(sorry|family|forever|mum|world)\b.{0,12}\bgoodbye\b|\bgoodbye\b.{0,12}\b(family|forever|world|all)\b/,
      /\bi have a knife\b|\bchok(e|ing) themsel|\bstarve themsel|\bwith a gun\b|\bhope it will be over\b|\bburn my arms\b/,
      /自杀(?!小队)|轻生|寻死|自尽|自残|自焚|割腕|割自己|上吊|跳楼|卧轨|遗书|遗言|永别|跳下去|站在桥上/,
      /不想活|不想再活|活不下去|活着没(有)?(意思|意义)|没有活(着|下去)|不如死|想死(?!你们)|说想死|去死|宁愿死|死给你|死在你们|除了死|怎么死|死不疼/,
      /结束(自己的|自己|我的|这)?(生命|一切)|了结自己|一了百了|离开(这个)?(世界|人世)|不想留在人世|再也不醒|永远消失|没有我大家|不在了也没/,
      /(药|安眠药)全(吃|吞)|吞(安眠)?药|过量的药|喝了?农药|绝食|烫(自己|胳膊)|伤害自己|掐自己|开枪打死自己|手里(有|拿着)刀|拿着刀|手腕流血|熬不下去|开车撞墙|跟大家告别|最后一条消息|撑不住了/,
    ],
  ],
  [
    "vulnerability",
    [
      /\b(sql|code|script|command|html) injection\b(?! (lesson|lecture|mould))|\bxss\b|\bcsrf\b|\bcve\b|\bssrf\b|\bcross[- ]site\b|\bzero[- ]day\b|\bpenetration test\b|\bproof of concept\b/,
      /\b(security|critical|serious) (issue|hole|holes|flaw|flaws|bug|vulnerabilit\w*|weakness|gap)\b|\bvulnerabilit(y|ies)\b|\bvulnerable to\b|\bresponsible disclosure\b|\bbug bounty (program|programme|reward)\b|\bbounty\b(?! page)/,
      /\b(remote|arbitrary) (code )?execution\b|\bcode execution\b|\bgot a shell\b|\bexecutes? it on your server\b|\bprivilege\b|\bescalate\b|\bman in the middle\b|\bbrute[- ]force\b|\bhard[- ]coded\b|\bplain ?text passwords?\b|\bpasswords? (over|in) plain\b|\bapi secret\b/,
      /\bbypass(ed|ing)?\b|\bcircumvent\w*|\bget around the (login|password|check)|\bopen redirect\b|\bmetadata service\b|\bintrospection\b|\bdirectory listing\b|\bsubdomain\b.*\btaken over\b|\brace condition\b|\bdeseriali[sz]\w*/,
      /\b(anyone|anybody|everybody|the public|attackers?) can (delete|see|read|mark|join|use|access|download|edit|log|open|get)\b|\bcan be (used|stolen|replayed|forged|guessed|reused) by (anybody|anyone|others|scripts)\b|\bcan be (stolen|replayed|forged|tampered)\b/,
      /\b(without|no) (a |any )?(password|login|authenti\w*|authoris\w*|authoriz\w*|permission)\b.*\b(admin|open|access|see|read|download|panel|enter)|\b(admin|panel|page|endpoint|data)\b.*\b(without|no) (a |any )?(password|login|authenti\w*|authoris\w*|logging in)\b/,
      /\bchang(e|ing) the (number|id|url|price|request|token|address)\b|\bediting (one field|the url)|\btamper\w*|\bmanipulat\w+ the (request|price|url)|\bin the url lets\b|\bjumping to the\b.*\burl\b|\bskip the payment\b/,
      /\b(never|doesn'?t|does not|no one) checks? (who|the tenant|author\w*|permission\w*)\b|\bno rate limit\b|\bunsigned requests\b|\bsequential\b|\benumerate\b|\bhttponly\b|\/etc\/passwd|\bexpired? and the app still connects\b|\bheartbeats?\b.*\bmemory\b|\bexploit(s|ed|able)?\b(?! of the week)|\bprinted its (system )?credentials\b|\b(answers?|passwords?|secrets?|tokens?|keys?) in the response\b|\btheir answers in\b|\breturns (every|all)\b/,
      /\bruns any javascript\b|\bdatabase error with\b|\blog in with a wrong password\b|\baccepts anything\b|\bpassword hash\b|\bpin of the card\b|\blists all files\b|\bdodged\b|\bcome back in the response\b|\bstill inside someone'?s account\b/,
      /漏洞(?!周报)|注入(?!那一讲|模块|课)(?=|漏洞)(?<=(sql|代码|脚本|命令)注入)|xss|csrf|越权|提权|绕过|绕过去|爆破|暴力破解|渗透测试|零日|白帽|远程执行|执行任意|任意命令|中间人|撞库|撞出来|反序列化|明文(传输|保存|存储)|硬编码|写死了?(密钥|密码)/,
      /(改|换|修改|篡改|换掉)(一下)?.{0,8}(编号|订单号|id|链接|令牌|价格|字段|请求).{0,14}(看到|冒充|下单|变成|能改|就能|拿到)|抓包/,
      /(任何人|谁|别人|所有人|都)(都|拿到都|也)?(可以|能)(随意)?(删|用|下载|改|看|进|访问|调|打开|把).{0,10}|没(有)?(校验|验签|鉴权|做权限|防|次数限制|限制次数|隔离)|不用(密码|登录)就(能|可以)|不登录就(能|可以)|没权限也能/,
      /返回.{0,4}(所有|全部)(客户|用户)|任意网站|邀请码.{0,8}(猜|连续)|直接访问.{0,6}(页|地址).{0,6}(跳过|就能)|跳过(付款|支付|验证)|可执行文件|拿到shell|能列出|整个目录|内网地址|系统文件|攻击(代码|方法)|重复使用|(哈希|密保答案|密钥|密码).{0,8}(看到|返回|告诉|泄露|露)|看到.{0,8}(哈希|密钥|的密码)|被(别人|他人)接管|余额翻倍|脚本代码会|数据库报错|安全(问题|缺陷|隐患).{0,10}(报告|缺陷|提交)|居然登录成功|还在别人的账号|猜就能进|前八位|一直有效|应用锁/,
    ],
  ],
  [
    "leak",
    [
      /\bdata (breach|leak)\b|\bbreach at\b|\b(has|have|had|been|was|were|got|a) (been )?(leaked|exposed|published|disclosed)\b(?!.*benchmark)|\bleak(ed)? (of|my|our|the|your|customer|user)\b|\b(leaks|exposes?|exposed|disclos\w+|discloses) (my|our|customer|personal|internal|user|secret|private|patient|their)/,
      /\b((an)?other|a different|all (of )?your|the wrong) (customer|client|user|person|people|tenant|buyer|compan\w+|patient|employer|clinic|merchant)'?s?'?\b.{0,30}\b(data|details|contract|orders?|address|account|information|documents?|files?|statement|photos?|report|booking|balance|names?|list|invoices?|records?|dump|calendar|birthdays?|cards?|messages|results|profile|history|phone|bank)\b|\b(someone|somebody|anyone) else'?s\b|\bstrangers?'?s?'?\b.{0,20}\b(data|details|orders?|address|information|photos?|names?|calendar|birthdays?)\b|\bnames? and birthdays\b/,
      /\b(visible|open|readable|accessible|reachable|available|shown|listed) (to|in|for|without) (all|everyone|everybody|anyone|the (public|world|internet|web|other)|strangers|google|search|others|login)\b|\bpublicly (reachable|accessible|available|visible)\b|\bpublic (github|repository|dashboard shows)\b|\bindexed by\b|\bshows? up in search\b|\b(details|data|address|number|private|personal)\b.{0,20}\bon google\b|\bhacking forum\b|\bdark web\b|\bcirculating online\b/,
      /\b(sell|selling|sold|for sale)\b.{0,20}\b(user|customer|data|list|records?)\b|\bhackers? stole\b|\bin the cc\b|\baddresses visible\b|\b(mailed|sent|forwarded|went|given|gave) .{0,40}\b(to the wrong|to (a )?strangers?|to my (employer|colleagues|flatmate|ex)|without my consent|to someone)\b|\bwithout (my consent|asking and shows)\b/,
      /\bmy (private|personal|confidential|sensitive)\b.{0,40}\b(public|online|others|published|visible|google|search)\b|\b(photos?|pictures) that are not mine\b|\bposted a screenshot with my\b|\bmy (data|details|information|id|identity|address|records?)\b.{0,30}\b(shared|sold|posted|published|leaked|circulat\w+|looked up|got out)\b|\blooked up my records\b|\bcontact list without\b/,
      /\b(anonymous)\b.{0,30}\bare not\b|\bprinted on the outside\b|\bcalling me by name\b|\bsalar(y|ies)\b.{0,40}\b(public|reachable|colleagues|visible|staff)\b|\bex-employee of yours\b|\bprivate is still open\b|\bread out another\b|\bcard numbers (are )?visible\b|\breal names of\b|\bpassports in your\b|\bapi keys appeared\b|\brecording of my call\b.*\bpublished\b|\bstrangers? know\b|\binvoices of every\b|\bmy bank details were shown\b|\bgot my (new )?address from\b|\bvisible on your\b.{0,20}without login|\bviolated my privacy\b/,
      /\b(belongs? to|meant for|intended for) (a |an )?(different|another|other|someone|somebody)\b|\b(of|from|with) (all|every|each|other|the other) (your |the )?(customers?|users?|patients?|clients?|compan(y|ies)|employees?|members?|clinics?)\b.{0,30}$|\b(every|all|each) (the )?(customers?|users?|patients?|members?)'?s? (phone|mail|e-mail|address|data|details|names?|passwords?)\b|\bof (someone|somebody|people) (i|we) (don'?t|do not) know\b|\bof strangers\b|\bby (the )?other (clinic|compan|client|customer|tenant|user)\w*|\b(e-?mail addresses|logins?|users?) and passwords\b|\bwith my (full )?(identity|name)\b.{0,20}\bto\b/,
      /泄露|泄漏(?!(传感|检测|报警))(?<!内存泄漏)(?<!有内存泄漏)|外泄|流出|拖库|被卖|数据(被)?曝光|隐私被|侵犯(了)?我的?隐私|暗网|黑客论坛/,
      /(别人|其他人|他人|另一(个|位)|别家|别的(公司|企业|客户|诊所)|陌生人|其他(公司|用户|客户)|不认识的人)的?.{0,10}(订单|地址|合同|信息|资料|账户|照片|对账单|姓名|文件|预订|余额|化验|电话|数据|隐私|安排|用户|病历|文档|机密)/,
      /(陌生人|买家|客户|全部客户|用户).{0,4}(的)?(地址|名单|资料|数据|姓名|信息).{0,10}(出现|外面|网上|附件|卖|公开|看到)|出现了?(陌生人|别人)|全是不认识的人|收到.{0,6}(别人|他人)的/,
      /(网上|公开|搜索引擎|一搜|随便谁|谁都|所有人|外面|公开的).{0,16}(身份证|资料|工资|聊天记录|护照|文件|邮箱|密码|发票|流传|收录|访问|客户|真名)|(设成|设为)?私密.{0,10}(还是|仍然?|都)能|(身份证|资料|工资(表|条)|聊天记录|护照|照片|机密|隐私|个人信息|截图|录音|名字|姓名|税号|密钥|银行卡|信用卡号|真名|档案|通讯录|新住址|通知).{0,14}(泄|网上|外面|公开|收录|流传|被同事|发到朋友圈|看得见|看得到|看到|露|印着|打印出来|打电话|寄到了|别人|曝光|问到)/,
      /没有?密送|通讯录.{0,6}传|(另一位|别的|其他)客户的|查了我的(档案|资料|记录)|问到了?我的|(日志|文件|页面)里?有.{0,8}(密码|身份证)|(病人|患者|用户|客户).{0,2}真名|税号.{0,6}(外面|露)|外面印着|卖(你们的|用户)数据|骚扰电话|发给了?(别人|陌生人)|寄给了?别人|转给了?被投诉|员工手里还有|员工(泄露|把我)|报着我的名字|室友.{0,12}看到|能看到(孩子|病人|客户)|被?搜到|私信.{0,6}看得到|所有收件人|知道我的订单/,
    ],
  ],
  [
    "takeover",
    [
      /\b(account|profile|page|wallet|channel|workspace|credentials?)\b.{0,30}\b(hacked|stolen|hijacked|compromised|taken over|breached|phished|sold|infiltrated)\b|\bhack(ed|er|ers)\b(?!.*(game|simulator))|\bhijack\w*|\bcompromised\b|\bphished\b|\bmalware\b|\bintruder\b|\bunauthori[sz]ed (access|person|login)\b/,
      /\b(someone|somebody|a stranger|stranger|strangers|unknown (person|device|man)|an? intruder|my ex|an? (former )?employee|another (person|device)|they|he|a caller|a man)\b.{0,60}\b(my (account|password|e-?mail|profile|pin|two-factor|login|phone number|messages|settings|identity|address|sim)|logs? in|logged in|signs in|signed in|locked me out|into our|access to (my|our)|as owner|impersonat\w+|pretend\w* to be me|added himself|got into)\b/,
      /\b(changed|replaced|altered|disabled|used up|reset)\b.{0,40}\b(not by me|not mine|by someone( else)?|overnight|without my|isn'?t mine|i used none|never entered)\b|\bnot by me\b|\bwasn'?t me\b|\bi (did not|didn'?t|never) (request|wrote|write)\b|\bthat i (did not|didn'?t|never) (make|wrote|write|request|ask|do|enter\w*)\b|\bnone of them mine\b|\bnot ours\b|\bnever been there\b|\bweren'?t mine\b/,
      /\b(don'?t|do not) recogni[sz]e\b.{0,30}\b(signed|login|device|session)|\b(devices?|login|session|sign-in)\b.{0,30}\b(don'?t|do not) recogni[sz]e\b|\b(login|sign-in) alert from\b|\bsuspicious login\b|\bsim (was|card was)? ?(swapped|hijacked)\b|\bsim swap\b|\bguessed my pin\b|\bspent them from\b|\bsecretly access\b/,
      /\b(freeze|block|lock)\b.{0,20}\b(account|access|wallet|it please)\b|\b(stole|stolen) my (phone|account|laptop)\b.{0,40}\b(block|lock|wallet|account)|\blost my laptop\b|\bimpersonat\w+|\bclicked a link\b.{0,60}\bcode\b|\bgave .{0,30}\b(code|password|login)\b|\b(giving|gave|give) (away )?(her|his|my|the) (verification|six digit|login)?.{0,12}(code|login)\b|\btook control of my screen\b|\bwith my identity\b|\bwith my e-?mail\b.{0,30}(can'?t|cannot) remove/,
      /\bwho did this\b|\bkicked out because another\b|\b(recovery|backup) (address|mail|number|phone)\b.{0,12}\b(isn'?t|is not) mine\b|\bstrange links from me\b|\bsending spam\b|\bin my name\b|\bhas come back to life\b|\baccount is active again\b|\bpretending to be me\b|\bwe(b)?site? pretending\b|\bleft last month still\b|\bstill has access\b|\blogin from\b.{0,20}(vietnam|russia|china|abroad|another country)/,
      /(账号|账户|号|主页|频道|店铺|会员|钱包).{0,6}(被|遭)(人)?(盗|黑|偷|劫持|入侵|占|冻|登|盗卖|挤)|盗号|盗卖|被盗(?!吗)(?=|了)|账号失窃|被黑(?!屏)|黑客(?!模拟|游戏)|木马(?!关卡)|病毒偷|中了(木马|钓鱼)|钓鱼(网站|短信)|被劫持|被入侵/,
      /(有人|别人|对方|他们|陌生人|陌生|黑客|前男友|前女友|前夫|前妻|骗子|外人).{0,14}(登(录|着|了)?|进了?|知道|猜出|改|绑|用|冒充|假冒|冒用|盗用|控制|顶|加成|注册|借钱)(了)?(我|我们)?.{0,8}(账号|的号|号|密码|邮箱|手机号|照片|头像|身份|空间|账户|导出|所有者)?/,
      /(不是|不认识|根本没|没有?)(我|我们)?.{0,4}(本人|下的单|发的|买的|关的|登(过|录)?|去过|的人|操作|申请|填过|用)(?=.{0,12}$|，|。)|都不是我|一个没用|谁干的|不认识的设备|陌生设备|异地登录|异常登录|国外.{0,4}登录/,
      /(邮箱|手机号|密码|设置|两步验证|密保|收款账户|昵称|头像|资料).{0,8}(被|让)?(人|别人|陌生人|黑客)?(改|换|换成|关)(掉|了|成)|一夜之间|突然绑|多了一个.{0,6}地址|挤下线|顶下来|补办|盗办|冒充我|假冒我|冒用我的|报给他|(给|告诉|骗走).{0,4}(了)?(骗子|验证码|账号密码)|填了验证码|骗走了?验证码|离职.{0,6}(员工)?.{0,4}(还|仍)?能|前员工|还能(进|看)我们|帮我锁(一下|住|定)|(账号|账户|钱包).{0,4}锁(一下|住|定)|马上冻结|快.{0,4}(锁|冻结|封号)|远程控制|又有人在用|活过来|偷偷登|没申请过|乱发广告|奇怪的链接|不知情/,
    ],
  ],
  [
    "fraud",
    [
      /\bfraud(ulent|ulently|sters?)?\b(?!.*(filter|quiz|awareness|check rejects))|\bscam(s|med|mer|mers)?\b(?!.*(filter|calls))|\bswindl\w+|\bcon(ned| artist)\b|\bponzi\b|\bcounterfeit\b|\bforg(ed|eries|ery)\b|\bbogus\b|\bmoney laundering\b|\blaunder\w+|\bidentity theft\b|\bcrooks?\b|\bdeceived\b|\bcheated out\b|\btricked\b|\bphantom orders\b|\bcard testing\b|\bcloned my card\b|\bturned out to be a con\b/,
      /\b(did not|didn'?t|never) (authori[sz]ed?|make|made|bought|buy|signed?)\b.{0,40}\b(charge|payment|withdrawal|transaction|card|coins|credit|purchase|this)\b|\b(charge|payment|withdrawal|transaction|purchase)s?\b.{0,25}\bi (did not|didn'?t|never) (authori[sz]ed?|made?|do)\b|\bthat i never (made|signed|authori[sz]ed)\b|\bwithout my (knowledge|permission|consent)\b.{0,30}\b(paid|payment|card|charge)?|\bunauthori[sz]ed (charge|transaction|payment|withdrawal)\b|\bunknown (subscription|charge) of\b/,
      /\b(payment|charge|transaction|withdrawal|purchase|activity|spending|debit)s?\b.{0,40}\b(i|we)( definitely)? (don'?t|do not|did ?not|didn'?t|haven'?t|have not|never) (recogni[sz]e|remember|recall|make|made|do|done|purchased?|authori[sz]ed?)\b|\b(don'?t|do not|didn'?t) (recogni[sz]e|remember|recall) .{0,25}\b(payment|charge|transaction|withdrawal|purchase|debit)s?\b/,
      /\b(unk?n?own|strange|suspicious|fishy|questionable|unauthori[sz]ed|fraud?ulent|fradulent|weird) (card |debit |bank )?(charge|payment|transaction|activity|activities|spending|withdrawal|debit|purchase)s?\b|\bsomething fishy\b|\b(card|details|info|information|identity|data) (was|were|is|has been|have been|got|may be|might be) (just )?(stolen|cloned|compromised|copied)\b|\bstole my\b|\b(someone|somebody)\b.{0,25}\busing (my|me) card\b|\breport(ing)? .{0,20}\b(fraud|unauthori[sz]ed|suspicious|stolen)\b|\bsecurity breach\b|\bcard'?s? security\b/,
      /(不认识|没见过|陌生|可疑|不明|来历不明)的?.{0,4}(扣款|交易|消费|账单|付款|支出|转账|活动)|(扣款|交易|消费|付款|支出).{0,8}(不是我|我没(有)?做过|没印象|不认识|不记得)|(银行卡|信用卡|卡|信息|资料)被(偷|盗|复制|盗取)/,
      /\b(someone|somebody|a thief|they|an unknown man|my employee|employee)\b.{0,40}\b(used my (credit )?card|my (credit )?card|took a loan|withdrew|took money|emptied|refunds orders to|in my name|under my name|took credit|used a stolen)\b|\bstolen (credit )?card\b|\bmy card\b.{0,30}\b(used|charged)\b.{0,30}\b(without|foreign|seven|never)\b/,
      /\b(fake|false|wrong) (invoice|version|support|payment|copy|reviews|shop|site)\b|\binvoice\b.{0,40}\b(fake|different bank|differs)\b|\bdifferent bank account\b|\bspelled differently\b|\bcopies yours\b|\bwith your logo\b|\bunder your name\b|\bin your name\b|\bchange the supplier'?s iban\b|\bclaiming to be\b|\bpretending to be your\b|\bpay outside\b|\btook my money and\b|\bdisappeared with my\b|\bgift cards? and send the codes\b|\bvanished\b|\bempty box\b.{0,20}\brefuses\b/,
      /\b(balance|wallet|account|gift cards?|savings)\b.{0,30}\b(emptied|stolen|drained|withdrawn|disappears?)\b|\bemptied my\b|\bmoney disappears\b|\brefund was sent to an account i don'?t\b|\bwithdrew my whole\b|\bhave no account with you\b|\bstop the (transfer|payment)\b.{0,30}\b(deceived|fraud|scam)?|\bthey stole\b|\bdoes not exist\b.{0,5}$|\bsteals? payments\b|\bstickered over\b|\bchargeback\b|\byou say it is not yours\b|\bmy bank account was debited\b|\bsecond time with a handheld\b|\bthen? (the )?listing is gone\b/,
      /诈骗(?!电话)|骗人|(邮件|短信|链接|网站|客服)是假的|(订单|退款).{0,6}退(款)?到自己|(拿|用)我的.{0,6}(分期|贷款|下单|买)|骗(子|走|了(我|钱|三百|两万)|钱|局)|被骗|欺诈|盗刷|盗用|冒用|假(货|票|发票|账单|客服|店)|伪造|仿冒|山寨|庞氏|洗钱|套现|传销|跑路|测卡|拒付|止付|偷来的卡|被人(提走|转走|清空|用光)|转空/,
      /(不是|没有?)(我|本人)?.{0,6}(刷的|付的|授权|买过|签过|注册过?).{0,10}(钱|扣|交易|提现|贷款|付款|被)?|未经(我)?(授权|同意).{0,6}(交易|付款|扣)|没经过我同意就付款|用我的(信用卡|银行卡|名义|手机号|名字|卡).{0,12}(买|贷|分期|下|付)|冒名|名义.{0,6}(贷|募捐|发)/,
      /(余额|钱包|账户|卡).{0,10}(被(盗|偷|人|清空|转)|全部提走|少几块|不知道去哪)|收了钱就消失|收款(账户|码).{0,10}(不一样|被人|假)|平台外付款|冒充(你们|客服|财务)|自称(你们|是你们)|是不是假的|你们发的还是|寄来一个空盒子|不认识的(账户|订阅)|空盒子.{0,6}不承认|只差一个字|和你们一模一样|打着你们|根本不存在|说不是你们的|礼品卡.{0,4}卡密|卡密发|偷(来|了)|退款到自己卡|又多刷|国外被刷|账号和上个月不一样|举报诈骗|钓鱼付款|诱(导|骗)/,
    ],
  ],
  [
    "legal",
    [
      /\b(lawyers?|attorneys?|solicitors?|barrister|law firm|counsel)\b(?!.*(need|use|cost|love|like the))|\b(to|will|'ll|gonna|can|could|must|shall|should|would|may|might) sue\b|\bsu(e|es|ing) (you|u|your|them|this|the company)\b|\b(law)?suit\b|\blitigat\w+|\bsubpoena\b|\binjunction\b|\bcease and desist\b|\bprosecut\w+|\btribunal\b|\barbitration\b|\bbailiff\b|\bombudsman\b|\bsmall claims\b|\bclass action\b|\bperjury\b/,
      /\b(legal|court) (action|notice|steps|proceedings|responsib\w+|representative|department will|sense)\b|\blegally\b|\b(in|to|before) (court|a judge|the court)\b|\blabour court\b|\bgo to court\b|\bby a judge\b|\bpress charges\b|\bcriminal complaint\b|\bpolice report\b|\bto the police\b/,
      /\b(gdpr|ccpa)\b|\barticle 15\b|\bdata protection (authority|commissioner)\b|\bsupervisor\b|\bregulator\b(?!.*diving)|\bauthorit(y|ies)\b|\bconsumer (protection|law|rights)\b|\bbetter business bureau\b|\battorney general\b|\bfinancial supervisor\b|\boperating licence\b/,
      /\b(infring\w+|copyright(ed)?|trademark|patent|defamation|without a licence)\b|\bbreach of (the )?contract\b|\bin breach\b|\b(illegal|unlawful|against the law|breaking the law|violat\w+)\b|\bterminate for cause\b|\breserve all rights\b|\bliab(le|ility)\b|\bcompensation\b|\bclaim damages\b|\bwant damages\b|\bdebt collection\b|\bdiscriminat\w+|\bpreserve all records\b|\bformal notice\b|\bnotice of claim\b|\bcompliance officer\b|\bunion'?s\b/,
      /律师(?!，)(?!事务所每天)(?=函|信|会|说|已|周|和|，|已经|.{0,4}介入|事务所)|律师函|律师信|起诉|诉讼|官司|法院|法庭|传票|仲裁|强制执行|(已经|已|要|会|我|并且|去)报警|报警(了|处理)|报案|刑事|公安|检察|法律(行动|责任|程序|通知|途径|规定)|追究|维权|告(你们|到|上)|我要告|要告你/,
      /违法|违反(个人信息|法律|合同|.{0,6}法)|触犯|侵权|侵犯(了)?(我|我们|著作权|商标|专利|消费者)|侵害|著作权|商标权|专利|12315|消协|消费者协会|监管(部门|局)|市场监管|工商局|工信部|网信办|银保监|有关部门|劳动监察|举报(你们)?|索赔|赔偿|退一赔三|霸王条款|虚假宣传.{0,6}赔|集体诉讼|诽谤|违约(?!金是)|法务会|法定代表人|催收公司|对簿公堂|见法官|函告|保留.{0,6}权利|律所咨询|媒体曝光|歧视|经营许可|执行人员/,
    ],
  ],
];

/** What reads like a danger and is none: taken out before the lexicon looks. */
const HARMLESS =
  /hack(ed|ing)? (it |this |that )?together|\b(lawyer|attorney|solicitor|law)('?s|s'?)? (templates?|discounts?|director(y|ies)|students?|exams?|school|series|drama)|scam[- ]?(quiz|awareness|test|training|game|calls?)|(not|no|nothing like|without) (a |any )?scams?|suicide (knobs?|doors?|prevention)|模拟法庭|演法庭|法庭(剧|辩论)|律师(函|信)?(模板|范本)|法律(系|专业|学生)|法院(路|站|街|附近|门口|对面|旁边)|去(.{0,3})法院办事|漏洞扫描|反欺诈|我要告(诉|它)|泄露(方面|案例|题材)|没用(过|完)|memory leak|water leak|leak (detector|sensor|alarm)|leaked benchmark|anti-?fraud|fraud awareness|scam (filter|calls)|hacking (simulator|game)|phishing (lesson|course)|about phishing|lecture on sql injection|lesson on sql injection|injection mould\w*|bug bounty page|legal (templates?|team|page)|legal teams?|terms of service|suicide squad|unauthori[sz]ed is spelled|exploit of the week|vulnerable species|漏水|内存泄漏|反诈|诈骗电话|骚扰拦截|黑客模拟|黑客游戏|防钓鱼|注入那一讲|注入模块|注塑|漏洞周报|自杀小队|法律文书模板|法务团队|法律声明|病毒扫描|木马关卡|爆料|爆破音/g;

type Brain = { readonly vocabulary: Feature.Vocabulary; readonly planes: Linear.Planes };

let brain: Brain | undefined;

/** Learnt from sentences of our own, dangerous and harmless, when it is first needed: a second. */
function learnt(): Brain {
  if (brain) return brain;
  const all = [...Dangers.sentences("en"), ...Dangers.sentences("zh")];
  const texts = all.map(({ text }) => text);
  const labels = all.map(({ danger }) => danger);
  const vocabulary = Feature.learn(texts, 1);
  const planes = Linear.train(Feature.rows(vocabulary, texts), Int32Array.from(labels), Dangers.DANGERS.length, {
    // There are ten harmless texts for a dangerous one, and a miss is the dearer error.
    importance: Float32Array.from(labels, (label) => (label < 0 ? 1 : 4)),
  });
  brain = { vocabulary, planes };
  return brain;
}

/** How far on the dangerous side of its plane a text must lie. Chosen for few misses: a false alarm costs a minute. */
const LEAST = -0.35;
/** What the odds of a danger by its embedding, in natural logarithms, add to that; within four powers of ten of even. */
const ODDS = 0.2;
const SUREST = 1e-4;
/** Of the text, what is read: no danger is found only behind so much. */
const room = Feature.room();

/**
 * What is dangerous about a text; nothing if nothing is. No score of any other kind is asked.
 * @param vector Its embedding, where there is one: English dangers in words that nobody thought of are found by it.
 */
export function alarm(text: string, vector?: Matrix.Matrix): Alarm | undefined {
  const clean = Normal.normalise(text).replaceAll("’", "'").replace(HARMLESS, " ");
  for (const [danger, patterns] of LEXICON) {
    for (const pattern of patterns) {
      const match = pattern.exec(clean);
      if (match && match[0] !== "") return { danger, by: "lexicon", evidence: match[0].trim().slice(0, 80) };
    }
  }
  const { vocabulary, planes } = learnt();
  Feature.vector(vocabulary, clean, room);
  const margins = new Float32Array(Dangers.DANGERS.length);
  Linear.margins(planes, room.columns, room.values, 0, room.length, margins);
  let best = 0;
  for (let k = 1; k < margins.length; k++) if ((margins[k] as number) > (margins[best] as number)) best = k;
  const margin = margins[best] as number;
  const sense = vector && Script.language(text) !== "zh" ? Dangers.open() : undefined;
  if (!sense || !vector) {
    if (margin < LEAST) return undefined;
    return { danger: Dangers.DANGERS[best] as Danger, by: "classifier", evidence: margin.toFixed(2) };
  }
  const { danger, chance } = Dangers.judge(sense, vector);
  const p = Math.max(SUREST, Math.min(1 - SUREST, chance));
  const sum = margin + ODDS * Math.log(p / (1 - p));
  return sum < LEAST ? undefined : { danger, by: "embedding", evidence: sum.toFixed(2) };
}
