# 目录（catalog）的文字：定义中的问题、定义的展示、编辑器中的键。

## files and keys

zh2001 = 不是正确的 TOML：{ $kind ->
        [twice] 这个键写了两次
        [comma] 缺少或多了逗号
        [assignment] 键和值之间缺少或多了等号
        [key] 键只能用字母、数字、- 和 _
        [quote] 文本的引号没有配好
        [newline] 这里不能换行
        *[other] { $message }
    }
    .hint = { $kind ->
            [twice] 删去一处
            *[other] 文本用双引号括起，{"{"} {"}"} 里的各项用逗号隔开
        }
zh2002 = { $of } 没有“{ $key }”这个键
    .hint = 是否想写“{ $near }”？可用的键：{ $all }
zh2019 = { $of } 没有“{ $key }”这个键
    .hint = 可用的键：{ $all }
zh2003 = { $of } 缺少“{ $key }”
    .hint = 写上 { $sample }
zh2004 = “{ $key }”应为{ $wanted ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }，写的是{ $found ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }
    .hint = 写成 { $sample }
zh2005 = “{ $key }”不能是“{ $value }”
    .hint = 是否想写“{ $near }”？可选：{ $all }
zh2023 = “{ $key }”不能是“{ $value }”
    .hint = 可选：{ $all }
zh2006 = “{ $key }”是空的
zh2007 = “{ $id }”不能作为名称
    .hint = 用小写字母、数字和单个下划线，以字母开头
zh2008 = “{ $id }”已经是{ $kind ->
        [list] 代码表
        [record] 记录类型
        [indicator] 指标
        [source] 数据来源
        [scheme] 考核方案
        [procedure] 程序
        [letter] 文书
        [subject_scheme] 评价方案
        *[report] 报告
    }（{ $there }）
    .hint = 换一个名称；一个编号只指一件事
zh2009 = “{ $id }”取代了 { $there } 的定义
zh2010 = 不认识的文件“{ $name }”
    .hint = 是否应为“{ $near }”？文件名只有：{ $all }
zh2011 = 读不了：{ $why }
    .hint = 检查路径和权限
zh2012 = 这个文件夹没有 README.md
    .hint = 写一页说明：这项制度是什么，依据哪部法
zh2013 = 止日 { $until } 早于起日 { $since }
zh2014 = “{ $first }”和“{ $second }”不能并用
    .hint = 只留一个
zh2015 = “{ $key }”为 { $value }，须在 { $min } 与 { $max } 之间
zh2016 = 文件有 { $bytes } 字节，最多 { $max } 字节
    .hint = 定义文件不应这么大：数据请用导入
zh2017 = 定义文件须放在一项制度的文件夹里
    .hint = 建一个文件夹，如 sampling/，把文件移进去
zh2018 = 第 { $line } 行不是 UTF-8 文字
    .hint = 用 UTF-8 编码另存
zh2020 = 没有代码表“{ $id }”
    .hint = 是否想写“{ $near }”？
zh2026 = 没有代码表“{ $id }”
    .hint = 现有代码表：{ $all }
zh2021 = 没有记录类型“{ $id }”
    .hint = 是否想写“{ $near }”？
zh2027 = 没有记录类型“{ $id }”
    .hint = 现有记录类型：{ $all }
zh2022 = 没有指标“{ $id }”
    .hint = 是否想写“{ $near }”？
zh2028 = 没有指标“{ $id }”
    .hint = 现有指标：{ $all }
zh2024 = 没有计量单位“{ $unit }”
    .hint = 是否想写“{ $near }”？单位见 base.unit：{ $all }
zh2029 = 没有计量单位“{ $unit }”
    .hint = 单位见 base.unit：{ $all }
zh2025 = “{ $id }”未载入：它所依据的“{ $because }”有错误
    .hint = 先改正“{ $because }”
zh2030 = 区划表中没有 { $code }
    .hint = 用六位或十二位区划代码；境外地方先写进 regions.toml

## lists

zh2101 = 代码“{ $code }”在 { $list } 中出现了两次
zh2102 = { $list } 中没有上级代码“{ $parent }”
zh2103 = { $list } 中“{ $text }”既指“{ $first }”又指“{ $second }”
    .hint = 文件里写这个词时无法判断：删去一处

## records

zh2201 = { $key }：没有字段“{ $field }”
    .hint = 是否想写“{ $near }”？字段：{ $all }
zh2214 = { $key }：没有字段“{ $field }”
    .hint = 字段：{ $all }
zh2202 = 字段“{ $field }”可空、多值或属个人信息，不能作为主键
    .hint = 主键字段每条记录都须有一个值
zh2203 = 字段“{ $field }”不是日期
    .hint = 设 type = "date"
zh2204 = 字段“{ $field }”不是单个行政区划
    .hint = 设 type = "region"
zh2205 = 没有说明记录的时间
    .hint = 写 date = "日期字段"；证照类写 valid = {"{"} from = "…", until = "…" {"}"}
zh2206 = “{ $id }”是 SQL 保留词，公式里不能用
    .hint = 换一个名称，如“{ $id }_no”
zh2207 = 下限 { $min } 大于上限 { $max }
zh2208 = { $type } 类型的字段没有“{ $key }”
    .hint = 这一类型自己的键：{ $all }
zh2209 = { $type } 类型的字段不能有多个值
    .hint = 多值只限 text、code、enterprise、product、standard
zh2210 = 字段“{ $field }”不能可空：记录的时间和地区由它决定
    .hint = 删去 optional
zh2218 = “hand_in”要有地区字段：没有地区，就不知道该由谁报送
    .hint = 写明 region，或者去掉 hand_in
zh2215 = “{ $field }”写了两次
zh2216 = 列名“{ $title }”已属字段“{ $other }”
    .hint = 换一个列名
zh2217 = “{ $key }”为 { $value }，应为整数

## indicators

zh2301 = { $kind } 类指标缺少“{ $key }”
    .hint = 这一类需要：{ $all }
zh2302 = { $kind } 类指标没有“{ $key }”
    .hint = 这一类可用：{ $all }
