# publish

## Numbers and lists

publish-unit-points = 个百分点
publish-unit-batches = 批次
publish-unit-records = 条
publish-number-and-unit = { $number }{ $unit }
publish-interval = { $low }～{ $high }
publish-interval-sentence = { $level }%置信区间为{ $interval }
publish-interval-in-brackets = （{ $level }%置信区间{ $interval }）
publish-interval-none = 未给出置信区间
publish-in-brackets = （{ $text }）
publish-list-last = { $rest }、{ $last }
publish-and-more = { $named }等{ $n }个
publish-where-and-when = { $period }{ $region }
publish-where-and-when-cut = { $period }{ $region }{ $cuts }
publish-group-unnamed = 未填

## Headings

publish-numerals = 零一二三四五六七八九十
publish-heading-1 = { $number }、
publish-heading-2 = （{ $number }）
publish-heading-3 = { $number }.{ " " }
publish-heading-4 = （{ $number }）
publish-table-label = 表{ $number }
publish-figure-label = 图{ $number }

## Changes

publish-change-rise =
    { $from ->
        [year] 同比
        [previous] 环比
       *[other] 比{ $name }
    }{ $better ->
        [higher] 提高
       *[other] 上升
    }{ $points }个百分点
publish-change-fall =
    { $from ->
        [year] 同比
        [previous] 环比
       *[other] 比{ $name }
    }下降{ $points }个百分点
publish-change-none-limits =
    与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }相比无显著差异（相差{ $points }个百分点，95%置信区间{ $low }～{ $high }个百分点）
publish-change-none =
    与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }相比无显著差异（相差{ $points }个百分点）
publish-change-same =
    与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }持平
publish-change-untested-above =
    比{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }高{ $points }个百分点（无分子分母，未作显著性检验）
publish-change-untested-below =
    比{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }低{ $points }个百分点（无分子分母，未作显著性检验）
publish-change-grew =
    { $from ->
        [year] 同比
        [previous] 环比
       *[other] 比{ $name }
    }增长{ $percent }%
publish-change-shrank =
    { $from ->
        [year] 同比
        [previous] 环比
       *[other] 比{ $name }
    }减少{ $percent }%
publish-change-more =
    比{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }增加{ $difference }{ $unit }
publish-change-fewer =
    比{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }减少{ $difference }{ $unit }
publish-change-from-zero =
    { $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }为0，增加{ $difference }{ $unit }
publish-change-broken =
    因{ $reason }，与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }不可比，不作比较
publish-change-broken-unsaid =
    统计口径已变，与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }不可比，不作比较
publish-change-no-data-now =
    本期无数据，不与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }比较
publish-change-no-data-then =
    { $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }无数据，不作比较
publish-change-suppressed =
    因样本过少未列出数值，不与{ $from ->
        [year] 上年同期
        [previous] 上期
       *[other] { $name }
    }比较
publish-change-no-period = 无可比较的时期

## Targets

publish-target-none = 未设定目标
publish-target-no-data = 目标为{ $bound ->
        [at-least] 不低于
       *[at-most] 不高于
    }{ $target }，本期无数据，无法判断是否达到
publish-target-met = 达到{ $bound ->
        [at-least] 不低于
       *[at-most] 不高于
    }{ $target }的目标
publish-target-met-uncertain = 数值达到{ $bound ->
        [at-least] 不低于
       *[at-most] 不高于
    }{ $target }的目标，但置信区间跨过目标值，尚不能断定
publish-target-missed = 未达到{ $bound ->
        [at-least] 不低于
       *[at-most] 不高于
    }{ $target }的目标
publish-target-missed-uncertain = 数值未达到{ $bound ->
        [at-least] 不低于
       *[at-most] 不高于
    }{ $target }的目标，但置信区间跨过目标值，尚不能断定

## Groups

