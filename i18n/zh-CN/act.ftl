# act: clocks of procedures.

## Lengths and limits

clock-days = { $n }日
clock-working-days = { $n }个工作日
clock-months = { $n }个月
clock-years = { $n }年
clock-hours = { $n }小时
clock-days-one = { $n }日
clock-working-days-one = { $n }个工作日
clock-months-one = { $n }个月
clock-years-one = { $n }年
clock-hours-one = { $n }小时
clock-included = { $what }
clock-excluded = { $what }，不含本数
clock-by = 每年 { $what }

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
zh8104 = 期限定义无法识别：{ $why }
zh8105 = 期限 { $id }：数 { $value } 不在 1 至 { $most } 之间
zh8106 = 期限 { $id } 没有可计算的规则，或规则不止一条
    .hint = 应只写一种：days、months、years、hours、by、opens 和 closes、every、before、first；kind = "working" 只与 days 合用；按小时计算的不得中止
zh8107 = 期限 { $id }：“{ $value }”不是下列之一：{ $all }
zh8108 = 期限 { $id }：“{ $value }”不是有效日期
    .hint = 每年的某日写作 06-30 或 02-last，日期写作 2024-06-30
zh8109 = 期限 { $id } 出现两次
    .hint = 给后一条另编代号；规则换版的，用 until 结束前一条并各编代号
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
