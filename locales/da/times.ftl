# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $weekday } den { $day }. { $month } { $year } kl. { $hour }.{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = mandag
weekday-2 = tirsdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lørdag
weekday-7 = søndag

month-1 = januar
month-2 = februar
month-3 = marts
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

span-seconds = { $n ->
    [one] { $n } sekund
   *[other] { $n } sekunder
}
span-minutes = { $n ->
    [one] { $n } minut
   *[other] { $n } minutter
}
span-hours = { $n ->
    [one] { $n } time
   *[other] { $n } timer
}
span-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dage
}

# Sizes; $size is the number as text.
size-byte = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
size-kilobyte = { $size } kB
size-megabyte = { $size } MB
size-gigabyte = { $size } GB
size-terabyte = { $size } TB
