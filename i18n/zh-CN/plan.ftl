# plan: targets, responsibility letters, cycle, draws, double random, burden.

plan-rule-sum = 合计
plan-rule-weighted-mean = 加权平均
plan-rule-each = 逐个达到
plan-outcome-met = 达到
plan-outcome-within-tolerance = 在修约允差内达到
plan-outcome-excused = 未达到，有经批准的理由
plan-outcome-short = 未达到
plan-stage-plan = 年初安排部署
plan-stage-meeting = 季度联席研讨
plan-stage-inspection = 半年督导检查
plan-stage-acceptance = 年末考核验收

## ZH850 reading records

zh8501 = 字段 { $field } 为空
    .hint = 请更正该条记录，补填此字段
zh8502 = 字段 { $field } 的值“{ $value }”无法使用
    .hint = 请更正该条记录；字段的类型和取值范围见 `zhiheng catalog show`
zh8503 = 目标编号 { $number } 重复
    .hint = 每个目标的编号应唯一；撤回或更正其中一条
zh8504 = 目标 { $target } 的目标值与形式不符
    .hint = 定值目标（fixed）填写目标值，不填节点；折线（linear）和阶梯（stepped）目标只填节点
zh8505 = 目标 { $target } 的节点 { $day } 不在目标期内，或同一日有两个节点
    .hint = 节点应在目标期内，每日一个
zh8506 = 节点所属的目标 { $target } 不存在
    .hint = 先登记目标，再登记节点
zh8508 = 重新分配决定 { $number } 没有写明终止的目标和接替的目标
    .hint = 两项都至少填写一个目标编号
zh8509 = 目标 { $target } 的指标 { $indicator } 不在目录中
    .hint = `zhiheng catalog list indicators` 列出全部指标

## ZH851 decomposition

zh8510 = 目标 { $target } 的上级目标 { $parent } 不存在
    .hint = 请登记上级目标，或更正编号
zh8511 = 目标互为上级：{ $loop }
    .hint = 请更正其中一个目标的上级
zh8512 = 目标 { $target } 不能按“{ $rule }”分解：指标 { $indicator } 的数值不能这样合并
    .hint = 数量和总量用 sum；比率用 weighted-mean 或 each；指数用 each
zh8513 = 目标 { $target } 有下级目标，但没有写明分解规则
    .hint = 分解规则填 sum、weighted-mean 或 each
zh8514 = 目标 { $target } 的指标 { $indicator } 与上级目标 { $parent } 的指标 { $wanted } 不同
    .hint = 确属有意的，在该目标写明理由，不参加比较
zh8515 = 目标 { $target } 的地区 { $region } 不在上级目标 { $parent } 的地区 { $wanted } 之内
    .hint = 请更正地区或上级目标
zh8516 = 目标 { $target } 的目标期 { $period } 不在上级目标 { $parent } 的目标期 { $wanted } 之内
    .hint = 请更正目标期或上级目标
zh8517 = 目标 { $target } 没有大于零的权数，加权平均无法计算
    .hint = 填写权数，例如计划批次数
zh8518 = 目标 { $target } 与 { $other } 的责任主体和目标期重叠（{ $region }），会重复计算
    .hint = 同一责任主体同一期间只应有一个目标
zh8519 = 目标 { $target }：上级 { $whole }，下级（{ $rule ->
        [sum] 合计
        [weighted-mean] 加权平均
       *[each] 逐个比较
    }）{ $parts }，差 { $short }（{ $day }）
    .hint = 调整下级目标；经批准可以达不到的，在目标 { $target } 写明理由
zh8520 = 目标 { $part }：上级目标 { $target } 为 { $whole }，本目标为 { $value }，差 { $short }（{ $day }）
    .hint = 调整该目标；经批准可以达不到的，在该目标写明理由
zh8521 = 目标 { $target } 的数值位数过多，{ $day } 无法精确比较
    .hint = 减少目标值或权数的位数
zh8522 = 目标 { $target } 与下级目标没有可以比较的日期
    .hint = 折线和阶梯目标的第一个节点不得晚于目标期最后一日
