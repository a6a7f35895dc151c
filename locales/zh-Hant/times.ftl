# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $year }年{ $month }月{ $day }日{ $weekday } { $hour }:{ $minute } [UTC]
# For scripts: the local time, and the time from now.
when-relative = { $date }（{ $relative }）

weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日

month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

span-seconds = { $n } 秒
span-minutes = { $n } 分鐘
span-hours = { $n } 小時
span-days = { $n } 天

# Sizes; $size is the number as text.
size-byte = { $n } byte
size-kilobyte = { $size } kB
size-megabyte = { $size } MB
size-gigabyte = { $size } GB
size-terabyte = { $size } TB
