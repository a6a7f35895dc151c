create-title = أرسل شيئًا يُفتح مرة واحدة
create-intro = اكتب رسالة أو أضف ملفات، ثم أرسل الرابط. يُفتح مرة واحدة، ثم يختفي.
create-server-locks = لا يُقفل في متصفحك. يقفله { $site } عند وصوله.
create-lock-how = كيف تقفل رسالتك أولًا
create-browser-locks = يُقفل في متصفحك. لا يستطيع { $site } قراءته.
create-needs-script-title = شغّل JavaScript للإرسال
create-needs-script = لا يقبل هذا الموقع إلا ما قُفل في متصفحك. المتصفح القديم لا يستطيع ذلك.
create-needs-https = للإرسال، استخدم { $address }.
create-message = الرسالة
create-message-hint = كلمة مرور أو رمز أو ملاحظة
create-message-left = { $n ->
    [zero] لم يبقَ أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $n } أحرف
    [many] بقي { $n } حرفًا
   *[other] بقي { $n } حرف
}
create-message-over = { $n ->
    [zero] لا أحرف زائدة
    [one] حرف واحد زائد
    [two] حرفان زائدان
    [few] { $n } أحرف زائدة
    [many] { $n } حرفًا زائدًا
   *[other] { $n } حرف زائد
}
create-files = الملفات
create-files-hint = أكبر عدد: { $n }، وأكبر حجم لها معًا: { $max }.
create-files-full = لا يوجد مكان للملفات الآن. ما زال هناك مكان لرسالة.
create-files-last = اختر الملفات في النهاية. إن حدثت مشكلة، فعليك اختيارها مرة أخرى.
create-files-choose = إضافة ملفات
create-files-more = إضافة ملفات أخرى
create-files-drop = أو أفلتها في أي مكان من الصفحة.
create-files-veil = أفلت الملفات لإضافتها
create-files-remove = إزالة
create-files-total = { $n ->
    [zero] لا ملفات، { $size } من { $max }
    [one] ملف واحد، { $size } من { $max }
    [two] ملفان، { $size } من { $max }
    [few] { $n } ملفات، { $size } من { $max }
    [many] { $n } ملفًا، { $size } من { $max }
   *[other] { $n } ملف، { $size } من { $max }
}
create-files-show = { $n ->
    [zero] إظهار { $n } ملف آخر
    [one] إظهار ملف واحد آخر
    [two] إظهار ملفين آخرين
    [few] إظهار { $n } ملفات أخرى
    [many] إظهار { $n } ملفًا آخر
   *[other] إظهار { $n } ملف آخر
}
create-files-added = { $n ->
    [zero] لم يُضَف أي ملف
    [one] أُضيف ملف واحد
    [two] أُضيف ملفان
    [few] أُضيفت { $n } ملفات
    [many] أُضيف { $n } ملفًا
   *[other] أُضيف { $n } ملف
}
create-shared = هذا وصل من تطبيق أو موقع آخر. هل تضيفه إلى رسالتك؟
create-shared-add = إضافته
create-shared-drop = عدم إضافته
create-files-slow = تحتاج الملفات الكبيرة إلى دقائق. أبقِ هذه الصفحة مفتوحة.
create-lifetime = كم من الوقت يمكن أن ينتظر؟
create-lifetime-hint = إن لم يُفتح حتى ذلك الوقت، يُحذف.
create-more = كلمة المرور والوقت المحدد
create-password = أضف كلمة مرور (اختياري)
create-password-hint = { $n ->
    [zero] أخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
    [one] استخدم حرفًا واحدًا أو أكثر. وأخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
    [two] استخدم حرفين أو أكثر. وأخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
    [few] استخدم { $n } أحرف أو أكثر. وأخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
    [many] استخدم { $n } حرفًا أو أكثر. وأخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
   *[other] استخدم { $n } حرف أو أكثر. وأخبر الشخص الآخر بها بطريقة أخرى، مثل مكالمة هاتفية.
}
create-password-make = اقتراح كلمة مرور
create-password-busy = جارٍ الإنشاء…
create-until = أو اختر اليوم والوقت (اختياري)
create-until-hint = بعد مدة أقلها { $from } وأكثرها { $to } من الآن
create-button = إنشاء الرابط
create-ask = طلب شيء من شخص آخر
create-busy = جارٍ إنشاء الرابط…
problem-message-empty = اكتب شيئًا أو اختر ملفًا
problem-message-long = { $n ->
    [zero] اجعل الرسالة أقصر
    [one] اجعل الرسالة أقصر بحرف واحد
    [two] اجعل الرسالة أقصر بحرفين
    [few] اجعل الرسالة أقصر بمقدار { $n } أحرف
    [many] اجعل الرسالة أقصر بمقدار { $n } حرفًا
   *[other] اجعل الرسالة أقصر بمقدار { $n } حرف
}
problem-password-short = { $n ->
    [zero] اجعل كلمة المرور أطول
    [one] اجعل كلمة المرور من حرف واحد أو أكثر
    [two] اجعل كلمة المرور من حرفين أو أكثر
    [few] اجعل كلمة المرور من { $n } أحرف أو أكثر
    [many] اجعل كلمة المرور من { $n } حرفًا أو أكثر
   *[other] اجعل كلمة المرور من { $n } حرف أو أكثر
}
problem-password-make = لم نتمكن من اقتراح كلمة مرور. اكتب كلمة من عندك
problem-lifetime = اختر متى يُحذف
problem-until = اختر وقتًا بعد مدة أقلها { $from } وأكثرها { $to } من الآن
problem-until-part = املأ اليوم والوقت معًا
problem-files-many = { $n ->
    [zero] لا تختر أي ملف
    [one] اختر ملفًا واحدًا على الأكثر
    [two] اختر ملفين على الأكثر
    [few] اختر { $n } ملفات على الأكثر
    [many] اختر { $n } ملفًا على الأكثر
   *[other] اختر { $n } ملف على الأكثر
}
problem-files-big = حجم ملفاتك { $size }. الحد الأقصى { $max }
problem-file-big = هذا الملف كبير جدًا: { $name }. الحد الأقصى { $max }
problem-file-empty = هذا الملف فارغ: { $name }. اختر ملفًا آخر
problem-file-unreadable = لا نستطيع قراءة هذا: { $name }. إن كان مجلدًا، فاضغطه أولًا في ملف ZIP
problem-file-changed = تغيّر هذا الملف: { $name }. اختره مرة أخرى