publish-groups-too-few = 有数据的{ $by }不足两个，不作比较
publish-groups-too-many = 有数据的{ $by }共{ $n }个，超过{ $most }个，不作两两比较
publish-groups-none = { $n }个{ $by }两两比较（经霍尔姆校正）均无显著差异，排列先后不代表优劣
publish-groups-some = { $n }个{ $by }两两比较（经霍尔姆校正），{ $pairs }对中有{ $distinct }对差异显著：{ $clauses }；其余各对无显著差异，排列先后不代表优劣
publish-groups-some-named = { $n }个{ $by }两两比较（经霍尔姆校正），{ $pairs }对中有{ $distinct }对差异显著，其中{ $clauses }；差异不显著的各对，排列先后不代表优劣
publish-groups-all = { $n }个{ $by }两两比较（经霍尔姆校正）差异均显著：{ $clauses }
publish-groups-higher = { $place }高于{ $lower }

publish-noun-regions = 地区
publish-noun-groups = { $title }

## Detectable differences

publish-detectable-no =
    按{ $each ->
        [year] 每年
        [half] 每半年
        [quarter] 每季度
        [month] 每月
        [week] 每周
       *[other] 每期
    }{ $sizes ->
        [same] { $n }
       *[different] { $n }和{ $against-n }
    }{ $unit }计，相差{ $points }个百分点不足以判定为有差异（要以{ $power }%的把握看出这一差异，{ $each ->
        [year] 每年
        [half] 每半年
        [quarter] 每季度
        [month] 每月
        [week] 每周
       *[other] 每期
    }约需{ $needed }{ $unit }）
publish-detectable-yes =
    按{ $each ->
        [year] 每年
        [half] 每半年
        [quarter] 每季度
        [month] 每月
        [week] 每周
       *[other] 每期
    }{ $sizes ->
        [same] { $n }
       *[different] { $n }和{ $against-n }
    }{ $unit }计，相差{ $points }个百分点可以判定为有差异
publish-detectable-equal = 两个比率相同，无差异可判定

## Published figures

publish-published-agrees = 公布数为{ $published }，与由记录计算的{ $computed }一致
publish-published-differs = 公布数为{ $published }，由记录计算为{ $computed }，两者不一致
publish-published-alone = 公布数为{ $published }，无记录可供核对
publish-published-missing = 无公布数

## Records and coverage

publish-records-all = 计入{ $counted }条记录，无未计入的记录
publish-records-some = 计入{ $counted }条记录，另有{ $out }条未计入（{ $reasons }）
publish-excluded-filter = 不属统计范围{ $records }条
publish-excluded-bottom = 不在分母范围{ $records }条
publish-excluded-unknown = 所需字段空缺{ $records }条
publish-excluded-withdrawn = 已撤回{ $records }条
publish-excluded-older = 有后报数替代{ $records }条
publish-excluded-other = { $rule }{ $records }条
publish-coverage = 权重覆盖率{ $share }%
publish-coverage-none = 未加权

## Notes

publish-note-small = { $place }的样本数为{ $n }，少于{ $below }，数值仅供参考。
publish-note-suppressed = 样本过少，数值不列出。
publish-note-unconfirmed = “{ $name }”未见公布的计算公式，此处为本系统采用的定义，有待确认。
publish-note-published = “{ $name }”为公布数，非由明细记录计算。
publish-note-coverage = { $place }“{ $name }”的权重覆盖不足，数值仅供参考。
publish-note-several = { $place }“{ $name }”有多个填报数，取最后填报的一个。
publish-note-not-ranked = 另有{ $n }个因样本过少未参加排列。
publish-section-no-data = { $place }无{ $names }数据。
publish-synthetic-none = 本报告所列数字均未使用合成数据。
publish-synthetic-all = 本报告所列{ $n }个数字全部依据合成数据，仅作演示，不得作为实际情况引用。
publish-synthetic-some = 本报告所列{ $n }个数字中有{ $synthetic }个全部或部分依据合成数据，仅作演示，不得作为实际情况引用。

## Tables

