/** Sixty briefs of ours, each in English and in Chinese. */
export const BRIEFS: readonly (readonly [en: string, zh: string])[] = `
Build a WeChat mini program for our coffee shops with WeChat Pay. Budget 80,000 yuan, within 2 months. | 为我们的咖啡店开发微信小程序，接入微信支付。预算 8 万元，工期两个月。
Rewrite our payment service in Rust. Budget USD 60k, start on 2027-02-01, within 12 weeks. | 用 Rust 语言重写我们的支付服务。预算 6 万美元，2027年2月1日开始，工期十二周。
We need a React Native app with push notifications. Budget €40,000, three months. | 需要一款 React Native 应用，支持消息推送。预算 4 万欧元，三个月。
Migrate our MySQL databases to PostgreSQL without downtime. Budget 30k to 50k USD, 6 weeks. | 将 MySQL 数据库迁移到 PostgreSQL，不停机。预算 3 至 5 万美元，六周。
Penetration testing of our web shop before the launch. Start ASAP, two weeks. | 商城上线前做渗透测试。尽快开始，两周。
A data warehouse on Snowflake with dbt and Power BI reports. Budget EUR 120,000, six months. | 用 Snowflake 和 dbt 建数据仓库，并用 Power BI 出报表。预算 12 万欧元，六个月。
Automate our regression tests with Playwright. Budget $15,000, 4 weeks. | 用 Playwright 把回归测试自动化。预算 1.5 万美元，四周。
Kubernetes migration of our Spring Boot services on AWS. Four working hours overlap with Berlin time. | 将 Spring Boot 服务迁移到 AWS 上的 Kubernetes。每天与柏林时间重叠四小时工作时间。
A chatbot with RAG over our manuals. Budget 50k USD, start in 2027-03-01, 10 weeks. | 基于手册做一个 RAG 聊天机器人。预算 5 万美元，2027年3月1日开始，十周。
OCR for our invoices, Python, 3 months. | 用 Python 做发票的 OCR 识别，三个月。
Embedded firmware for an STM32 board with Bluetooth. Budget €35,000, 90 days. | 为带蓝牙的 STM32 板开发固件。预算 3.5 万欧元，90 天。
Smart contracts in Solidity and their audit. Budget USD 45,000, 8 weeks. | 用 Solidity 编写智能合约并审计。预算 4.5 万美元，八周。
Flutter app for field service with offline sync. Start immediately, 4 months. | 外勤服务的 Flutter 应用，支持离线同步。立即开始，四个月。
Replace our SAP interface, ABAP needed. Budget 25,000 euros. 30 days. | 替换 SAP 接口，需要 ABAP。预算 2.5 万欧元。30 天。
Design system in Figma and React components. Budget 20k EUR, 5 weeks. | 用 Figma 做设计系统，并实现 React 组件。预算 2 万欧元，五周。
Load testing of our API with 10,000 users. Three weeks, start on 2027-01-15. | 对 API 接口做一万用户的压力测试。三周，2027年1月15日开始。
Computer vision for quality inspection with PyTorch. Budget 300,000 RMB, half a year. | 用 PyTorch 做质检的计算机视觉。预算 30 万人民币，半年。
Vue admin panel for our logistics company. Budget 100,000 yuan, 2 months. | 为物流公司做 Vue 管理后台。预算 10 万元，两个月。
Android and iOS apps in Kotlin and SwiftUI, 6 months. | 用 Kotlin 和 SwiftUI 做安卓和 iOS 应用，六个月。
Observability with OpenTelemetry, Prometheus and Grafana. Budget 18k USD, 30 days. | 用 OpenTelemetry、Prometheus 和 Grafana 做可观测性。预算 1.8 万美元，30 天。
Terraform for three AWS accounts and CI/CD. Start ASAP. | 用 Terraform 管理三个 AWS 账号并建 CI/CD。尽快开始。
Elasticsearch cluster is slow, tune it. Two weeks. | Elasticsearch 集群很慢，需要调优。两周。
Shopify shop with a new theme, budget 8,000 USD, 4 weeks. | Shopify 独立站换新主题，预算 8000 美元，四周。
Drupal site upgrade, accessibility to WCAG. Budget 22,000 EUR, ten weeks. | Drupal 网站升级，无障碍达到 WCAG。预算 22000 欧元，十周。
Kafka event platform in Scala. Budget 90k USD, 5 months, start on 2027-02-15. | 用 Scala 建 Kafka 事件平台。预算 9 万美元，五个月，2027年2月15日开始。
Unity game prototype with multiplayer, 3 months. | 带联机的 Unity 引擎游戏原型，三个月。
Odoo ERP for a factory with inventory. Budget 150,000 yuan. 4 months. | 工厂的 Odoo ERP，含库存。预算 15 万元。四个月。
RPA with UiPath for accounting. 6 weeks. | 用 UiPath 为财务做 RPA。六周。
GraphQL API in NestJS. Budget 24k EUR, 6 weeks. | 用 NestJS 做 GraphQL 接口。预算 2.4 万欧元，六周。
Speech recognition for our call centre, five hours overlap with Beijing time zone. | 呼叫中心的语音识别，每天与北京时区重叠五小时。
Redesign the UX of our insurance portal. Budget 30,000 GBP, 8 weeks. | 重新设计保险门户的用户体验。预算 3 万英镑，八周。
Legacy COBOL on the mainframe has to be documented, technical writing. 60 days. | 大型机上的 COBOL 老系统需要补技术文档。60 天。
FPGA design in Verilog. Budget $70,000, 4 months. | 用 Verilog 做 FPGA 设计。预算 7 万美元，四个月。
Fraud detection with machine learning and Spark, Apache Spark cluster exists. 12 weeks. | 用机器学习和 Apache Spark 做反欺诈。十二周。
A telemedicine platform with video calls. Budget 200,000 EUR, one year. | 互联网医院平台，支持视频通话。预算 20 万欧元，一年。
Fine-tuning of an LLM for legal texts. Budget 60k USD. Start on 2027-04-01, 8 weeks. | 为法律文本微调 LLM。预算 6 万美元。2027年4月1日开始，八周。
Single sign-on with OIDC for five apps. Three weeks. | 五个应用用 OIDC 做单点登录。三周。
Move from Jenkins to GitHub Actions. Budget 12k EUR, 20 days. | 从 Jenkins 换到 GitHub Actions。预算 1.2 万欧元，20 天。
PLC and SCADA integration with OPC UA. Budget 250,000 yuan, 5 months. | PLC 与 SCADA 用 OPC UA 集成。预算 25 万元，五个月。
Digital twin of our plant with three.js. 6 months. | 用 three.js 做工厂的数字孪生。六个月。
Data governance and a data catalog. Budget 80k USD, half a year. | 数据治理与数据目录。预算 8 万美元，半年。
A recommender for our e-commerce site in Python. 10 weeks, start ASAP. | 用 Python 为电商网站做推荐系统。十周，尽快开始。
Product analytics and A/B testing. Budget 10,000 EUR, 30 days. | 产品数据分析与 A/B testing。预算 1 万欧元，30 天。
Technical due diligence of a start-up. Budget $9,000, 10 days. | 对一家初创公司做技术尽调。预算 9000 美元，10 天。
Golang microservices with gRPC. Budget 70k USD, 4 months. | 用 Golang 做 gRPC 微服务。预算 7 万美元，四个月。
.NET desktop app moved to the cloud on Azure. 5 months. | 把 .NET 桌面应用迁到 Azure。五个月。
An Angular frontend with i18n in twelve languages. Budget 26k EUR, 2 months. | Angular 前端，国际化支持十二种语言。预算 2.6 万欧元，两个月。
Build a HarmonyOS app. Budget 120,000 yuan, 3 months, start next month. | 开发鸿蒙应用。预算 12 万元，三个月，下个月开始。
GIS with PostGIS and maps. Budget 32k USD, 9 weeks. | 用 PostGIS 和地图做 GIS。预算 3.2 万美元，九周。
ClickHouse for time series, InfluxDB is to go. Three weeks. | 用 ClickHouse 存时序数据，替换 InfluxDB。三周。
Rails shop with Stripe. Ruby on Rails only. Budget 28k USD, 8 weeks. | Ruby on Rails 网店，接入 Stripe。预算 2.8 万美元，八周。
Salesforce CRM set-up with Apex. Budget 40,000 USD, 3 months. | 用 Apex 实施 Salesforce CRM。预算 4 万美元，三个月。
Video streaming with HLS and transcoding, 4 hours overlap with Singapore working hours. | HLS 视频点播与转码，每天与新加坡工作时间重叠 4 小时。
Fix memory leaks in our C++ engine. Budget 14k EUR, two weeks, start ASAP. | 修复 C++ 引擎的内存泄漏，缺陷修复。预算 1.4 万欧元，两周，尽快开始。
Training in DevOps for our team. 5 days. Budget 6,000 EUR. | 为团队做 DevOps 技术培训。5 天。预算 6000 欧元。
Supply chain forecasting, R language or Python. Budget 48k USD, 14 weeks. | 供应链预测，R 语言或 Python。预算 4.8 万美元，14 周。
WordPress corporate site with SEO. Budget 5,000 GBP, 4 weeks. | WordPress 企业官网，含 SEO。预算 5000 英镑，四周。
Zero trust networking with VPN replacement. Budget 55k EUR, 3 months. | 零信任组网，替换 VPN。预算 5.5 万欧元，三个月。
A mobile app for our museum with augmented reality. Budget 60,000 EUR, half a year. | 博物馆的移动应用，带增强现实。预算 6 万欧元，半年。
We want to sell online and don't know how. | 我们想在网上卖东西，但不知道怎么做。
`
  .trim()
  .split("\n")
  .map((line) => line.split(" | ") as [string, string]);