zh2303 = { $kind } 类指标的单位应为 { $wanted ->
        [percent] "percent"
        [points] "points"
        *[thing] {"{"} zh = "…", en = "…" {"}"}
    }
zh2305 = “{ $record }”不是登记类记录，没有“期末有效”
    .hint = 改用 kind = "count"，或给记录类型写 valid = {"{"} from, until {"}"}
zh2306 = 不能按字段“{ $field }”分组
    .hint = 分组字段须是单值、非个人信息的代码、文本、是否或整数
zh2307 = by 里不必写“{ $name }”：地区和时期总是可以分的
    .hint = 删去
zh2308 = “{ $id }”绕回了自己：{ $path }
    .hint = 指标不能由自己算出：断开其中一环
zh2309 = 断点 { $on } 不在 { $last } 之后
    .hint = 按日期先后写
zh2310 = “{ $id }”不是比例（proportion），不能跟踪
zh2311 = 权数字段“{ $field }”不是单个数字
    .hint = 用 decimal、integer 或 money 类型的字段
zh2312 = 置信水平为 { $level }，须在 0 与 1 之间
    .hint = 95 % 写 0.95
zh2313 = { $kind } 类指标不能用 { $method } 区间
    .hint = 可用：{ $all }
zh2314 = { $kind } 类指标没有置信区间
    .hint = 删去 interval
zh2320 = 没有方法“{ $name }”
    .hint = { $near ->
        [none] zhiheng method list 列出全部方法
        *[other] 是否想写“{ $near }”？zhiheng method list 列出全部方法
    }
zh2321 = 方法 { $method } 没有选项“{ $name }”
    .hint = { $near ->
        [none] 可用：{ $all }
        *[other] 是否想写“{ $near }”？可用：{ $all }
    }
zh2322 = 选项“{ $option }”不能是“{ $name }”
    .hint = { $near ->
        [none] 可用：{ $all }
        *[other] 是否想写“{ $near }”？可用：{ $all }
    }
zh2323 = 这里不认“{ $name }”
    .hint = { $all ->
        [none] 这里写固定的值
        *[other] 以 @ 开头的只能是：{ $all }
    }
zh2324 = 方法 { $method } 没有“{ $name }”列
    .hint = { $near ->
        [none] 可用：{ $all }
        *[other] 是否想写“{ $near }”？可用：{ $all }
    }
zh2325 = 方法 { $method } 要有“{ $column }”列
    .hint = 在 columns 里写明这一列取什么；zhiheng method show { $method } 有说明
zh2315 = “{ $key }”的结果应为{ $wanted ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }，却是{ $found ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }

## sources

zh2402 = 没有列填入必填字段“{ $field }”（{ $record }）
    .hint = 加一行 { $field } = "列名"；来源没有这一列时用 constant，或把字段设为 optional
zh2403 = “{ $text }”不是 { $list } 的代码
    .hint = 是否想写“{ $near }”？代码：{ $all }
zh2407 = “{ $text }”不是 { $list } 的代码
    .hint = 代码：{ $all }
zh2404 = 字段“{ $field }”须恰有一个来处
    .hint = from、join、constant、row_number 四选一
zh2405 = 字段“{ $field }”不是日期，不用写日期格式
zh2406 = 字段“{ $field }”只有一个值，不用拆分
    .hint = 字段设 many = true，或删去 split

## regions and reports

zh2501 = { $code } 不以 9 开头：全国区划在区划表里，这里只写境外和示例地方
    .hint = 用 99 开头的代码，如 990100
zh2502 = { $code } 写了两次
zh2601 = 报告没有写在 +++ 之间的说明部分
    .hint = 第一行写 +++，写完 name、basis、owner、since、kind 后再写一行 +++

## formulas

zh2701 = 公式有 { $bytes } 字节，最多 { $max } 字节
    .hint = 拆成几个指标
zh2702 = 公式嵌套超过 { $max } 层
    .hint = 减少括号，或拆成几个指标
zh2703 = 公式这一部分太长：最多 { $max } 个词
    .hint = 拆成几个指标
zh2704 = 公式不通：{ $kind ->
        [unterminated] 文本的单引号没有配好
        *[other] { $message }
    }
zh2725 = 公式不通：这里应当是{ $kind ->
        [expression] 字段、常数或算式
        *[sign] “{ $expected }”
    }{ $end ->
        [end] ，公式却到头了
        *[more] ，却是“{ $found }”
    }
zh2705 = 公式里不能用{ $kind ->
        [subquery] 子查询
        [cast] 类型转换
        [window] 窗口函数
        [aggregate] 这种函数写法
        [interval] INTERVAL
        [simple-case] CASE x WHEN … 的写法
        [pattern] 这种匹配
        *[other] 这种写法
    }：{ $text }
    .hint = 公式只用比较、AND/OR/NOT、四则运算、CASE WHEN、IN、BETWEEN、LIKE、IS NULL 和列出的函数
zh2706 = { $of } 没有“{ $name }”
    .hint = 是否想写“{ $near }”？可用：{ $all }
zh2720 = { $of } 没有“{ $name }”
    .hint = 可用：{ $all }；文本须用单引号
zh2707 = 没有函数“{ $name }”
    .hint = 是否想写“{ $near }”？函数：{ $all }
zh2722 = 没有函数“{ $name }”
    .hint = 函数：{ $all }
zh2708 = { $function } 要 { $wanted } 个参数，写了 { $found } 个
zh2709 = { $by } 要的是{ $wanted ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }，这里是{ $found ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }
zh2710 = { $by } 两边不能比：{ $left ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }与{ $right ->
        [text] 文本
        [formula] 公式文本
        [words] 双语名称（zh、en）
        [texts] 文本列表
        [date] 日期
        [bool] 真假值
        [whole] 整数
        [number] 数字
        [table] 表
        [tables] 表的列表
        [scalar] 单个值
        [one] 单个值
        [integer] 整数
        [decimal] 小数
        [string] 文本
        [float] 小数
        [boolean] 真假值
        [datetime] 日期时间
        [array] 列表
        *[either] 文本或表
    }
