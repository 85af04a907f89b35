# 命令行的文字
help = 质衡：一个地区的质量工作，从记录到公布的数字
help-global-project = 项目文件夹
help-global-format = 输出格式：终端默认表格，管道默认制表符分隔
help-global-lang = 语言：zh-CN 或 en
help-global-color = 何时用颜色（也看 NO_COLOR）
help-global-quiet = 只输出结果和错误
help-global-no_progress = 不显示进度
help-global-memory = 统计计算可用的内存上限，超出部分写入磁盘
help-global-catalog = 另加的目录文件夹，后者覆盖前者
help-global-help = 显示帮助
help-global-version = 显示版本
help-init = 建立项目
help-init-dir = 新项目的文件夹
help-init-example = 填入示例记录（dingxi）
help-init-origin = 账本的名称，写在每份凭证上
help-init-database = 数据库地址；默认是项目内的 SQLite 文件
help-catalog = 查看和检查定义：记录、指标、代码表、来源、报告
help-catalog-check = 检查目录，指出错误的位置和改法
help-catalog-check-paths = 目录文件夹；不写则检查随程序发布的和项目的
help-catalog-list = 列出定义
help-catalog-list-kind = 种类：record、indicator、list、source、report
help-catalog-show = 显示一个定义
help-catalog-show-id = 标识，如 sampling.pass_rate
help-catalog-diff = 比较两个目录，指出哪些数字会变
help-catalog-diff-old = 旧目录
help-catalog-diff-new = 新目录
help-catalog-schema = 输出 JSON Schema，供编辑器补全
help-catalog-schema-kind = 文件种类：records、indicators、lists、sources、regions
help-catalog-test = 运行定义中的示例
help-catalog-test-id = 只运行这个定义的示例
help-record = 记录：模板、检查、导入、更正
help-record-template = 生成填报模板（带下拉和批注的工作簿）
help-record-template-of = 记录类型，如 sampling.batch
help-record-template-output = 写到哪个文件
help-record-template-unit = 填报单位
help-record-check = 检查文件，不写入
help-record-check-files = 文件（CSV、XLSX、JSON、Parquet，可 gzip）
help-record-check-of = 记录类型
help-record-check-source = 来源映射
help-record-check-sheet = 工作表名
help-record-check-annotate = 把标出错误的原工作簿写到这里
help-record-import = 检查并写入账本
    .after = 例：zhiheng record import 抽查.xlsx --type sampling.batch --annotate 抽查-标注.xlsx
help-record-import-files = 文件（CSV、XLSX、JSON、Parquet，可 gzip）
help-record-import-of = 记录类型
help-record-import-source = 来源映射
help-record-import-sheet = 工作表名
help-record-import-annotate = 把标出错误的原工作簿写到这里
help-record-import-accept = all：有错则全部不收；good：只收无错的行（默认按记录类型）
help-record-import-dry_run = 只检查，不写入
help-record-import-by = 由谁报送
help-record-import-id = 本次报送的标识；重复使用同一标识不会写两次
help-record-import-provenance = 记录的来历：上报、公布、合成
help-record-import-basis = 出处或说明
help-record-import-receipt = 把回执写到这里
help-record-list = 列出记录
help-record-list-of = 记录类型
help-record-list-where = 条件，如 "conclusion = 'nonconform'"
help-record-list-region = 地区代码
help-record-list-period = 时期，如 2013Q4
help-record-list-limit = 最多几行
help-record-show = 显示一条记录：字段、出处、版本
help-record-show-index = 账本中的序号
help-record-history = 一条记录的全部版本
help-record-history-index = 账本中的序号
help-record-correct = 更正一条记录，原值保留
help-record-correct-index = 账本中的序号
help-record-correct-set = 字段=新值，可多次
help-record-correct-reason = 理由
help-record-correct-by = 由谁更正
help-record-correct-expect = 以为的最新版本；若已被他人更正则拒绝
help-record-withdraw = 撤回一条记录
help-record-withdraw-index = 账本中的序号
help-record-withdraw-reason = 理由
help-record-withdraw-by = 由谁撤回
help-ledger = 账本：验证、证明、导出
help-ledger-status = 大小、根、最近的签名
help-ledger-verify = 重新计算每一条记录和整棵树
help-ledger-prove = 证明一条记录在账本中
help-ledger-prove-index = 账本中的序号
help-ledger-export = 导出为普通文件，可离线验证
help-ledger-export-dir = 导出到的文件夹
help-ledger-rebuild = 由账本重建各种索引
help-measure = 数字：是多少，多可靠，为什么
help-measure-run = 更新数据湖，列出一个地区一个时期的全部指标
help-measure-run-indicator = 只要这个指标，可多次
help-measure-run-region = 地区代码
help-measure-run-period = 时期
help-measure-show = 一个数
    .after = 例：zhiheng measure show sampling.pass_rate/621100/2013
