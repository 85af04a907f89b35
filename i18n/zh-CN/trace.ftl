# trace: identifiers, EPCIS documents, the event hash.

## 标识

zh9501 = “{ $value }”不是 GS1 标识
    .hint = 可用 EPC URN、GS1 Digital Link、带应用标识符的单元数据串，或 8、12、13、14 位商品条码
zh9502 = { $key } 的“{ $value }”有 { $length } 位，应为 { $wanted } 位
    .hint = 核对厂商识别代码和项目代码的位数
zh9503 = { $key }“{ $value }”的校验码应为 { $expected }
    .hint = 核对实物；确实印成这样的仍可追溯，请通知编码者更正
zh9504 = { $key } 的“{ $value }”含有不允许的字符 { $character }
    .hint = 只用该标识规定的字符；URN 和网址中的特殊字符用 % 转义
zh9505 = “{ $value }”的 % 转义不完整
    .hint = 写成 % 加两位十六进制数
zh9506 = 不知道 { $key }“{ $value }”的厂商识别代码有几位，写不出 EPC URN
    .hint = 用 GS1 Digital Link，或补充厂商识别代码位数表
zh9507 = 没有以“{ $value }”开头的应用标识符
    .hint = 应用标识符见 GB/T 16986；变长数据之后要有分隔符 FNC1
zh9508 = 应用标识符（{ $ai }）的值“{ $value }”不合格式
    .hint = 核对长度和字符

## 文件

zh9510 = 第 { $line } 行第 { $column } 列不是合格的 JSON
    .hint = 用 JSON 工具检查后重新提交
zh9511 = { $path }：“{ $name }”出现了两次
    .hint = 每个字段只写一次
zh9512 = 第 { $line } 行第 { $column } 列嵌套超过 { $most } 层
    .hint = 减少嵌套
zh9513 = { $path }：{ $what } 超过 { $most }
    .hint = 拆成几个文件提交
zh9514 = 第 { $line } 行第 { $column } 列不是合格的 XML
    .hint = 用 XML 工具检查后重新提交
zh9515 = 第 { $line } 行第 { $column } 列有文件类型定义或实体
    .hint = 去掉 DOCTYPE 中的声明和实体，直接写出内容
zh9516 = 文件不是 UTF-8 编码
    .hint = 转为 UTF-8 后重新提交
zh9517 = 第 { $line } 行第 { $column } 列：名称“{ $name }”在同一对象中出现了两次，取后一个
    .hint = 每个名称只写一次；别的程序可能取前一个
zh9520 = “{ $value }”不是 EPCIS 文件或事件的类型
    .hint = 文件为 EPCISDocument 或 EPCISQueryDocument；事件为 ObjectEvent 等五种，或自有类型的 URI
zh9521 = { $path }：缺少“{ $name }”
    .hint = 补上该项
zh9522 = { $path }：值的类型应为 { $wanted }
    .hint = 改正类型后重新提交
zh9523 = { $path }：“{ $value }”不是 URI
    .hint = 写成完整的 URI，例如 urn:epc:id:… 或 https://…
zh9524 = { $path }：“{ $value }”不是带时区的时间
    .hint = 写成 2026-01-02T03:04:05.000+08:00 的形式
zh9525 = { $path }：“{ $value }”不是时区偏移
    .hint = 写成 +08:00 的形式
zh9526 = { $path }：“{ $value }”不是标准词汇，也不是自有词汇的 URI
    .hint = JSON 用标准词，如 shipping；XML 用标准词的网址；自有词汇用自己的 URI
zh9527 = { $path }：“{ $name }”不是此处的标准字段，又没有命名空间
    .hint = 扩展字段加上命名空间前缀，并在上下文中声明
zh9528 = { $path }：“{ $value }”不是允许的值（{ $wanted }）
    .hint = 改为允许的值
zh9529 = { $path }：“{ $value }”列了两次
    .hint = 每项只列一次
zh9530 = { $path }：事件没有写明对象
    .hint = 写明标识、数量，或传感器数据和读取点
zh9531 = { $path }：“{ $value }”不是计量单位代码
    .hint = 用联合国第 20 号建议书的两位或三位代码，如 KGM
zh9532 = { $path }：不读取上下文“{ $value }”，其中的词义不明
    .hint = 把用到的前缀和词直接写在文件的 @context 中
zh9533 = { $path }：“{ $name }”是标准的词，不能另作他用
    .hint = 换一个名称
zh9534 = { $path }：上下文的定义不合格式
    .hint = 前缀或词对应一个完整的网址或 URN
zh9535 = { $path }：“{ $name }”的前缀没有声明
    .hint = 在 @context 中声明前缀
zh9536 = { $path }：1.2 版的数量事件改记为观察数量的对象事件
    .hint = 以后直接提交对象事件
zh9537 = 文本含有 XML 不能表示的字符 { $character }
    .hint = 用 JSON 输出，或更正原事件

## 规则

zh9540 = { $path }：缺少 parentID
    .hint = 聚合的增加和删除、关联事件须写明容器或整体
zh9541 = { $path }：没有写明放入或关联的对象
    .hint = 增加和观察须写明 childEPCs 或 childQuantityList
zh9542 = { $path }：“{ $name }”在 sensorMetadata 和 sensorReport 中都写了
    .hint = 只写在一处
zh9543 = { $path }：测量时间“{ $value }”晚于事件时间
    .hint = 核对时区和时钟
zh9544 = { $path }：开始时间“{ $value }”晚于结束时间
    .hint = 核对时间
zh9545 = { $path }：只有增加对象的事件和转化事件可以带 ilmd
    .hint = 去掉 ilmd，或改用 ADD
zh9546 = { $path }：转化事件须有投入和产出
    .hint = 补上投入或产出；分几次记录的写明 transformationID
zh9547 = { $path }：对象被放入它自己
    .hint = 核对 parentID 和 childEPCs
zh9548 = { $path }：有计量单位而没有数量
    .hint = 补上数量，或去掉单位
zh9549 = { $path }：数量“{ $value }”不是正数，或计件而不是整数
    .hint = 核对数量和计量单位
