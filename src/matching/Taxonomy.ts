/**
 * The skills that briefs and profiles are told in, in words of our own: by field, one a line as `name; English; 中文`. Words after a
 * `!` count only as they are written, capitals included, and not at the beginning of a sentence: `Go` is a verb too.
 */
export const FIELDS: Readonly<Record<string, string>> = {
  languages: `
javascript; JavaScript, JS, ECMAScript; JS 脚本
typescript; TypeScript, !TS; TS 语言
python; Python, Python3; Python 语言
java; Java, JDK; Java 语言
kotlin; Kotlin; Kotlin 语言
swift; SwiftLang, !Swift; Swift 语言
objective-c; Objective-C, ObjC; OC 语言
c; C language, ANSI C, !C; C 语言
cpp; C++, CPP, C plus plus; C++ 语言
csharp; C#, CSharp; C# 语言
fsharp; F#; F# 语言
go; Golang, !Go; Go 语言
rust; Rustlang, !Rust; Rust 语言
ruby; Ruby; Ruby 语言
php; PHP; PHP 语言
scala; Scala; Scala 语言
elixir; Elixir; Elixir 语言
erlang; Erlang, OTP; Erlang 语言
haskell; Haskell; Haskell 语言
clojure; Clojure; Clojure 语言
r; R language, RStudio, !R; R 语言
julia; Julia language; Julia 语言
matlab; MATLAB, Simulink; 矩阵实验室
perl; Perl; Perl 语言
lua; Lua; Lua 语言
dart; Dart language, !Dart; Dart 语言
sql; SQL, stored procedures; SQL 查询, 存储过程
plsql; PL/SQL, T-SQL; 数据库过程语言
bash; Bash, shell scripting, shell scripts; Shell 脚本
powershell; PowerShell; PowerShell 脚本
cobol; COBOL, mainframe; 大型机
fortran; Fortran; Fortran 语言
assembly; assembly language, assembler; 汇编, 汇编语言
vba; VBA, Excel macros; Excel 宏
groovy; Groovy; Groovy 语言
zig; Ziglang, !Zig; Zig 语言
wasm; WebAssembly, WASM; 网页汇编
`,
  web: `
html; HTML, HTML5; 网页标记
css; CSS, CSS3, stylesheets; 样式表
sass; Sass, SCSS, Less CSS; 样式预处理
tailwind; Tailwind, TailwindCSS; 原子化样式
react; React, ReactJS, React.js; React 框架
nextjs; Next.js, NextJS; Next 框架
vue; Vue, VueJS, Vue.js, Vue3; Vue 框架
nuxt; Nuxt, Nuxt.js; Nuxt 框架
angular; Angular, AngularJS; Angular 框架
svelte; Svelte, SvelteKit; Svelte 框架
solidjs; SolidJS; Solid 框架
jquery; jQuery; jQuery 库
redux; Redux, state management; 状态管理
webpack; Webpack, bundlers; 前端打包
vite; Vite; Vite 构建
frontend; front end, frontend, front-end, web UI; 前端, 前端开发, 网页前端
responsive; responsive design, mobile first; 响应式, 自适应布局
accessibility; accessibility, a11y, WCAG, screen reader; 无障碍
pwa; progressive web app, PWA, service worker; 渐进式应用
threejs; three.js, WebGL, 3D on the web; 网页三维
d3; D3.js, D3; 可视化库
webrtc; WebRTC, video calls; 实时音视频, 视频通话
websocket; WebSocket, server-sent events, real-time updates; 长连接, 实时推送
seo; SEO, search engine optimisation, search engine optimization; 搜索引擎优化
cms; CMS, content management; 内容管理
wordpress; WordPress, WooCommerce; 建站系统
drupal; Drupal; Drupal 建站
shopify; Shopify; 独立站
webflow; Webflow, no-code site; 无代码建站
electron; Electron, Tauri, desktop app; 桌面应用, 桌面客户端
browser-extension; browser extension, Chrome extension; 浏览器插件, 浏览器扩展
web-performance; Core Web Vitals, page speed, web performance; 页面性能, 首屏优化
internationalisation; i18n, internationalisation, internationalization; 国际化, 多语言
admin-panel; admin panel, back office, dashboard UI; 管理后台, 后台管理系统
website; website, corporate site, landing page; 官网, 企业官网, 网站建设, 落地页
`,
  mobile: `
ios; iOS, iPhone app, iPad app; 苹果应用, 苹果客户端
swiftui; SwiftUI, UIKit; 苹果界面
android; Android; 安卓, 安卓应用
jetpack-compose; Jetpack Compose; 安卓界面
react-native; React Native; 跨端 React
flutter; Flutter; 跨端 Flutter
xamarin; Xamarin, MAUI; 跨端 dotnet
ionic; Ionic, Capacitor, Cordova; 混合应用
harmonyos; HarmonyOS, ArkTS; 鸿蒙, 鸿蒙应用
mini-program; WeChat mini program, mini program, mini app; 小程序, 微信小程序, 支付宝小程序
wechat; WeChat, official account, WeCom; 微信, 公众号, 企业微信
uniapp; uni-app, uniapp, Taro; 多端框架
mobile-app; mobile app, mobile application, phone app; 手机应用, 移动应用, 移动端, 手机软件
push; push notifications, APNs, FCM; 消息推送, 推送通知
offline-first; offline first, offline sync; 离线同步
app-store; App Store release, Google Play release; 应用上架
ar; augmented reality, ARKit, ARCore; 增强现实
wearables; wearables, watchOS, smart watch; 可穿戴, 智能手表
`,
  backend: `
backend; backend, back end, server side; 后端, 后端开发, 服务端
nodejs; Node.js, NodeJS; 服务端 JS
express; Express.js, ExpressJS, Fastify; 轻量服务框架
nestjs; NestJS; Nest 框架
spring; Spring Boot, SpringBoot, !Spring; Spring 框架
hibernate; Hibernate, JPA, MyBatis; 持久层框架
quarkus; Quarkus, Micronaut; 云原生 Java
django; Django; Django 框架
flask; Flask, FastAPI; 轻量 Python 服务
rails; Ruby on Rails, !Rails; Rails 框架
laravel; Laravel, Symfony; PHP 框架
dotnet; .NET, dotnet, ASP.NET; 微软开发平台
phoenix; Phoenix LiveView; Phoenix 框架
graphql; GraphQL, Apollo Server; 图查询接口
rest-api; REST API, RESTful, REST, HTTP API; 接口开发, 开放接口
grpc; gRPC, Protobuf, Protocol Buffers; 远程调用
openapi; OpenAPI, Swagger; 接口文档
microservices; microservices, micro-services, service oriented; 微服务, 服务拆分
monolith-split; legacy modernisation, legacy modernization, monolith split; 老系统改造, 遗留系统改造, 系统重构
event-driven; event driven, event sourcing, CQRS; 事件驱动
kafka; Kafka; Kafka 消息
rabbitmq; RabbitMQ, AMQP; 消息队列
mqtt; MQTT; 物联协议
caching; caching, cache layer, CDN caching; 缓存
authentication; authentication, login, single sign-on, SSO, OAuth, OIDC; 登录, 单点登录, 身份认证
authorisation; authorisation, authorization, RBAC, access control; 权限, 权限管理, 访问控制
multi-tenancy; multi-tenant, multi-tenancy, SaaS; 多租户, SaaS 平台
payments; payments, payment gateway, Stripe, checkout; 支付, 支付接入, 收款
alipay; Alipay, WeChat Pay; 支付宝, 微信支付
billing; billing, invoicing, subscriptions; 计费, 开票, 发票, 订阅
search; search engine, full-text search, site search; 搜索, 全文检索
workflow; workflow engine, BPMN, business process; 工作流, 流程引擎, 审批流
scheduling; job scheduler, cron jobs, booking; 任务调度, 预约
integration; system integration, API integration, third-party integration; 系统集成, 系统对接, 接口对接
edi; EDI, EDIFACT, X12; 电子数据交换
etl; ETL, ELT, data ingestion; 数据抽取, 数据同步
scraping; web scraping, crawler, crawling; 爬虫, 数据采集
email; transactional email, SMTP, email delivery; 邮件系统
sms; SMS gateway, Twilio; 短信
file-storage; file upload, object storage, S3; 文件存储, 对象存储
pdf; PDF generation, document generation; 文档生成, 报表导出
geo; geospatial, GIS, maps, PostGIS; 地理信息, 地图, 地图服务
streaming-media; video streaming, HLS, transcoding; 直播, 视频点播, 转码
chat; chat system, instant messaging; 即时通讯, 聊天系统
`,
  data: `
postgresql; PostgreSQL, Postgres; PG 数据库
mysql; MySQL, MariaDB; MySQL 数据库
oracle; Oracle Database, !Oracle; 甲骨文数据库
sqlserver; SQL Server, MSSQL; 微软数据库
mongodb; MongoDB; 文档数据库
redis; Redis, Valkey; 内存数据库
elasticsearch; Elasticsearch, OpenSearch, ELK; 检索引擎
cassandra; Cassandra, ScyllaDB; 宽列数据库
neo4j; Neo4j, graph database, knowledge graph; 图数据库, 知识图谱
clickhouse; ClickHouse, OLAP; 分析型数据库
snowflake; !Snowflake; 云数仓
bigquery; BigQuery; 谷歌数仓
redshift; Redshift; 亚马逊数仓
databricks; Databricks, lakehouse; 湖仓一体
spark; Apache Spark, PySpark, !Spark; Spark 计算
hadoop; Hadoop, HDFS, Hive; 大数据平台
flink; Flink, stream processing; 流计算, 实时计算
airflow; Airflow, Dagster; 数据编排
dbt; dbt, data modelling, data modeling; 数据建模
data-warehouse; data warehouse, warehousing; 数据仓库, 数仓
data-engineering; data engineering, data pipeline, data pipelines; 数据工程, 数据管道
data-governance; data governance, data catalog, lineage; 数据治理
data-quality; data quality, data cleaning, deduplication; 数据质量, 数据清洗
data-migration; data migration, database migration; 数据迁移, 数据库迁移
database-tuning; database tuning, query optimisation, query optimization, slow queries; 数据库优化, 慢查询
dba; DBA, database administration; 数据库运维
domestic-database; OceanBase, TiDB, Dameng, openGauss; 达梦, 人大金仓, 国产数据库
timeseries; time series, InfluxDB, TimescaleDB; 时序数据
power-bi; Power BI; 微软报表
tableau; Tableau; Tableau 报表
looker; Looker, Metabase, Superset; 自助分析
bi; business intelligence, BI, reporting; 商业智能, 报表, 数据报表
analytics; product analytics, web analytics, A/B testing; 数据分析, 埋点
statistics; statistics, statistical modelling, statistical modeling; 统计分析
excel; Excel, spreadsheets; 电子表格
visualisation; data visualisation, data visualization, charts; 数据可视化, 可视化大屏
`,
  ai: `
machine-learning; machine learning, ML, scikit-learn; 机器学习
deep-learning; deep learning, neural networks; 深度学习, 神经网络
pytorch; PyTorch; PyTorch 框架
tensorflow; TensorFlow, Keras; TensorFlow 框架
llm; large language model, LLM, LLMs, GPT, generative AI; 大模型, 大语言模型, 生成式人工智能
rag; retrieval augmented generation, RAG, vector search; 检索增强, 向量检索, 知识库问答
fine-tuning; fine-tuning, fine tuning, LoRA; 微调, 模型微调
prompting; prompt engineering; 提示词
agents; AI agents, agentic, tool calling; 智能体
mcp; Model Context Protocol, MCP; 模型上下文协议
nlp; NLP, natural language processing, text classification; 自然语言处理, 文本分类
translation-ai; machine translation; 机器翻译
chatbot; chatbot, virtual assistant, conversational AI; 聊天机器人, 智能客服
speech; speech recognition, ASR, TTS, text to speech; 语音识别, 语音合成
computer-vision; computer vision, image recognition, object detection; 计算机视觉, 图像识别, 目标检测
ocr; OCR, document recognition; 文字识别, 票据识别
face; face recognition, liveness; 人脸识别
recommender; recommender, recommendation engine, personalisation, personalization; 推荐系统, 推荐算法
forecasting; forecasting, demand prediction; 预测, 销量预测
anomaly; anomaly detection, fraud detection; 异常检测, 反欺诈
mlops; MLOps, model serving, model deployment; 模型部署, 模型运维
data-labelling; data labelling, data labeling, annotation; 数据标注
reinforcement; reinforcement learning; 强化学习
optimisation; operations research, mathematical optimisation, mathematical optimization, linear programming; 运筹优化, 排产优化
gpu; CUDA, GPU computing; 显卡计算, 算力
robotics; robotics, ROS, ROS2; 机器人开发
`,
  cloud: `
aws; AWS, Amazon Web Services, EC2; 亚马逊云
azure; Azure; 微软云
gcp; GCP, Google Cloud; 谷歌云
alibaba-cloud; Alibaba Cloud, Aliyun; 阿里云
tencent-cloud; Tencent Cloud; 腾讯云
huawei-cloud; Huawei Cloud; 华为云
serverless; serverless, Lambda functions, cloud functions; 无服务器, 云函数
cloud-migration; cloud migration, lift and shift; 上云, 云迁移
cloud-architecture; cloud architecture, cloud native; 云架构, 云原生
cost-optimisation; cloud cost, FinOps; 云成本, 成本优化
cdn; CDN, edge computing; 内容分发, 边缘计算
private-cloud; OpenStack, private cloud, VMware; 私有云, 虚拟化
kubernetes; Kubernetes, K8s, Helm; 容器编排
docker; Docker, containers, containerisation, containerization; 容器, 容器化
terraform; Terraform, Pulumi, infrastructure as code; 基础设施即代码
ansible; Ansible, Puppet, configuration management; 配置管理
ci-cd; CI/CD, continuous integration, continuous delivery, Jenkins, GitHub Actions; 持续集成, 持续交付, 流水线
git; Git, GitHub, GitLab; 代码托管
devops; DevOps, platform engineering; 运维开发, 研发效能
sre; SRE, site reliability, on-call; 可靠性工程, 稳定性保障
observability; observability, OpenTelemetry, tracing; 可观测性, 链路追踪
monitoring; monitoring, Prometheus, Grafana, alerting; 监控, 监控告警
logging; logging, log management; 日志, 日志平台
linux; Linux, Ubuntu, Red Hat; Linux 运维
windows-server; Windows Server, Active Directory; 域控
networking; networking, VPN, load balancing, SD-WAN; 组网, 负载均衡
nginx; Nginx, Envoy, reverse proxy; 反向代理
service-mesh; service mesh, Istio; 服务网格
backup; backup, disaster recovery, failover; 备份, 容灾
high-availability; high availability, zero downtime; 高可用
load-testing; load testing, performance testing, stress testing; 压力测试, 性能测试, 压测
xinchuang; domestic IT stack, Kylin OS; 信创, 国产化替代, 麒麟系统
`,
  security: `
security; information security, cyber security, cybersecurity; 信息安全, 网络安全
appsec; application security, OWASP, secure coding; 应用安全, 安全编码
pentest; penetration testing, penetration test, pentest, red team; 渗透测试, 攻防演练
code-audit; security audit, code audit; 代码审计, 安全审计
soc; SOC operations, SIEM, incident response; 安全运营, 应急响应
iam; IAM, identity management; 身份管理
cryptography; cryptography, encryption, PKI, key management; 密码学, 加密, 密钥管理
sm-crypto; SM2, SM3, SM4; 国密, 国密算法
zero-trust; zero trust; 零信任
devsecops; DevSecOps, SAST, dependency scanning; 安全左移
privacy; privacy engineering, anonymisation, anonymization; 隐私保护, 数据脱敏
gdpr; GDPR, data protection regulation; 欧盟数据保护, 通用数据保护条例
hipaa; HIPAA; 美国医疗隐私
mlps; MLPS, classified protection; 等保, 等级保护, 等保三级, 等保二级
pipl; PIPL, Personal Information Protection Law; 个人信息保护法, 个保法
iso27001; ISO 27001, ISO27001, ISMS; 信息安全管理体系
soc2; SOC 2, SOC2; SOC 报告
pci-dss; PCI DSS, PCI-DSS; 支付卡安全
iec62304; IEC 62304, medical device software; 医疗器械软件
iso26262; ISO 26262, functional safety; 功能安全
accessibility-law; Section 508, EN 301 549; 无障碍合规
data-export; data residency, cross-border data; 数据出境, 数据本地化
`,
  quality: `
testing; software testing, QA, quality assurance; 软件测试, 质量保证
test-automation; test automation, automated tests, automated testing; 自动化测试
unit-testing; unit tests, unit testing, TDD; 单元测试
playwright; Playwright, Cypress, Selenium; 界面自动化
api-testing; API testing, Postman, contract tests; 接口测试
mobile-testing; mobile testing, Appium; 移动测试
acceptance-testing; acceptance testing, UAT; 验收测试
fuzzing; fuzzing, property-based testing; 模糊测试
formal; formal verification, TLA+; 形式化验证
code-review; code review; 代码评审
refactoring; refactoring, technical debt; 重构, 技术债
debugging; debugging, bug fixing, memory leaks; 排错, 缺陷修复
performance; performance tuning, profiling, latency; 性能优化, 性能调优
architecture; software architecture, system design, domain-driven design; 架构设计, 系统架构, 领域驱动
documentation; technical writing, documentation; 技术文档, 技术写作
compilers; compilers, parsers, language tooling; 编译器, 解析器
ide-plugins; IDE plugins, Eclipse plugin, VS Code extension; 编辑器插件, 开发工具
low-code; low-code, no-code, Power Apps; 低代码, 零代码
`,
  design: `
ux; UX, user experience, usability; 用户体验, 交互设计
ui; UI design, interface design, visual design; 界面设计, 视觉设计
figma; Figma, Sketch app; 设计稿
prototyping; prototyping, wireframes; 原型, 原型设计
design-system; design system, component library; 设计系统, 组件库
user-research; user research, user interviews; 用户研究, 用户访谈
branding; branding, logo design; 品牌设计, 标志设计
illustration; illustration, icons; 插画, 图标
motion; motion design, animation, Lottie; 动效, 动画
video-production; video production, video editing; 视频制作, 视频剪辑
3d-modelling; 3D modelling, 3D modeling, Blender; 三维建模
copywriting; copywriting, UX writing; 文案
localisation; localisation, localization, translation; 本地化, 翻译
`,
  devices: `
embedded; embedded, firmware, microcontroller, MCU; 嵌入式, 固件, 单片机
rtos; RTOS, FreeRTOS, Zephyr; 实时操作系统
stm32; STM32, ESP32, Arduino; 开发板
embedded-linux; embedded Linux, Yocto, device drivers; 嵌入式 Linux, 驱动开发
fpga; FPGA, Verilog, VHDL; 可编程逻辑
pcb; PCB design, schematic, Altium; 电路设计, 电路板
iot; IoT, Internet of Things, smart devices; 物联网, 智能硬件
bluetooth; Bluetooth, BLE; 蓝牙
plc; PLC, SCADA, industrial automation; 工控, 工业自动化, 上位机
opc-ua; OPC UA, Modbus; 工业协议
automotive; automotive software, AUTOSAR, CAN bus; 汽车电子, 车载系统
drones; drones, UAV, PX4; 无人机
digital-twin; digital twin; 数字孪生
machine-vision; machine vision, industrial inspection; 机器视觉, 工业质检
signal-processing; signal processing, DSP; 信号处理
simulation; simulation, CFD, finite element; 仿真, 有限元
cad; CAD, SolidWorks, BIM; 工程制图, 建筑信息模型
`,
  games: `
unity; Unity3D, Unity engine, !Unity; Unity 引擎
unreal; Unreal Engine, UE5; 虚幻引擎
godot; Godot; Godot 引擎
cocos; Cocos, Cocos Creator; Cocos 引擎
game-dev; game development, gameplay; 游戏开发
game-server; game server, multiplayer, netcode; 游戏服务器, 联机
vr; virtual reality, VR, OpenXR; 虚拟现实
shaders; shaders, graphics programming, Vulkan; 着色器, 图形学
`,
  chain: `
blockchain; blockchain, distributed ledger, web3; 区块链
solidity; Solidity, smart contracts, smart contract, EVM; 智能合约
contract-audit; smart contract audit; 合约审计
hyperledger; Hyperledger, Fabric network, Besu, consortium chain; 联盟链
solana; Solana; Solana 链
wallets; crypto wallets, key custody; 数字钱包
defi; DeFi, tokenomics; 去中心化金融
zero-knowledge; zero knowledge, zk-SNARK; 零知识证明
`,
  enterprise: `
erp; ERP, enterprise resource planning; 企业资源计划, ERP 系统
sap; SAP, ABAP, S/4HANA; SAP 实施
odoo; Odoo; Odoo 实施
kingdee; Kingdee, Yonyou; 金蝶, 用友
salesforce; Salesforce, Apex; Salesforce 实施
crm; CRM, customer relationship; 客户管理, 客户关系管理
dynamics; Dynamics 365; 微软商务套件
sharepoint; SharePoint, Microsoft 365; 协同办公
servicenow; ServiceNow, ITSM; 服务台
hr-systems; HR system, payroll, Workday; 人事系统, 薪酬
wms; WMS, warehouse management, inventory; 仓储管理, 库存, 仓库管理
mes; MES, manufacturing execution; 制造执行, 生产管理
plm; PLM, product lifecycle; 产品生命周期
scm; supply chain, procurement; 供应链, 采购
logistics; logistics, fleet, last mile; 物流, 车队, 配送
oa; OA, office automation; 办公自动化, 协同系统
dingtalk; DingTalk, Lark, Feishu; 钉钉, 飞书
rpa; RPA, UiPath, robotic process automation; 流程机器人
e-commerce; e-commerce, ecommerce, online shop, web shop, online store; 电商, 商城, 网店
pos; POS, point of sale; 收银
marketplace; marketplace, two-sided platform; 交易平台, 撮合平台
e-learning; e-learning, LMS, online courses; 在线教育, 网课
health-it; healthcare IT, HL7, FHIR, EHR; 医疗信息化, 电子病历
telemedicine; telemedicine, telehealth; 互联网医院, 在线问诊
fintech; fintech, core banking; 金融科技, 核心银行
trading; trading systems, market data, FIX protocol; 交易系统, 行情
risk; risk management, credit scoring, KYC, AML; 风控, 信用评分, 反洗钱
insurance; insurance software, claims; 保险系统, 理赔
govtech; government services, e-government; 政务, 智慧城市
proptech; real estate software, property management; 物业, 房产系统
energy; energy management, smart grid; 能源管理, 智能电网
carbon; carbon accounting, ESG reporting; 碳核算, 碳排放
travel; travel booking, hotel system; 旅游, 酒店系统
agritech; agriculture software, precision farming; 智慧农业
telecom; telecom, 5G, BSS; 通信, 运营商系统
legaltech; contract management, legal tech; 合同管理, 法务
`,
  management: `
project-management; project management, PMP, delivery management; 项目管理, 交付管理
scrum; Scrum, agile, Kanban; 敏捷, 敏捷开发
product-management; product management, product owner; 产品管理, 产品规划
business-analysis; business analysis, requirements analysis; 业务分析, 需求分析
it-consulting; IT consulting, digital transformation; 信息化咨询, 数字化转型
due-diligence; technical due diligence; 技术尽调
training; technical training, training in, workshops; 技术培训
support; technical support, help desk, maintenance; 技术支持, 系统维护, 售后
staffing; staff augmentation, dedicated team; 驻场, 人力外包
open-source; open source; 开源
tech-lead; tech lead, team lead, CTO as a service; 技术负责人, 技术总监
vendor-management; vendor management; 供应商管理
`,
};