publish-column-indicator = 指标
publish-column-region = 地区
publish-column-period = 时期
publish-column-rank = 位次
publish-column-batches = 批次
publish-column-records = 记录数
publish-column-top = 分子
publish-column-value = 数值
publish-column-interval = { $level }%置信区间
publish-column-change = 增减
publish-column-target = 目标
publish-column-share = 占比
publish-column-cumulative = 累计占比
publish-column-centre = 中心线
publish-column-limit-low = 下控制限
publish-column-limit-high = 上控制限
publish-column-alarm = 异常
publish-cell-alarm = 异常
publish-column-synthetic = 合成记录数
publish-column-low = 区间下限
publish-column-high = 区间上限
publish-row-total = 合计
publish-cell-target =
    { $bound ->
        [at-least] ≥
       *[at-most] ≤
    }{ $target }{ $met ->
        [met] （达到）
        [met-uncertain] （达到，未断定）
        [missed] （未达到）
        [missed-uncertain] （未达到，未断定）
       *[unknown] { "" }
    }
publish-caption-indicators = { $place }主要指标
publish-caption-side-by-side = { $place }各{ $by }主要指标
publish-caption-worst = { $place }{ $name }较低的{ $n }个{ $by }
publish-caption-best = { $place }{ $name }较高的{ $n }个{ $by }
publish-caption-worst-lower = { $place }{ $name }较高的{ $n }个{ $by }
publish-caption-best-lower = { $place }{ $name }较低的{ $n }个{ $by }
publish-caption-by = { $place }{ $name }（按{ $by }）
publish-remark-small = 带标记的数值样本数少于{ $below }，仅供参考。
publish-remark-small-any = 带标记的数值样本过少，仅供参考。
publish-remark-suppressed = “—”表示样本过少，数值不列出。
publish-remark-not-carried = 括号内的增减未通过5%水平的显著性检验（或无从检验），不作升降判断。
publish-remark-broken = 统计口径有变的，不列增减。
publish-remark-not-ranked = 另有{ $n }个因样本过少未参加排列。
publish-remark-target = 目标：{ $target }。
publish-remark-break = 自{ $label }起：{ $says }。

## Figures

publish-figure-no-data = { $place }无{ $name }数据，不作图。
publish-figure-subtitle = { $name }，单位：{ $unit }；{ $place }；数据截至账本第{ $size }条
publish-figure-source = 资料来源：{ $id }，数据截至账本第{ $size }条。
publish-pareto-rest = 其余{ $n }项
publish-finding-line = { $first }至{ $last }，{ $region }{ $name }在{ $low }～{ $high }之间
publish-finding-line-one = { $first }{ $region }{ $name }为{ $low }
publish-finding-target = ，{ $n }期中有{ $above }期不低于目标{ $target }
publish-finding-target-none = ，各期均低于目标{ $target }
publish-finding-target-all = ，各期均不低于目标{ $target }
publish-finding-breaks = ；期间统计口径有变
publish-finding-small = （样本过少的除外）
publish-finding-ranked = { $place }{ $name }{ $small }由{ $high-place }的{ $high }到{ $low-place }的{ $low }
publish-finding-ranked-none = ，各区间均包含总体水平{ $whole }
publish-finding-ranked-below = ，区间整体低于总体水平{ $whole }的有{ $below }
publish-finding-ranked-above = ，区间整体高于总体水平{ $whole }的有{ $above }
publish-finding-ranked-both = ，区间整体低于总体水平{ $whole }的有{ $below }，整体高于的有{ $above }
publish-finding-pareto = { $place }{ $name }中，{ $named }{ $n }项合计占{ $share }%
publish-finding-pareto-one = { $place }{ $name }均为{ $named }
publish-finding-funnel = { $place }{ $n }个{ $by }的{ $name }中有{ $outside }个落在99.8%控制限之外：{ $named }
publish-finding-funnel-none = { $place }{ $n }个{ $by }的{ $name }均在99.8%控制限之内，差异可由抽样波动解释
publish-finding-tiles = { $place }{ $name }{ $small }最高为{ $high-place }（{ $high }），最低为{ $low-place }（{ $low }）
publish-finding-tiles-unproven = ；两地区间重叠，不足以分高下
publish-finding-control = { $region }{ $name }：{ $n }期中有{ $alarms }期异常（{ $named }）
publish-finding-control-none = { $region }{ $name }：{ $n }期均在控制限内，没有异常
publish-alt-mark = { $label }为{ $shown }
publish-alt-all =
    { $kind ->
        [line] 折线图
        [ranked] 带置信区间的排列图
        [pareto] 帕累托图
        [funnel] 漏斗图
        [control] 控制图
       *[tiles] 方格地图
    }：{ $finding }。共{ $n }个：{ $marks }。
