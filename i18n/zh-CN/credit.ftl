# credit: grading of subjects from statements, the credit file and its report.

## schemes that grade subjects

zh2970 = “{ $field }”不能作为主体字段
    .hint = 主体字段的类型是 enterprise，必填，只有一个值
zh2971 = 没有写明有效期字段，不能只计有效的
    .hint = 在方案中写明 valid 的 from 和 until
zh2972 = 主体评级不能按名次、升降或指标目标得分
    .hint = 改用其他得分办法，或写明数值
zh2973 = 台阶的分数次序不对
    .hint = 台阶从低到高写，分数不降低
zh2974 = 最低一级不能有等待期或申请条件
    .hint = 每个主体都从最低一级开始
zh2975 = “{ $key }”有 { $n } 个，最多 { $max } 个
    .hint = 拆成几个方案，或用一个公式合并

## their keys

key-subject-scheme-of = 信用信息的记录类型
key-subject-scheme-holder = 主体字段
key-subject-scheme-valid = 有效期的起止字段
key-subject-scheme-where = 计入的信息
key-subject-scheme-doubtful = 计入但须注明存疑的信息
key-subject-scheme-internal = 只供行政机关使用，不写入给他人的报告
key-subject-scheme-full = 满分
key-subject-scheme-round = 印出分数的修约；评级用未修约的分
key-subject-scheme-bands = 按分数的等级，从高分到低分
key-subject-scheme-rung = 台阶，从低到高
key-subject-scheme-item = 项目
key-subject-scheme-veto = 一票否决
key-subject-scheme-example = 算例
key-rung-grade = 等级
key-rung-name = 名称
key-rung-from = 达到和保持的分数
key-rung-after = 下一级须保持多久
key-rung-asks = 申请的信息；不写则自动升级
key-rung-clock = 期限编号
key-span-years = 年
key-span-months = 月
key-subject-item-id = 编号
key-subject-item-name = 名称
key-subject-item-points = 分值
key-subject-item-where = 计入哪些信息
key-subject-item-sum = 累加什么；不写则计数
key-subject-item-window = 多长时间内的信息
key-subject-item-valid = 只计有效的
key-subject-item-better = 越高还是越低好
key-subject-item-score = 怎样得分
key-subject-veto-where = 哪些信息否决
key-subject-veto-window = 否决多久
key-subject-veto-grade = 定为或不高于哪一级
key-subject-veto-says = 发生了什么
key-subject-example-says = 说明什么
key-subject-example-on = 评级日
key-subject-example-statements = 信用信息
key-subject-example-expect = 应得结果
key-subject-expect-grade = 等级
key-subject-expect-points = 分数
key-subject-expect-since = 等级起始日
key-subject-expect-next = 最早可升级日

show-window-months = 计入月数
show-wait-months = 等待月数
show-next-year = 次年

## grades of enterprises and why

credit-graded = { $holder } 按{ $scheme }：{ $day } 为 { $grade }（自 { $since } 起），{ $points } 分（满分 { $full }）
credit-graded-open = { $holder } 按{ $scheme }：{ $day } 为 { $grade }（自 { $since } 起），分数无法计算
credit-no-grade = { $holder } 按{ $scheme }：{ $day } 没有等级
credit-veto = 一票否决：{ $says }（第 { $entry } 条），至 { $until } 不高于或定为 { $grade }
credit-veto-for-ever = 一票否决：{ $says }（第 { $entry } 条），长期不高于或定为 { $grade }
credit-item = { $name }：{ $points } 分（分值 { $most }），数值 { $value }
credit-item-open = { $name }：数值 { $value } 过大，无法计分
credit-rows = 依据第 { $entries } 条
credit-rows-leaving = 依据第 { $entries } 条；{ $leaves } 起最早的一条不再计
credit-doubtful = 异议处理中，照计：第 { $entries } 条
credit-left-out = 按方案不计：第 { $entries } 条
credit-next = 没有新的信息时，{ $opens } 起可升为 { $grade }
credit-next-out-of-reach = 没有新的信息时，达不到 { $grade }
credit-need-wait = 现等级须保持到 { $over }
credit-need-points = 现 { $have } 分，须 { $want } 分
credit-need-asking = 须申请 { $grade }
credit-step-began = { $day } 建档，{ $grade }
credit-step-points = { $day } 因分数为 { $grade }
credit-step-climbed = { $day } 升为 { $grade }
credit-step-veto = { $day } 因一票否决（第 { $entry } 条）为 { $grade }
credit-step-veto-over = { $day } 否决期满，为 { $grade }
credit-later = 没有新的信息时，{ $day } 起 { $points } 分，{ $grade }
zh2976 = “{ $id }”的算例不符：{ $what ->
        *[grade] 等级
        [points] 分数
        [since] 等级起始日
        [next] 最早可升级日
    }应为 { $expected }，算得 { $found }
    .hint = 方案和算例有一个是错的