zh2711 = “{ $text }”不是 { $list } 的代码
    .hint = 是否想写 '{ $near }'？代码：{ $all }
zh2724 = “{ $text }”不是 { $list } 的代码
    .hint = 代码：{ $all }
zh2712 = “{ $text }”不是日期
    .hint = 写成 DATE '2013-01-01'
zh2713 = 双引号里的“{ $text }”是名称，不是文本
    .hint = 文本用单引号：'{ $text }'
zh2714 = 不能同 NULL 比较：结果总是未知
    .hint = 写 IS NULL 或 IS NOT NULL
zh2715 = 数字“{ $text }”读不准
    .hint = 整数不超过 19 位，小数不超过 28 位，不用指数
zh2716 = { $word } 是语句，公式不能执行语句
    .hint = 只写一个条件或算式
zh2717 = 公式里不能有注释或分号
    .hint = 说明写在 TOML 的 # 之后
zh2718 = 公式是空的
zh2719 = 公式到此应当结束，却还有“{ $found }”
    .hint = 用 AND 或 OR 连接两个条件
zh2721 = 这里不能用 { $sign }
    .hint = 可用：= <> < <= > >= + - * / AND OR NOT；真假值只能用 = 和 <>
zh2723 = round 的位数须是 0 到 12 的整数
    .hint = 如 round(x, 1)

## schemes

zh2901 = “{ $id }”写了两次
    .hint = 每个编号只用一次
zh2902 = 档次的次序不对
    .hint = 等级和分档从高到低写，名次的比例从小到大写
zh2903 = 项目“{ $id }”没有写明大类，或没有这个大类
    .hint = 大类：{ $all }
zh2904 = “{ $key }”须大于 0
zh2905 = 这里须恰好写一种
    .hint = 可选：{ $all }
zh2906 = best 和 worst 不能相等
zh2907 = 得分 { $points } 超过项目的分值 { $most }
zh2908 = 没有“{ $grade }”这一级
    .hint = 等级：{ $all }
zh2909 = 各项分值之和为 { $found }，写明的是 { $points }
    .hint = 加分项和扣分项不计入；改正分值或总分
zh2910 = 项目“{ $id }”应当有 measure，或者由人评分，二者只取其一
    .hint = score = {"{"} judged = … {"}"} 不写 measure，其他得分办法都要写
zh2911 = 分值的变动范围应当在 0（含）到 1（不含）之间
    .hint = 0.1 表示上下各一成
zh2912 = 没有“{ $id }”（{ $key }）
    .hint = clock 写期限的编号，opens 写程序的族名
zh2913 = 分差的比例应当大于 0，不超过 1
    .hint = 0.25 表示相差达到这一项满分的四分之一就要写理由
zh2914 = 去掉最高分和最低分，至少要有 { $least } 名评审
    .hint = 增加 reviewers，或者 settle 写 median、mean
zh2915 = 方案没有由人评分的项目，用不着评审组
    .hint = 给由人评分的项目写 score = {"{"} judged = … {"}"}，或者删去 panel

## procedures

zh2920 = 没有{ $kind ->
        [state] 状态
        [role] 角色
        [office] 人员职责
        [clock] 期限
        [instance] 本程序起算的期限
        [family] 程序
        [letter] 文书
        [evidence] 附件种类
        [code] 代码
        [dimension] 维度
        [figure] 取自账本的栏目
        *[act] 步骤
    }“{ $id }”
    .hint = 是否想写“{ $near }”？
zh2921 = 没有{ $kind ->
        [state] 状态
        [role] 角色
        [office] 人员职责
        [clock] 期限
        [instance] 本程序起算的期限
        [family] 程序
        [letter] 文书
        [evidence] 附件种类
        [code] 代码
        [dimension] 维度
        [figure] 取自账本的栏目
        *[act] 步骤
    }“{ $id }”
    .hint = 现有：{ $all }
zh2922 = 字段不能叫“{ $id }”：公式已用了这个名称
    .hint = by_unit、case_no、step_on 和 due_、was_ 开头的名称已占用
zh2923 = “{ $id }”不能作为程序族的名称
    .hint = 写文件夹和名称，如 sampling.disposal
zh2924 = 字段“{ $field }”不指一家企业
    .hint = 当事人写在一个企业类型的字段里，或写有其代码的单值文本字段里
zh2925 = 期限 { $clock } 按小时计算，而步骤只有日期
    .hint = 改用按日计算的期限
zh2926 = “{ $id }”不能作为期限在案件中的名称
    .hint = 用 as 另起：小写字母、数字和单个下划线，以字母开头
zh2927 = 步骤不能叫“{ $id }”
    .hint = 用小写字母、数字、- 和 _；approve、attach、lapse、reject 已占用
zh2930 = 步骤“{ $step }”从终结状态“{ $state }”出发
    .hint = 从 from 中去掉该状态，或去掉该状态的 end
zh2931 = 步骤“{ $step }”立案，却没有写明到哪个状态
    .hint = 写明 to；不是立案的步骤写明 from
zh2932 = 角色“{ $role }”不能审批
    .hint = 只有工作人员能审批：写有 holds 的角色
zh2933 = 没有人可以采取步骤“{ $step }”
    .hint = 在 who 写明角色，或在 lapse 写明届满即自动采取该步骤的期限
zh2934 = 步骤“{ $step }”是立案，不能等期限届满
    .hint = 写明 from：期限在哪些状态下进行
zh2935 = 步骤“{ $step }”由期限届满自动采取，没有人完成 { $key }
    .hint = 去掉 { $key } 或 lapse
zh2936 = 字段“{ $field }”在步骤“{ $step }”写了两次
    .hint = 一个字段只在 form 或 may 中写一次
zh2937 = 步骤“{ $step }”立案时没有填写“{ $field }”
    .hint = 加入 form：案件归属或适用版本由它决定
zh2938 = “{ $reason }”不中止期限 { $clock }
    .hint = 该期限的定义允许：{ $all }
