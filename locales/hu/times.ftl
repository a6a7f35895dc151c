# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $year }. { $month } { $day }., { $weekday } { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = hétfő
weekday-2 = kedd
weekday-3 = szerda
weekday-4 = csütörtök
weekday-5 = péntek
weekday-6 = szombat
weekday-7 = vasárnap

month-1 = január
month-2 = február
month-3 = március
month-4 = április
month-5 = május
month-6 = június
month-7 = július
month-8 = augusztus
month-9 = szeptember
month-10 = október
month-11 = november
month-12 = december

span-seconds = { $n } másodperc
span-minutes = { $n } perc
span-hours = { $n } óra
span-days = { $n } nap

# Sizes; $size is the number as text.
size-byte = { $n } bájt
size-kilobyte = { $size } kB
size-megabyte = { $size } MB
size-gigabyte = { $size } GB
size-terabyte = { $size } TB