publish-alt-some =
    { $kind ->
        [line] 折线图
        [ranked] 带置信区间的排列图
        [pareto] 帕累托图
        [funnel] 漏斗图
        [control] 控制图
       *[tiles] 方格地图
    }：{ $finding }。共{ $n }个，依次为{ $marks }等，全部数值见附表。

publish-axis-unit = 单位：{ $unit }
publish-svg-value = 数值
publish-svg-interval = 95%置信区间
publish-svg-value-interval = 数值与{ $interval }
publish-svg-interval-by-method = 区间（{ $name }）
publish-svg-value-base = { $shown }（n={ $n }）
publish-svg-target = 目标 { $value }
publish-svg-target-key = 目标
publish-svg-whole = 总体 { $value }
publish-svg-break = 口径变化
publish-svg-break-note = { $label }起：{ $says }
publish-svg-small = 样本过少
publish-svg-count = 数量
publish-svg-cumulative = 累计占比
publish-svg-base-axis = 样本数
publish-svg-limits-95 = 95%控制限
publish-svg-limits-998 = 99.8%控制限
publish-svg-left-out = ……略{ $n }个
publish-svg-centre = 中心线
publish-svg-limits = 控制限
publish-svg-alarm = 异常
publish-svg-base = 此前为基期

## Notes on method

publish-methods-heading = 方法说明
publish-method-lead = （{ $id }）：
publish-method-filter = （条件：{ $filter }）
publish-method-count = “{ $record }”记录的条数{ $filter }。
publish-method-count-distinct = “{ $record }”记录中不同{ $field }的个数{ $filter }。
publish-method-sum = “{ $record }”记录中{ $value }之和{ $filter }。
publish-method-mean = “{ $record }”记录中{ $value }的平均{ $filter }。
publish-method-ratio = “{ $record }”记录中{ $top }之和与{ $bottom }之和之比{ $filter }。
publish-method-proportion = “{ $record }”记录{ $filter }中，满足“{ $top }”的占满足“{ $bottom }”的比例；各级汇总由分子、分母相加后计算，不对比率求平均。
publish-method-proportion-weighted = “{ $record }”记录{ $filter }中，满足“{ $top }”的占满足“{ $bottom }”的比例，按产值分行业、分地区两层加权。
publish-method-comparable = “{ $follows }”在前后两期都有的单元（{ $cell }）上按基期样本比重加权。
publish-method-change = “{ $of }”与对比期之差。
publish-method-register = “{ $record }”中期末有效的条数{ $filter }。
publish-method-reported = 由部门填报，取该地区、该时期最后填报的数{ $filter }。
publish-method-derived = 由其他指标计算：{ $formula }。
publish-method-records = 用方法 { $method } 由“{ $record }”的记录计算{ $filter }。
publish-method-places = 用方法 { $method } 由各地区的{ $of }计算，每个地区在同级地区中比较。
publish-method-steps = 用方法 { $method } 逐期察看{ $of }；数值是时期内异常的期数。
publish-method-interval =
    { $level }%置信区间用{ $method ->
        [wilson] 威尔逊计分法
        [clopper-pearson] 克洛珀—皮尔逊精确法
        [poisson] 泊松精确法
        [student-t] 学生 t 分布
       *[other] { $method }
    }计算。