zh2939 = 没有步骤填写“{ $field }”
    .hint = 写进某一步骤的 form 或 may，或者去掉
zh2940 = 自 { $from } 起，同族“{ $family }”的“{ $other }”也有效
    .hint = 用 until 使前一版本止于后一版本起用的前一日
zh2941 = 同族“{ $family }”的“{ $other }”按另一日期选用
    .hint = 各版本的 dated 须是同一字段
zh2942 = 本程序没有步骤登记“{ $record }”
    .hint = 案件只能更正和撤回自己登记的记录
zh2943 = “{ $of }”缺少：{ $fields }
    .hint = 补入 set
zh2944 = 字段“{ $field }”可能是 { $codes }，{ $list } 没有这些代码
    .hint = 用 CASE WHEN … THEN … END 转换代码
zh2945 = “{ $of }”的立案步骤不填写字段“{ $field }”
    .hint = 在那里加入 form 或 may，或在这里去掉
zh2947 = 没有步骤到达状态“{ $state }”
zh2948 = 没有步骤离开状态“{ $state }”
    .hint = 增加一个步骤，或给该状态写 end = true
zh2949 = 没有立案的步骤
    .hint = 立案的步骤不写 from
zh2958 = 从状态“{ $state }”到不了任何终结状态
    .hint = 案件将循环不止：增加一个通向 end = true 状态的步骤

## letters

zh2950 = 文书没有前言
    .hint = 先写一行 ---，再写 title、series、to、basis，再写一行 ---
zh2951 = {"{{"} 没有对应的 {"}}"}
zh2952 = {"{{"}if { $name }{"}}"} 没有对应的 {"{{end}}"}
zh2953 = {"{{end}}"} 没有对应的 {"{{if …}}"}
zh2954 = {"{{if …}}"} 嵌套超过 { $max } 层
zh2955 = {"{{"}{ $text }{"}}"} 不是指令
    .hint = 是否想写“{ $near }”？指令：{ $all }
zh2956 = {"{{"}{ $text }{"}}"} 不是指令
    .hint = 指令：{ $all }
zh2957 = 文书写到{ $kind ->
        [field] 字段
        *[instance] 期限
    }“{ $id }”，程序 { $of } 没有
    .hint = 现有：{ $all }
zh2959 = 期限 { $clock } 没有{ $which ->
        [first] 首日
        *[last] 届满日
    }
zh2960 = “{ $text }”无法识别：{ $all } 写在单花括号里
    .hint = 例如 { $sample }

## clocks

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

zh8105 = 期限 { $id }：数 { $value } 不在 1 至 { $most } 之间
zh8106 = 期限 { $id } 没有可计算的规则，或规则不止一条
    .hint = 应只写一种：days、months、years、hours、by、opens 和 closes、every、before、first；kind = "working" 只与 days 合用；按小时计算的不得中止
zh8108 = 期限 { $id }：“{ $value }”不是有效日期
    .hint = 每年的某日写作 06-30 或 02-last，日期写作 2024-06-30
zh8109 = 期限 { $id } 出现两次
    .hint = 给后一条另编代号；规则换版的，用 until 结束前一条并各编代号

## examples

zh2801 = “{ $id }”的例子不符：{ $what ->
        *[value] 值
        [low] 下限
        [high] 上限
        [top] 分子
        [bottom] 分母
    }应为 { $expected }，算得 { $found }
    .hint = 定义和例子有一个是错的
zh2802 = “{ $id }”的例子不符：应{ $wanted ->
        *[kept] 收下
        [refused] 拒收
        [flagged] 收下并标记
    }（{ $field }），实际{ $found ->
        *[kept] 收下
        [refused] 拒收
        [flagged] 收下并标记
    }（{ $fields }）
    .hint = 定义和例子有一个是错的
zh2803 = 例子里字段“{ $field }”不能是这个值
zh2804 = 例子须恰好说明一种结果
    .hint = ok = true、refused = "字段"、warns = "字段" 三选一
zh2805 = “{ $id }”的例子算不出来

## how diagnostics are written

render-error = 错误
render-warning = 警告
render-note = 说明
render-rule = 规则
render-hint = 提示
render-entry = 账本第 { $number } 条

## a definition shown

