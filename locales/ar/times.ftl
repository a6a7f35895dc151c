# Dates, spans and sizes, written by bin/locale-tables from CLDR.

# Time in UTC, for pages without scripts.
when = { $weekday }، { $day } { $month } { $year } في { $hour }:{ $minute } UTC
# For scripts: the local time, and the time from now.
when-relative = ‏{ $date } ({ $relative })

weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

span-seconds = { $n ->
    [zero] { $n } ثانية
    [one] ثانية
    [two] ثانيتان
    [few] { $n } ثوان
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
span-minutes = { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
span-hours = { $n ->
    [zero] { $n } ساعة
    [one] ساعة
    [two] ساعتان
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
span-days = { $n ->
    [zero] { $n } يوم
    [one] يوم
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}

# Sizes; $size is the number as text.
size-byte = { $n } بايت
size-kilobyte = { $size } كيلوبايت
size-megabyte = { $size } م.ب
size-gigabyte = { $size } غ.ب
size-terabyte = { $size } تيرابايت