zh8523 = 目标 { $target }：上级 { $whole }，下级（{ $rule ->
        [sum] 合计
        [weighted-mean] 加权平均
       *[each] 逐个比较
    }）{ $parts }，差 { $short }（{ $day }），在允差 { $tolerance } 之内
    .hint = 允差写在目标中；不需要时填 0
zh8524 = 目标 { $target } 尚有 { $n } 个下级地区没有目标：{ $places }
    .hint = 给这些地区下达目标，或说明不分解

## ZH852 changes of regions

zh8525 = 目标 { $target } 的地区 { $region } 至 { $day } 已不存在，且没有唯一的接替地区
    .hint = 地区拆分的，登记重新分配决定（responsibility.reallocation）
zh8526 = 地区变动后，目标 { $target } 与 { $other } 同归 { $region }
    .hint = 地区合并的，登记重新分配决定（responsibility.reallocation）
zh8527 = 重新分配决定 { $number } 所列目标 { $target } 不存在
    .hint = 请更正目标编号
zh8528 = 重新分配决定 { $number }：原目标合计 { $old }，新目标合计 { $new }；理由：{ $reason }
    .hint = 总量目标重新分配后应不低于原目标；确有理由的保留
zh8529 = 重新分配决定 { $number } 的新目标 { $target } 属于 { $region }，该地区没有接替原地区
    .hint = 请核对行政区划沿革

## ZH853 cycle

zh8530 = { $region } 在 { $year } 年没有四段式规则
    .hint = 登记 responsibility.stage；目录 responsibility/stages.csv 有一套可以导入
zh8531 = 规则 { $set } 与 { $other } 同时适用（{ $stage } { $number }），或起始月份不同
    .hint = 同一地区同一年度只应有一套规则
zh8532 = 规则 { $set } 的 { $stage } { $number }：没有第 { $month } 个月 { $day } 日
    .hint = 月份为 1 至 24（13 起为年度结束之后），日为 1 至 31（超过月末的按月末）
zh8533 = 规则 { $set } 的 { $stage } 编号不连续，或重复：{ $number }
    .hint = 编号自 1 起连续
zh8534 = 规则 { $set } 的 { $stage } { $number }：{ $day } 前后一个月都是休息日
    .hint = 请核对节假日表
zh8535 = 任务 { $task } 于 { $day } 完成，晚于期限 { $due }
    .hint = 考核时按逾期完成处理

## ZH854 tasks

zh8538 = 条款 { $clause } 没有任务落实
    .hint = 登记任务，或用 `zhiheng plan tasks` 由条款生成
zh8539 = 任务编号 { $task } 重复
    .hint = 每项任务的编号应唯一
zh8540 = 条款 { $clause } 没有唯一的牵头单位
    .hint = 填写一个牵头单位，其余列为配合单位
zh8541 = 任务 { $task } 的牵头单位“{ $lead }”不是一个单位
    .hint = 一项任务只有一个牵头单位，其余列为配合单位
zh8542 = 任务 { $task }：{ $lead } 既牵头又配合
    .hint = 从配合单位中删去牵头单位
zh8543 = 任务 { $task } 的期限 { $day } 不在年度 { $year } 之内
    .hint = 期限不得晚于年度最后一日
zh8544 = 任务 { $task } 没有写明完成后提交什么材料
    .hint = 填写佐证材料
zh8545 = 任务 { $task } 所属条款 { $clause } 不存在
    .hint = 请更正责任书编号和条款编号
zh8546 = 任务 { $task } 已完成，但没有完成日期，或日期在今天之后
    .hint = 填写完成日期
zh8547 = 任务 { $task } 已取消，但没有理由
    .hint = 填写取消理由
zh8548 = 任务 { $task } 已逾期：期限 { $due }，牵头单位 { $lead }
    .hint = 完成后登记完成日期和材料
zh8549 = 条款 { $clause }：年度 { $year } 不能按“{ $each }”划分
    .hint = 可以填 month、quarter、half；不填为全年一次

## ZH855 letters

zh8550 = 责任书 { $letter } 第 { $version } 版：各条款分值合计 { $sum }，应为 { $full }
    .hint = 调整分值，使合计等于满分
zh8551 = 条款 { $clause } 重复
    .hint = 同一版责任书中条款编号应唯一
zh8552 = 条款 { $clause } 所列目标 { $target } 不存在
    .hint = 先登记目标