show-basis = 依据
show-owner = 责任单位
show-since = 起用
show-until = 止用
show-confirmed = 状态
show-to-be-confirmed = 依据待核实
show-says = 说明
show-origin = 定义于
show-yes = 是
show-no = 否
show-items = 代码
show-code = 代码
show-name = 名称
show-also = 其他写法
show-parent = 上级
show-key = 主键
show-date = 日期字段
show-valid = 有效期
show-region = 地区
show-fields = 字段
show-field = 字段
show-type = 类型
show-required = 必填
show-checks = 校验
show-must = 须满足
show-effect = 不满足时
show-kind = 类别
show-of = 取自
show-where = 范围
show-distinct = 按不同值计
show-value = 值
show-weight = 权数
show-weights = 两层权数
show-top = 分子
show-bottom = 分母
show-follows = 跟踪
show-cell = 可比单元
show-from = 比较期
show-as = 变化表示为
show-formula = 公式
show-full = 满分
show-missing = 缺数据的项目
show-missing-open = 补齐之前不评级
show-missing-zero = 记零分
show-missing-full = 一律记满分
show-missing-redistribute = 分值按比例分给其他项目
show-scheme-items = 考核项目
show-item = 项目
show-points-given = 分值
show-measure = 指标
show-bands = 等级
show-grade = 等级
show-from-points = 分数
show-vetoes = 一票否决
show-design = 抽样设计（层 / 群 / 总体单元数）
show-among = 参照地区
show-among-siblings = 同一上级的同级地区
show-among-province = 本省同级地区
show-among-nation = 全国同级地区
show-steps = 时间步长（期前步数）
show-method = 方法
show-method-columns = 方法的列
show-take = 取
show-method-options = 方法的选项
show-option = 选项
show-by = 可分
show-unit = 单位
show-points = 百分点
show-relative = 百分比
show-better = 方向
show-higher = 越高越好
show-lower = 越低越好
show-neither = 无方向
show-interval = 区间
show-small = 小基数
show-small-flag = 标记
show-small-suppress = 不公布
show-round = 修约
show-breaks = 断点
show-on = 日期
show-targets = 目标
show-period = 时期
show-year-before = 上年同期
show-previous = 上期
show-into = 导入为
show-columns = 列
show-column = 来源列
show-for = 适用层级
show-layout = 版式
show-examples = 例子
show-given = 给定
show-expect = 应得
show-before = 比较期：
show-kept = 收下
show-refused = 拒收
show-flagged = 收下并标记
show-family = 程序族
show-within = 适用地区
show-dated = 选用版本的日期
show-roles = 参与者
show-role = 角色
show-who-is = 由谁担任
show-states = 状态
show-state = 状态
show-state-end = 终结
show-state-binding = 有约束力
show-steps-taken = 步骤
show-step = 步骤
show-way = 状态变化
show-who = 由谁采取
show-form-filled = 填写
show-follows-from = 后果
show-any-role-public = 任何人
show-opening = 立案
show-approved-by = { $roles } 审批
show-by-several = { $n } 人分别办理
show-by-lapse = { $clock } 届满自动
show-starts-clock = 起算 { $clock }
show-writes-letter = 文书 { $letter }
show-enters-record = 登记 { $record }
show-corrects-record = 更正 { $record }
show-withdraws-record = 撤回 { $record }
show-opens-case = 另立 { $family }
show-voids = 本案登记的自始无效
show-figures = 不由人填写的栏目
show-known-from = 来源
show-figure = 数字
show-asked-with = 查询条件
show-typed = 另填
show-may-differ = 可以另填，须写理由
show-known-measure = 指标
show-known-scheme = 考核方案
show-known-record = 记录
show-known-disclosure = 披露审查
show-cases = 案例
show-case = 案例
show-case-steps = 步骤数
show-series = 文号
show-attached = 附件
show-copies = 抄送
show-to-whom = 送达
show-used-by = 用于
show-body = 正文
show-start-event = 起算
show-length = 期限
show-opens-on = 首日
show-closes-on = 届满
show-every = 每隔
show-before-end = 结束前
show-reached-first = 先到者
show-sense = 性质
show-sense-duty = 义务
show-sense-right = 权利
show-sense-term = 自动届满
show-pauses = 可中止
show-acts = 由谁履行
show-missed = 逾期
show-text = 内容

## types of fields and kinds of indicators

field-type-text = 文本
field-type-integer = 整数
field-type-decimal = 小数
field-type-money = 金额（元）
field-type-date = 日期
field-type-bool = 是否
field-type-code = 代码
field-type-region = 行政区划
field-type-enterprise = 企业代码
field-type-product = 产品
field-type-standard = 标准号
field-type-subject = 登记对象
indicator-kind-count = 计数
indicator-kind-sum = 合计
indicator-kind-mean = 平均
indicator-kind-ratio = 比率
indicator-kind-proportion = 比例
indicator-kind-comparable = 可比跟踪
indicator-kind-change = 变化
indicator-kind-register = 期末有效数
indicator-kind-reported = 部门上报
indicator-kind-derived = 导出
indicator-kind-latent = 潜变量（由方法计算）
indicator-kind-index = 综合指数（由方法计算）
indicator-kind-small-area = 小区域估计（由方法计算）
indicator-kind-spc = 控制图（由方法计算）
indicator-kind-signal = 预警信号（由方法计算）

## keys, for editors

