# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $weekday } { $day }. { $month } { $year } klo { $hour }.{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = maanantaina
weekday-2 = tiistaina
weekday-3 = keskiviikkona
weekday-4 = torstaina
weekday-5 = perjantaina
weekday-6 = lauantaina
weekday-7 = sunnuntaina

month-1 = tammikuuta
month-2 = helmikuuta
month-3 = maaliskuuta
month-4 = huhtikuuta
month-5 = toukokuuta
month-6 = kesäkuuta
month-7 = heinäkuuta
month-8 = elokuuta
month-9 = syyskuuta
month-10 = lokakuuta
month-11 = marraskuuta
month-12 = joulukuuta

span-seconds = { $n ->
    [one] { $n } sekunti
   *[other] { $n } sekuntia
}
span-minutes = { $n ->
    [one] { $n } minuutti
   *[other] { $n } minuuttia
}
span-hours = { $n ->
    [one] { $n } tunti
   *[other] { $n } tuntia
}
span-days = { $n ->
    [one] { $n } päivä
   *[other] { $n } päivää
}

# Sizes; $size is the number as text.
size-byte = { $n ->
    [one] { $n } tavu
   *[other] { $n } tavua
}
size-kilobyte = { $size } kt
size-megabyte = { $size } Mt
size-gigabyte = { $size } Gt
size-terabyte = { $size } Tt