## credit report

credit-front-objective = 本报告由程序按登记的信息和公布的方案生成，未作任何人工评价；每条信息注明来源和账本编号，可以查证。
credit-front-self = 本报告供企业本身使用，载有向社会公开的信息和仅供本企业的信息。
credit-front-authority = 本报告供行政机关使用，载有全部登记的信息；异议成立的信息列出并注明，不计入等级。
credit-front-public = 本报告面向社会公众，只载公示期内的公开信息，不含个人信息。
credit-front-period = 所载信息自 { $from } 至 { $to }。
credit-front-nothing = 没有可以列出的信息。
credit-front-cycle = 报告日期 { $day }，账本共 { $size } 条；账本变化后应重新生成。
credit-front-data = 有异议的信息注明状态；在旧代码下登记的信息注明原代码；已过有效期的注明。
credit-front-access = 凭报告抬头的验证码可核对内容未经改动；对信息有异议的，向登记机关提出。

## the command

help-credit = 企业信用：等级、原因、信用报告
help-credit-grade = 按方案评定一家或全部企业
help-credit-grade-scheme = 方案，如 credit.jiangsu
help-credit-grade-holder = 统一社会信用代码、旧代码或曾用名；不写则列出全部
help-credit-grade-on = 评定日，默认今天
help-credit-grade-as_of = 账本长度：按当时所知
help-credit-explain = 等级为什么是这样，还差什么，以后怎样变
help-credit-explain-scheme = 方案
help-credit-explain-holder = 统一社会信用代码、旧代码或曾用名
help-credit-explain-on = 评定日，默认今天
help-credit-explain-as_of = 账本长度：按当时所知
help-credit-report = 信用报告（JSON），分本企业、行政机关、社会公众三种
help-credit-report-holder = 统一社会信用代码、旧代码或曾用名
help-credit-report-scope = self、authority 或 public
help-credit-report-on = 报告日，默认今天
help-credit-report-as_of = 账本长度：按当时所知
help-credit-report-of = 信用信息的记录类型
help-credit-report-output = 写到哪个文件
cli-holder = 企业
cli-statements = 信息条数
cli-changes-on = 下次变化
cli-credit-several = { $code } 可能是几家企业：{ $several }；未合并，由人确认后登记别名
cli-credit-written = 已写出，验证码 { $code }
zh7090 = 没有主体评级方案“{ $id }”
    .hint = 方案：{ $known }
zh7091 = 没有“{ $text }”的信用信息
    .hint = zhiheng credit grade 列出全部企业；旧代码和曾用名须先登记别名
zh7092 = 没有“{ $scope }”这种范围
    .hint = 范围：self、authority、public
zh7093 = “{ $text }”可能是几家企业：{ $several }
    .hint = 用统一社会信用代码查，或登记别名（credit.alias）
zh7094 = 写不出 { $path }：{ $why }
    .hint = 换一个可写的位置
