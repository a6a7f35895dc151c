# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $year }년 { $month } { $day }일 { $weekday } { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = 월요일
weekday-2 = 화요일
weekday-3 = 수요일
weekday-4 = 목요일
weekday-5 = 금요일
weekday-6 = 토요일
weekday-7 = 일요일

month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월

span-seconds = { $n }초
span-minutes = { $n }분
span-hours = { $n }시간
span-days = { $n }일

# Sizes; $size is the number as text.
size-byte = { $n }바이트
size-kilobyte = { $size }kB
size-megabyte = { $size }MB
size-gigabyte = { $size }GB
size-terabyte = { $size }TB