help-measure-show-address = 地址：指标/地区/时期，可加 ;维度=值 和 @账本大小
help-measure-rows = 这个数计入和剔除的行
help-measure-rows-address = 地址
help-measure-rows-which = 全部、计入的、剔除的
help-measure-rows-limit = 最多几行
help-measure-explain = 一个数为什么是这个数
help-measure-explain-address = 地址
help-measure-table = 一个指标按地区、时期、维度列表
help-measure-table-indicator = 指标
help-measure-table-region = 地区代码
help-measure-table-period = 时期
help-measure-table-by = 维度，可多次
help-measure-table-level = 下级地区的级别：province、city、county、township
help-measure-table-each = 按 year、half、quarter、month、week 逐期
help-measure-table-as_then = 按当时的行政区划（默认按现行区划）
help-measure-table-as_of = 账本大小：当时所知
help-report = 报告：由目录中的源文件生成
help-report-list = 列出报告
help-report-build = 生成报告
help-report-build-report = 报告，如 quality-status
help-report-build-region = 地区代码
help-report-build-period = 时期
help-report-build-to = 格式，可多个：pdf、docx、html、xlsx、json
help-report-build-output = 写到哪个文件（扩展名随格式）
help-report-build-as_of = 账本大小：用当时的数据重建
help-report-build-office = 发文机关
help-report-build-number = 发文字号
help-report-build-date = 成文日期
help-report-build-addressee = 主送机关
help-report-build-fonts = 字体文件夹
help-report-verify = 由报告自带的依据重建，逐字节比较
help-report-verify-file = 报告文件
help-method = 按名称对 CSV 文件做统计
help-method-list = 列出统计方法
help-method-list-family = 只列这一族，如 truth、energy、risk
help-method-show = 一个方法回答什么、何时不用、要哪些列和选项
help-method-show-id = 方法，如 proportion.interval
help-method-run = 对 CSV 文件运行一个方法
    .after = 例：zhiheng method run proportion.interval --data 合格率.csv --option level=0.9
help-method-run-id = 方法
help-method-run-data = 带表头的 CSV 文件（UTF-8）；写 - 则读标准输入
help-method-run-options = 名称=值，可重复；`zhiheng method show` 会列出
help-method-run-sheet = 只输出答案中的这张表
help-bench = 测速用的数据
help-bench-generate = 生成抽查记录（合成，给定种子结果相同）
help-bench-generate-rows = 行数
help-bench-generate-seed = 种子
help-bench-generate-output = 写到哪个文件
help-bench-generate-quarters = 跨几个季度
help-bench-ask = 在全部打开的状态下反复查询同一个数（如服务器所为），以 JSON 给出中位数、第 99 百分位和最大耗时
help-bench-ask-address = 数的地址
help-bench-ask-times = 次数
help-completion = 输出命令补全脚本
help-completion-shell = bash、zsh、fish、powershell、elvish
help-man = 写出手册页
help-man-dir = 文件夹
help-doctor = 检查环境和项目
cli-internal = 内部错误或环境问题：{ $why }
cli-progress-generate = 生成
cli-progress-import = 导入
cli-progress-verify = 验证
demo-maker = { $region }示例生产企业{ $n }（合成）
demo-shop = { $region }示例经销单位{ $n }（合成）
demo-works = 示例工程{ $n }（合成）
demo-cut = 示例减排工程{ $n }（合成）
demo-item = 示例产品{ $n }（合成）
demo-holder = 示例企业{ $n }（合成）
demo-standard = 示例标准{ $n }（合成）
zh7010 = 没有名为“{ $name }”的示例
    .hint = 现有：{ $known }
zh7011 = 示例“{ $name }”的数据有误：{ $why }
help-after =
    先试：cargo xtask demo
    再问：zhiheng measure show sampling.pass_rate/621100/2013 -f json
    退出码：0 完成 · 1 数据或请求有问题 · 2 用法有误 · 3 程序或环境的问题