publish-method-rounding =
    按{ $rule ->
        [gbt8170] GB/T 8170
       *[half-up] 四舍五入
    }修约一次，保留{ $digits }位小数。
publish-method-excluded = { $place }未计入的记录：{ $reasons }。
publish-method-basis = 依据：{ $basis }。责任单位：{ $owner }。
publish-method-score = 两期比率之差用两比例计分检验，显著性水平5%；差的95%置信区间用纽科姆法。只有检验通过时才写“提高”“下降”。
publish-method-fisher = 期望频数不足5时，以费希尔精确检验代替计分检验。
publish-method-holm = 各单位两两比较经霍尔姆法校正，总的显著性水平5%。
publish-method-as-of = 全部数字依据账本前{ $size }条记录和指标目录（摘要{ $catalog }）计算，可据此逐字重算；每个数字均可按其地址查到所依据的记录。

## Values of a sheet

publish-shown-yes = 是
publish-shown-no = 否
publish-shown-money = { $yuan }元
publish-shown-quantity = { $number }{ $unit }
publish-shown-enterprise = { $name }（{ $code }）
publish-shown-personal = 〔个人信息，不列出〕

## Letters

publish-letter-gap = 〔未填：{ $name }〕
publish-letter-gap-clock = 〔未定：{ $name }〕
publish-letter-no-number = 〔未编号〕
publish-letter-provisional = { $date }（节假日安排公布前暂定）
publish-letter-draft = 草稿：有{ $n }处未填，不得印发。
publish-letter-foreign = 《{ $title }》，{ $date }，案号 { $case }。文书以中文为准。
publish-letter-foot = 核验码：{ $verify }　案号：{ $case }　账本第{ $ledger }条　目录{ $catalog }

## Credit reports

publish-credit-title = 企业质量信用报告{ $scope ->
        [self] （本企业查询）
        [authority] （主管部门查询）
       *[public] （公开版）
    }
publish-credit-scope-word = { $scope ->
        [self] 本企业
        [authority] 主管部门
       *[public] 社会公众
    }
publish-credit-code = 核验码 { $code }
publish-credit-identity = 企业身份
publish-credit-grades = 质量信用等级
publish-credit-history = { $scheme }历次等级
publish-credit-section = { $name }（{ $n }条）
publish-credit-sources = 信息来源
publish-credit-front = 报告说明
publish-credit-check = 核验：以报告正文的规范 JSON 计算 SHA-256，前64位即核验码 { $code }；内容有任何改动，核验码即不同。
publish-credit-from-to = { $from }至{ $to }
publish-credit-unnamed = 未记录
publish-credit-doubtful-code = 代码的校验位不符，请以登记机关为准。
publish-credit-no-grades = 没有可列出的等级。
publish-credit-no-grade = 未评
publish-credit-grade-named = { $code }（{ $name }）
publish-credit-unconfirmed = 评价规则尚未见正式文本、有待确认的：{ $names }。
publish-credit-nothing = 本查询范围内没有记录。没有记录不等于信用良好。
publish-credit-fact = { $label }：{ $value }
publish-credit-via = 原记于代码 { $code }
publish-credit-standing = { $standing ->
        [doubted] 有异议，核实中
        [upheld] 异议不成立
        [struck] 异议成立，不计入
       *[stands] 有效
    }
publish-credit-ended = 已过有效期
publish-credit-row-name = 企业名称
publish-credit-row-holder = 统一社会信用代码
publish-credit-row-other-codes = 曾用代码
publish-credit-row-scope = 查询范围
publish-credit-row-day = 报告日期
publish-credit-row-period = 信息期间
publish-credit-row-code = 核验码
publish-credit-column-item = 项目
publish-credit-column-content = 内容
publish-credit-column-scheme = 评价办法
publish-credit-column-grade = 等级
publish-credit-column-since = 自
publish-credit-column-points = 得分
publish-credit-column-day = 日期
publish-credit-column-kind = 事项
publish-credit-column-facts = 内容
publish-credit-column-source = 来源
publish-credit-column-standing = 状态
publish-credit-column-entry = 账本条目
publish-credit-column-count = 条数