zh8553 = 条款 { $clause } 的指标与目标 { $target } 的指标 { $indicator } 不同
    .hint = 请更正指标或目标编号
zh8554 = 责任书 { $letter } 第 { $version } 版没有写明满分，但条款 { $clause } 有分值
    .hint = 填写满分，或删去分值
zh8555 = 责任书 { $letter } 第 { $version } 版：条款 { $clause } 没有分值，或分值为负
    .hint = 写明满分的，每个条款都要有分值
zh8556 = 责任书 { $letter } 第 { $version } 版的变更没有理由
    .hint = 填写变更理由
zh8557 = 责任书 { $letter } 第 { $version } 版：变更后内容没有变化
    .hint = 没有变化的不需要新版
zh8558 = 责任书 { $letter } 第 { $version } 版没有接续上一版（应注明 { $wanted }）
    .hint = 版次自 1 起连续；第 2 版起注明上一版的内容摘要（hash）
zh8559 = { $party } 在责任书 { $letter } 上签署的内容摘要不属于任何一版
    .hint = 内容在签署后变动过；请重新签署

## ZH856 draws

zh8560 = 名录中 { $id } 出现两次
    .hint = 每个对象只列一次
zh8561 = “{ $stratum }”层有 { $size } 个对象，不够抽取 { $n } 个
    .hint = 减少抽取数
zh8562 = { $id } 的权数为零
    .hint = 不参加抽取的对象不列入名录
zh8563 = 名录为空
    .hint = 请核对筛选条件
zh8564 = { $id } 未被抽中，或已经替换过
    .hint = 只能替换抽取记录中的对象，每个一次
zh8565 = 替换 { $id } 没有理由
    .hint = 写明理由，例如已注销、查无下落
zh8566 = 抽取记录 { $number } 不是从这份名录抽取的
    .hint = 名录的摘要与记录不符；请用公布的名录
zh8567 = 权数为负、过大或小数位数过多
    .hint = 减少权数的位数
zh8568 = 抽取 { $number } 没有要抽取的数量
    .hint = 至少有一层的数量大于零
zh8569 = 抽样方法不能使用：{ $why }
    .hint = 请核对数量
zh8570 = “{ $stratum }”层已没有可以替换 { $id } 的对象
    .hint = 该层已全部抽取
zh8571 = 抽取记录的规则“{ $format }”或种子“{ $seed }”无法识别
    .hint = 请用与记录相同版本的程序
zh8572 = 抽取记录 { $number } 第 { $order } 个为 { $said }，重抽为 { $is }
    .hint = 记录被改动过，或不是按所列规则抽取

## ZH857 double random

zh8573 = { $object } 只有 { $free } 名检查人员可派，需要 { $each } 名；{ $withdrew } 名回避
    .hint = 增加检查人员
zh8575 = { $id } 在名录中出现两次（{ $what }）
    .hint = 每个对象、每名检查人员只列一次
zh8576 = { $objects } 个对象与 { $inspectors } 名检查人员，一次配对过多
    .hint = 分批配对
zh8577 = 每个对象的检查人员数为零
    .hint = 至少 1 名；一般规定不少于 2 名

## ZH858 burden and repeats

zh8580 = { $enterprise } 在 { $year } 年被检查 { $n } 次，超过上限 { $most } 次：{ $visit }
    .hint = 合并检查，或取消其中的随机检查
zh8581 = { $again } 重复抽查：同一产品已于 { $day } 抽查（{ $before }），自 { $from } 起可以再抽
    .hint = 取消或推迟；投诉、跟踪、执法类抽查按规定除外
zh8582 = { $visit } 没有生产者或级别，无法判断是否重复抽查
    .hint = 补填生产者和级别
zh8583 = { $region } 在 { $day } 没有规定“{ $kind }”（类别 { $class }）
    .hint = 登记 inspection.norm；目录 inspection/norms.csv 有一套可以导入

## ZH859 the command

zh8590 = “{ $value }”不是日期
    .hint = 日期写作 2015-06-30
zh8591 = 没有编号为 { $number } 的责任书
    .hint = `zhiheng record list responsibility.letter` 列出全部责任书
zh8592 = 抽取还缺名录、地区、编号、种子或种子来源
    .hint = 见 `zhiheng plan draw --help`
