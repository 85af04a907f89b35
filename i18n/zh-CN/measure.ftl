# measure: lake, roll-ups, measures, their explanation.

## What a reader must be told beside a number

flag-small = 基数小于规定下限，仅供参考
flag-suppressed = 基数小于规定下限，不予公布
flag-unconfirmed = 指标定义尚待确认
flag-synthetic = 含模拟数据
flag-published = 为已公布数字，非由记录计算
flag-break = 本期或期初口径有变化
flag-low-coverage = 权数覆盖率低于规定
flag-not-comparable = 与对比期口径不同，不可比
flag-several = 同一地区同一时期报送了多个数字，取最后一次
flag-no-interval = 样本不足以给出区间
flag-refused = 方法给不出结果

## Why a record is not counted

excluded-filter = 不属于本指标的记录
excluded-bottom = 不计入分母
excluded-unknown = 判定所需的字段为空
excluded-withdrawn = 已撤回
excluded-older = 之后又报送了新的数字

## Explanation of a number

explain-value = { $address }：{ $value }
explain-cut = { $dimension }：{ $value }
explain-as-then = 按当时区划
explain-as-of = 账本 { $size } 条时
explain-no-data = { $address }：无数据
explain-suppressed = { $address }：基数 { $records } 小于下限，不予公布
explain-quotient = { $top } ÷ { $bottom }，按 { $rule } 保留 { $digits } 位小数
explain-total = 合计 { $top }，按 { $rule } 保留 { $digits } 位小数
explain-filter = 只取符合条件的记录：{ $formula }
explain-top = 分子：{ $formula }，{ $records } 条
explain-top-weighted = 分子：{ $formula }
explain-bottom = 分母：{ $formula }，{ $records } 条
explain-sum-top = 分子：{ $formula } 之和 { $value }
explain-sum-bottom = 分母：{ $formula } 之和 { $value }
explain-value-formula = 取值：{ $formula }
explain-weight = 权数：{ $formula }
explain-distinct = 按“{ $field }”去重计数
explain-excluded = 未计入 { $records } 条：{ $reason }（{ $rule }）
explain-part = { $name }：{ $top } ÷ { $bottom }
explain-part-total = { $name }：{ $top }
explain-interval-wilson = { $level }% 威尔逊得分区间：x = { $x }，n = { $n }，z = { $z }；(x + z²/2)/(n + z²) ± z/(n + z²)·√(x(n − x)/n + z²/4) = { $low } ～ { $high }
explain-interval = { $level }% 区间（{ $method }）：x = { $x }，n = { $n }，{ $low } ～ { $high }
explain-change = 本期 { $to } 与 { $from-address } 的 { $from } 相比，相差 { $difference }
explain-test = { $test }：p = { $p }
explain-test-carried = 差异有统计意义（{ $level }% 水平）
explain-test-not-carried = 差异没有统计意义（{ $level }% 水平），不能说提高或下降
explain-not-comparable = 两期之间口径有变化（{ $on }：{ $says }），不作比较
explain-cells = 两期都有的层：{ $cells } 个，覆盖 { $covered } / { $whole }
explain-cell = { $name }：{ $top } ÷ { $bottom }，权数 { $weight }
explain-weights = 权数取自 { $record }（{ $on }），覆盖 { $covered } / { $whole }
explain-plain = 未加权：{ $value }
explain-register = 取 { $on } 当日有效的记录
explain-reported = 报送数字，记录号 { $entry }
explain-derived = 公式：{ $formula }
explain-design = 抽样设计：层 { $strata }，群 { $cluster }，总体单元数 { $population }；地区是样本的一部分，不当作单独的样本
explain-method = 用方法 { $method } 计算
explain-method-records = 一行一条记录，共 { $n } 行
explain-method-places = 一行一个地区，有数据的同级地区共 { $n } 个
explain-method-steps = 一行一步，共 { $n } 步，其中期前最多 { $before } 步
explain-method-column = 列 { $column }：{ $take }
explain-method-column-of = 列 { $column }：{ $of } 的 { $take }
explain-method-option = 选项 { $option }
explain-method-interval = 区间（{ $name }）：{ $low } ～ { $high }
explain-method-beside = { $column }：{ $value }
explain-method-step = { $period } 异常：{ $value }（中心 { $centre }，下限 { $low }，上限 { $high }）
explain-method-refused = { $id } 给不出结果：{ $kind ->
        [empty] “{ $what }”没有值
        [too-few] “{ $what }”有 { $found } 个值，需要 { $needed } 个
        [not-finite] “{ $what }”有空格或不是数字
        [out-of-range] “{ $what }”是 { $found }，允许 { $needed }
        [no-variation] “{ $what }”没有变化
        [column] 没有“{ $what }”列；有 { $needed }
        [table] 没有“{ $what }”表；有 { $needed }
        [cell] “{ $what }”里是“{ $found }”，需要 { $needed }
       *[other] { $said }
    }