## ZH60 report sources

zh6001 = 没有名为“{ $name }”的指令
    .hint = { $near ->
        [none] 可用：{ $all }
       *[other] 是否为 { $near }？可用：{ $all }
    }
zh6002 = “{ $what }”没有结束
    .hint = 补上结束的符号；若要照原样印出，在前面加反斜线
zh6003 = 此处不应有“{ $found }”
    .hint = 写法：名称 指标 ;维度=值 选项=值，含空格的值加双引号
zh6004 = 指令“{ $name }”没有选项“{ $option }”
    .hint = { $near ->
        [none] 可用：{ $all }
       *[other] 是否为 { $near }？可用：{ $all }
    }
zh6005 = 目录中没有指标“{ $id }”
    .hint = { $near ->
        [none] 可用 zhiheng catalog show 查看全部指标
       *[other] 是否为 { $near }？
    }
zh6006 = 指标“{ $id }”不能按“{ $dimension }”分
    .hint = { $near ->
        [none] 可按：{ $all }
       *[other] 是否为 { $near }？可按：{ $all }
    }
zh6007 = 选项“{ $option }”的值“{ $value }”无法识别
    .hint = 可写：{ $wanted }
zh6008 = “{ $name }”缺少“{ $what }”
    .hint = 补上这一项；写法见报告语言说明
zh6009 = 报告语言没有“{ $what }”这一写法，将照原样印出
    .hint = 表格用 ::table，图用 ::figure；若本意就是这个符号，在前面加反斜线
zh6010 = 这个 ::if 没有 ::end
    .hint = 在这一部分之后另起一行写 ::end
zh6011 = 这个 ::{ $name } 没有对应的 ::if
    .hint = 删去它，或在前面补上 ::if
zh6012 = 选项“{ $option }”写了两次
    .hint = 删去一个
zh6013 = 指令中用了全角符号“{ $found }”
    .hint = 指令内请用半角的 " = ; ,
zh6014 = ::if 嵌套超过 { $most } 层
    .hint = 把条件合并，或拆成几个报告
zh6015 = 报告没有标题，将以报告名称为标题
    .hint = 第一行写“# ”和标题
zh6016 = 标题只能有一个“#”，各级标题用“##”到“#####”
    .hint = 改为相应级别
zh6017 = “{ $name }”是独立成行的指令，不能写在文字中
    .hint = 另起一行写 ::{ $name }
zh6018 = “{ $name }”是文字中的指令，不能独立成行
    .hint = 改写为双花括号形式
zh6019 = 行政区划代码 { $code } 不在区划表中
    .hint = 请核对代码，或写 above、nation
zh6020 = 名称“{ $name }”已给了另一个表或图
    .hint = 换一个名称
zh6021 = 表没有名为“{ $column }”的列
    .hint = { $near ->
        [none] 可用：{ $all }
       *[other] 是否为 { $near }？可用：{ $all }
    }
zh6022 = 图要写明且只写一种类型
    .hint = 可用：{ $words }
zh6023 = “{ $id }”不是由记录计算的比例，没有分子、分母
    .hint = 这里要用 proportion 类指标
zh6028 = “{ $id }”不是控制图或预警信号，没有可画的各期
    .hint = control 图要用 spc 或 signal 类指标
zh6024 = 没有名为“{ $name }”的表或图
    .hint = { $near ->
        [none] 在表或图的指令中写 id={ $name }
       *[other] 是否为 { $near }？
    }
zh6025 = 没有统计“{ $id }”全部记录数的指标
    .hint = 在目录中加一个 count 类指标，或直接写指标
