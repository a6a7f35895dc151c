error-bad-request-title = Ezt nem értettük
error-bad-request = Menj vissza, és próbáld újra.
error-forbidden-title = Innen nem tudsz küldeni
error-forbidden = Itt csak néhányan készíthetnek linket. Megnyitni bárki tud.
error-cross-site-title = Innen nem tudsz küldeni
error-cross-site = Ezt egy másik webhely küldte. Semmi sem változott. Nyisd meg közvetlenül ezt a webhelyet, és próbáld újra.
error-not-found-title = Nincs ilyen oldal
error-not-found = Nézd meg, jó-e a cím, vagy kezdd elölről.
error-too-large-title = Ez túl nagy
error-too-large = Összesen legfeljebb { $max } lehet. Menj vissza, és vegyél ki néhány fájlt.
error-missing-title = Valami hiányzik
error-missing = Menj vissza, és nézd végig a mezőket.
error-too-many-title = Túl sok próbálkozás
error-too-many = { $n ->
    [one] Várj { $n } percet, aztán próbáld újra.
   *[other] Várj { $n } percet, aztán próbáld újra.
}
error-broken-title = Nálunk romlott el valami
error-broken = Várj néhány percet. Nyugodtan megpróbálhatod újra.
error-closed-title = Most zárva: { $site }
error-closed = Próbáld újra később.
error-closed-links = A várakozó linkek megmaradnak, de a határidejük nem tolódik ki.
error-full-title = Megtelt: { $site }
error-full = Most nincs hely. Próbáld kisebb fájllal, vagy próbáld később.
error-full-fits = Most ennyi hely van: { $max }. Próbáld kisebb fájlokkal, vagy próbáld később.
error-between = Valami nem működik közted és a webhely ({ $site }) között. Próbáld újra kicsit később. Ha nem javul meg, mondd meg a webhely gazdájának: { $status }.
error-between-size = Valami közted és a webhely ({ $site }) között nem enged át nagy darabokat. Mondd meg a webhely gazdájának: { $status }.
error-incident = Ha szólsz a webhely gazdájának, mondd ezt: { $incident }
