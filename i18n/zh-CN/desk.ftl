# desk: work on a project; stories.

zh7200 = 读不了 { $file }：{ $why }
    .hint = 检查路径和权限
zh7201 = 故事写得不对：{ $why }
    .hint = 写法见 docs/reference/stories.md
zh7202 = { $what } 应为“{ $wanted }”，实为“{ $got }”
    .hint = 改正故事，或者改正造成差别的定义
zh7203 = “{ $step }”被拒绝了
    .hint = 原因在下面
zh7204 = “{ $step }”应被拒绝（{ $code }），却通过了
    .hint = 检查程序的条件、职责和期限
zh7205 = 这一步什么也没有写
    .hint = 写明登记（records）、办理（open、do）或者查看（measure、judge、credit、count）
zh7206 = 故事里还没有案件“{ $case }”
    .hint = 先用 open 和 case 给案件起名，或者用 opens 给随后开出的案件起名
zh7207 = 项目里已有 { $n } 条记录，而故事里的全是编造的
    .hint = 用 `zhiheng init` 另建一个项目；确要写进这里，加 --yes
zh7210 = 没有采用过摘要为 { $digest } 的目录；采用过的：{ $known }
    .hint = `zhiheng catalog adopted` 列出采用过的目录；摘要至少写六位
zh7211 = 目录 { $digest } 的原文不在，或者被改动过
    .hint = 从备份恢复项目的 files 目录；没有原文，就不能按当时的规则重算
zh7220 = 限值不能用：{ $why }
    .hint = 家数至少为 1，占比大于 0、不超过 100
zh7221 = { $table } 不能公布：无论隐去哪些单元，都有人能推算出来
    .hint = 只公布合计，或者合并家数少的行
zh7222 = { $on } 有几条 { $of } 记录同时有效，{ $find } 相同
    .hint = 更正登记：前一条截止后，后一条才开始
zh7212 = --rules 只用来看数和评定
    .hint = 登记、办理和报告按现在的目录；用 --rules 的有 measure、judge、credit
zh7213 = 设置文件 { $file } 用不了：{ $why }
    .hint = 各项设置见 docs/decisions/0012-server.md
zh7214 = 没有代码 { $code }
    .hint = 职责见 `zhiheng catalog show base.access`，敏感程度见 `zhiheng catalog show base.sensitivity`
zh7217 = 没有写明地区页的首要指标
    .hint = 用 --headline 指定一个指标，或在目录里给一个指标写 headline = true
zh7230 = { $dir } 不是完整的备份：{ $why }
    .hint = `zhiheng backup list` 列出完整的备份；中断的备份没有清单
zh7231 = 这一秒已有备份：{ $dir }
    .hint = 过一秒再试
zh7232 = 原始文件 { $file } 与其摘要不符
    .hint = 项目里的这份原始文件已损坏；请从较早的备份取回同名文件后再备份
zh7233 = 备份里的 { $file } 缺失或已变
    .hint = 这份备份（{ $dir }）不可用；请检查另一份
zh7234 = 备份里的账本不是清单所记的那一本
    .hint = 这份备份（{ $dir }）不可用；请检查另一份
zh7235 = 文件夹 { $dir } 里已有东西
    .hint = 请恢复到新的文件夹，检查后再换用

# 报送（ZH73）
zh7300 = “{ $id }”不是要报送的记录
    .hint = 要报送的有：{ $known }
zh7301 = 这种报表不由 { $region } 报送
    .hint = 应由{ $level ->
        [nation] 国家
        [province] 省
        [city] 市
        [county] 县区
        [township] 乡镇
       *[village] 村
    }一级的地区报送；核对区划代码
zh7302 = 这种报表不按 { $period } 报送
    .hint = { $every ->
        [year] 按年报送，写作 2013
        [half] 按半年报送，写作 2013H1
        [quarter] 按季度报送，写作 2013Q2
       *[month] 按月报送，写作 2013-06
    }
zh7303 = { $period } 还没有开始
    .hint = { $day } 起可以报送
zh7304 = 您还有 { $most } 份没有报出的草稿
    .hint = 先报出或者删去一些；草稿保留14天
zh7305 = 没有这份草稿
    .hint = 草稿保留14天，过期删去；请重新上传
zh7306 = 这一期已被上一级接收，不能再报
    .hint = 发现差错的，请上一级审核人员解除接收（案件 { $case }）
zh7307 = 草稿在核对后被改动过，没有报出
    .hint = 重新核对一次再报
zh7308 = 一次更正和撤回的记录超过 { $most } 条
    .hint = 分几次报送，或者请管理员用 `zhiheng record` 办理
zh7309 = 这份文件的记录账本里都有了，没有可报的
    .hint = 不必再报；要换一份的，先撤回
zh7310 = 请写说明
    .hint = 有存疑、离群、更正或者撤回的记录时，须说明原因，上一级会看到
zh7311 = 还有 { $n } 行有错，不能报送
    .hint = 按提示改正后重新上传，或者在页面上改
zh7312 = 核对以后，规则改过了
    .hint = 重新核对一次再报
zh7313 = 这一期还没有报送
    .hint = 没有可撤回的
zh7314 = 没有粘贴内容
    .hint = 在表格里选中各行（含表头）复制，再粘贴到这里
zh7315 = 粘贴了 { $n } 行，最多 { $most } 行
    .hint = 行数多的请上传文件
zh7316 = 已停止
    .hint = 没有写入任何数据；需要时重新上传
zh7317 = 一次只能给一个文件
    .hint = 几个文件合成一个，或者分几次报送
zh7318 = 没有选文件
    .hint = 选一个文件，再按“上传并核对”
zh7319 = 正在办理，请稍候
    .hint = 办完后再改或者再报
zh7320 = { $file } 里没有数据行
    .hint = 核对是否选错了文件；本期确实没有记录的，按“零报告”
