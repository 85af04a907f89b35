# judge: verdicts and their explanation.

judge-graded = { $scheme }：{ $place }得 { $points } 分（满分 { $full }），等级 { $grade }，第 { $rank } 名
judge-graded-by-veto = { $scheme }：{ $place }得 { $points } 分（满分 { $full }），因一票否决定为 { $grade }，按分数第 { $rank } 名
judge-veto-while-open = { $scheme }：{ $place }因一票否决定为 { $grade }；缺的数据补齐之前不计总分
judge-open = { $scheme }：{ $place }缺数据，暂不评级
judge-veto = 一票否决：{ $says }（{ $measure } 大于 0），不论得分，定为 { $grade }
judge-band = { $from } 分及以上为 { $grade }，按未修约的总分评定
judge-part = { $name }：{ $points } 分（满分 { $full }）
judge-item = { $name }：{ $points } 分（满分 { $most }），数值 { $shown }
judge-item-open = { $name }：没有数据，补齐之前不计
judge-item-zero = { $name }：没有数据，按规则记 0 分（满分 { $most }）
judge-item-full = { $name }：没有数据，按规则一律记满分 { $most }
judge-item-shared-out = { $name }：没有数据，分值按比例分给其他项目
judge-item-none = { $name }：没有报告，不加不减
judge-no-target = 没有可对照的目标
judge-at-least = 不低于 { $target } 得满分，否则零分
judge-at-most = 不高于 { $target } 得满分，否则零分
judge-checklist = 每项 { $each } 分
judge-levels = 分档得分：{ $levels }
judge-target-ratio = 按目标 { $target } 的完成率，最多 1
judge-stepped = 达到 { $target } 得满分；每差满 { $step } 扣 { $each } 分，最低 { $floor } 分
judge-stepped-begun = 达到 { $target } 得满分；每差 { $step }（不足也算）扣 { $each } 分，最低 { $floor } 分
judge-between = { $worst } 得零分、{ $best } 得满分，其间按比例
judge-change = 变好 { $better } 分，持平 { $same } 分，变差 { $worse } 分；变化不超过 { $within } 算持平
judge-rank = { $of } 个中第 { $rank } 名；按名次比例得分：{ $levels }
judge-deduct = 每起扣 { $each } 分
judge-bonus = 每项加 { $each } 分
judge-item-given = { $name }：{ $points } 分（满分 { $most }），由人评分
judge-item-not-given = { $name }：还没有评分，评分之前不计
judge-item-unproven = { $name }：缺证明材料（{ $evidence }），按规则记 0 分（满分 { $most }）
judge-item-unproven-open = { $name }：缺证明材料（{ $evidence }），补齐之前不计
judge-judged = 不超过分值的任何分
judge-judged-level = { $says }

## how sure a grade is

zh9101 = 不能在 { $places } 个地区上以水平 { $level } 抽取 { $n } 次
    .hint = 抽取 2 到 100000 次，乘以地区数不超过两千万；水平大于 0.5、小于 1

## stages

zh9110 = 没有项目“{ $item }”（{ $region }，{ $stage } 阶段）
    .hint = 项目：{ $all }
zh9111 = “{ $item }”（{ $region }，{ $stage } 阶段）给 { $points } 分超出范围
    .hint = { $least } 到 { $most } 分
zh9112 = “{ $item }”（{ $region }，{ $stage } 阶段）给 { $points } 分，不是这一项的档次
    .hint = 档次：{ $all }
zh9113 = { $stage } 阶段把“{ $item }”（{ $region }）由 { $before } 分改为 { $points } 分，没有写明理由
    .hint = 请写明理由；在此之前按 { $earlier } 阶段的分数
zh9114 = “{ $item }”（{ $region }）在 { $stage } 阶段评了两次，两次都不算
    .hint = 撤回其中一条
zh9115 = “{ $item }”（{ $region }）按数据得分，最终阶段给的 { $points } 分不算
    .hint = 请更正数据所依据的记录，或者在方案里写明由人评分
zh9116 = { $region } 不是方案考核的地区，方案考核的级别是 { $level }
zh9117 = “{ $item }”（{ $region }）{ $stage } 阶段依据的材料 { $hash }… 没有人提交
    .hint = 提交该材料，或者更正编号

## evidence

zh9120 = “{ $hash }…”（{ $item }，{ $region }）不是 SHA-256 值，不能证明什么
    .hint = 应为 64 位数字和字母 a 到 f
zh9121 = 材料 { $hash }…（{ $region }）提交给“{ $item }”，方案里没有这一项
    .hint = 项目：{ $all }
zh9122 = 材料 { $hash }…（{ $item }，{ $region }）有效期 { $from } 至 { $until }，没有覆盖 { $period } 全期，不算数
    .hint = 请提交覆盖全期的材料
zh9123 = { $region }的材料 { $hash }… 既用于“{ $item }”，又用于“{ $other_item }”
    .hint = 请核对能否同时证明两项
zh9124 = 材料 { $hash }…（{ $item }，{ $region }）也由 { $other_region } 提交
    .hint = 请核对是谁的材料
zh9125 = 材料 { $hash }…（{ $item }，{ $region }）在 { $other_period } 已经用过
    .hint = 请核对是否仍然有效

## duties

judge-duty-bottom = { $place }，倒数第 { $rank } 名，{ $points } 分（最后 { $n } 名）：{ $says }
judge-duty-grade = { $place }，等级 { $grade }：{ $says }
judge-duty-clock = 期限：{ $id }
judge-duty-opens = 启动程序：{ $id }
judge-duty-tied = 边界上分数相同，承担义务的比方案写明的多
judge-duty-provisional = 暂定：还有地区没有总分，可能排在后面

## what if

zh9130 = “{ $text }”没有写明要改什么
    .hint = 写法：{ $sample }
zh9131 = 方案不评 { $id }
    .hint = 指标：{ $all }
zh9132 = 方案里没有“{ $id }”
    .hint = 有：{ $all }
zh9133 = “{ $id }”不能是 { $points } 分（满分 { $full }）
    .hint = 须大于 0；还有其他项目的，须小于满分
zh9134 = 等级 { $grade } 不能从 { $from } 分起
    .hint = 每一等级的起点须高于下一等级
judge-margin-better = { $name }：达到 { $to }（现为 { $value }）即为 { $grade }，其他不变
judge-margin-better-beyond = { $name }：过了 { $to }（现为 { $value }）即为 { $grade }，其他不变
judge-margin-worse = { $name }：到 { $to }（现为 { $value }）即降为 { $grade }，其他不变
judge-margin-worse-beyond = { $name }：过了 { $to }（现为 { $value }）即降为 { $grade }，其他不变
judge-margin-shared = 同一数据也用于 { $items }，这里没有计入
