# act: clocks of procedures.

## The explanation, line by line

clock-title = { $id } { $name }
clock-start = 起算：{ $start }，{ $date }；开始的当日不计入（民法典第二百零一条）
clock-start-moment = 起算：{ $start }，{ $date }；自该时刻起计算（民法典第二百零一条）
clock-start-plain = 起算：{ $start }，{ $date }
clock-goal = 自{ $date }届满日倒算，届满当日不计入
clock-restarted = 首次起算 { $first }；{ $date }重新起算
clock-every = 自起算日起每{ $length }一次；本次为第 { $number } 次
clock-counted = { $first }至{ $last }，计 { $days } 日
clock-counted-working = { $first }至{ $last }，计 { $days } 个工作日
clock-weekends = 不计入：周末 { $days } 天
clock-festival = 放假：{ $name }，{ $first }至{ $last }，{ $days } 天
clock-made-up = 调休上班，计入：{ $days }
clock-paused = 中止：{ $first }至{ $last }，{ $days } 天，{ $reasons }
clock-paused-open = 自{ $first }起中止：{ $reasons }
clock-stands = 尚无届满日（{ $what }）：中止结束后还须计 { $left } 日
clock-reached = { $counter } 于{ $on }读数为 { $value }（限值 { $limit }，上次读数：{ $previous }），先于时间届满
clock-moved = 最后一日{ $from }为休息日，顺延至下一工作日（民法典第二百零三条）
clock-kept-date = 当日为休息日；固定日期不是期间，不顺延。此前最后一个工作日：{ $near }
clock-kept-term = 当日为休息日；自动届满的不顺延。此前最后一个工作日：{ $near }
clock-kept-hours = 当日为休息日；按小时计算的连续计算
clock-kept-before = 当日为休息日；倒算的期限不顺延，否则间隔不足。请于{ $near }前办理
clock-kept-opening = 当日为休息日；起始日不顺延。此后第一个工作日：{ $near }
clock-kept-rule = 当日为休息日；按规定不顺延。此前最后一个工作日：{ $near }
clock-opens = 起始日（{ $what }）：{ $date }
clock-due = 届满日（{ $what }）：{ $date }
clock-ends = 自动届满（{ $what }）：{ $date }
clock-before = 至少提前（{ $what }），最迟：{ $date }
clock-provisional = 暂定：{ $date }起的节假日安排未知，只按周末推算；通知公布后重新计算
clock-ended = 已于{ $date }终止：{ $by }
clock-who = 办理主体：{ $what }
clock-missed = 逾期后果：{ $what }
clock-says = 说明：{ $what }
clock-basis = 依据：{ $basis }
clock-basis-open = 依据（待核实）：{ $basis }

clock-pause-testing = 检验检测
clock-pause-appraisal = 鉴定
clock-pause-hearing = 听证
clock-pause-supplement = 补正材料

clock-day = { $date }（{ $weekday }）
clock-weekday-1 = 星期一
clock-weekday-2 = 星期二
clock-weekday-3 = 星期三
clock-weekday-4 = 星期四
clock-weekday-5 = 星期五
clock-weekday-6 = 星期六
clock-weekday-7 = 星期日

## ZH81 clocks: calendar and definitions

zh8101 = 节假日表中有一行无法识别：{ $line }
    .hint = 每行为“日期,类别,名称,英文名,来源”，类别为 holiday、lieu 或 work，例如 2024-02-04,work,春节,Spring Festival,both
zh8102 = 节假日表没有写明所涵盖的日期
    .hint = 应有一行形如“# known: 2004-01-01..2026-12-24”
zh8103 = { $date } 在节假日表中出现两次
zh8110 = 期限 { $id } 的终止日 { $closes } 早于起始日 { $opens }
zh8111 = 期限 { $id }：{ $start } 起算的算例得 { $got }，应为 { $wanted }

## ZH81 clocks: facts

zh8120 = 中止的结束日 { $to } 早于开始日 { $from }
    .hint = 请对调两个日期
zh8122 = { $date } 不在 1900 年至 2200 年之间
zh8123 = 自 { $start } 起算，届满日超出 1900 年至 2200 年
zh8124 = 期限 { $id } 按小时计算，起算须有时刻
    .hint = 请写明时刻，例如 2024-02-29T16:30:00+08:00
zh8125 = 重新起算日 { $restart } 早于起算日 { $start }
zh8126 = “{ $reason }”不中止期限 { $id }，已略去
    .hint = 可以中止的事由见定义中的 pauses
zh8127 = { $counter } 于 { $on } 由 { $before } 降为 { $value }
    .hint = 请核对读数：计数不会倒退
