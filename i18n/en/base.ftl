# base
no-data = no data
