language-name = Türkçe

skip = İçeriğe geç
title = { $title } – { $site }
title-problem = Sorun: { $title } – { $site }

footer-about = Nasıl çalışır?
footer-ask = Bir şey isteyin
footer-report = Zararlı bağlantıyı bildirin

language = Dil:
language-wrong = Yanlış bir kelime mi var?

preview-title = Size bir şey var. Bir kez açılır.
preview-text = Hazır olduğunuzda { $host } adresinde açın. Emin değil misiniz? Gönderene sorun.
preview-ask-text = Hazır olduğunuzda { $host } adresinde yanıtlayın. Emin değil misiniz? Bağlantıyı size gönderene sorun.
preview-picture = Kapalı bir zarf

problems-heading = Devam etmek için düzeltin
problem-mark = Sorun:
home-link = { $site } sitesine git

unreachable = { $site } sitesine ulaşamadık. Güvenle yeniden deneyebilirsiniz.

stale-page = Bu sayfa güncelleme öncesinden kalma.
stale-again = Sayfayı yenile

show = Göster
hide = Gizle
