# record

# 账本（ZH4）
zh4001 = { $path } 已经是一个质衡项目
    .hint = 换一个文件夹，或直接使用这个项目
zh4002 = { $path } 不是质衡项目：没有 zhiheng.toml
    .hint = 用 --project 指明项目文件夹，或用 zhiheng init 新建
zh4003 = { $path } 读不懂：{ $detail }
    .hint = 按 zhiheng.toml 的格式改正
zh4004 = 数据库 { $database } 里已有账本
    .hint = 换一个数据库；账本从不覆盖
zh4005 = 数据库 { $database } 里没有账本
    .hint = 核对 zhiheng.toml 里的 database
zh4006 = 这是另一个账本：它的名称是 { $found }，这里应为 { $expected }
    .hint = 不要混用两个实例的文件夹；核对 origin、密钥和数据库
zh4007 = 账本的格式是第 { $found } 版，本程序只认识到第 { $known } 版
    .hint = 用较新的程序打开
zh4008 = 密钥文件 { $path } 缺失或已损坏
    .hint = 从备份恢复密钥；没有密钥就不能再签名
zh4010 = “{ $origin }”不能作账本名称
    .hint = 名称不能有空格和加号，例如 dingxi.gov.example/quality
zh4021 = 账本已停止写入：发现了损坏（{ $alarm }）
    .hint = 运行 zhiheng ledger verify 查明位置，再从备份恢复
zh4022 = 账本比以前签过的小：现有 { $entry } 条（{ $detail }）
    .hint = 这是旧的副本；恢复较新的备份
zh4030 = 提交号 { $id } 已用于另一份内容（从第 { $entry } 条起）
    .hint = 内容变了就换一个提交号；原来的记录没有改动
zh4031 = 已有同一记录而内容不同（第 { $entry } 条）
    .hint = 要改它，请作更正并说明理由
zh4032 = 这条记录长 { $bytes } 字节，最多 { $max } 字节
    .hint = 缩短最长的文字栏
zh4033 = 第 { $entry } 条已被改过：现为第 { $latest } 条，而不是第 { $expected } 条
    .hint = 先看较新的版本，再决定是否仍要更正
zh4034 = 没有第 { $entry } 条：账本共 { $size } 条
    .hint = 条目从 0 数起
zh4035 = 第 { $entry } 条不是记录，不能更正或撤销
    .hint = 指明记录的条目号
zh4036 = 更正与第 { $entry } 条内容相同，没有可改的
    .hint = 核对要改的栏目
zh4037 = 更正后的关键栏与另一记录相同（第 { $entry } 条）
    .hint = 先撤销或更正那一条
zh4038 = 关键栏“{ $field }”是个人信息，不能作关键栏
    .hint = 在目录里换一个关键栏
zh4039 = 第 { $row } 行的数据格式不对：{ $detail }
    .hint = 数据须为规范 JSON：整数不超过 2^53-1，小数写成文字
zh4040 = 没有写明理由
    .hint = 用一句话写明为什么更正、撤销或删除
zh4041 = 第 { $entry } 条没有个人信息栏“{ $field }”
    .hint = 用 zhiheng ledger show 查看该条的栏目
zh4042 = 与本次提交的第 { $earlier } 条记录关键栏相同而内容不同
    .hint = 两行只留正确的一行
zh4043 = 提交号“{ $id }”不能用
    .hint = 提交号为 1 到 255 个字节，不含控制字符
zh4044 = 案件 { $case } 已有新进展：最新事项为第 { $latest } 条（状态 { $state }），{ $expected ->
        [none] 而您正要立案
       *[other] 您看到的是第 { $expected } 条
    }
    .hint = 先看案件现在的情况，再决定这一步是否仍合适
zh4045 = 事项号 { $id } 已用于另一事项（第 { $entry } 条）
    .hint = 另一事项请另编号；原事项未受影响
zh4046 = 没有案件 { $case }
    .hint = 核对案件编号；可用 zhiheng case list 查看已有案件
zh4047 = 这一步的后续无法写入，因此全部未写入：第 { $effect } 项：{ $cause ->
        [ZH4030] 提交号 { $id } 已被使用（第 { $entry } 条）
        [ZH4031] 同一记录已在账本中，内容不同（第 { $entry } 条）
        [ZH4032] 记录有 { $bytes } 字节，最多 { $max } 字节
        [ZH4034] 没有第 { $entry } 条
        [ZH4035] 第 { $entry } 条不是记录
        [ZH4037] 另一记录占用了该主键（第 { $entry } 条）
        [ZH4039] 数据格式不对：{ $detail }
        [ZH4040] 未说明理由
        [ZH4042] 其中两条记录主键相同而内容不同
        [ZH4044] 案件 { $case } 已存在（最新事项为第 { $latest } 条，状态 { $state }）
        [ZH4045] 事项号 { $id } 已被使用（第 { $entry } 条）
        [ZH4046] 没有案件 { $case }
        [ZH4048] “{ $value }”不能用作 { $what }
        [ZH4049] 该记录原已在账本中（第 { $entry } 条），后又被更正或撤回（第 { $latest } 条）
       *[other] { $cause }
    }
    .hint = 先处理所涉的记录或案件，再办这一步