help-usage = 用法
help-commands = 命令
help-options = 选项
help-arguments = 参数
zh7020 = 没有标识为“{ $id }”的定义
    .hint = 相近的有：{ $near }；全部见 `zhiheng catalog list`
zh7021 = 没有名为“{ $kind }”的文件种类
    .hint = 可用：records、indicators、lists、sources、regions
zh7030 = 没有记录类型“{ $id }”
    .hint = 现有：{ $near }
zh7031 = 没有来源“{ $id }”
    .hint = 现有：{ $known }
zh7033 = “{ $text }”不是 字段=值
zh7034 = { $of } 没有字段“{ $field }”
    .hint = 字段有：{ $known }
zh7040 = 没有级别“{ $level }”
    .hint = 可用：province、city、county、township
zh7041 = { $period } 不能由整的“{ $kind }”组成
zh7050 = 没有报告“{ $id }”
    .hint = 现有：{ $known }
zh7051 = 没有找到字体
    .hint = 运行 `cargo xtask fonts`，并把它给出的文件夹写入 ZHIHENG_FONTS
zh7052 = “{ $file }”不是本程序能核对的格式
zh7053 = 报告依据的目录与现在的不同：报告 { $pinned }，现在 { $here }
    .hint = 用当时的目录再核对一次（--catalog）
zh7054 = 报告依据的账本与这里的不同（大小 { $size }）
zh7055 = 重建的“{ $file }”与原文件不同
    .hint = 文件被改动过，或程序、字体的版本不同
zh7060 = 没有名为“{ $id }”的方法
    .hint = 相近的有：{ $near }；全部见 `zhiheng method list`
zh7061 = 读不了 { $file }：{ $why }
    .hint = 检查路径和权限；文件不超过 256 MiB
zh7062 = 文件不是完好的表：{ $what ->
        [empty] 没有表头
        [encoding] 第 { $row } 行不是 UTF-8 文字
        [nul] 第 { $row } 行“{ $column }”列含空字符（NUL）
        [unclosed] 第 { $row } 行的引号没有闭合
        [after-quote] 第 { $row } 行闭合的引号之后还有文字
        [cells] 第 { $row } 行有 { $found } 格，表头有 { $needed } 列
        [no-title] 表头第 { $column } 列没有名称
        [twice] 有两列都叫“{ $column }”
        [many-columns] 表头的列太多
       *[other] 第 { $row } 行，{ $what }
    }
    .hint = 另存为 CSV（UTF-8），第一行是表头；含逗号的格要加引号
zh7063 = “{ $text }”不是 名称=值
    .hint = 例如 --option level=0.9
zh7064 = { $id } 没有答案：{ $kind ->
        [empty] “{ $what }”没有数值
        [too-few] “{ $what }”有 { $found } 个，至少要 { $needed } 个
        [not-finite] “{ $what }”有空格或不是数的格
        [out-of-range] “{ $what }”是 { $found }，允许 { $needed }
        [no-variation] “{ $what }”没有变化
        [column] 没有“{ $what }”列；有 { $needed }
        [option] 没有“{ $what }”选项；有 { $needed }
        [value] “{ $what }”不行；允许 { $needed }
        [cell] “{ $what }”里是“{ $found }”，需要 { $needed }
       *[other] { $said }
    }
    .hint = `zhiheng method show { $id }` 说明要哪些列和选项、何时不用
zh7065 = 答案中没有“{ $name }”表
    .hint = 有：{ $known }
