# base
no-data = 无数据
