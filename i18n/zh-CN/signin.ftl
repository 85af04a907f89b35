# 用统一身份登录、安全密钥（ZH76）

# 账号库
zh4209 = 该身份已经绑定了账号
    .hint = 一个身份只能绑定一个账号；先解除原来的绑定
zh4210 = 该安全密钥已经登记过
    .hint = 换一把密钥；要转给别人，先从原来的账号移除

# 统一身份
zh7600 = 没有这个身份提供方
    .hint = 回到登录页，从列出的方式中选择
zh7601 = { $title }没有应答
    .hint = 稍后再试，或用登录名和密码登录；一直不行，请告诉系统管理员
zh7602 = { $title }的答复不能采信
    .hint = 请重新登录一次；仍然如此，请把请求编号告诉系统管理员
zh7603 = 这次登录已过期、已用过，或不是在本浏览器开始的
    .hint = 请从登录页重新开始
zh7604 = { $title }没有同意登录（{ $detail }）
    .hint = 在那里重新登录，或用登录名和密码登录
zh7605 = { $title }的这个身份还没有绑定账号
    .hint = 先用登录名和密码登录，在“我的账号”中绑定；没有密码的，请系统管理员绑定，并告诉其这个标识：{ $subject }
zh7606 = 该账号已停用
    .hint = 请联系系统管理员
zh7607 = { $title }没有按要求确认身份
    .hint = 在那里用要求的方式重新确认，或换一种方式
zh7608 = 在{ $title }确认的是另一个身份
    .hint = 先在那里退出，再用绑定本账号的身份确认
zh7609 = 标识须为 1 到 255 个不带空格的英文字符
    .hint = 照身份提供方给出的原样填写

# 安全密钥
zh7610 = 在这个网址不能使用安全密钥
    .hint = 安全密钥认网站的域名，不认 IP 地址；请从域名打开本站
zh7611 = 没有收到安全密钥的应答
    .hint = 插好密钥再试一次；浏览器须允许脚本并支持 WebAuthn
zh7612 = 这次请求已过期、已用过，或不是在本浏览器开始的
    .hint = 请重新开始；每次请求 5 分钟内有效，只用一次
zh7613 = 安全密钥是为另一个网站应答的
    .hint = 请核对地址栏；不是本站的网址，不要继续，并告诉系统管理员
zh7614 = 安全密钥没有核实是您本人
    .hint = 请在密钥上设置 PIN 或指纹，再试一次
zh7615 = 不支持这种安全密钥
    .hint = 请用支持 ES256、EdDSA 或 RS256 的密钥
zh7616 = 安全密钥的签名不对
    .hint = 再试一次；仍然如此，请用密码确认，并把请求编号告诉系统管理员
zh7617 = 这把安全密钥没有登记在您的账号下
    .hint = 请用已登记的密钥，或用密码确认
zh7618 = 安全密钥的计数倒退了，可能有人复制了它
    .hint = 请用密码确认，移除这把密钥，并告诉系统管理员

# 页面和操作的名称
server-title-login-with = 用统一身份登录
server-title-login-from = 用统一身份登录
server-title-confirm-with = 用统一身份确认
server-title-identity-add = 绑定统一身份
server-title-identity-bind = 绑定统一身份
server-title-identity-unbind = 解除统一身份绑定
server-title-key-add = 登记安全密钥
server-title-key-keep = 登记安全密钥
server-title-key-remove = 移除安全密钥
server-title-key-confirm = 用安全密钥确认
server-title-accounts-identities = 账号的统一身份
server-title-accounts-bind = 绑定统一身份
server-title-accounts-unbind = 解除统一身份绑定
server-deed-identity = 统一身份绑定变更
server-deed-key = 安全密钥变更

# 统一身份
server-login-with = 用{ $title }登录
server-login-elsewhere = 其他登录方式
server-login-again = 回到登录页
server-confirm-again = 换一种方式确认
server-confirm-with = 到{ $title }确认
server-confirm-elsewhere = 用统一身份确认
server-confirm-none = 此账号没有可用来确认身份的密码、安全密钥或统一身份。请联系系统管理员。
server-identities = 统一身份
server-identities-about = 可以用来登录此账号的统一身份
server-identities-none = 还没有绑定统一身份。
server-identity-add = 绑定{ $title }
server-identity-found = { $title }确认了您在那里的身份。绑定以后，用它就能登录本账号。
server-identity-bind = 绑定
server-identity-end = 解除绑定
server-identity-own = 本人
server-identity-admin = 管理员
server-field-provider = 身份提供方
server-field-identity-subject = 在那里的标识
    .hint = 身份提供方给出的标识（sub），照原样填写
server-field-bound-by = 由谁绑定
server-field-bound-at = 绑定时间
server-accounts-identities = 统一身份

# 安全密钥
server-keys = 安全密钥
server-keys-about = 可以用来确认身份的安全密钥
server-keys-none = 还没有登记安全密钥。
server-key-add = 登记安全密钥
server-key-add-about = 安全密钥可以是 USB 密钥，也可以是本机的指纹或面容识别。登记以后，重要操作用它确认，不必再输入密码。
server-key-remove = 移除
server-key-use = 用安全密钥确认
server-key-use-about = 插好或靠近已登记的安全密钥，再按下面的按钮。
server-key-unable = 登记和使用安全密钥，浏览器须允许脚本并支持 WebAuthn。
server-key-or = 或用密码
server-key-failed = 没有收到安全密钥的应答：已取消或超时。请再试一次。
server-key-known = 这把安全密钥已经登记过。
server-field-key-name = 密钥名称
    .hint = 写明是哪一把，如“办公室的 USB 密钥”
server-field-key-made = 登记时间

# 账号的统一身份
server-table-identities = 此账号绑定的统一身份
server-col-provider = 身份提供方
server-col-identity-subject = 在那里的标识
server-col-bound-by = 由谁绑定
server-col-bound-at = 绑定时间
server-col-seen = 最近使用
server-field-identity = 要解除的身份

# 保存的视图

zh7554 = 视图要有名称，最多 { $most } 个字
    .hint = 起一个自己认得的名称，如“安定区抽查”
server-title-views-show = 我的视图
server-title-views-keep = 保存视图
server-title-views-drop = 删去视图
server-table-kept = 我的视图
server-col-address = 地址
server-field-name-kept = 视图
kept-lead = 视图就是一页的地址，连同其中的筛选；可以把地址发给同事，各人只看到自己有权看的。
kept-keep = 保存视图
kept-keep-says = 保存 { $path }
kept-drop = 删去视图
zh4212 = 一个账号最多保存 { $most } 个视图
    .hint = 先删去不用的
server-field-name = 名称
