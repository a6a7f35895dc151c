# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $weekday } { $day } { $month } { $year } om { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = maandag
weekday-2 = dinsdag
weekday-3 = woensdag
weekday-4 = donderdag
weekday-5 = vrijdag
weekday-6 = zaterdag
weekday-7 = zondag

month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

span-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } seconden
}
span-minutes = { $n ->
    [one] { $n } minuut
   *[other] { $n } minuten
}
span-hours = { $n } uur
span-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dagen
}

# Sizes; $size is the number as text.
size-byte = { $n } byte
size-kilobyte = { $size } kB
size-megabyte = { $size } MB
size-gigabyte = { $size } GB
size-terabyte = { $size } TB
