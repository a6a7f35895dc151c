# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $weekday } { $day } { $month } { $year } à { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = { $date } ({ $relative })

weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

span-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
}
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}

# Sizes; $size is the number as text.
size-byte = { $n ->
    [one] { $n } octet
   *[other] { $n } octets
}
size-kilobyte = { $size } ko
size-megabyte = { $size } Mo
size-gigabyte = { $size } Go
size-terabyte = { $size } To
