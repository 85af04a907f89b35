# 分析台：指标交叉表；计划：目标、任务、抽取和检查

zh7590 = 没有“{ $value }”这种选项
    .hint = 可用 { $known }
zh7591 = { $level } 在地区 { $region } 之上，不在其中
    .hint = 选地区本身或下面的一级，或者换一个上级地区
zh7592 = { $from } 与 { $to } 不是同一种时期，不知道怎样分段
    .hint = 选明按年、半年、季度还是月
zh7593 = { $axis ->
        [region] 行和列都是地区
        [period] 行和列都是时期
       *[indicator] 行和列都是指标
    }
    .hint = 行和列选不同的两样
zh7594 = { $axis ->
        [region] 地区不在行、列上时只能选一个，现在有 { $n } 个
        [period] 时期不在行、列上时只能选一个，现在有 { $n } 个
       *[indicator] 指标不在行、列上时只能选一个，现在有 { $n } 个
    }
    .hint = { $axis ->
        [region] 选地区本身，或者把地区放到行、列上
        [period] 缩短为一个时期，或者把时期放到行、列上
       *[indicator] 只留一个指标，或者把指标放到行、列上
    }
zh7595 = 这张表有 { $n } 格，页面上最多 { $most } 格
    .hint = 少选时期或指标，或者选高一级的地区；更大的表用命令 zhiheng measure table 或数据接口取

server-title-explore-show = 分析台
server-table-explore = 交叉表
server-table-explore-remarks = 对个别数字的说明
explore-lead = 把指标按地区、时期交叉列出，每个数字都能点开，看到是怎样算出来的、依据哪些记录。一张表最多 { $most } 格。地址就是视图：可以收藏、发给同事；同事只看到自己有权看的。
explore-command = 用命令取同一张表
explore-api = 用数据接口取同样的数字
explore-chosen = 指标：{ $names }（点这里更改）
explore-level-itself = 地区本身
explore-each-same = 与所填时期相同
explore-show-value = 数值
explore-show-parts = 分子 ÷ 分母
explore-show-interval = 区间
explore-show-records = 记录数
explore-ask-indicator = 指标
explore-ask-region = 地区
explore-ask-level = 列到哪一级
explore-ask-from = 从哪个时期
    .hint = 如 2013、2013Q1、2013-07
explore-ask-to = 到哪个时期
    .hint = 只看一个时期就填同一个
explore-ask-each = 按什么分段
explore-ask-rows = 行
explore-ask-columns = 列
explore-ask-show = 显示什么

zh7596 = 这一页没有叫“{ $table }”的表
    .hint = 从页面末尾的 CSV 链接取
zh7597 = 账本第 { $entry } 条已有编号为 { $number } 的抽取，内容与这份记录不同
    .hint = 换一个编号；同一次抽取只能补记后来的替换

server-title-plans-list = 计划
server-title-plans-show = 一项计划
server-table-plan-targets = 目标和现状
server-table-plan-shared = 目标分解：下级合起来够不够
server-table-plan-letters = 责任书和行动计划的任务
server-table-plan-inspections = 检查计划
server-table-plan-strata = 抽取分层
server-table-plan-picks = 抽中对象
server-table-plan-visits = 逐次检查
server-table-plan-burden = 企业负担（本年各项计划合计）
server-table-plan-tasks = 任务
plans-lead = { $place }（含下级）{ $period }的目标、任务和检查计划，以账本所记为准。目标列期间在其中的，任务列到期日在其中的，检查列日期在其中的。
plans-more = 每张表最多列 { $most } 行；全部内容见页末的 XLSX 和 CSV（目标除外：缩短时期或换下级地区再看）
plans-unread = 有 { $n } 条目标、任务、抽取或检查的记录读不出来，没有列入；zhiheng plan check、plan tasks、plan burden 说明原因
plans-title = 计划 { $number }
plans-unnamed = （没有写计划编号）
plans-region = 地区
plans-unit = 责任部门
plans-until = 期末
plans-goal = 目标值
plans-by-now = 到今天应达到
plans-now = 现值
plans-not-yet = 尚未达到（期未满）
plans-tasks = 任务数
plans-task-open = 进行中
plans-task-done = 已完成
plans-task-overdue = 逾期
plans-task-dropped = 已取消
plans-next = 下一个期限
plans-drawn-on = 抽取日期
plans-planned = 计划
plans-done = 已实施
plans-cancelled = 取消
plans-kind = 类别
plans-state-planned = 计划
plans-state-done = 已实施
plans-state-cancelled = 取消
plans-state-open = 尚无检查
plans-state-replaced = 已替换
plans-draw = 抽取
plans-seed = 种子
plans-seed-from = 种子来源
plans-population = 名录摘要
plans-log = 记录摘要
plans-size = 名录数
plans-drawn = 抽取数
plans-instead-of = 替换了
plans-repeat = 谁都可以重抽一遍：取公布的记录文件，用 zhiheng plan draw --log 核对，或者不用本系统，按 docs/reference/draws.md 的办法、用 crates/plan/tests/repeat_draw.py 这样的脚本重抽；名录和记录的摘要应与这里相同。
plans-no-draw = 账本里没有您能看到的、这个编号的抽取记录。
plans-no-picks = 账本里只有这次抽取的编号、种子和摘要，没有分层和逐个抽中的对象。用 zhiheng plan draw --log 记录文件 --region 地区代码 --record 可以补记。
plans-progress = 计划 { $planned } 次，已实施 { $done } 次，取消 { $cancelled } 次。
plans-progress-drawn = 抽中 { $drawn } 家（另有 { $replaced } 家被替换）；计划 { $planned } 次，已实施 { $done } 次，取消 { $cancelled } 次。
plans-case = 办理这项计划的案件