key-head-name = 名称
key-head-basis = 依据的法律、规章、标准或决定
key-head-owner = 责任单位
key-head-since = 起用日期
key-head-until = 止用日期
key-head-confirmed = false 表示依据待核实
key-head-says = 读者须知
key-list-items = 代码
key-item-code = 存储的代码
key-item-zh = 中文名称
key-item-en = 英文名称
key-item-also = 文件中的其他写法
key-item-parent = 上级代码
key-record-key = 自然主键
key-record-date = 记录日期字段
key-record-valid = 有效期字段
key-record-region = 地区字段
key-record-accept = all 全对才收，good 收下正确的行
key-record-hand-in = 报送要求：谁、多久报一次、几天内报
key-record-fields = 字段，按文件顺序
key-record-check = 字段间的规则
key-record-example = 例子，作为测试运行
key-valid-from = 起始日字段
key-valid-until = 终止日字段
key-hand-in-every = 报送周期
key-hand-in-by = 由哪一级的每个地区报送，上一级审核
key-hand-in-days = 期末后多少日内报送
key-field-type = 类型
key-field-zh = 中文列名
key-field-en = 英文列名
key-field-also = 其他列名
key-field-optional = 可空
key-field-many = 可有多个值
key-field-personal = 个人信息：账本只存承诺值
key-field-says = 填写说明
key-field-example = 示例值
key-field-min = 最小值
key-field-max = 最大值；文本为最多字数
key-field-scale = 小数位数上限
key-field-unit = 计量单位（base.unit）
key-field-future = 允许将来日期
key-field-list = 代码表编号，或就地写出的代码
key-field-at-least = 至少到哪一级
key-field-of = 登记对象的记录类型
key-field-from = 取自何处：不由人填写
key-check-must = 须成立的条件；未知视为成立
key-check-says = 不成立时给人看的话
key-check-warn = 只标记，不拒收
key-record-example-row = 一行数据
key-record-example-ok = 收下且无标记
key-record-example-refused = 因此字段拒收
key-record-example-warns = 因此字段标记
key-indicator-kind = 类别
key-indicator-of = 记录类型或指标
key-indicator-where = 只取满足条件的记录
key-indicator-top = 分子
key-indicator-bottom = 分母
key-indicator-value = 数值
key-indicator-weight = 每条记录的权数
key-indicator-weights = 两层产值加权
key-indicator-distinct = 按此字段的不同值计
key-indicator-follows = 跟踪的比例指标
key-indicator-cell = 可比单元的字段
key-indicator-from = 与哪一期比
key-indicator-as = 百分点或百分比
key-indicator-formula = 由指标组成的公式
key-indicator-design = 抽样设计，区间据此计算
key-indicator-among = 在哪些同级地区中比较
key-indicator-steps = 序列的时间步长
key-indicator-method = 方法编号，见 zhiheng method list
key-indicator-columns = 方法的每一列取什么
key-indicator-options = 方法的选项
key-indicator-answer = 结果在方法输出的哪里
key-design-strata = 层的字段
key-design-cluster = 群（初级单元）的字段
key-design-population = 层内初级单元总数
key-design-lonely = 层内只有一个单元时怎样算
key-steps-of = 一步多长
key-steps-before = 期前还取多少步
key-take-of = 取哪个指标的数
key-take-take = 取什么：value、top、bottom、records、low、high、region、period、start、base
key-answer-table = 方法输出的哪张表
key-answer-find = 哪一行：列和值
key-answer-value = 值的列
key-answer-low = 下限的列
key-answer-high = 上限的列
key-answer-centre = 中心线或期望值的列
key-answer-scale = 值、上下限和中心线乘以多少（百分率为 100）
key-answer-alarm = 表示异常的列
key-answer-also = 一并说明的其他列
key-indicator-by = 可按哪些字段分
key-indicator-unit = 单位
key-indicator-better = 好的方向
key-indicator-interval = 置信区间
key-indicator-headline = 地区页以它开头
key-indicator-small = 小基数规则
key-indicator-round = 修约规则
key-indicator-break = 序列断点
key-indicator-target = 目标
key-indicator-example = 例子，作为测试运行
key-weights-record = 权数所在的记录类型
key-weights-value = 权数字段
key-weights-cell = 单元字段
key-weights-coverage-below = 覆盖率低于此数则标记
key-interval-method = 方法
key-interval-level = 置信水平
key-small-below = 小于此数算小基数
key-small-then = 标记或不公布
key-round-rule = 修约规则
key-round-digits = 小数位数
key-break-on = 新口径第一天
key-break-says = 原因
key-target-region = 区划代码
key-target-period = 时期
key-target-at-least = 不低于
key-target-at-most = 不高于
key-target-basis = 目标出处
key-indicator-example-given = 给定的行
key-indicator-example-on = 期末日期
key-indicator-example-region = 问哪个地区
key-indicator-example-period = 问哪个时期
key-indicator-example-expect = 应得的数
key-given-count = 多少行
key-given-fields = 字段的值
key-given-every = 每隔多久再来一次（日、周、月、年）
key-given-times = 一共几次
key-given-before = 属于比较期
key-given-record = 另一记录类型
key-given-of = 指标
key-given-value = 指标的值
key-expect-value = 印出的值，none 表示无数据
key-expect-low = 下限
key-expect-high = 上限
key-expect-top = 分子
key-expect-bottom = 分母
key-scheme-assesses = 考核哪一级地区
key-scheme-full = 满分
key-scheme-round = 印出分数的修约；评级用未修约的分
key-scheme-bands = 等级，从高到低
key-scheme-missing = 没有数据的项目怎样算
key-scheme-group = 大类
key-scheme-item = 考核项目
key-scheme-veto = 一票否决
key-scheme-weights = 各项分值可以在多大范围内变动
key-scheme-duty = 等级或名次靠后带来的义务
key-scheme-weights-within = 上下各变动的比例，0.1 即一成
key-scheme-panel = 评审组：背靠背打分的人
key-panel-stage = 评审组给出哪个阶段的分数
key-panel-reviewers = 至少几名不同的人密封以后才能启封
key-panel-settle = 由各人的分数怎样得出建议分数
key-panel-apart = 分差达到这一项满分的多大比例要写理由
key-duty-bottom = 名次最后的几个
key-duty-grade = 得到这个等级的
key-duty-says = 要做什么
key-duty-clock = 期限
key-duty-opens = 启动的程序
key-band-grade = 等级
key-band-name = 名称
key-band-from = 从多少分起
key-group-id = 编号
key-group-name = 名称
key-group-points = 分值
key-scheme-item-id = 编号
key-scheme-item-name = 名称
key-scheme-item-group = 所属大类
key-scheme-item-points = 分值；加分项为加分上限
key-scheme-item-measure = 考核的指标
key-scheme-item-score = 怎样得分
key-scheme-item-missing = 没有数据时怎样算
key-scheme-item-evidence = 必须有的证明材料的种类
key-scheme-item-unproven = 没有证明材料时怎样算
key-scheme-item-weights = 分值可以在多大范围内变动
key-score-binary = 达到得满分，否则零分
key-score-checklist = 每做一项得若干分
key-score-levels = 分档
key-score-target-ratio = 按目标完成率
key-score-stepped = 离目标每差一步扣分
key-score-between = 在最好和最差之间按比例
key-score-change = 按升降
key-score-rank = 按名次
key-score-deduct = 每起扣分
key-score-bonus = 加分
key-score-judged = 由人凭证明材料评分
key-judged-levels = 可以给的分；不写则可给不超过分值的任何分
key-judged-level-points = 分
key-judged-level-says = 代表什么
key-binary-at-least = 不低于
key-binary-at-most = 不高于
key-each-each = 每个多少分
key-score-level-from = 从多少起
key-score-level-points = 得分
key-target-ratio-target = 目标值，或 "target" 取指标的目标
key-stepped-target = 目标值，或 "target" 取指标的目标
key-stepped-step = 一步多大
key-stepped-each = 每步扣多少分
key-stepped-floor = 最低得分
key-stepped-begun = 不足一步也算一步
key-between-best = 得满分的数
key-between-worst = 得零分的数
key-score-change-better = 变好得分
key-score-change-same = 持平得分
key-score-change-worse = 变差得分
key-score-change-within = 变化不超过此数算持平
key-share-top = 前多大比例
key-share-points = 得分
key-veto-measure = 计数指标，大于 0 即否决
key-veto-grade = 定为哪一级
key-veto-says = 发生了什么
key-source-into = 导入的记录类型
key-source-format = 文件格式
key-source-columns = 每个字段取自哪一列
key-source-leave-out = 有意不取的行
key-column-from = 列名
key-column-join = 合并的列
key-column-with = 合并时的间隔
key-column-constant = 固定值
key-column-row-number = 行号
key-column-date = 日期格式
key-column-map = 替换
key-column-otherwise = 其他值改为
key-column-empty = 空值改为
key-column-nulls = 表示“无”的写法
key-column-split = 多值分隔
key-leave-out-column = 列名
key-leave-out-is = 等于这些值时不取
key-leave-out-says = 原因
key-region-code = 9 开头的代码
key-region-zh = 中文名称
key-region-en = 英文名称
key-region-source = 来源
key-region-since = 起用日期
key-region-until = 止用日期
key-report-kind = annual、quarterly 或 special
key-report-for = 适用层级
key-report-layout = 版式
key-procedure-version-of = 程序族：同一程序的各版本
key-procedure-dated = 选用版本的日期字段
key-procedure-within = 适用的地区
key-procedure-region = 案件归属的地区字段
key-procedure-roles = 参与者
key-procedure-fields = 案件表单的字段
key-procedure-states = 状态，起始状态在前
key-procedure-step = 步骤
key-procedure-example = 逐步讲述的案例，作为测试运行
key-role-zh = 中文名称
key-role-en = 英文名称
key-role-holds = 人员职责（base.role 的代码）
key-role-party = 当事企业所在的字段
key-role-public = 任何人
key-role-at = 本地区、上级地区、某一级地区，或者不限
key-role-apart = 本案办理过这些步骤的人除外
key-state-zh = 中文名称
key-state-en = 英文名称
key-state-end = 终结状态
key-state-binding = 对人有约束力或对外公开
key-state-without-notice = 可以不经告知的规定
key-step-id = 编号
key-step-name = 名称
key-step-from = 在哪些状态下采取；不写即立案
key-step-to = 到哪个状态；不写则状态不变
key-step-who = 可由哪些角色之一采取
key-step-count = 须由几个人分别办理
key-step-approve = 依次审批的角色
key-step-form = 必填字段
key-step-may = 可填字段
key-step-evidence = 必须附的材料
key-step-fresh = 本步骤须新附的材料类别
key-step-gather = 由各人的表单合成的栏目
key-step-set = 由本步骤算出的栏目
key-step-when = 须成立的条件
key-step-within = 在哪个期限内采取
key-step-after = 须已届满或已履行的期限
key-step-closed = 由本案所立、须已全部办结的程序
key-step-lapse = 届满即自动采取本步骤的期限
key-step-start = 起算的期限
key-step-answer = 由本步骤履行的期限
key-step-stop = 终止的期限
key-step-pause = 中止的期限和事由
key-step-resume = 恢复的期限和已消除的事由
key-step-letters = 制作的文书
key-step-notice = 事先告知
key-step-effects = 后果
key-step-void = 本案登记的记录自始无效
key-start-clock = 期限定义
key-start-as = 在案件中的名称
key-start-on = 起算日字段；不写则为步骤之日
key-start-until = 写明截止日期的栏目
key-pause-clock = 案件中的期限
key-pause-reason = 事由
key-effect-record = 登记的记录类型
key-effect-correct = 更正的记录类型
key-effect-withdraw = 撤回的记录类型
key-effect-open = 另立案件的程序
key-effect-step = 立案步骤
key-effect-all = 本案登记的全部，不只最后一条
key-effect-when = 成立时才发生
key-effect-set = 字段和公式
key-gather-of = 各人表单的公式
key-gather-by = 合成方法
key-case-example-says = 说明什么
key-case-example-steps = 步骤
key-case-example-expect = 结果
key-case-step-do = 步骤，或 approve、reject、attach、lapse
key-case-step-by = 角色；organiser/2 是同一角色的另一人
key-case-step-on = 日期
key-case-step-form = 填写的内容
key-case-step-figures = 账本的数字，按栏目
key-case-step-evidence = 所附材料
key-case-step-reason = 理由
key-case-step-refused = 应被拒绝的代码
key-case-step-state = 其后的状态
key-case-expect-state = 最后的状态
key-case-expect-due = 届满日
key-case-expect-letters = 文书数
key-case-expect-records = 各类型记录数
key-case-expect-opened = 各程序另立案件数
key-letter-title = 文书名称
key-letter-series = 文号，含 {"{unit}"} 和 {"{year}"}
key-letter-to = 送达对象，可含 {"{"}字段{"}"}
key-letter-form = 版式：letter 信函，announcement 公告，minutes 纪要，certificate 证书，sheet 表单
key-letter-attachments = 附件名称，可含{ "{" }字段{ "}" }
key-letter-copies = 抄送单位，可含{ "{" }字段{ "}" }
key-letter-basis = 依据
key-clock-id = 编号，如 B3
key-clock-name = 名称
key-clock-from = 起算事件
key-clock-start = 起算事件的说明
key-clock-days = 日数
key-clock-kind = 日历日或工作日
key-clock-months = 月数
key-clock-years = 年数
key-clock-hours = 小时数
key-clock-bound = 本数在内或不在内
key-clock-by = 每年的某日，如 06-30
key-clock-opens = 首日
key-clock-closes = 届满日
key-clock-every = 每隔多久
key-clock-before = 在结束前多久
key-clock-first = 以先到者为准
key-clock-sense = 义务、权利或自动届满
key-clock-moves = 末日遇休息日是否顺延
key-clock-pauses = 可以中止的事由
key-clock-remind = 提前几日提醒
key-clock-who = 由谁履行
key-clock-missed = 逾期的后果
key-clock-says = 怎样理解
key-clock-basis = 依据
key-clock-confirmed = false 表示依据待核实
key-clock-region = 适用地区
key-clock-since = 起用日期
key-clock-until = 此日起算的不再适用
key-clock-example = 例子，作为测试运行
key-clock-limit-days = 日数
key-clock-limit-kind = 日历日或工作日
key-clock-limit-months = 月数
key-clock-limit-years = 年数
key-clock-limit-hours = 小时数
key-clock-limit-bound = 本数在内或不在内
key-clock-limit-date = 每年的某日
key-clock-limit-counter = 计数，如 km
key-clock-limit-limit = 计数的上限
key-clock-example-why = 说明什么
key-clock-example-start = 起算
key-clock-example-restarts = 重新起算
key-clock-example-pauses = 中止
key-clock-example-readings = 读数
key-clock-example-done = 已履行
key-clock-example-opens = 应得的首日
key-clock-example-due = 应得的届满日
key-clock-example-at = 应得的届满时刻
key-clock-example-provisional = 应为暂定
key-clock-pause-from = 首日
key-clock-pause-to = 末日
key-clock-pause-reason = 事由
key-clock-reading-counter = 计数
key-clock-reading-on = 日期
key-clock-reading-value = 读数