zh6027 = “{ $value }”不是代码表“{ $list }”中的代码
    .hint = { $near ->
        [none] 可用：{ $all }
       *[other] 是否为 { $near }？可用：{ $all }
    }

zh6050 = 报告“{ $report }”是为 { $levels } 写的，而所选地区为{ $level }
    .hint = 仍按所选地区编制；如不合用，请换一个报告
zh6051 = 表有 { $rows } 行，只印前 { $most } 行
    .hint = 用 first=、worst= 或更高的 level= 减少行数

## ZH66 letters

zh6601 = 文书 { $letter } 要写“{ $called }”（{ $name }），而表中未填
    .hint = 在办理步骤中补填；模板用错字段的，改模板
zh6602 = 文书 { $letter } 要写期限“{ $name }”，而该期限没有起算
    .hint = 期限由步骤起算后才能印发；模板用错期限的，改模板
zh6603 = 文书 { $letter } 还没有编号
    .hint = 步骤生效时自动编号；此前只能预览
zh6604 = 文书 { $letter } 没有主送对象
    .hint = 补填主送对象所取的字段；面向公众的，在模板中写 form = "announcement"

# ── press: words of printed documents ──────────────────────────────────────────────────────────
press-table = 表{ $n }
press-figure = 图{ $n }
press-contents = 目　　录
press-notes = 注释
press-remark = 注：
press-small-mark = *
press-addressee = { $name }：
press-signer = 签发人：
press-attachments = 附件：
press-copies = 抄送：{ $names }。
press-copies-separator = |，|
press-head-number = { $number }
press-imprint = 编制信息
press-scope = 报告 { $report }，地区 { $region }，时期 { $period }
press-scope-day = 报告 { $report }，日期 { $day }
press-ledger = 账本 { $size } 条记录，根哈希 { $root }
press-catalog = 目录摘要 { $digest }
press-program = 质衡 { $version }
press-verify = 文中数字均链接到其计算说明。核对：zhiheng report verify，以同一账本和目录重编，所得文件应逐字节相同。
press-verify-code = 核对：正文所载核验码。
press-edited = 由质衡生成，编辑后以编辑稿为准
press-skip = 跳到正文
press-twin = 图{ $n }的数据
press-sheet-imprint = 编制信息
press-sheet-notes = 说明
press-sheet-caption = 名称
press-sheet-unit = 单位
press-sheet-kind = 表或图
press-sheet-remark = 说明和来源
press-item = 项目
press-content = 内容
press-report = 报告
press-region = 地区
press-period = 时期
press-ledger-size = 账本记录数
press-ledger-root = 账本根哈希
press-catalog-digest = 目录摘要
press-version = 程序版本
press-back = 回到正文

zh6500 = 没有可用的中文字体
    .hint = 运行 cargo xtask fonts，再用 ZHIHENG_FONTS 指明字体文件夹；已查找：{ $looked }
zh6501 = 图{ $n }没有文字说明，屏幕阅读软件读不出
    .hint = 给图写一句说明（alt）
zh6502 = 字体中没有这些字：{ $chars }
    .hint = 用 ZHIHENG_FONTS 添加含有这些字的字体；否则印成“〓”
zh6503 = 引用了第 { $n } 条注释，而报告只有 { $have } 条
    .hint = 补上注释，或去掉引用
zh6504 = { $table }第 { $row } 行有 { $cells } 格，表有 { $columns } 列
    .hint = 多出的格不印，缺少的格留空
zh6505 = 字体文件 { $file } 读不出
    .hint = 换一个 TTF、OTF 或 TTC 文件
zh6506 = 文件中没有质衡写下的编制信息，不能核对
    .hint = 请给出由 zhiheng report build 写出、未经编辑的文件
publish-finding-one = { $place }只有{ $label }有{ $name }的数据（{ $shown }）
publish-finding-one-large = { $place }{ $name }：只有{ $label }样本足够（{ $shown }），其余样本少，只供参考
