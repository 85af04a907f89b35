# 我的任务，预警

zh7555 = 没有写静音的理由
    .hint = 写明为什么知道这个信号、正在怎样核实；看到预警的人都会看到
zh7556 = 静音要结束在 { $today } 以后
    .hint = 填今天以后的一天，到那天恢复告警；要提前结束，用“结束静音”
zh7557 = 期间 { $period } 太长，预警最多看 { $most } 天
    .hint = 填一年、半年、季度或者月份
zh7558 = 没有“{ $state }”这种状态
    .hint = 可用的状态：{ $known }
zh7559 = 没有“{ $kind }”这种待办
    .hint = 可用的种类：{ $known }

server-title-tasks-list = 我的任务
server-title-signals-list = 预警
server-title-signals-mute = 静音

server-table-my-tasks = 等我办的，逾期的在前，再按到期先后
server-table-watched = 看守的序列
server-col-task = 要办的
server-col-task-of = 属于
server-col-newest = 最新一期
server-col-first-seen = 首次出现
server-col-act = 办理
server-field-ends_on = 静音结束日
    .hint = 到这一天恢复告警，最长一年

tasks-lead = 共 { $n } 项：逾期 { $late }，七日内到期 { $soon }，可办 { $open }，未到时间 { $later }。
tasks-all = 全部事项，连同要报送的报表，见“我的任务”
tasks-only-returns = 没有案件、审核或评审的事项等您办，只有要报送的报表。
tasks-kind-step = 案件步骤
tasks-kind-mend = 退回补正
tasks-kind-return = 报送
tasks-kind-review = 审核
tasks-kind-dossier = 评审
tasks-do-mend = 改正后再报：{ $name }
tasks-do-return = 报送：{ $name }
tasks-do-review = 审核：{ $name }
tasks-state-late = 逾期
tasks-state-soon = 七日内到期
tasks-state-open = 可办
tasks-state-later = 未到时间

signals-lead = { $place }及其下级地区{ $period }看守 { $n } 个序列，看到 { $until } 为止：告警 { $alarm }，计算错误 { $error }，恢复中 { $recovering }，已静音 { $muted }，无数据 { $none }，正常 { $normal }。
signals-none = { $place }{ $period }没有要看守的序列：目录里没有此时有效的控制图或者预警指标。
signals-only-a-person = 信号须核实后才能下结论；是否立案由人决定。无数据和计算错误不等于正常。
signals-all = 全部看守的序列和它们的状态，见“预警”
signals-state-alarm = 告警
signals-state-error = 计算错误
signals-state-recovering = 恢复中
signals-state-muted = 已静音
signals-state-no-data = 无数据
signals-state-normal = 正常
signals-state-muted-as = 已静音（{ $state }）
signals-side-above = 高于上限
signals-side-below = 低于下限
signals-side-within = 限内异常
signals-unjudged = 最新一期没有判定界限
signals-muted = 静音到 { $until }：{ $reason }（{ $by }，{ $on }）
signals-mute = 静音
signals-change = 改静音
signals-end = 结束静音
signals-mute-title = 静音：{ $name } · { $place }
signals-mute-says = 静音不隐藏信号，也不改变判定：状态、理由和登记人照样显示，到期当天恢复告警。以后再登记的取代以前的。