zh8128 = 期限 { $id } 不适用于 { $start } 起算的情形（施行 { $since }，废止 { $until }）
    .hint = 请选用当日有效的版本
zh8129 = 期限 { $id } 没有计数“{ $counter }”，其读数已略去
    .hint = 计数名称须与定义一致

## ZH82 案件：不能办理的原因

zh8201 = 没有程序“{ $id }”
    .hint = 已有：{ $all }
zh8202 = “{ $id }”在 { $on } 没有有效的版本
    .hint = 用 `zhiheng catalog list procedures` 查看各版本的起止日期
zh8203 = “{ $step }”不是 { $procedure } 立案或办理的步骤
    .hint = `zhiheng catalog show { $procedure }` 列出全部步骤
zh8204 = 在“{ $state }”状态不能办理“{ $step }”
    .hint = 现在可以办理：{ $all }
zh8205 = “{ $step_zh }”的表单缺“{ $field_zh }”
    .hint = 请填写这一栏（标识 { $field }）
zh8206 = “{ $field_zh }”不是“{ $step_zh }”表单的栏目
    .hint = 表单栏目：{ $all }
zh8207 = 所填内容不符合栏目“{ $field_zh }”的要求
zh8208 = “{ $step }”的条件 { $when } 不成立
    .hint = 用 `zhiheng case show` 查看案件登记表
zh8209 = “{ $step }”须附“{ $kind }”类材料
    .hint = 附件：--attach { $kind }=文件
zh8210 = { $on } 早于本案上一次办理的日期 { $last }
    .hint = 按发生的先后登记
zh8211 = { $on } 晚于 { $today }
    .hint = 没有发生的事不能登记
zh8212 = “{ $step }”须等期限“{ $clock }”届满，该期限到 { $due } 为止
    .hint = 次日起可以办理
zh8213 = 期限“{ $clock }”已于 { $due } 届满，不能再办理
    .hint = 逾期未行使的权利视为放弃；后续见程序规定
zh8214 = 期限“{ $clock }”自 { $opens } 起
    .hint = 未到起始日期，不能办理
zh8215 = “{ $step }”须等 { $clocks }，但这些期限都没有开始
    .hint = 应先办理告知等起算期限的步骤
zh8216 = “{ $step }”须等案件 { $case } 办结
zh8219 = { $case } 没有待批准的事项
zh8220 = 批准的内容与 { $case } 待批准的内容不一致
    .hint = 表单或者材料已有变动：请查看案件，由经办人重新提请
zh8221 = 到 { $on } 为止，{ $case } 没有届满的期限
zh8222 = 本案没有仍然有效的 { $of } 记录
zh8223 = 不能登记 { $of } 记录：{ $field }
    .hint = 在案件登记表中补填该栏，或者修改定义中的 set
zh8224 = 退回 { $case } 须写明理由
    .hint = --reason 理由
zh8225 = { $case } 已经办结（{ $state }）
zh8226 = { $account } 在 { $on } 不能以 { $role } 批准
    .hint = 按程序规定的次序批准；`zhiheng case show` 写明下一个批准人
zh8227 = 案件中的一个值不能写入：{ $why }
zh8230 = { $account } 在 { $on } 对本案没有 { $role } 职责
    .hint = 账号的职责和管辖地区见 base.officer，委托见 base.delegation
zh8231 = { $account } 与 { $other } 是同一人
    .hint = 须由另一人批准；同一人的两个账号仍是一人
zh8232 = { $account } 是 { $other } 的受托人
    .hint = 受托人不能批准委托人提出的事项
zh8233 = { $account } 是 { $other } 的下级
    .hint = 须由不受提出人领导的人批准
zh8234 = { $account } 已经办理过“{ $step }”（{ $other }）
    .hint = 本步骤须由不同的人分别办理；同一人的两个账号仍是一人
zh8235 = { $account } 办理过“{ $step }”，不能再任 { $role }
    .hint = 须另换一人
zh8240 = “{ $step }”逾期 { $days } 日
zh8241 = 期限“{ $clock }”到 { $due } 为止，该年度的工作日安排尚未公布，日期是暂定的
    .hint = 放假安排公布后重新计算

## ZH825 程序的每一条路径

zh8243 = “{ $field_zh }”取自 { $from }，不由人填写
    .hint = 表单里不要填这一栏
zh8244 = “{ $field_zh }”与账本的 { $value } 不一致（{ $from }）
    .hint = 用 --reason 写明理由，两个值都会保留