cli-catalog-checked = { $definitions } 个定义，{ $errors } 个错误，{ $warnings } 个警告；摘要 { $digest }
cli-examples-run = 运行 { $n } 个示例，{ $failed } 个不符
cli-kind = 种类
cli-id = 标识
cli-name = 名称
cli-owner = 归口单位
cli-since = 自
cli-confirmed = 确认
cli-yes = 是
cli-no = 否
cli-to-be-confirmed = 待核实
cli-what = 内容
cli-from = 原
cli-to = 现
cli-figures-change = 数字会变
cli-records = 记录
cli-state = 状态
cli-detail = 说明
cli-ok = 正常
cli-missing = 缺
cli-doctor-project = 项目
cli-doctor-catalog = 目录
cli-doctor-ledger = 账本
cli-doctor-fonts = 字体
cli-basis = 依据
cli-entry = 序号
cli-field = 字段
cli-value = 值
cli-at = 时间
cli-by = 由
cli-reason = 理由
cli-changed = 改动
cli-counted = 计入
cli-excluded = 剔除
cli-counted-top = 计入分子和分母
cli-counted-bottom = 只计入分母
cli-provenance = 来历
cli-indicator = 指标
cli-region = 地区
cli-period = 时期
cli-unit = 单位
cli-top = 分子
cli-bottom = 分母
cli-low = 下限
cli-high = 上限
cli-flags = 标记
cli-figure = 数字
cli-points = 百分点
cli-ledger-status = 账本 { $origin }，{ $size } 条
cli-ledger-sound = 账本完好：{ $n } 条记录逐条重算，根 { $root }，用时 { $seconds } 秒
cli-ledger-exported = 已导出 { $n } 条到 { $dir }
cli-ledger-rebuilt = 已由 { $n } 条记录重建
cli-progress-export = 导出
cli-progress-rebuild = 重建
cli-progress-check = 检查
cli-progress-lake = 更新数据湖
cli-init-made = 项目已建立：{ $dir }
cli-example-basis = 示例 { $name }：为演示而合成，公布数字见各行出处
cli-example-imported = { $file }：{ $n } 行
cli-form-written = 模板已写到 { $file }
cli-annotated = 标注后的工作簿已写到 { $file }
cli-import-nothing = { $refused } 行有问题，未写入任何数据
cli-import-repeated = 这次报送已收过（{ $id }，{ $n } 条），未重复写入
cli-import-done = 写入 { $new } 条，{ $same } 条已存在，{ $refused } 条未收；回执 { $id }，自序号 { $first }
cli-import-dry = 试运行：可写入 { $new } 条，{ $same } 条已存在；未写入
cli-problem-group = {"  "}{ $code } { $field }：{ $n } 处，首见第 { $first } 行
cli-left-out = 按规则略过 { $n } 行：{ $why }
cli-file-read = { $file }：读 { $seen } 行，可收 { $kept }，有错 { $refused }，略过 { $left }，有警告 { $flagged }（{ $encoding } { $seconds } 秒）
cli-more = 只列出前 { $n } 行，用 --limit 看更多
cli-entry-title = 第 { $n } 条：{ $kind }，{ $at }，{ $by }
cli-entry-superseded = 已被第 { $n } 条取代
cli-entry-reason = 理由：{ $why }
cli-entry-place = 来自 { $file } { $sheet } 第 { $row } 行；原件 { $kept }
cli-kind-submit = 报送
cli-kind-record = 记录
cli-kind-correct = 更正
cli-kind-withdraw = 撤回
cli-kind-erase = 抹除
cli-kind-adopt = 目录采用
cli-kind-release = 发布
cli-corrected = 第 { $old } 条已更正为第 { $new } 条，原值保留
cli-withdrawn = 第 { $n } 条已撤回（第 { $entry } 条）
cli-withdrawn-already = 第 { $n } 条早已撤回（第 { $entry } 条）
cli-lake-refreshed = 数据湖已更新：第 { $from } 至 { $to } 条，{ $rows } 行
cli-lake-current = 数据湖已到账本大小 { $size }
cli-about-indicator = { $value }
cli-about-unit = 单位：{ $value }
cli-about-interval = 区间：{ $value }
cli-about-excluded = 未计入 { $n } 条：{ $rule }
cli-about-flag = 注意：{ $value }
cli-about-pins = 账本大小 { $size }，目录 { $catalog}，地址 { $address }
cli-target-no-data = 目标 { $value }（{ $basis }）：无数据
cli-target-met = 目标 { $value }（{ $basis }）：达到
cli-target-met-unsure = 目标 { $value }（{ $basis }）：达到，但区间跨过目标
cli-target-missed = 目标 { $value }（{ $basis }）：未达到
cli-target-missed-unsure = 目标 { $value }（{ $basis }）：未达到，但区间跨过目标
cli-report-written = { $file }（{ $seconds } 秒）
cli-report-same = “{ $file }”由账本大小 { $size } 重建，逐字节相同
cli-answers = 回答
cli-formula = 公式
cli-source = 出处
cli-avoid = 何时不用
cli-columns = 列
cli-options = 选项
cli-example = 例
cli-more-sheets = 答案还有这些表：{ $names }；用 --sheet 输出
