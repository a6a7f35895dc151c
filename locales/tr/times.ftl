# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $day } { $month } { $year } { $weekday } { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = Pazartesi
weekday-2 = Salı
weekday-3 = Çarşamba
weekday-4 = Perşembe
weekday-5 = Cuma
weekday-6 = Cumartesi
weekday-7 = Pazar

month-1 = Ocak
month-2 = Şubat
month-3 = Mart
month-4 = Nisan
month-5 = Mayıs
month-6 = Haziran
month-7 = Temmuz
month-8 = Ağustos
month-9 = Eylül
month-10 = Ekim
month-11 = Kasım
month-12 = Aralık

span-seconds = { $n } saniye
span-minutes = { $n } dakika
span-hours = { $n } saat
span-days = { $n } gün

# Sizes; $size is the number as text.
size-byte = { $n } bayt
size-kilobyte = { $size } kB
size-megabyte = { $size } MB
size-gigabyte = { $size } GB
size-terabyte = { $size } TB
