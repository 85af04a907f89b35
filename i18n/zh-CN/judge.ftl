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
