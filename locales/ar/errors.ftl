error-bad-request-title = لم نفهم ما أُرسل
error-bad-request = ارجع وحاول مرة أخرى.
error-forbidden-title = لا يمكن الإرسال من هنا
error-forbidden = إنشاء الروابط هنا متاح لبعض الناس فقط. أما فتحها فمتاح للجميع.
error-cross-site-title = لا يمكن الإرسال من هنا
error-cross-site = هذا أرسله موقع آخر. لم يتغيّر شيء. افتح هذا الموقع نفسه وحاول مرة أخرى.
error-not-found-title = هذه الصفحة غير موجودة
error-not-found = تأكد من العنوان أو ابدأ من جديد.
error-too-large-title = الحجم كبير جدًا
error-too-large = الحد الأقصى { $max } للكل معًا. ارجع وأزل بعض الملفات.
error-missing-title = هناك شيء ناقص
error-missing = ارجع وتأكد من كل خانة.
error-too-many-title = محاولات كثيرة جدًا
error-too-many = { $n ->
    [zero] انتظر قليلًا ثم حاول مرة أخرى.
    [one] انتظر دقيقة واحدة ثم حاول مرة أخرى.
    [two] انتظر دقيقتين ثم حاول مرة أخرى.
    [few] انتظر { $n } دقائق ثم حاول مرة أخرى.
    [many] انتظر { $n } دقيقة ثم حاول مرة أخرى.
   *[other] انتظر { $n } دقيقة ثم حاول مرة أخرى.
}
error-broken-title = حدث عطل عندنا
error-broken = انتظر بضع دقائق. لا ضرر في أن تحاول مرة أخرى.
error-closed-title = { $site } مغلق حاليًا
error-closed = حاول مرة أخرى لاحقًا.
error-closed-links = تبقى الروابط التي لم تُفتح بعد، لكن موعد انتهائها لا يتغيّر.
error-full-title = { $site } ممتلئ
error-full = لا يوجد مكان الآن. جرّب ملفًا أصغر، أو حاول لاحقًا.
error-full-fits = المكان المتاح الآن: { $max }. جرّب ملفات أصغر، أو حاول لاحقًا.
error-between = شيء ما بينك وبين { $site } لا يعمل. حاول مرة أخرى بعد قليل. إن استمر ذلك، فأخبر صاحب الموقع بهذا: { $status }.
error-between-size = شيء ما بينك وبين { $site } لا يقبل الأجزاء الكبيرة. أخبر صاحب الموقع بهذا: { $status }.
error-incident = إن تواصلت مع صاحب الموقع، فاذكر هذا: { $incident }