zh4048 = “{ $value }”不能用作事项的 { $what }
    .hint = 案件编号为 1 到 120 个字，其他名称为 1 到 255 个字节，均不含控制字符；数据是由文字和整数组成的对象
zh4049 = 该记录原已在账本中（第 { $entry } 条），后又被更正或撤回（第 { $latest } 条）
    .hint = 对最新的版本作更正并说明理由
zh4050 = 账本现有 { $top } 条，没有 { $size } 条时的状态
    .hint = 时点不能超过现在的条数
zh4051 = 文件夹 { $path } 不是空的
    .hint = 导出到空文件夹
zh4060 = 数据库正被另一个程序写入
    .hint = 等它结束后再试；没有写入任何内容
zh4061 = 磁盘已满，没有写入任何内容
    .hint = 腾出空间后用同一提交号重试
zh4063 = 写入时磁盘出错，本次没有确认任何内容
    .hint = 检查磁盘，运行 `zhiheng ledger verify`，然后用同一提交号重试（{ $detail }）
zh4064 = 账本在 PostgreSQL 上，不能由本程序复制
    .hint = 数据库用 pg_dump 备份；项目文件夹另行复制，lake 除外
zh4101 = 账本缺失条目：从第 { $entry } 条起（第 { $detail } 捆）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4102 = 条目读不出来：从第 { $entry } 条起（第 { $detail } 捆）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4103 = 条目与签名的账本不符：从第 { $entry } 条起的 256 条（第 { $detail } 捆）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4104 = 哈希片与条目不符：第 { $entry } 条附近（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4105 = 账本的根与签名的检查点不符（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4106 = 检查点没有本账本密钥的有效签名（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4107 = 账本头与内容不符（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4108 = 关键栏索引与条目不符：第 { $entry } 条起的一段（{ $detail }）
    .hint = 这是派生内容：运行 zhiheng ledger rebuild 可重新生成
zh4109 = 提交或回执与条目不符：第 { $entry } 条（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4110 = 更正与撤销的对应关系与条目不符：第 { $entry } 条（{ $detail }）
    .hint = 这是派生内容：运行 zhiheng ledger rebuild 可重新生成
zh4111 = 各类记录的计数与条目不符（{ $detail }）
    .hint = 这是派生内容：运行 zhiheng ledger rebuild 可重新生成
zh4112 = 第 { $entry } 条的个人信息与其承诺不符（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4113 = 第 { $entry } 条不是有效条目（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4114 = 第 { $entry } 条的时间早于前一条（{ $detail }）
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4115 = 数据库文件已损坏：{ $detail }
    .hint = 从备份恢复；已签名的条目不会被“修复”掉
zh4116 = 文件或通过、发布的清单与条目不符：第 { $entry } 条（{ $detail }）
    .hint = 这是派生内容：运行 zhiheng ledger rebuild 可重新生成
zh4117 = 案件或文书的清单与条目不符：第 { $entry } 条（{ $detail }）
    .hint = 这是派生内容：运行 zhiheng ledger rebuild 可重新生成

# 导入（ZH3）
intake-yes = 是, 有, 对, 真, yes, true, y, t, 1
intake-no = 否, 无, 没有, 假, no, false, n, f, 0
zh3001 = 读不了文件 { $file }：{ $why }
    .hint = 核对路径和权限后再试
zh3003 = { $file } 里没有数据：找不到表头
    .hint = 用 zhiheng record template 取得模板
zh3004 = { $file } 第 { $row } 行的表头缺少必填列“{ $field_zh }”{ $nearest ->
        [none] {""}
       *[other] （最接近的列：{ $nearest }）
    }
    .hint = 补上这一列，或把列名改为“{ $field_zh }”
zh3006 = { $file } 有 { $count } 列没有用到：{ $columns }
    .hint = 若其中有要填报的内容，请核对列名
zh3007 = { $file } 有两列都是“{ $field_zh }”：“{ $first }”与“{ $second }”
    .hint = 删去或改名其中一列
