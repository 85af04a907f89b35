# base: regions, periods, exact numbers, codes.

no-data = 无数据

## Levels of regions

level-nation = 全国
level-province = 省级
level-city = 地级
level-county = 县级
level-township = 乡级
level-village = 村级

## Periods and dates

date = { $year }年{ $month }月{ $day }日
period-year = { $year }年
period-half-1 = { $year }年上半年
period-half-2 = { $year }年下半年
period-quarter-1 = { $year }年第一季度
period-quarter-2 = { $year }年第二季度
period-quarter-3 = { $year }年第三季度
period-quarter-4 = { $year }年第四季度
period-month = { $year }年{ $month }月
period-week = { $year }年第{ $week }周
period-assessment = { $year }考核年度（{ $first-year }年{ $first-month }月至{ $last-year }年{ $last-month }月）
period-days = { $first }至{ $last }

period-kind-year = 年度
period-kind-half = 半年
period-kind-quarter = 季度
period-kind-month = 月度
period-kind-week = 周
period-kind-assessment = 考核年度（{ $month }月起）
period-kind-days = 任意时段

## Changes of rates

percentage-points = { $value } 个百分点
relative-change = { $value }%

## ZH10 regions

zh1001 = 行政区划代码 { $code } 不在区划表中
    .hint = 所属：{ $within }；最接近的代码：{ $nearest }。如为新设区划，请先在区划表中登记
zh1002 = 行政区划代码 { $code }（{ $name }）已于 { $ended } 停用，后继：{ $successor }
    .hint = 历史数据可保留原代码；按现行口径汇总时计入后继区划
zh1003 = 行政区划代码 { $code }（{ $name }）自 { $since } 启用，而数据日期为 { $date }
    .hint = 当时的代码：{ $before }
zh1004 = “{ $value }”不是行政区划代码
    .hint = 应为 2、4、6、9 或 12 位数字，例如 621122
zh1006 = 区划表中有一行无法识别：{ $line }
    .hint = 区划表每行为“代码,名称,标记,英文名”；沿革表每行为“原代码,原名称,新代码,方式,日期,份额,confirmed 或 K,来源”

## ZH11 periods

zh1101 = “{ $value }”不是时期
    .hint = 写法：2013、2013H1、2013Q4、2013-07、2013-W32、2014AY07（7 月起算、2014 年结束的考核年度）、2013-03-01..2013-05-15
zh1102 = 时期“{ $value }”超出 1900 年至 2200 年
zh1103 = 时期“{ $value }”不存在
    .hint = 请检查月份、季度、周次和日期
zh1104 = 时段的结束日 { $last } 早于开始日 { $first }
    .hint = 把两个日期对调
zh1105 = “{ $value }”不是时期种类
    .hint = 可用：year、half、quarter、month、week、assessment-07（7 月起的考核年度）、days

## ZH12 numbers

zh1201 = “{ $value }”不是数
    .hint = 只写数字、小数点和正负号，例如 -12.50
zh1202 = 数“{ $value }”用了指数写法
    .hint = 请写成普通小数
zh1203 = 数“{ $value }”带有千位分隔符
    .hint = 请改为 { $mended }
zh1204 = 数“{ $value }”有 { $digits } 位，最多 { $most } 位
    .hint = 不会自动舍入；请按需要的位数填写
zh1205 = 数“{ $value }”带有百分号
    .hint = 请改为 { $mended }，单位另行注明

## ZH13 codes

zh1301 = 代码“{ $value }”有 { $length } 位，应为 { $wanted } 位
zh1302 = 代码“{ $value }”第 { $place } 位的“{ $character }”不允许出现
    .hint = 统一社会信用代码不用 I、O、Z、S、V；请注意 0 与 O、1 与 I
zh1303 = 代码“{ $value }”第 { $place } 位为小写字母“{ $character }”
    .hint = 请改为 { $mended }
zh1304 = 公民身份号码“{ $value }”中的出生日期不存在
zh1305 = 代码“{ $value }”的校验码应为“{ $expected }”
    .hint = 多为录入错误；少数早期代码本身不符合规则，请与登记机关核实

## ZH14 text

zh1401 = “{ $value }”中有全角字符
    .hint = 请改为 { $mended }
zh1402 = “{ $value }”中有空格或不可见字符
    .hint = 请改为 { $mended }

## Between the parts of a list and of a sentence; bars keep the space of other languages and are not printed

list-separator = |、|
clause-separator = |；|
