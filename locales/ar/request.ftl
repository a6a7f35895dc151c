request-title = اطلب شيئًا من شخص
request-intro = أنشئ رابطًا. يرسل إليك الشخص الآخر به رسالة أو ملفات.
request-intro-only = لا يستطيع فتحها أحد غيرك.
request-server-locks = لن يقفل متصفحك هذا. يقفله { $site } عند وصوله، ولا يحتفظ بأي مفتاح.
request-needs-script = لا يقبل هذا الموقع إلا ما قُفل في متصفحك.
request-note = ما الذي تحتاج إليه؟ (اختياري)
request-note-hint = أي شخص معه الرابط يستطيع قراءة هذا
request-answers = كم ردًا تريد؟
request-count = { $n ->
    [zero] لا ردود
    [one] رد واحد
    [two] ردّان
    [few] { $n } ردود
    [many] { $n } ردًا
   *[other] { $n } رد
}
request-lifetime = إيقاف الرابط بعد
request-button = إنشاء رابط طلب
request-busy = جارٍ إنشاء الرابطين…
request-preview = ما الذي سيراه الشخص الآخر
problem-note-long = اجعلها أقصر
request-ready-title = معك رابطان
request-ready-send = أرسل هذا
request-ready-send-name = الرابط الذي ترسله
request-ready-until = آخر موعد لاستقبال الردود: { $date }.
request-ready-keep = احتفظ بهذا
request-ready-keep-name = رابطك الخاص
request-ready-why = لا يمكن فتح الرد إلا بهذا الرابط. لا نستطيع استرجاع الرابط.
request-ready-both = احتفظ بالرابطين قبل أن تغادر.
request-note-shared = أرجو أن ترسل إليّ ذلك بهذا الرابط. يعمل الرابط حتى { $date }.
request-code = رمز QR
request-code-warning = أي شخص يمسح هذا الرمز ضوئيًا يستطيع أن يرد عليك.
request-keep-copy = نسخ الرابط الخاص
request-keep-share = إرسال إلى نفسي
request-keep-shared = رابطي الخاص. يفتح ما يُرسل إليّ. لا تعطه لأحد.
request-keep-print = طباعته
request-keep-done = احفظه حيث لا ينظر أحد غيرك.
request-keep-code = رمز QR لرابطك الخاص
request-keep-code-warning = أي شخص يمسح هذا الرمز ضوئيًا يستطيع فتح الردود التي تصلك.
collect-heading = هل أنشأت طلبًا من قبل؟
collect-link = الصق رابطك الخاص
collect-button = عرض ما وصل
collect-none-title = لم يصل شيء بعد
collect-never-title = لم يصل شيء
collect-title = { $n ->
    [zero] لم يصل أي رد
    [one] وصل رد واحد
    [two] وصل ردّان
    [few] وصلت { $n } ردود
    [many] وصل { $n } ردًا
   *[other] وصل { $n } رد
}
collect-open = آخر موعد يستقبل فيه الرابط الردود: { $date }.
collect-full = وصلت كل الردود. الرابط مغلق.
collect-expired = انتهى الوقت. الرابط مغلق.
collect-deleted = أنت أغلقت الرابط.
collect-removed = حذفه الموقع. أبلغ عنه شخص ما.
collect-answer = الرد { $n }
collect-came = وصل يوم { $date }.
collect-once = كل رد يُفتح مرة واحدة. ثم يُحذف.
collect-changed = تم تغييره في الطريق. اطلب مرة أخرى.
collect-message = رسالة.
collect-files = ملفات، حجمها نحو { $size }.
collect-unsaved = فُتح. يمكنك المتابعة حتى { $date }.
collect-opened = فُتح يوم { $date }.
collect-gone = لم يعد موجودًا. اطلب مرة أخرى.
collect-asked = طلبت هذا:
collect-again = طلب جديد
collect-end = إغلاق الرابط
collect-end-title = هل تغلق الرابط؟
collect-end-text = لن يصل المزيد. وما وصل يبقى هنا.
collect-end-yes = إغلاقه
collect-end-busy = جارٍ الإغلاق…
collect-end-no = إبقاؤه مفتوحًا
problem-link-is-to-send = هذا هو الرابط الذي ترسله. الصق رابطك الخاص.
problem-link-is-of-share = هذا نوع آخر من الروابط.