zh3010 = { $file } 超过了限度：{ $what ->
        [inflated] 解压后超过 { $limit } 字节
        [ratio] 压缩比超过 { $limit }
        [parts] 内含文件超过 { $limit } 个
        [cells] 单元格超过 { $limit } 个
        [columns] 列数超过 { $limit }
       *[other] { $what } { $limit }
    }
    .hint = 拆成几个较小的文件；大批数据用 CSV 或 Parquet
zh3011 = { $file } 不是完好的 XLSX 工作簿：{ $why }
    .hint = 在表格软件里打开并另存为 .xlsx 后再试
zh3012 = { $file } 不是完好的 Parquet 文件：{ $why }
    .hint = 请提供方重新导出，或改用 CSV
zh3014 = 第 { $row } 行有引号没有闭合，其后的内容无法辨认（一行最多 { $limit } 字节）
    .hint = 在这一行补上引号；单元格里的引号要写成两个
zh3015 = { $file } 缺少来源定义里的列“{ $field_zh }”{ $nearest ->
        [none] {""}
       *[other] （最接近的列：{ $nearest }）
    }
    .hint = 核对文件是否来自这个来源，或修改来源定义的列名
zh3016 = 目录里没有 { $id }{ $suggestion ->
        [none] {""}
       *[other] （是否为 { $suggestion }）
    }
    .hint = 用 zhiheng catalog show 查看已有的记录类型和来源
zh3017 = { $file } 的模板出自另一版目录
    .hint = 可以继续；建议下次用新模板
zh3018 = 第 { $row } 行的列数超过 { $limit }
    .hint = 删去表格右侧多余的内容
zh3019 = { $file } 是旧格式的 .xls 工作簿
    .hint = 在表格软件里另存为 .xlsx
zh3020 = { $file } 有打开密码
    .hint = 取消密码后另存
zh3021 = { $file } 是 { $record } 的模板，这里要的是 { $wanted }
    .hint = 改用 { $wanted } 的模板，或按 { $record } 导入
zh3022 = 生成工作簿失败（{ $file }）：{ $why }
    .hint = 可改看文字形式的错误清单
# A form has no rows: its problems come with the row "none".
in-row = { $row ->
    [none] {""}
   *[other] 第 { $row } 行
}
in-row-says = { $row ->
    [none] {""}
   *[other] 第 { $row } 行：
}
zh3101 = 第 { $row } 行有 { $cells } 格，表头有 { $columns } 列
    .hint = 核对这一行是否多了或少了分隔符；含分隔符的内容要加引号
zh3102 = 第 { $row } 行不是 UTF-8 文字
    .hint = 把文件另存为 UTF-8 或 GB 18030，整个文件用同一种编码
zh3103 = 第 { $row } 行含有空字符（NUL）
    .hint = 文件可能已损坏或不是文本，请重新导出
zh3104 = 第 { $row } 行有单元格超过 { $limit } 字节
    .hint = 缩短内容；附件请另行报送
zh3105 = 第 { $row } 行超过 { $limit } 字节
    .hint = 缩短内容；附件请另行报送
zh3106 = 第 { $row } 条的名称“{ $name }”重复
    .hint = 每个名称只能出现一次
zh3107 = 第 { $row } 条含有不成对的代理码（\uD800–\uDFFF）
    .hint = 请提供方按 UTF-8 重新导出
zh3108 = 第 { $row } 条嵌套超过 { $limit } 层
    .hint = 每条记录只要一层名称和值
zh3109 = 第 { $row } 行的单元格次序混乱
    .hint = 在表格软件里打开并另存为 .xlsx 后再试
zh3110 = 第 { $row } 条不是合法的 JSON（第 { $at } 个字节处）
    .hint = 每条记录是一个完整的 JSON 对象
zh3111 = 第 { $row } 条不是 JSON 对象
    .hint = 写成名称和值的形式，如 {"{"}"task": "2013-1"{"}"}
zh3112 = { in-row }“{ $field_zh }”是错误值或不存在的日期：{ $value }
    .hint = 改正公式，或直接填写数值；1900-02-29（序号 60）不存在
zh3113 = { in-row }“{ $field_zh }”里还套着对象或列表
    .hint = 填写单个值
zh3201 = { in-row }“{ $field_zh }”为空
    .hint = 此项必填
zh3202 = { in-row }“{ $field_zh }”有 { $length } 个字，最多 { $max } 个
    .hint = 缩短内容
zh3203 = { in-row }“{ $field_zh }”为 { $value }，不是整数
    .hint = 只写数字，不写单位和千位分隔符{ $suggestion ->
            [none] {""}
           *[other] （是否为 { $suggestion }）
        }