zh2964 = 栏目“{ $field }”的查询条件又用到它自己
    .hint = 查询条件只用由人填写的栏目
zh2965 = 由步骤另立的 { $of } 案件，没有人为它取“{ $field }”的数字
    .hint = 在那个案件里用单独的步骤取数
zh2966 = 取自{ $kind }的数字没有“{ $what }”这一项
    .hint = 现有：{ $all }
zh2967 = “{ $key }”不能与取自{ $kind }的数字同用
    .hint = 与 { $kind } 同用的有：{ $all }
zh2968 = 栏目“{ $field }”的类型是{ $type }，取来的数字是{ $found }
    .hint = 改栏目的类型，或者用 what 取另一项
zh2969 = “{ $field }”是取来的，不能再由步骤算出
    .hint = 去掉栏目的 from，或者去掉算出它的公式
key-from-measure = 指标
key-from-scheme = 考核方案，或写有方案编号的栏目
key-from-record = 记录类型
key-from-disclosure = 写有待审表格的栏目
key-from-what = 取哪一项：value、top、bottom、records；points、grade、rank、veto；cells、smallest、largest_share、hidden、hidden_more
key-from-region = 地区，不写为案件的地区
key-from-period = 时期，文字
key-from-first = 首日
key-from-last = 末日
key-from-cuts = 各维度的值
key-from-within = 一起排名的地区范围
key-from-find = 查找记录所用的字段
key-from-field = 记录的字段
key-from-least = 单元最少家数
key-from-most-share = 一家占比上限，百分数
key-from-may-differ = 可以另填，须写理由
key-told-figure-value = 值，不写为没有
key-told-figure-at = 应查询的地址
zh2961 = “{ $step }”是立案步骤，不能等待批准
    .hint = 先立案，再用单独的步骤作决定