zh8593 = “{ $value }”不是“类别=数量”
    .hint = 例如 --sizes A=3
zh8594 = 抽取记录 { $file } 无法读取：{ $why }
    .hint = 记录由 `zhiheng plan draw --format json` 写出

## Columns

plan-target = 目标
plan-rule = 分解规则
plan-day = 日期
plan-whole = 上级
plan-parts = 下级
plan-short = 差
plan-outcome = 结果
plan-stage = 阶段
plan-number = 编号
plan-due = 期限
plan-moved-from = 顺延或提前前
plan-letter = 责任书
plan-clause = 条款
plan-clauses = 条款数
plan-says = 内容
plan-lead = 牵头单位
plan-joint = 配合单位
plan-evidence = 佐证材料
plan-state = 状态
plan-version = 版次
plan-hash = 内容摘要
plan-binds = 生效日期
plan-enterprise = 企业
plan-class = 类别
plan-visits = 次数
plan-most = 上限
plan-exempt = 不计入
plan-over = 超出
plan-order = 次序
plan-place = 层内编号
plan-replaced-by = 替换为
plan-inspectors = 检查人员
plan-reason = 理由
plan-withdrew = 回避
plan-drawn = 种子 { $seed }（{ $from }）；名录 { $population }
plan-recorded = 抽取 { $number } 已记入账本
plan-recorded-before = 抽取 { $number } 早已记入账本，没有新的

## Help

help-plan = 计划：目标、四段式、任务、责任书、随机抽取和配对、检查负担
help-plan-check = 检查目标分解：下级合起来是否达到上级，行政区划变动后归谁
help-plan-check-region = 只看这个地区及其下级
help-plan-check-period = 只看这个时期的目标
help-plan-check-on = 行政区划按哪一天，默认今天
help-plan-cycle = 排出一年的四段式工作，可以导入 responsibility.event
help-plan-cycle-region = 地区
help-plan-cycle-year = 考核年度（结束于哪一年）
help-plan-tasks = 检查一年的任务，或由条款生成任务
help-plan-tasks-letter = 只看这些责任书或计划，可重复
help-plan-tasks-period = 年度
help-plan-tasks-make = 由条款生成，可以导入 responsibility.task
help-plan-letter = 责任书各版的内容摘要，哪一版生效
help-plan-letter-number = 责任书编号
help-plan-letter-on = 哪一天的情况，默认今天
help-plan-draw = 由公布的种子抽取检查对象；重抽、替换已公布的抽取
    .after = 例：zhiheng plan draw --library 工业产品生产企业 --region 621122 --number CQ-2024-1 --seed 20240701 --seed-from 福利彩票第2024001期 --format json > draw.json
        zhiheng plan draw --log draw.json --replace 91620000000000000X --reason 已注销 --format json > draw-2.json
        zhiheng plan draw --log draw-2.json --region 621122 --record --by 信用监管科
help-plan-draw-library = 名录
help-plan-draw-region = 地区
help-plan-draw-number = 抽取编号
help-plan-draw-seed = 种子，0 至 18446744073709551615 的整数
help-plan-draw-seed_from = 种子的来源，在名录截止前公布
help-plan-draw-method = simple 简单随机，systematic 等距，weighted 按权数
help-plan-draw-sizes = 类别=数量，可重复；不写则按规定的比例
help-plan-draw-on = 名录按哪一天，默认今天
help-plan-draw-log = 已公布的抽取记录：重抽核对
help-plan-draw-replace = 替换记录中的这个对象
help-plan-draw-reason = 替换的理由
help-plan-draw-record = 把抽取记入账本：编号、种子、摘要、各层、逐个抽中的对象；已记的不重记
help-plan-draw-by = 由谁登记
help-plan-pair = 为抽中的对象随机选派检查人员
help-plan-pair-log = 抽取记录
help-plan-pair-library = 人员名录
help-plan-pair-region = 地区
help-plan-pair-seed = 种子
help-plan-pair-each = 每个对象几名，不少于规定
help-plan-pair-on = 名录按哪一天，默认今天
help-plan-burden = 各企业一年被检查几次，同一产品是否重复抽查
help-plan-burden-region = 地区
help-plan-burden-year = 年份