zh3204 = { in-row }“{ $field_zh }”为 { $value }，不在 { $min } 与 { $max } 之间
    .hint = 核对数值和单位
zh3205 = { in-row }“{ $field_zh }”为 { $value }，不是数
    .hint = 只写数字和小数点，不写单位、百分号、千位分隔符和指数{ $suggestion ->
            [none] {""}
           *[other] （是否为 { $suggestion }）
        }
zh3206 = { in-row }“{ $field_zh }”为 { $value }，小数有 { $digits } 位，最多 { $scale } 位
    .hint = 修约由填报人决定{ $suggestion ->
            [none] {""}
           *[other] （是否为 { $suggestion }）
        }
zh3207 = { in-row }“{ $field_zh }”为 { $value }，不是日期
    .hint = 写成 2013-10-21 的形式{ $suggestion ->
            [none] {""}
           *[other] （是否为 { $suggestion }）
        }
zh3208 = { in-row }“{ $field_zh }”为 { $value }，没有这一天
    .hint = 核对月份和日期
zh3209 = { in-row }“{ $field_zh }”为 { $value }，早于 1900-01-01
    .hint = 核对年份
zh3210 = { in-row }“{ $field_zh }”为 { $value }，晚于填报日 { $today }
    .hint = 核对年份；尚未发生的事不能填报
zh3211 = { in-row }“{ $field_zh }”为 { $value }，应为“是”或“否”
    .hint = 写“是”或“否”
zh3212 = { in-row }“{ $field_zh }”为 { $value }，不在代码表 { $list } 里{ $suggestion ->
        [none] {""}
       *[other] （是否为 { $suggestion }）
    }
    .hint = 可用的代码：{ $codes }
zh3213 = { in-row }“{ $field_zh }”为 { $value }，没有这个行政区划{ $suggestion ->
        [none] {""}
       *[other] （是否为 { $suggestion }）
    }
    .hint = 写行政区划代码，或从省、市写起的全称
zh3214 = { in-row }“{ $field_zh }”为 { $value }，有 { $count } 个同名的行政区划：{ $regions }
    .hint = 写行政区划代码，或从省、市写起的全称
zh3215 = { in-row }“{ $field_zh }”为 { $value }，是{ $level_zh }，应到{ $wanted_zh }或更细
    .hint = 写到{ $wanted_zh }的代码
zh3216 = { in-row }“{ $field_zh }”为 { $value }，校验码按规则应为 { $expected }
    .hint = 个别早期发放的代码不合规则但有效；请核对证照，无误可保留
zh3218 = { in-row }“{ $field_zh }”为 { $value }，不是产品类别也不是商品条码{ $suggestion ->
        [none] {""}
       *[other] （是否为 { $suggestion }）
    }
    .hint = 可用的类别：{ $codes }
zh3219 = { in-row }“{ $field_zh }”为 { $value }，商品条码的校验位不对
    .hint = 核对条码{ $suggestion ->
            [none] {""}
           *[other] （是否为 { $suggestion }）
        }
zh3220 = { in-row }“{ $field_zh }”为 { $value }，不是标准号
    .hint = 写成 GB/T 19580-2012 的形式
zh3221 = { in-row }“{ $field_zh }”为 { $value }，其中“{ $letter }”（{ $character }）不是拉丁字母 { $twin }
    .hint = 已保留并标记；若是误输，请改用字母 { $twin }
zh3222 = { in-row }“{ $field_zh }”为 { $value }，含有全角字符
    .hint = 改为 { $suggestion }
zh3223 = { in-row }“{ $field_zh }”有 { $count } 个值，只能填一个
    .hint = 留下一个值
zh3224 = { in-row }“{ $field_zh }”为 { $value }，位数超过表格软件能保存的 15 位，后几位已丢失
    .hint = 把这一列设为文本格式，再重新输入
zh3225 = { in-row }“{ $field_zh }”为 { $value }，含有不可见或改变文字方向的字符 { $character }
    .hint = 删去这个字符；多半是从网页或聊天里复制时带来的
zh3301 = { in-row-says }{ $says_zh }
    .hint = 核对这一行相关的各项
zh3302 = { in-row-says }{ $says_zh }
    .hint = 已保留并标记；请核对，无误可不改
zh3303 = 第 { $row } 行的记录有 { $bytes } 字节，最多 { $limit } 字节
    .hint = 缩短内容；附件请另行报送
zh3304 = 第 { $row } 行与第 { $earlier } 行的{ $key_zh }相同
    .hint = 删去重复的一行，或改正编号
zh3305 = { in-row }“{ $field_zh }”为 { $value }，不在报送单位的地区（{ $region }）内
    .hint = 改正地区；别的地区的记录由该地区报送