zh2962 = “{ $step }”由几个人分别办理，{ $key ->
        [id] 不能是立案步骤
        [approve] 不能再等批准
        [lapse] 不能由期限办理
        [void] 不能是撤销
        *[who] 只能由人员办理
    }
    .hint = 去掉 count，或者另设一个步骤
zh2963 = “{ $step }”只由一个人办理，没有可以合成的
    .hint = 加上 count，或者改用 set
zh2977 = { $count } 个人的分值去掉最高和最低后没有剩下的
    .hint = count 至少为 3，或者改用 mean
zh2978 = 字段“{ $field }”必填，不能清空
    .hint = 给字段加上 optional = true
zh2979 = 字段“{ $field }”不能存放 { $by } 的结果
    .hint = 用 decimal；sum、least、greatest 也可用 integer

zh2090 = 不是封存的目录：{ $why }
    .hint = 封存的目录由 `zhiheng catalog adopt` 写成，不要手工改动

## A formula in words

formula-in-words-all = 全部记录
formula-in-words-and = { $a }，并且{ $b }
formula-in-words-or = { $a }，或者{ $b }
formula-in-words-equal = { $a }为{ $b }
formula-in-words-not-equal = { $a }不为{ $b }
formula-in-words-less = { $a }小于 { $b }
formula-in-words-at-most = { $a }不大于 { $b }
formula-in-words-greater = { $a }大于 { $b }
formula-in-words-at-least = { $a }不小于 { $b }
formula-in-words-add = { $a } ＋ { $b }
formula-in-words-subtract = { $a } － { $b }
formula-in-words-multiply = { $a } × { $b }
formula-in-words-divide = { $a } ÷ { $b }
formula-in-words-minus = －{ $a }
formula-in-words-not = 不是{ $a }
formula-in-words-empty = 没有填写{ $a }
formula-in-words-known = 填写了{ $a }
formula-in-words-one-of = { $a }为{ $list }之一
formula-in-words-none-of = { $a }不是{ $list }中的任何一个
formula-in-words-like = { $a }形如“{ $pattern }”
formula-in-words-unlike = { $a }不形如“{ $pattern }”
formula-in-words-when = { $when }时取 { $then }
formula-in-words-otherwise = 其余取 { $then }
formula-in-words-clauses = { $a }；{ $b }
formula-in-words-list = { $a }、{ $b }
formula-in-words-group = （{ $a }）
formula-in-words-text = “{ $a }”
formula-in-words-nothing = 空
formula-in-words-yes = 是
formula-in-words-no = 否
formula-in-words-call-coalesce = { $list }中第一个有值的
formula-in-words-call-abs = { $a }的绝对值
formula-in-words-call-round = { $a }修约到 { $b } 位小数
formula-in-words-call-length = { $a }的字数
formula-in-words-call-lower = { $a }（小写）
formula-in-words-call-upper = { $a }（大写）
formula-in-words-call-trim = { $a }（去掉首尾空格）
formula-in-words-call-starts-with = { $a }以{ $b }开头
formula-in-words-call-year = { $a }的年份
formula-in-words-call-month = { $a }的月份
formula-in-words-call-quarter = { $a }的季度
formula-in-words-call-days-between = 从{ $a }到{ $b }的天数
formula-in-words-call-contains = { $a }中有{ $b }
formula-in-words-call-count = { $a }的个数
formula-in-words-call-least = { $list }中最小的
formula-in-words-call-greatest = { $list }中最大的
