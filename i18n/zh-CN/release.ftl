# release：表格的披露审查，发布情况。

help-release = 发布：表里哪些单元不能公布，已经发布了什么
help-release-check = 表格的披露审查：隐去哪些单元，为什么
    .after = 例如：zhiheng release check "sampling.batches/621100/2013Q2;contributor=producer;product=*;region=county" --rule COUNT-3
help-release-check-tables = 表：留一个或者两个维度不定的数字地址，写“维度=*”或者“region=级别”
help-release-check-rule = 披露规则编号
help-release-check-least = 单元最少家数
help-release-check-share = 一家占比上限，百分数
help-release-check-keep_totals = 不为别的单元隐去合计
help-release-check-on = 规则须有效的日期，不写为今天
help-release-check-as_of = 账本大小：按当时所知
help-release-list = 未办结的发布
help-release-list-state = 只列这个状态的
help-release-list-all = 已办结的也列出
help-release-show = 一件发布：各栏目，数字取自何处
help-release-show-case = 案号
help-release-show-as_of = 账本大小：按当时所知

cli-release-table = 表
cli-release-row = 行
cli-release-column = 列
cli-release-contributors = 家数
cli-release-share = 最大占比%
cli-release-reason = 隐去原因
cli-release-low = 可推算下限
cli-release-high = 可推算上限
cli-release-total = 合计
cli-release-unstated = 未填
cli-release-few = 家数太少
cli-release-dominated = 一家占比过大
cli-release-close = 一家太接近
cli-release-beside = 防推算
cli-release-field = 栏目
cli-release-ledger = 账本
cli-release-from = 取自
cli-release-checked = { $table }：公布 { $cells } 个单元，按规则隐去 { $hidden } 个，为防推算另隐去 { $more } 个；公布的单元至少 { $smallest } 家（{ $contributor }；{ $records } 条记录中 { $unnamed } 条没有写明，合作一家计）

zh7223 = { $on } 没有有效的披露规则 { $rule }
    .hint = 查看登记：zhiheng record list release.rule
zh7224 = { $case } 不是发布（{ $procedure }）
    .hint = 列出发布：zhiheng release list --all