zh3306 = { in-row }“{ $field_zh }”为 { $value }，不在报送期（{ $first } 至 { $last }）内
    .hint = 改正日期；别的时期的记录在那一期的报表里报送或者更正
zh3401 = 读 { $file } 用的内存超过限度，已停止；没有写入任何数据
    .hint = 文件可能已损坏或被恶意构造；拆成较小的文件，或改用 CSV
zh3402 = 读 { $file } 用的处理器时间超过限度，已停止；没有写入任何数据
    .hint = 文件可能已损坏或被恶意构造；拆成较小的文件再试
zh3403 = 读 { $file } 的进程意外结束（{ $how }）：{ $words }；没有写入任何数据
    .hint = 在表格软件里打开并另存后再试；若仍如此，请把文件交给维护人员
zh3404 = 读 { $file } 的进程 { $seconds } 秒没有动静，已停止；没有写入任何数据
    .hint = 稍后再试，或拆成较小的文件
zh3405 = 与读 { $file } 的进程失去联系：{ $why }；没有写入任何数据
    .hint = 再试一次
zh3406 = 启动不了读 { $file } 的进程：{ $why }
    .hint = 核对程序是否完整、系统资源是否充足
zh3407 = 读 { $file } 的进程加不上限制：{ $why }
    .hint = 没有限制就不读文件；核对系统是否支持 seccomp
zh3408 = 取不到随机数：{ $why }
    .hint = 个人信息要有随机盐才能入账；稍后再试
zh3409 = 读 { $file } 的进程所用目录（{ $digest }）与本进程（{ $wanted }）不同
    .hint = 目录刚被修改；再试一次
intake-list-sheet = 错误清单
intake-list-row = 行
intake-list-cell = 单元格
intake-list-kind = 类别
intake-list-column = 列
intake-list-value = 填报值
intake-list-message = 问题
intake-list-hint = 建议
intake-list-rule = 规则
intake-kind-error = 错误
intake-kind-warning = 警告
intake-kind-note = 提示
intake-required = 必填
intake-optional = 选填
intake-example = 例：{ $example }
intake-personal = 个人信息：账本里只存加盐的摘要，原值可以删除
intake-form-text = 文字，最多 { $max } 个字
intake-form-integer = 整数，{ $min } 至 { $max }
intake-form-decimal = 数，{ $min } 至 { $max }，小数最多 { $scale } 位，单位 { $unit }
intake-form-money = 金额，元，两位小数
intake-form-date = 日期，如 2013-10-21，不晚于填报日
intake-form-date-future = 日期，如 2013-10-21
intake-form-bool = “是”或“否”
intake-form-code = 从下拉列表中选
intake-form-region = 行政区划代码，到{ $level }或更细
intake-form-enterprise = 统一社会信用代码；旧的组织机构代码、注册号也可
intake-form-product = 产品类别代码或名称，或商品条码
intake-form-standard = 标准号，如 GB/T 19580-2012
intake-form-subject = { $of } 中已登记的编号
intake-form-many = ；可填多个，用分号或顿号隔开
intake-template-title-unit = { $name }（{ $unit }）
intake-template-choose = 请从下拉列表中选
intake-help-sheet = 说明
intake-help-name = 名称
intake-help-basis = 依据
intake-help-owner = 负责单位
intake-help-since = 实施日期
intake-help-says = 须知
intake-help-field = 项目
intake-help-need = 是否必填
intake-help-form = 格式与限度
intake-help-example = 例
intake-help-check = 核对规则

# 导入

# 账号与权限（ZH42）
zh4201 = 账号库的格式是第 { $found } 版，本程序只认识到第 { $known } 版
    .hint = 用较新的程序打开
zh4202 = 没有编号为 { $id } 的账号、授权或令牌
    .hint = 核对编号；已删除的账号不能再用
zh4203 = 登录名“{ $login }”已有人用
    .hint = 换一个登录名
zh4204 = “{ $login }”不能作登录名
    .hint = 用 1 到 60 个字母、汉字、数字或 . - _ @
zh4205 = 不能给自己授权
    .hint = 请另一位安全管理员办理；同一人的另一个账号也不行
zh4206 = 权限 { $role } 与此人已有的 { $held } 不能由同一人兼任
    .hint = 先收回 { $held }，或授权给另一个人
zh4207 = 授权 { $id }（账号 { $account }）与账本不符
    .hint = 账号库被改过：停用该账号，查明原因，再从备份恢复
zh4208 = 日志至少保存 { $least } 天，不能只保存 { $days } 天
    .hint = 把保存期设为 { $least } 天以上
