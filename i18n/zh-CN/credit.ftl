# credit: grading of subjects from statements, the credit file and its report.

## schemes that grade subjects

zh2970 = “{ $field }”不能作为主体字段
    .hint = 主体字段的类型是 enterprise，必填，只有一个值
zh2971 = 没有写明有效期字段，不能只计有效的
    .hint = 在方案中写明 valid 的 from 和 until
zh2972 = 主体评级不能按名次或指标目标得分
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
