status-title = معرفة إن كان قد فُتح
status-link = الصق رابط المتابعة
status-check = تحقق
status-waiting-title = لم يُفتح بعد
status-waiting = موعد حذفه: { $date }.
status-wrong-passwords = { $n ->
    [zero] لم تُجرَّب أي كلمة مرور خاطئة حتى الآن.
    [one] كلمة مرور خاطئة واحدة حتى الآن.
    [two] كلمتا مرور خاطئتان حتى الآن.
    [few] { $n } كلمات مرور خاطئة حتى الآن.
    [many] { $n } كلمة مرور خاطئة حتى الآن.
   *[other] { $n } كلمة مرور خاطئة حتى الآن.
}
status-opened-title = فُتح وحُذف
status-opened = فُتح يوم { $date }.
status-reading-title = فُتح
status-reading = يمكن لمن فتحه أن يقرأه مرة أخرى حتى { $date }. ثم يُحذف.
status-unsaved-title = فُتح، والملفات باقية
status-unsaved = يمكن لمن فتحه أن يحفظ الملفات حتى { $date }.
status-words = من فتحه يرى هذه الكلمات: { $words }. اتصل بمن أرسلته إليه واسأل عنها.
status-expired-title = انتهى الوقت
status-expired = لم يفتحه أحد. وقد حُذف.
status-deleted-title = أنت حذفته
status-deleted = حُذف يوم { $date }. لم يفتحه أحد.
status-removed-title = حذفه الموقع
status-removed = حُذف يوم { $date }. لم يفتحه أحد. أبلغ عنه شخص ما.
status-moved = تابع من فتحه في متصفح آخر يوم { $date }.
status-lost = فقد هذا الموقع جزءًا من الملفات. أرسلها مرة أخرى من فضلك.
status-step-made = أُنشئ الرابط
status-step-opened = فُتح
status-step-unopened = لم يُفتح
status-step-deleted = حُذف
status-nothing-left = لم يبقَ شيء على { $site }.
status-not-them = هل فتحه غير من أرسلته إليه؟ غيّر كلمة المرور أو الرمز الذي أرسلته.
status-updates = تُحدَّث هذه الصفحة تلقائيًا.
status-private = هذه الصفحة لك وحدك. يعمل رابطها حتى { $date }.
status-checked = وقت التحقق: { $date }
status-again = التحقق مرة أخرى
status-busy = جارٍ التحقق…
status-delete = حذف الآن
status-delete-title = هل تحذفه الآن؟
status-delete-text = سيتوقف الرابط عن العمل. لا يمكن التراجع عن ذلك.
status-delete-yes = حذفه
status-delete-busy = جارٍ الحذف…
status-delete-no = إبقاؤه
status-other-link = هذا هو الرابط الذي ترسله. الصق رابط المتابعة الخاص بك.
