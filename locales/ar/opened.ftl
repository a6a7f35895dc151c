opened-title-message = هذه رسالتك
opened-title-files = هذه ملفاتك
opened-title-both = هذا ما أُرسل إليك
opened-deleted = حُذف من { $site }. لم يبقَ الآن إلا في هذه الصفحة.
opened-reading = يحتفظ { $site } بها لهذه الصفحة وحدها حتى { $date }. حمّل الصفحة من جديد لتراها مرة أخرى.
opened-reading-within = حمّل هذه الصفحة من جديد لتراها مرة أخرى. يحذف { $site } نسخته خلال مدة أقصاها { $span }.
opened-within = يحذف { $site } نسخته خلال مدة أقصاها { $span }.
opened-message = الرسالة
opened-copy = نسخ
opened-copied = نُسخت الرسالة
opened-copy-failed = لم ينجح النسخ. الرسالة محددة. انسخها بنفسك.
opened-unfold = عرض الباقي
opened-fold = عرض أقل
opened-align = عرض في أعمدة
opened-wrap = التفاف الأسطر
opened-save = حفظ في ملف
opened-file-name = رسالة
opened-files = الملفات
opened-count = { $n ->
    [zero] لا ملفات، { $size }
    [one] ملف واحد، { $size }
    [two] ملفان، { $size }
    [few] { $n } ملفات، { $size }
    [many] { $n } ملفًا، { $size }
   *[other] { $n } ملف، { $size }
}
opened-files-notice = لا تفتح إلا الملفات التي كنت بانتظارها.
opened-keeping-minutes = { $n ->
    [zero] تبقى أقل من دقيقة
    [one] تبقى نحو دقيقة واحدة
    [two] تبقى نحو دقيقتين
    [few] تبقى نحو { $n } دقائق
    [many] تبقى نحو { $n } دقيقة
   *[other] تبقى نحو { $n } دقيقة
}
opened-keeping-hours = { $n ->
    [zero] تبقى أقل من ساعة
    [one] تبقى نحو ساعة واحدة
    [two] تبقى نحو ساعتين
    [few] تبقى نحو { $n } ساعات
    [many] تبقى نحو { $n } ساعة
   *[other] تبقى نحو { $n } ساعة
}
opened-all-saved = حُفظت كلها. وحُذفت من { $site }.
opened-file-save = حفظ
opened-file-saving = جارٍ الحفظ { $n }%
opened-file-saved = تم الحفظ.
opened-file-again = مرة أخرى
opened-file-failed = لم يُحفظ.
opened-file-retry = إعادة المحاولة
opened-share = حفظ أو مشاركة
opened-blocked = هذا التطبيق يمنع الحفظ. افتح الرابط في متصفحك خلال مدة أقصاها { $grace }.
opened-save-all = حفظ الكل
opened-downloaded = ذهبت كل الملفات إلى التنزيلات. تأكد من أنها تُفتح.
opened-have-all = كلها معي. احذفها
opened-program = هذا برنامج. لا تشغّله إلا إن كنت تثق بمن أرسله.
opened-renamed = غيّرنا هذا الاسم حتى يستطيع كل جهاز حفظ الملف.
opened-over = لا يمكنك حفظ هذه الملفات هنا الآن. انتهى وقتها، أو تابعت في متصفح آخر.
opened-no-room = لا يوجد مكان لهذا الملف على جهازك.
opened-holds = يجب أن يجمع متصفحك الملف كله قبل أن يحفظه. قد لا ينجح ذلك مع الملفات الكبيرة.
opened-picture = عرض الصورة
opened-picture-alt = صورة: { $name }
opened-picture-failed = لا نستطيع عرض هذه الصورة. احفظها بدلًا من ذلك.
opened-play = تشغيل
opened-player = المشغّل: { $name }
opened-play-failed = لا نستطيع تشغيله. احفظه بدلًا من ذلك.
opened-words = إن سألك من أرسله: من فتحه؟ فقل هذه الكلمات: { $words }. وقد تظهر لمن أرسله أيضًا.
opened-clear = حفظتها. امسح هذه الصفحة
opened-done-title = انتهى كل شيء
opened-done = لم يبقَ شيء على { $site } ولا في هذه الصفحة.
opened-done-until = لم يبقَ شيء في هذه الصفحة. يحذف { $site } نسخته في موعد أقصاه { $date }.
opened-back = إرسال شيء بالمقابل
