gone-title = Ez a link nem működik
gone = Megnyitották, letelt az ideje, vagy a feladó törölte. Vagy hiányzik a link egy része. Azt nem tudjuk megmondani, melyik igaz.
gone-opened-title = Ezt már megnyitották
gone-opened = Megnyitva: { $date }. Nem te voltál? Szólj most a feladónak, hogy megváltoztathassa a benne lévő jelszót vagy kódot.
gone-expired-title = Letelt az ideje
gone-expired = Senki sem nyitotta meg.
gone-deleted-title = A feladó törölte
gone-deleted = Senki sem nyitotta meg.
gone-removed-title = A webhely eltávolította
gone-removed = Senki sem nyitotta meg. Valaki bejelentette.

gone-do-heading = Mit tehetsz?
gone-do-ask = Kérj új linket a feladótól.
gone-do-tell = Ha te sosem nyitottad meg, szólj a feladónak. Lehet, hogy valaki más megtette.
gone-do-report = Átverés vagy fenyegetés volt? Szólj, és küldd el nekünk a linket: { $contact }