zh8245 = “{ $step_zh }”的“{ $field_zh }”在账本里没有数字：{ $from }
    .hint = 先填查询所用的栏目，或者用 zhiheng measure show 查看这个地址
zh8246 = 无法查询 { $field }：{ $value } 不是时期、地区或者限值
    .hint = 更正查询所用的栏目
zh8250 = { $procedure }：一个人就可以到“{ $state }”：{ $path }
    .hint = 给作出决定的步骤加上 approve
zh8251 = { $procedure }：未经告知就到“{ $state }”：{ $path }
    .hint = 前面加一个 notice = true 的步骤，或者在 without_notice 写明依据
zh8252 = { $procedure }：告知以后没有等待就到“{ $state }”：{ $path }
    .hint = 告知步骤起算一个期限，决定步骤用 after 等它届满
zh8253 = { $procedure }：从“{ $state }”到不了终点：{ $path }
    .hint = 给权利期限加一个 lapse 步骤，或者给该状态另一个出口
zh8254 = { $procedure }：在“{ $state }”，{ $values } 时没有可以办理的步骤
    .hint = 各步骤的条件须覆盖全部取值
zh8260 = { $on } 的“{ $step }”被拒绝（{ $code }）：{ $why }
zh8261 = { $on } 的“{ $step }”办成了，应当被拒绝（{ $code }）
zh8262 = { $on } 的“{ $step }”之后，{ $what } 是 { $got }，应为 { $wanted }
zh8263 = { $on } 的“{ $step }”：“{ $value }”不是 { $field } 的取值
zh8266 = { $on } 的“{ $step }”不取 { $field }，或者表单还缺查询条件
    .hint = figures 只写本步骤表单里取自账本的栏目，并填好查询所用的栏目

## 案件的叙述

act-case = { $case }：{ $procedure }，{ $state }
act-step = { $on } · { $step } · { $role } { $account } { $unit }（第 { $entry } 条）
act-propose = { $on } · 提请{ $step } · { $role } { $account } { $unit }（第 { $entry } 条）
act-approve = { $on } · 同意{ $step } · { $role } { $account } { $unit }（第 { $entry } 条）
act-approve-last = { $on } · 批准{ $step }，生效 · { $role } { $account } { $unit }（第 { $entry } 条）
act-reject = { $on } · 退回{ $step } · { $role } { $account } { $unit }（第 { $entry } 条）
act-attach = { $on } · 补充材料 · { $role } { $account } { $unit }（第 { $entry } 条）
act-lapse = { $on } · { $step }（期限届满，第 { $entry } 条）
act-part = { $on } · { $step }（尚须他人办理）· { $role } { $account } { $unit }（第 { $entry } 条）
act-part-last = { $on } · { $step }（各人均已办理）· { $role } { $account } { $unit }（第 { $entry } 条）
act-for = 受 { $person } 委托
act-to = 状态：{ $state }
act-field = { $field }：{ $value }
act-field-from = { $field }：{ $value }，取自 { $from }，账本大小 { $size }
act-field-differs = { $field }：{ $value }，账本为 { $ledger }（{ $from }，账本大小 { $size }）
act-file = 材料（{ $kind }）：{ $name }，{ $hash }
act-start = 起算期限：{ $clock }，自 { $on }
act-letter = 文书：{ $title }，{ $number }
act-letter-number = { $series }{ $number }号
act-late = 逾期 { $days } 日
act-reason = 理由：{ $reason }

# 一次办理多个案件

server-title-cases-several = 批量办理
server-title-cases-together = 批量办理
server-table-several = 有案件等待的步骤
server-table-several-preview = 试办结果
server-table-several-taken = 办理结果
server-col-outcome = 结果
server-field-cases = 案件
several-lead = 同一步骤、同样的内容，可以对多个案件一次办理：先试办，看清每个案件会怎样，再办理。
several-says = 勾选案件，填写对它们都适用的内容；先试办，不写入。
several-preview = 试办
several-more = 还有 { $n } 个案件没有列出，办完这些再办。
several-would = 可以办理，办理后：{ $state }
several-would-propose = 可以提出，由另一人批准后生效
several-nothing-yet = 还没有写入任何内容。
several-take = 办理可以办理的 { $n } 个
several-taken = 已办理
several-done = { $of } 个案件中办理了 { $n } 个。

# 案件的留言

server-title-cases-comment = 留言
server-table-comments = 留言
server-field-body = 内容
comment-form = 留言
comment-says = 能看到本案的同事都能看到；留言不是办案步骤，不改变案件。
comment-send = 留言
comment-erased = （已依法删除）
