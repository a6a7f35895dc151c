sending-title = جارٍ القفل والإرسال
sending-tab = { $n }% – جارٍ الإرسال
sending-progress = { $n }%. { $done } من { $all }.
sending-percent = { $n }%
sending-done = { $done } من { $all }.
sending-speed = { $done } من { $all }، { $speed } في الثانية.
sending-left-seconds = { $n ->
    [zero] بقيت لحظات.
    [one] بقيت ثانية واحدة تقريبًا.
    [two] بقيت ثانيتان تقريبًا.
    [few] بقيت { $n } ثوانٍ تقريبًا.
    [many] بقيت { $n } ثانية تقريبًا.
   *[other] بقيت { $n } ثانية تقريبًا.
}
sending-left-minutes = { $n ->
    [zero] بقي أقل من دقيقة.
    [one] بقيت دقيقة واحدة تقريبًا.
    [two] بقيت دقيقتان تقريبًا.
    [few] بقيت { $n } دقائق تقريبًا.
    [many] بقيت { $n } دقيقة تقريبًا.
   *[other] بقيت { $n } دقيقة تقريبًا.
}
sending-left-hours = { $n ->
    [zero] بقي أقل من ساعة.
    [one] بقيت ساعة واحدة تقريبًا.
    [two] بقيت ساعتان تقريبًا.
    [few] بقيت { $n } ساعات تقريبًا.
    [many] بقيت { $n } ساعة تقريبًا.
   *[other] بقيت { $n } ساعة تقريبًا.
}
sending-sent = تم إرساله.
sending-almost = أوشك على الانتهاء
sending-keep = أبقِ هذه الصفحة مفتوحة.
sending-stop = إيقاف
sending-again = إعادة المحاولة
sending-waiting = في انتظار الشبكة.
sending-offline = لا يوجد اتصال بالإنترنت. نتابع عندما يعود.
sending-halted = توقف الإرسال عند { $n }%. ملفاتك ما زالت هنا.
sending-stopped = تم الإيقاف. حذفنا ما كان قد وصل.
sending-stopped-later = تم الإيقاف. وخلال يوم يُحذف ما كان قد وصل.