explain-target = 目标：{ $bound } { $value }（{ $basis }）
explain-target-met = 已达到
explain-target-missed = 未达到
explain-at-least = 不低于
explain-at-most = 不高于
explain-snapshot = 账本 { $size } 条，目录 { $catalog }
rounding-gbt8170 = GB/T 8170 修约
rounding-half-up = 四舍五入

## ZH50 addresses and questions

zh5001 = “{ $value }”不是数字的地址
    .hint = 写法：指标/地区/时期，可加 ;维度=取值 和 @账本大小，例如 sampling.pass_rate/621100/2013;product=面粉@1234
zh5002 = 地址中的切分“{ $value }”无法识别
    .hint = 写成 维度=取值；取值中的 / ; = @ % ~ 和空格用百分号编码
zh5003 = 地址中的账本大小“{ $value }”不是数
    .hint = @ 后面写账本的记录条数，例如 @1234
zh5004 = 地址中维度“{ $dimension }”出现了两次
zh5005 = 没有指标 { $indicator }
    .hint = 最接近的：{ $nearest }
zh5006 = 指标 { $indicator } 不能按“{ $dimension }”切分
    .hint = 可用：{ $allowed }
zh5007 = 账本只有 { $size } 条，不能回到第 { $asked } 条
zh5008 = 指标 { $indicator } 没有自己的记录
    .hint = 它由这些数字算出：{ $of }
zh5009 = 指标 { $indicator } 的引用层数过多
    .hint = 请检查目录中指标之间的引用
zh5011 = 一次查询的时期不能多于 { $most } 个
zh5012 = 指标 { $indicator } 的合计超出可准确表示的位数
zh5013 = “{ $value }”不是维度“{ $dimension }”的取值（{ $kind }）
zh5014 = 指标 { $indicator } 用到的记录类型 { $record } 不在目录中
zh5016 = “{ $value }”不是表：须留一个或者两个维度不定
    .hint = 例如 sampling.batches/621100/2013Q2;product=*;region=county
zh5017 = “{ $value }”不是 { $region } 以下的地区级别
    .hint = 级别：{ $all }
zh5018 = 指标 { $indicator } 的单元之和不等于合计：{ $because } 在几个单元里都计
    .hint = 改用按记录计的指标，或者换一个维度
zh5019 = 不能确定指标 { $indicator } 的数据是谁的（{ $asked }）
    .hint = 加上 ;contributor= 和记录的字段，如 { $all }
zh5020 = 指标 { $indicator } 有小于 0 的值，或者数值太大，无法审查
    .hint = 占比规则只适用于非负数之和
zh5021 = { $value } 没有表：{ $why }
    .hint = 先看数字：zhiheng measure table

## ZH51 lake and roll-ups

zh5101 = 无法读写分析数据 { $path }：{ $cause }
    .hint = 分析数据可以随时由账本重建：zhiheng ledger rebuild
zh5102 = 账本条目 { $entry } 的字段“{ $field }”与现行定义不符，按空值处理
    .hint = 该记录按旧定义登记；请更正该记录，或在目录中放宽该字段
zh5103 = 账本条目 { $entry } 无法读取
    .hint = 请运行 zhiheng ledger verify
zh5104 = 查询失败：{ $cause }
zh5105 = 汇总数据与重新计算的结果不一致：{ $record } { $quarter }，{ $cuboid }，地区 { $region }：{ $stored } ≠ { $computed }
    .hint = 删除 lake/rollup 后重新汇总
zh5106 = 无法读取账本：{ $cause }
zh5107 = 记录类型 { $record } 的账本条目 { $entry } 没有可用的日期，任何时期都不计入它
