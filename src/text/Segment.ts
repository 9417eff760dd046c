/** Chinese words: the fewest pieces that a dictionary gives, pairs of characters where it knows none. */

export type Dictionary = { readonly words: ReadonlySet<string>; readonly longest: number };

/** What briefs and profiles are full of, whatever they are about; the words of a trade come with its taxonomy. */
const COMMON =
  "我们 你们 他们 公司 团队 客户 用户 项目 需要 需求 希望 想要 要求 提供 负责 支持 进行 完成 开始 开发 设计 测试 部署 维护 运维 改造 优化 升级 迁移 集成 对接 搭建 建设 实现 管理 系统 平台 网站 页面 界面 功能 模块 接口 数据 数据库 后台 前台 前端 后端 服务 服务器 应用 软件 程序 小程序 手机 移动 网络 安全 性能 质量 问题 错误 方案 文档 报告 报表 分析 统计 监控 日志 权限 登录 注册 支付 订单 商品 商城 电商 库存 物流 合同 预算 费用 价格 时间 日期 时区 交付 验收 标准 合规 隐私 备案 等保 认证 证书 经验 能力 熟悉 精通 负责人 人员 工程师 架构 架构师 产品 经理 一个 一些 这个 那个 可以 应该 必须 不能 没有 以及 或者 并且 如果 因为 所以 但是 之前 之后 以内 以上 以下 大约 左右 每天 每周 每月 个月 万元 人民币 美元 欧元 目前 现在 尽快 长期 短期 远程 驻场 中文 英文 英语 国内 海外 企业 医院 银行 学校 政府 工厂 设备 模型 训练 算法 智能 人工智能 机器 学习 自动 自动化 流程 业务 场景 体验 消息 通知 推送 搜索 推荐 图片 视频 音频 语音 识别 聊天 客服 机器人 地图 定位 定制 外包".split(
    " ",
  );

/** A dictionary of these words beside the common ones. */
export function dictionary(words: Iterable<string> = []): Dictionary {
  const all = new Set([...COMMON, ...words].filter((word) => word.length > 1));
  return { words: all, longest: Math.max(...[...all].map((word) => word.length)) };
}

const common = dictionary();

/**
 * The pieces of a run of Han characters: as few as can be, of equals that with the longest word furthest to the left.
 * What no word covers is given in overlapping pairs, a character that stands alone by itself.
 */
export function segment(run: string, { words, longest }: Dictionary = common): readonly string[] {
  const characters = [...run];
  const count = characters.length;
  /** From here to the end: how many pieces, a bare character counting as one and a half. */
  const cost = new Float64Array(count + 1);
  const step = new Uint32Array(count + 1);
  for (let from = count - 1; from >= 0; from--) {
    cost[from] = 1.5 + (cost[from + 1] as number);
    step[from] = 1;
    let word = characters[from] as string;
    for (let to = from + 2; to <= Math.min(count, from + longest); to++) {
      word += characters[to - 1];
      const total = 1 + (cost[to] as number);
      if (total <= (cost[from] as number) && words.has(word)) {
        cost[from] = total;
        step[from] = to - from;
      }
    }
  }
  const pieces: string[] = [];
  let bare: string[] = [];
  const flush = () => {
    if (bare.length === 1) pieces.push(bare[0] as string);
    for (let i = 1; i < bare.length; i++) pieces.push(`${bare[i - 1]}${bare[i]}`);
    bare = [];
  };
  for (let at = 0; at < count; at += step[at] as number) {
    const size = step[at] as number;
    if (size === 1) bare.push(characters[at] as string);
    else {
      flush();
      pieces.push(characters.slice(at, at + size).join(""));
    }
  }
  flush();
  return pieces;
}
