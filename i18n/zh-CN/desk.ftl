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
zh7212 = --rules 只用来看数和评定
    .hint = 登记、办理和报告按现在的目录；用 --rules 的有 measure、judge、credit
