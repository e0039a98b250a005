### Devreye'nin sözleri. Türkçe, başvuru dilidir: öbür diller buna göre yazılır.
###
### Kurallar: kısa, sıcak, "siz". Bir mesajda bir soru. Değişkene ek gelmez: "Etiket: { $x }" ya da "{ $x } numaralı ...".
### Bir soruyu değiştirmek için tırnak içine almadan, eşittir işaretinden sonrasını düzeltin.
### $role, formu dolduranı söyler: customer (müşteri) ya da dealer (bayi).

## Sorular: metin, neden sorulduğu (.why), örnek (.example), özetteki adı (.label)

Role = Talebi kim dolduruyor?
    .why = Sorular buna göre gelir.
    .example = Müşteriyim
    .label = Bu seçim

DealerCompanyName = { $role ->
        [dealer] Firmanızın adı?
       *[customer] Cihazı hangi bayiden aldınız?
    }
    .why = { $role ->
        [dealer] Çağrı bu bayi adına açılır; adı servis kaydındaki gibi yazın.
       *[customer] Çağrı bu bayi üzerinden açılır. Adı faturada yazar.
    }
    .example = Yılmaz Isı Sistemleri
    .label = Bayi

DealerDetails = Bayinizle ilgili bunlardan bildiğiniz var mı?
    .why = Bilmiyorsanız geçebilirsiniz.
    .example = Bilmiyorum, devam et
    .label = Bayi bilgileri
    .none = Bilmiyorum, devam et

DealerContactPerson = { $role ->
        [dealer] Adınız ve soyadınız?
       *[customer] Bayideki yetkili kişinin adı ve soyadı?
    }
    .why = Servis, gerektiğinde bu kişiyle görüşür.
    .example = Mutlu Özcan
    .label = Bayi yetkilisi
    .pick = Yetkili kişi
    .use = Yetkili kişi olarak yaz
    .skip = Yetkiliyi bilmiyorum

DealerMobilePhone = { $role ->
        [dealer] Cep telefonunuz?
       *[customer] Bayi yetkilisinin cep telefonu?
    }
    .why = Servis, gerektiğinde bu numarayı arar.
    .example = 0532 555 44 33
    .label = Bayi cep telefonu
    .pick = Yetkilinin cep telefonu
    .use = Bayi cep telefonu olarak yaz
    .skip = Cep telefonunu bilmiyorum

DealerWorkPhone = { $role ->
        [dealer] İş telefonunuz?
       *[customer] Bayinin iş telefonu?
    }
    .why = Cep telefonuna ulaşılamazsa bu numara aranır.
    .example = 0216 555 12 34
    .label = Bayi iş telefonu
    .pick = Bayinin iş telefonu
    .use = Bunu iş telefonu yap
    .skip = { $role ->
        [dealer] İş telefonum yok
       *[customer] Bayi iş telefonu yok
    }

DealerEmail = { $role ->
        [dealer] E-posta adresiniz?
       *[customer] Bayinin e-posta adresi?
    }
    .why = Yazışma gerekirse bu adres kullanılır.
    .example = info@ornek.com
    .label = Bayi e-postası
    .pick = Bayinin e-postası
    .use = Bayi e-postası olarak yaz
    .skip = { $role ->
        [dealer] E-postam yok
       *[customer] Bayi e-postası yok
    }

CustomerFullName = { $role ->
        [dealer] Müşterinin adı ve soyadı?
       *[customer] Adınız ve soyadınız?
    }
    .why = Servis kaydı bu adla açılır.
    .example = Ayşe Yılmaz
    .label = Ad soyad

CustomerMobilePhone = { $role ->
        [dealer] Müşterinin cep telefonu?
       *[customer] Cep telefonunuz?
    }
    .why = { $role ->
        [dealer] Servis, müşteriyi bu numaradan arar.
       *[customer] Servis sizi bu numaradan arar.
    }
    .example = 0530 123 12 12
    .label = Cep telefonu

CustomerEmail = { $role ->
        [dealer] Müşterinin e-posta adresi?
       *[customer] E-posta adresiniz?
    }
    .why = Yazışma gerekirse bu adres kullanılır.
    .example = ad.soyad@ornek.com
    .label = E-posta
    .skip = { $role ->
        [dealer] E-postası yok
       *[customer] E-postam yok
    }

CustomerCity = Cihaz hangi il ve ilçede?
    .why = Çağrı, o bölgenin servisine gider.
    .example = Ümraniye, İstanbul
    .label = İl
    .use = İli değiştir
    .step = İl / ilçe

CustomerDistrict = { $of } ilinde hangi ilçe?
    .why = Çağrı, o bölgenin servisine gider.
    .example = Ümraniye
    .label = İlçe

CustomerAddress = Cihazın açık adresi?
    .why = Mahalle, cadde veya sokak, bina ve daire numarası; servis bu adrese gelir.
    .example = Fatih Sultan Mehmet Mah. Balkan Cad. No: 12 D: 4
    .label = Adres

ProductNameList = Hangi ürün?
    .why = Ürün adı etikette ve faturada yazar. Birden çoksa virgülle ayırın.
    .example = ECODENSE WT 65
    .label = Ürün

ProductGroupName = Ürün grubu?
    .why = Etikette ya da faturada, ürün adının yanında yazar.
    .example = ECODENSE DUVAR- YER TİPİ KAZAN
    .label = Ürün grubu

ProductSerialNumberList = Seri numarası?
    .why = Etikette “S/N” ya da “Seri No” yazısının yanındadır. Yazın ya da etiketin fotoğrafını gönderin; birden çoksa hepsini.
    .example = 99958, 99959
    .label = Seri no

DeviceCount = Kaç cihaz devreye alınacak?
    .why = Bir cihazda iki seri numarası olabilir; iç ve dış ünite gibi.
    .example = 2
    .label = Cihaz sayısı

ExtraDetails = Eklemek istediğiniz bir bilgi var mı?
    .why = { $role ->
        [dealer] Müşteri bir firmaysa adını ve iş telefonunu da yazabilirsiniz.
       *[customer] Cihaz bir firma adınaysa firma adını ve iş telefonunu da yazabilirsiniz.
    }
    .example = Yok, özete geç
    .label = Ek bilgiler
    .none = Yok, özete geç

CustomerCompanyName = { $role ->
        [dealer] Müşterinin firma adı?
       *[customer] Firmanızın adı?
    }
    .why = Servis formuna bu ad yazılır.
    .example = Demir Gıda Ltd. Şti.
    .label = Firma
    .pick = Firma adı
    .use = Firma adı olarak yaz
    .skip = Firma adı yok

CustomerWorkPhone = { $role ->
        [dealer] Müşterinin iş telefonu?
       *[customer] İş telefonunuz?
    }
    .why = Cep telefonuna ulaşılamazsa bu numara aranır.
    .example = 0216 555 12 34
    .label = İş telefonu
    .pick = İş telefonu
    .use = Bunu iş telefonu yap
    .skip = İş telefonu yok

## Soruların kalıbı

step = <b>Adım { $step }/{ $steps }: { $question }</b>
asked = <b>{ $question }</b>
example = Örnek: { $example }
a-part-will-do = Adından bir parça yazmanız da yeterli.
verbatim = { $text }
line = { $label }: { $value }
present = Şu anki yanıt: { $value }
did-you-mean = Bunu mu demek istediniz? Değilse yeniden yazın.

## Birkaç yanıt bir mesajda

block-taken = Mesajınızdan şunları aldım:
block-doubtful = { $label }: net okuyamadım, sırası gelince soracağım.
block-is-it = Şöyle okudum: { $text }. Doğru mu? Değilse doğrusunu yazın.
block-same = Düzenlediğiniz mesajda yanıtlarınız aynı kaldı.
block-which = Birden çok yanıt okudum. Hangisi doğru?
whose-first = Gönderdiğinizi henüz bir yere yazmadım; önce şu soruyu yanıtlayın.
whose-block = Bu mesajda başka bir müşteri yazıyor: { $name }. Açık talebinizin müşterisi: { $open }. Yeni bir talep mi açayım, bu talebi mi düzelteyim?

## Karşılama ve yol gösterme

greeting = Merhaba! Cihazınızın devreye alınması (ilk çalıştırma) için servis talebini birlikte hazırlayalım. Cihazın etiketi ya da faturası yanınızda olsun.
notice = Kişisel verilerinizin nasıl işlendiği: <a href="{ $url }">Aydınlatma Metni</a>
your-dealer = Bayiniz: { $company }
sticker-other-dealer = Bu talepteki bayi: { $old }. Geldiğiniz bağlantıdaki bayi: { $new }. Hangisi kalsın?
sticker-for-customers = Bu bağlantı müşteriler içindir; bayi olarak doldurduğunuz talep duruyor.
link-unknown = Bu bağlantı artık kullanılamıyor; süresi dolmuş ya da daha önce kullanılmış olabilir. Servis ofisinden yenisini isteyebilirsiniz. Talebinizi bağlantı olmadan da açabilirsiniz.
help = Soruyu yazarak ya da düğmelere dokunarak yanıtlayın. “geri” bir önceki soruya döner, “atla” zorunlu olmayanı geçer, “baştan” formu sıfırlar, “iptal” talepten vazgeçer. Yazdıklarınız saklanır; istediğiniz zaman kaldığınız yerden sürdürebilirsiniz. “beklet” bu talebi bekletir, yenisine başlar; bekleyenler: /taslaklar
help-idle = Bu sohbette cihazınızın devreye alınması için servis talebi açılır. Sorular tek tek gelir; sonunda özeti onaylarsınız ve çağrı numaranız buraya yazılır. Yarım kalan talepler: /taslaklar. Son çağrılar: /cagrilarim. Bayi bilgileri: /profil. Saklanan bilgileriniz: /verilerim
contact = Yardım için: { $contact }
third-miss = Birlikte çözelim: Örnekteki gibi yazmanız yeterli. Başka bir şey yapmak isterseniz “geri” ya da “yardım” yazın.
third-miss-help = Birlikte çözelim. Servis ofisindeki arkadaşlarımız size buradan yazabilir; “yardım iste” yazmanız yeterli.
help-ask = Neye takıldığınızı tek mesajda yazın; servis ofisine iletirim, yanıt buraya gelir.
help-example = Örnek: Etikette seri numarasını bulamıyorum.
help-no-pictures = Fotoğraflar servis ofisine iletilmiyor. Neye takıldığınızı tek mesajda yazın.
help-picture-as-label = Fotoğraf servis ofisine iletilmedi; cihaz etiketi olarak baktım.
help-sent = Servis ofisine iletildi; yanıt buraya gelecek.
help-go-on = Bu arada kaldığınız yerden sürdürebilirsiniz.
help-reply = Yanıtınızı tek mesajda yazın; servis ofisine iletirim.
help-not-sent = Servis ofisine bir şey iletilmedi.
help-too-many = Bugün servis ofisine çok yazdınız; yarın yeniden yazabilirsiniz.
help-solved = Çözüldüğüne sevindim. Yeniden gerekirse “yardım iste” yazın.
office-answer = Servis ofisinden yanıt ({ $code }):
office-told = Bu isteğinizi servis ofisine bildirdim; size buradan yazabilirler.
office-told-before = Bu isteğiniz servis ofisine daha önce bildirildi.
needed = { $label } boş bırakılamıyor. { $why }
serial-needed = Sorun değil: etiketin fotoğrafını gönderin, numarayı barkodundan okurum. Seri numarası olmadan çağrı açılamıyor.
needed-later = Bulduğunuzda yazmanız yeterli; yazdıklarınız saklanır, kaldığınız yerden sürdürürsünüz.
left-out = { $label } boş bırakıldı.
first-question = Bu ilk soru; öncesi yok.
old-button = Bu düğme önceki bir soruya ait; hiçbir şey değişmedi.
nothing-to-keep = Bu soruya henüz bir yanıt yazılmadı.
question-changed = Sorular bu arada değişti; son yazdığınız bir yanıt olarak alınmadı.
not-yet = Onaylamadan önce birkaç bilgi daha gerekiyor.
edit-later = Düzeltmek istediğiniz bilgiyi adıyla yazın, örneğin “adres: Balkan Cad. No: 12”; “geri” bir önceki soruya döner. Sorular bitince özette de her bilgiyi düzeltebilirsiniz.
menu-which = Hangisini yazmak istersiniz?
menu-unclear = Bunun hangi bilgi olduğunu anlayamadım: { $text }
menu-is-it = Bunu hangi bilgiye yazayım: { $text }
belongs-elsewhere = Başka bir soruya ait görünüyor; oraya yazayım mı? Değilse bu sorunun yanıtını yazın.
holds-contact = Yazılan: { $text }. İçinde telefon numarası ya da e-posta adresi var. Bu soruya olduğu gibi yazılsın mı? Değilse yalnızca bu sorunun yanıtını yazın.
is-an-address = Yazılan: { $text } bir adrese benziyor. Bu soruya olduğu gibi yazılsın mı? Değilse yalnızca bu sorunun yanıtını yazın.
is-a-device = Yazılan: { $text } bir cihazın adına benziyor. Firmanın adı bu mu? Değilse firmanın adını yazın.
dealer-is-it = Yazılan: { $text }. Bayinin adı hangisi?
same-unknown = Yazılan: { $text }. Bunun hangi bilgi olduğunu bilemedim; bilginin kendisini yazın.
dealer-after-all = Talebi bayi olarak dolduruyorsunuz.
contact-unexpected = Kişi kartı bu soruda kullanılmıyor.
card-taken = Kişi kartından şunları aldım:
card-says = Kişi kartında yazanlar:
card-is-it = Bunlar yazılsın mı?
card-several = Dosyada birden çok kişinin kartı var. Tek kişinin kartını gönderin ya da yanıtı yazın.
card-unreadable = Bu dosyadan kişi bilgisi okunamadı. Kişiyi Telegram rehberinizden paylaşın ya da yanıtı yazın.
card-someone-else = Kişi kartı başka birine ait görünüyor: { $name }. Karttan bir şey yazılmadı.
card-nothing-new = Kişi kartında bu talebe yazılacak yeni bir bilgi yok.
contact-is-it = Paylaşılan kişi: { $name }, { $phone }. Bu numara yazılsın mı?
choice-unknown = Bu, seçeneklerden hiçbirine uymuyor: { $text }

resume = Yarım kalan talebiniz duruyor; kaldığınız yerden sürdürüyoruz. Yeni bir talep için “yeni” yazın.
resume-summary = Talebiniz hazır, onayınızı bekliyor. Yeni bir talep için “yeni” yazın.
reminder = Yarım kalan talebiniz duruyor; servise henüz bir şey gönderilmedi.
reminder-question = Sıradaki soru: { $question }
reminder-summary = Talebiniz hazır; gönderilmesi için onayınızı bekliyor.
no-reminders-from-now-on = Bundan sonra yarım kalan talepleri hatırlatmayacağım. Yeniden isterseniz “hatırlat” yazın.
reminders-from-now-on = Yarım kalan bir talebiniz olursa ertesi gün bir kez hatırlatırım.
restarted = Baştan başlıyoruz.
sure-cancel = Talepten vazgeçilsin mi? Yazdıklarınız silinir; servise bir şey gönderilmez.
sure-restart = Baştan başlansın mı? Yazdıklarınız silinir.
cancelled = Talepten vazgeçildi. Yazdıklarınız silindi; servise bir şey gönderilmedi.
thanks-not-sent-yet = Rica ederiz. Talep henüz gönderilmedi; göndermek için özetteki “Onayla ve gönder” düğmesine dokunun.
you-are-welcome = Rica ederiz.
office-does-not-read = Buraya yazdıklarınızı servis ofisi görmez. Ofise bir şey iletmek için “Yardım iste” düğmesine dokunun.
question-of-service = Servisin hangi gün geleceği ve ücretin ne olacağı burada belli olmaz; bunları servis söyler.
nothing-open = Yeni bir servis talebi için aşağıdaki düğmeye dokunun ya da /yeni yazın.
command-unknown = Bu komutu bilmiyorum. Bilinen komutlar: /yeni, /taslaklar, /cagrilarim, /durum, /profil, /verilerim, /sil, /iptal, /yardim, /dil

language-which = Hangi dilde yazalım?
language-set = Bundan sonra Türkçe yazıyorum.

other-video = Videonuz geldi; videodan okuyamıyorum. Yanıtı yazı olarak gönderin.
other-voice = Ses kaydınız geldi, ama onu dinleyemiyorum. Yanıtı kısaca yazın; cihazın etiketiyse fotoğrafını da gönderebilirsiniz.
other-document = Dosyanız geldi; dosyadan okuyamıyorum. Yanıtı yazı olarak gönderin.
other-sticker = Çıkartma için teşekkürler. Yanıtı yazı olarak gönderin.
other-other = Bu tür bir mesajı okuyamıyorum. Yanıtı yazı olarak gönderin.

## Konum

location-which = { $n ->
        [one] Konumunuza en yakın ilçe bu. Cihaz orada mı?
       *[other] Konumunuza en yakın ilçeler bunlar. Cihaz hangisinde?
    } Değilse ilçeyi yazın.
location-known = Konumunuz yazılan ilçede görünüyor.
location-nowhere = Konumunuzun yakınında bir ilçe bulamadım. İl ve ilçeyi yazın.
location-unexpected = Konumunuz geldi. Cihazın ilini ve ilçesini talebi doldururken soruyorum.
location-how = Konum, telefondaki Telegram uygulamasından gönderilebiliyor. İl ve ilçeyi yazmak da olur.

## Fotoğraflar

reading-picture = Fotoğrafınıza bakıyorum.
reading-card = Dosyanıza bakıyorum.
photo-serials = Fotoğraftan okunan seri no: { $serials }
photo-known = Fotoğraftan okunan seri no zaten yazılı: { $serials }
photo-others = Fotoğraftan okunan seri no: { $serials }. Daha önce yazılan: { $known }. Bu talebe eklensin mi, öncekinin yerine mi yazılsın?
photo-add = Ekle
photo-instead = Yerine yaz
photo-product = Fotoğraftan okunan ürün: { $product }
photo-product-known = Fotoğraftan okunan ürün zaten yazılı: { $product }
photo-what-is-it = Fotoğraftaki kodda bu yazıyor: { $text }. Bu nedir?
photo-is-product = Ürün adı
photo-is-serial = Seri numarası
photo-unreadable = { $n ->
        [one] Fotoğrafta okunabilir bir barkod ya da karekod bulamadım.
       *[other] Fotoğraflarda okunabilir bir barkod ya da karekod bulamadım.
    } Etikete biraz daha yaklaşın, karşıdan ve düz tutun; flaş kullanmadan aydınlık bir yerde bir daha çekin. Numarayı yazmak da olur.
photo-unreadable-again = Bu etiket fotoğraftan okunmuyor; bazen baskısı ya da parlaklığı buna izin vermez. “S/N” ya da “Seri No” yanındaki numarayı yazarak sürdürebilirsiniz.
photo-other-codes = Fotoğraftaki kodu okudum, ama içinde seri numarası yok. “S/N” ya da “Seri No” yanındaki barkodu yakından çekin ya da numarayı yazın.
unfetched-too-big = Bu dosya çok büyük. Fotoğrafı dosya olarak değil, fotoğraf olarak gönderin; Telegram onu küçültür.
unfetched-not-a-picture = Bu dosyayı fotoğraf olarak açamadım. Telegram'ın fotoğraf düğmesiyle bir daha gönderin.
unfetched-unreachable = Gönderdiğiniz dosya Telegram üzerinden alınamadı. Bir daha gönderin ya da yanıtı yazın.
unfetched-too-many = Önceki gönderdiklerinize hâlâ bakıyorum; bu sonuncusunu almadım. Öncekilerin yanıtı gelince bir daha gönderin.

## Düğmeler

choice-customer = Müşteriyim
choice-dealer = Bayiyim
choice-back = Geri
choice-help = Yardım
choice-ask-help = Yardım iste
choice-help-not = Vazgeçtim
choice-reply-office = Yanıtla
choice-help-solved = Sorunum çözüldü
choice-restart = Baştan
choice-cancel = İptal
choice-keep = Değiştirme
choice-another-request = Yeni talep aç
choice-this-request = Bu talebi düzelt
choice-continue = Devam et
choice-yes-cancel = Evet, vazgeç
choice-yes-restart = Evet, baştan başla
choice-more-products = Diğer ürünler
choice-more-groups = Diğer gruplar
choice-not-listed = Listede yok
choice-as-typed = Yazdığım gibi bırak
choice-page-before = Öncekiler
choice-page-after = Sonrakiler
choice-not-my-dealer = Bayim bu değil
choice-own-phone = Numaramı paylaş
choice-location = Konum gönder
choice-card-yes = Evet, yazılsın
choice-count = { $n } cihaz
choice-copy-present = Şimdikini kopyala
choice-confirm = Onayla ve gönder
choice-edit = Düzelt
choice-cancel-request = Vazgeç
choice-to-summary = Özete dön
choice-section-dealer = Bayi bilgileri
choice-language-tr = Türkçe
choice-language-en = English
choice-copy-number = Numarayı kopyala
choice-no-reminders = Hatırlatma istemiyorum
choice-new = Yeni talep

## Birden çok talep

which-request =
    Açık bir talebiniz var. Müşteri: { $name }
    Sıradaki soru: { $question }
    Ne yapalım?
choice-park = Beklet, yenisine başla
choice-go-on = Buna devam et
choice-discard = Bunu sil, yenisine başla
parked = Talebiniz beklemeye alındı; dönmek için /taslaklar yazın. Müşteri: { $name }
parked-full = En çok { $n } talep bekletilebilir. Birini bitirin ya da ondan vazgeçin: /taslaklar
parked-button = Bu düğme beklettiğiniz bir talebe ait; hiçbir şey değişmedi. Müşteri: { $name }
choice-return = Bu talebe dön
resumed = Bu taleple sürdürüyoruz. Müşteri: { $name }
drafts-title = <b>Yarım kalan talepleriniz</b>
drafts-none = Yarım kalan talebiniz yok.
drafts-wait = Bekleyen { $n } talebiniz var: /taslaklar
draft-line = { $place }. { $name }. Sıradaki soru: { $question } ({ $age })
draft-at-hand = şu an açık
draft-age = { $days ->
        [0] bugün
        [1] dün
       *[other] { $days } gün önce
    }
no-name-yet = adı henüz yazılmadı
confirmation-next = Özet onayınızı bekliyor
choice-draft = { $place }. { $name }
calls-title = <b>Son çağrılarınız</b>
calls-none = Buradan gönderilmiş bir talebiniz yok.
call-line = { $place }. { $name }, { $date }. { $state }
call-created = Çağrı numarası: { $call }
call-queued = Gönderiliyor, takip kodu: { $code }
call-unknown = Çağrı numarası kontrol ediliyor, takip kodu: { $code }
call-unreachable = Servis sistemine ulaşılınca gönderilecek, takip kodu: { $code }
call-held = İnceleniyor, takip kodu: { $code }
call-refused = Servis sistemi kabul etmedi, takip kodu: { $code }
choice-same-customer = { $place }. Aynı müşteri, başka cihaz: { $name }
choice-last-customer = Son müşteri, yeni cihaz
choice-last-details = Aynı bilgilerle yeni cihaz
same-customer = Müşteri bilgileri aynı; yalnızca cihazı soruyorum. Müşteri: { $name }
same-gone = Önceki talebin bilgileri artık saklanmıyor; yeniden sormam gerekiyor.

## Kişisel veriler: /verilerim ve /sil

mydata-title = <b>Hakkınızda sakladıklarımız</b>
mydata-person = Telegram kullanıcı numaranız: { $user }
mydata-notice = Aydınlatma Metni size gösterildi: { $date } (sürüm: { $version })
mydata-drafts = <b>Yarım kalan talep: { $n }</b>
mydata-draft = { $place }. talep
mydata-requests = <b>Gönderilen talep: { $n }</b>
mydata-request = { $date }. { $state }
mydata-more = ve { $n } talep daha; hepsi dosyada.
mydata-closed = Kapanmış taleplerin taslakları: { $n }
mydata-help = Servis ofisiyle yazışma: { $n }
mydata-nothing = Talep, profil ya da yazışma yok.
mydata-file = Aynı bilgiler, eksiksiz, bilgisayarla okunabilen bir dosyada.
choice-erase = Verilerimi sil
erase-title = <b>Verileriniz silinsin mi?</b>
erase-goes = Silinecekler:
erase-drafts = Yarım kalan talep: { $n }
erase-requests = Gönderilen taleplerdeki kişisel bilgiler: { $n } talep
erase-profile = Bayi profiliniz
erase-help = Servis ofisiyle yazışma kaydı: { $n }
erase-choices = Dil ve hatırlatma tercihiniz
erase-stays = Kalacaklar:
erase-stays-waiting = Sonucu beklenen talep: { $codes }. Sonucu buraya yazılacak, sonra o da silinecek.
erase-stays-numbers = Taleplerin çağrı numarası, tarihi, ili ve ürünü, kime ait olduğu yazılmadan. Neden: servis kayıtları.
erase-stays-call = Servis sisteminde açılmış çağrılarınız. Neden: o kayıtlar bu sohbetten silinemez.
erase-whom-to-ask = Onların silinmesi için: { $contact }
erase-stays-proof = Aydınlatma Metni'nin gösterildiği ve bu silmenin yapıldığı tarih, Telegram kullanıcı numaranızla. Neden: yasal kanıt.
erase-changed = Bu arada bir şey değişti; güncel liste aşağıda.
erase-nothing = Hakkınızda saklanan talep, profil ya da yazışma yok.
erase-kept = Hiçbir şey silinmedi.
erase-done = Verileriniz silindi. Sohbetteki eski mesajları Telegram'dan kendiniz silebilirsiniz. Yeni bir talep için: /yeni
erase-done-waiting = Sonucu beklenen talep: { $codes }. Sonucu buraya yazılacak, sonra o da silinecek.
choice-erase-yes = Evet, verilerimi sil
choice-erase-no = Hayır, silme

## Bayi profili ve davet

welcome-back = Tekrar hoş geldiniz. Bayi: { $company } ({ $person })
welcome-paste = Müşteri ve cihaz bilgilerini tek mesajda yapıştırabilirsiniz; yalnızca eksik olanı sorarım.
profile-kept = Bayi bilgileriniz sonraki talepleriniz için saklandı. Görmek ya da değiştirmek için: /profil
profile-changed = Bayi profiliniz de değişti; sonraki taleplerde bu bilgi kullanılır.
profile-title = <b>Bayi profiliniz</b>
profile-how = Değiştirmek için düğmeye dokunun ya da adıyla yazın, örneğin “cep: 0532 555 44 33”.
profile-company-fixed = Bayi adı servis ofisinin kaydından gelir; değişmesi gerekiyorsa ofise yazın.
profile-draft-too = Açık talebinizde de değişti.
profile-none = Bayi profiliniz henüz yok. Bayi olarak doldurduğunuz ilk taleple oluşur.
profile-none-invitation = Bayi profiliniz henüz yok. Bayi olmak için servis ofisinin size gönderdiği davet bağlantısına dokunun.
profile-forget-sure = Bayi profiliniz silinsin mi? Sonraki talepte bayi bilgileriniz yeniden sorulur.
profile-forgotten = Bayi profiliniz silindi.
profile-forgotten-draft = Açık talebinizdeki bayi bilgileri duruyor.
choice-profile-forget = Profili sil
choice-profile-forgotten = Evet, sil
choice-profile-stays = Hayır, kalsın
choice-to-request = Talebe dön
choice-as-customer = Bu kez müşteriyim
dealer-by-invitation = Bayi olarak başlamak için servis ofisinin size gönderdiği davet bağlantısına dokunun. Şimdi müşteri olarak sürdürüyoruz.
joined =
    Davetiniz kabul edildi; bayi bilgileriniz artık sorulmaz. Görmek ya da değiştirmek için: /profil
    Bayi: { $company }
link-over =
    Bu bağlantı daha önce kullanılmış ya da süresi dolmuş.
    Şu anda bu bayi adına yazıyorsunuz: { $company }
joined-already = Zaten bu bayi adına yazıyorsunuz: { $company }
joined-draft-stays = Açık talebiniz duruyor.

## Özet ve düzeltme

summary-title = <b>Son kontrol. Talep henüz gönderilmedi.</b>
section-customer = <b>MÜŞTERİ</b>
section-device = <b>CİHAZ</b>
section-dealer = <b>BAYİ</b>
not-given = belirtilmedi
summary-unclear = Bunu hangi bilgiye yazacağımı anlayamadım. Bir bilgiyi değiştirmek için Düzelt düğmesine dokunun ya da adıyla yazın, örneğin “adres: Balkan Cad. No: 12”.
confirm-without = Şunu talebe yazmadım: { $text }. Talep onsuz gönderilsin mi? Gönderilecekse yeniden “evet” yazın; değilse doğrusunu adıyla yazın, örneğin “iş telefonu: 0216 555 12 34”.
confirm-as-is = Son gönderdiğinizi talebe yazmadım. Talep aşağıdaki gibi gönderilsin mi? Gönderilecekse yeniden “evet” yazın.
old-summary = Bu özet eski. Güncel özet aşağıda.
after-outage = Bir süre bana ulaşılamadı; bu arada bastığınız düğme bana gelmemiş olabilir. Güncel özet aşağıda.
edit-which = Hangisini düzeltelim?
corrected = Düzeltildi: { $label }
edited = { $label } düzeltildi. Eski: { $old }. Yeni: { $new }.
edit-not-taken = Önceki yanıt duruyor. { $label }: { $value }
edit-same = Yanıt aynı kaldı. { $label }: { $value }
edit-overtaken = Düzenlediğiniz mesajın yerine sonra yeni bir yanıt yazdınız; o duruyor. { $label }: { $value }
edit-steers = Bir mesaj düzenlenerek komut verilemiyor; komutu yeni bir mesaj olarak yazın.
edit-parked = Düzenlediğiniz mesaj beklettiğiniz bir talebe ait; hiçbir şey değişmedi. Düzeltmek için o talebe dönün. Müşteri: { $name }
edit-left-out = Bu mesajla birden çok bilgiyi geçmiştiniz. Hangisini yazdığınızı adıyla belirtin, örneğin “iş telefonu: 0216 555 12 34”.
edit-of-nothing = Düzenlediğiniz mesaj bir yanıta bağlı değil; hiçbir şey değişmedi.
request-code = Takip kodu: { $code }
edit-too-late = Talep gönderildiği için bu değişiklik işlenmedi.

## Daha önce gönderilmiş seri numaraları

serial-sent-before = Bu seri numarası daha önce gönderildi: { $serial } (çağrı numarası: { $call }, tarih: { $date })
serial-sent-uncalled = Bu seri numarası daha önce gönderildi: { $serial } (tarih: { $date }, çağrı numarası henüz gelmedi)
serial-on-record = Bu seri numarası için kayıt var: { $serial }
serials-more-repeated = Daha önce gönderilmiş { $n } seri numarası daha var.
serial-add-anyway = { $n ->
        [one] Yine de eklensin mi?
       *[other] Yine de hepsi eklensin mi?
    }
serials-taken-out = Daha önce gönderilenler çıkarıldı.
choice-add-anyway = Ekle
choice-take-out = Çıkar

## Gönderim ve sonucu

sending = Talebiniz gönderiliyor. Takip kodu: { $code }
result-created = <b>Servis çağrısı açıldı.</b>
call-number = Çağrı numarası: { $call }
call-customer = Müşteri: { $name }
next-steps = { $text }
result-unknown = Talebiniz alındı; çağrı numarası kontrol ediliyor. Numara kesinleşince buraya yazacağız. Yeniden göndermenize gerek yok. Takip kodu: { $code }
result-unreachable = Talebiniz kaydedildi. Servis sistemi şu anda yanıt vermiyor; çağrı numarası gelince buraya yazacağız. Takip kodu: { $code }
result-held = Talebiniz kaydedildi ve inceleniyor. Sonucu buraya yazacağız. Takip kodu: { $code }
result-refused = Servis sistemi talebi kabul etmedi.
refused-reason = Bildirilen neden: “{ $reason }”
refused-next = Bilgileri düzeltip yeniden gönderebilirsiniz.
already-sent = Bu talep zaten gönderildi; ikinci kez gönderilmedi. Takip kodu: { $code }
sent-unchangeable = Gönderilmiş bir talep buradan değiştirilemiyor ya da iptal edilemiyor.
call-unchangeable = Gönderilmiş bir talep buradan değiştirilemiyor ya da iptal edilemiyor; bunun için çağrı numarasıyla servise başvurun.
status-open = Bu talep henüz gönderilmedi.
status-none = Gönderilmiş bir talebiniz yok.
state-queued = Son talebiniz gönderilmek üzere sırada. Takip kodu: { $code }
state-created = Son talebiniz için servis çağrısı açıldı. Çağrı numarası: { $call }
state-unknown = Son talebiniz alındı, çağrı numarası kontrol ediliyor. Takip kodu: { $code }
state-unreachable = Son talebiniz kaydedildi, servis sistemine ulaşılınca gönderilecek. Takip kodu: { $code }
state-held = Son talebiniz kaydedildi, inceleniyor. Takip kodu: { $code }
state-refused = Servis sistemi son talebinizi kabul etmedi. Takip kodu: { $code }
result-resent = Servis ofisi talebinizi olduğu gibi yeniden gönderdi; yapmanız gereken bir şey yok. Takip kodu: { $code }
call-corrected = <b>Çağrı numaranız düzeltildi.</b>
call-corrected-before = Önceki yanlış yazılmıştı: { $call }

## Servis ofisinin kararları: bot/office

card-unknown = Sonucu belirsiz talep: { $code }
card-held = Karar bekleyen talep: { $code }
card-refused = Licrus'un kabul etmediği talep: { $code }
card-sending = Yeniden gönderilen talep: { $code }
card-closed = Sonuçlanan talep: { $code }
card-moved = Bu talep aşağıda yeniden gösterildi: { $code }
card-changed = Talebin durumu değişti: { $code }
card-why =
    Neden: { $why ->
        [timeout] Licrus süresinde yanıt vermedi.
        [connection_lost] Bağlantı Licrus yanıt vermeden koptu.
        [broken_answer] Licrus'un yanıtı yarıda kesildi.
        [large_answer] Licrus'un yanıtı okunamayacak kadar uzun.
        [unreadable_body] Licrus'un yanıtı okunamadı.
        [unreadable_answer] Licrus'un yanıtı okunamadı.
        [empty_body] Licrus boş yanıt verdi.
        [long_message] Licrus'un yanıtı okunamayacak kadar uzun.
        [success_without_number] Licrus kabul etti ama çağrı numarası vermedi.
        [two_numbers] Licrus'un yanıtında birden çok çağrı numarası var.
        [error_with_number] Licrus geri çevirdi ama bir çağrı numarası andı.
        [error_without_reason] Licrus neden belirtmeden geri çevirdi.
        [error_after_creating] Licrus çağrıyı açtıktan sonra bir sorun bildirdi.
        [technical_error] Licrus teknik bir sorun bildirdi.
        [stopped] Bot gönderim sırasında durduruldu.
        [lease_expired] Bot gönderim sırasında kapandı; Licrus'un yanıtı bilinmiyor.
        [journal_open] Talep daha önce gönderilmiş görünüyor; sonucu bilinmiyor.
        [attempt_known] Talep daha önce gönderilmiş görünüyor; sonucu bilinmiyor.
        [journal_changed] Gönderim kaydı (JOURNAL_FILE) değişmiş; talebin daha önce gönderilip gönderilmediği bilinmiyor.
        [sent_with_other_answers] Yedekten dönüldükten sonra yeniden yanıtlanmış; aynı talep daha önce başka yanıtlarla gönderilmiş. Çağrıyı Licrus'ta yeni yanıtlara göre elle düzeltin.
        [restored] Veritabanı yedekten döndü; talebin daha önce gönderilip gönderilmediği bilinmiyor.
        [ticket] Licrus bileti kabul etmedi. Talep Licrus'a işlenmedi.
        [request_invalid] Talepteki bir bilgi Licrus'un beklediği biçimde değil. Talep gönderilmedi.
        [request_not_encodable] Talepteki bir bilgi Licrus'un beklediği biçimde değil. Talep gönderilmedi.
        [connect] Licrus'a ulaşılamadı. Talep gönderilmedi.
        [connect_timeout] Licrus'a ulaşılamadı. Talep gönderilmedi.
        [pool_timeout] Licrus'a ulaşılamadı. Talep gönderilmedi.
        [total_timeout] Licrus'a ulaşılamadı. Talep gönderilmedi.
        [url] Licrus'un adresi (LICRUS_URL) kullanılamıyor. Talep gönderilmedi.
        [deadline] Bot talebi süresinde göndermeye başlayamadı. Talep gönderilmedi.
        [journal] Gönderim kaydı (JOURNAL_FILE) yazılamadı. Talep gönderilmedi.
        [rate_limited] Licrus şu an çok yoğun. Talep kendiliğinden yeniden gönderilecek.
        [unexpected] Gönderim beklenmedik biçimde kesildi; sonucu bilinmiyor.
       *[other] beklenmeyen durum ({ $why }).
    }
card-why-status = Neden: Licrus beklenmeyen bir yanıt verdi (HTTP { $status }).
card-mentioned = Licrus'un andığı çağrı numarası: { $call }
card-look = Licrus'ta bu bilgilerle açılmış bir çağrı olup olmadığına bakın:
card-answers = Talepteki bilgiler:
card-name = Müşteri: { $text }
card-company = Firma: { $text }
card-phone = Cep telefonu: { $text }
card-place = İl / ilçe: { $text }
card-product = Ürün: { $text }
card-serials = Seri no: { $text }
card-dealer = Bayi: { $text }
card-dealer-by-hand = Bayi: { $text } (elle yazılmış, rehberde benzeri yok)
card-dealer-near = Bayi: { $text } (elle yazılmış; rehberdeki en yakınlar: { $near })
card-confirmed = Onay: { $at }. Gönderme denemesi: { $n }
card-resend-from = Yeniden gönderme en erken: { $at }
card-superseded = Kişi bilgileri düzeltip yeniden gönderdi. Yeni takip kodu: { $newer }
choice-decide = Karar ver
choice-opened = Açıldı: numarayı yazın
choice-not-opened = Açılmadı: yeniden gönder
choice-wait = Beklet
choice-correct-number = Numarayı düzelt
decided-opened = { $at } Açıldı, çağrı numarası: { $call }. Karar: { $by }
decided-not-opened = { $at } Açılmadı, yeniden gönderiliyor. Karar: { $by }
decided-wait = { $at } Bekletiliyor. Karar: { $by }
decided-corrected = { $at } Çağrı numarası düzeltildi, yenisi: { $call }. Karar: { $by }
decided-by-command = komut satırı ({ $user })
settle-ask = Çağrı numarası beklenen talep: { $code }
settle-ask-how =
    Licrus'taki çağrı numarasını bu mesaja yanıt olarak yazın.
    Örnek: 43090
settle-ask-anew = Çağrı numarası düzeltilecek talep: { $code }. Kayıtlı numara: { $call }
settle-ask-anew-how =
    Doğru çağrı numarasını bu mesaja yanıt olarak yazın; kişiye de bildirilir.
    Örnek: 43090
settle-mention = <a href="tg://user?id={ $id }">{ $name }</a>
settle-asked = Numarayı aşağıdaki mesaja yanıt olarak yazın.
settle-noted = Kaydediliyor.
settle-kept = Kaydedildi: { $code }. Çağrı numarası: { $call }. Kişiye bildirildi. Yazan: { $by }
settle-blocked = Kişi botu engellemiş: numarayı ona telefonla iletin.
settle-done = Bu talep sonuçlanmış: { $code }. Çağrı numarası: { $call }. Karar: { $by }
settle-done-by-licrus = Bu talebin çağrısı açılmış: { $code }. Çağrı numarası: { $call }
settle-resent = Bu talep yeniden gönderiliyor: { $code }. Karar: { $by }
settle-queued = Bu talep gönderilmek üzere sırada: { $code }. Karar gerekmiyor.
settle-superseded = Kişi bilgileri düzeltip yeniden göndermiş: { $code }. Yeni takip kodu: { $newer }
settle-changed = Talep bu arada yeniden denenmiş: { $code }. Güncel durumuna bakıp yeniden karar verin.
settle-too-early = Yeniden gönderme en erken: { $at }. Licrus { $code } kodlu talebi hâlâ işliyor olabilir.
settle-not-to-be-sent = Bu talep yeniden gönderilemez: { $code }. Aynı talep daha önce başka yanıtlarla gönderilmiş; çağrıyı Licrus'ta elle düzeltip numarasını yazın.
settle-given-up = Kişi bu talepten vazgeçmiş: { $code }. Yeniden gönderilmedi.
settle-being-corrected = Kişi şu anda bilgileri düzeltiyor: { $code }. Yeniden gönderilmedi; düzeltince kendisi gönderecek.
settle-looked-long-ago = Karar doğrulanana kadar çok zaman geçti: { $code }. Licrus'a yeniden bakıp yeniden karar verin.
settle-gone = Bu talep artık kayıtlı değil.
settle-anonymous = Numara kaydedilmedi: { $code }. Gruba adınızla yazdığınızda kaydedilir; anonim yöneticinin kim olduğu bilinmiyor.
settle-not-a-member = Karar işlenmedi: { $code }. Gruba kendi adıyla üye olanlar karar verebilir.
settle-edit = Düzenlenen yanıt işlenmez: { $code }. Doğru numarayı “Numarayı düzelt” düğmesiyle ya da yeni bir yanıtla yazın.
settle-text-only = Numara kaydedilmedi: { $code }. Numarayı yazı olarak gönderin. Örnek: 43090
settle-no-number = Yazılan: { $text }. Yalnızca Licrus'taki çağrı numarasını yanıt olarak yazın. Örnek: 43090
settle-is-a-serial = { $call } bu talebin seri numarası. Licrus'taki çağrı numarasını yanıt olarak yazın. Örnek: 43090
settle-is-a-phone = { $call } bu talepteki bir telefon numarası. Licrus'taki çağrı numarasını yanıt olarak yazın. Örnek: 43090
settle-of-another = { $call } numarası başka bir talepte kayıtlı: { $other }. Licrus'a yeniden bakıp bu talebin numarasını yanıt olarak yazın.
settle-nothing-to-correct = Düzeltilecek bir çağrı numarası yok: { $code }
settle-corrected-before = Numara bu arada düzeltilmiş: { $code }. Kayıtlı numara: { $call }
settle-same-number = Kayıtlı numara zaten bu: { $call }. Yanlışsa doğrusunu yanıt olarak yazın.
settle-failed = Bir karar işlenemedi, hiçbir şey değişmedi. Talebin mesajından yeniden deneyin.
operators-released = Licrus bileti değişmiş. Bilet yüzünden bekleyen { $n } talep yeniden gönderiliyor.
operators-two-calls = Aynı talep için iki çağrı numarası var: { $code }. Kayıtlı numara: { $call }. Licrus'un sonradan bildirdiği: { $other }. İkisine de Licrus'ta bakın; fazla olanı kapatın.

## Menü ve öbür yerler

command-start = Talebi başlat ya da sürdür
command-yeni = Yeni servis talebi
command-durum = Talebim ne durumda
command-taslaklar = Yarım kalan taleplerim
command-cagrilarim = Son çağrılarım, aynı müşteriye yeni cihaz
command-profil = Bayi bilgilerimi göster, değiştir
command-verilerim = Hakkımda neler saklanıyor
command-sil = Verilerimi sil
command-iptal = Talepten vazgeç
command-yardim = Nasıl kullanılır
command-dil = Dil seç
command-sablon = Bayi ve ürün listesi için boş tablolar
bot-description = Cihazınızın devreye alınması (ilk çalıştırma) için servis talebinizi birlikte hazırlarız.

    Birkaç soru sorarım, sonunda özeti gösteririm. Siz onaylamadan hiçbir şey gönderilmez; onaylayınca çağrı numaranızı yazarım.

    Cihazın etiketi ya da faturası yanınızda olsun, sonra Başlat’a dokunun.
bot-short-description = Cihazınızın devreye alınması için servis talebi: birkaç soru, sonunda çağrı numarası.
group-only-private = Talep formu yalnızca özel sohbette doldurulur. Bana özelden yazın.
apology = Bu mesajınızı işleyemedim; yanıtlarınız duruyor. Biraz sonra yeniden yazar mısınız?
too-many = Bir dakikada en çok { $limit } mesaj alabiliyorum. Son mesajınızı ve bu dakika içinde göndereceklerinizi almıyorum; hiçbir şey değişmedi. Yanıtlarınız duruyor; bir dakika sonra kaldığınız yerden yazın.
too-many-taps = Bir dakikada alabileceğimden çok mesaj geldi. Hiçbir şey değişmedi; bir dakika sonra yeniden dokunun.
operators-started = Bot çalışıyor. Bot: @{ $bot }. Licrus: { $licrus }
operators-help = Yardım isteği: { $code }
operators-help-who = Yazan: { $name }
operators-help-question = Talebi hazırlıyor. Sorulan: { $question }
operators-help-summary = Talebi hazır, onayını bekliyor.
operators-help-request = Gönderilmiş talebi: { $code }
operators-help-call = Gönderilmiş talebi: { $code }. Çağrı numarası: { $call }
operators-help-phone = Telefon: { $phone }
operators-help-text = Yazdığı: “{ $text }”
operators-help-how = Bu mesajı yanıtlarsanız yazdığınız kişiye gider.
operators-help-solved = Sorununun çözüldüğünü söyledi; yardım kapandı.
operators-wants-cancel = Gönderilmiş talebini iptal etmek istiyor.
operators-wants-change = Gönderilmiş talebinde bir bilgiyi düzeltmek istiyor.
operators-relayed = Yanıtınız iletildi: { $code }
operators-anonymous = Yanıt iletilmedi: { $code }. Gruba adınızla yazdığınızda iletilir; anonim yöneticinin kim olduğu bilinmiyor.
operators-not-a-member = Yanıt iletilmedi: { $code }. Yazan kişi bu grubun üyesi değil.
operators-text-only = Yanıt iletilmedi: { $code }. Yalnızca yazı iletilir; yanıtı yazarak gönderin.
operators-edit-not-relayed = Düzenlenen yanıt yeniden iletilmez: { $code }. Düzeltmeyi yeni bir yanıt olarak yazın.
operators-help-over = Yanıt iletilmedi: { $code }. Bu yardım isteği kapandı.
operators-help-blocked = Yanıt iletilmedi: { $code }. Kişi botu engellemiş.
operators-unknown = Sonucu belirsiz talep: { $code }. Licrus'ta açılıp açılmadığına bakın. { $reason }
operators-sent-before = Gönderilmeyen talep: { $code }. Yedekten dönüldükten sonra yeniden yanıtlanmış; aynı talep daha önce başka yanıtlarla gönderilmiş. Önceki çağrı numarası: { $call }. Çağrıya Licrus'ta bakın, yeni yanıtlara göre elle düzeltin.
operators-held = Bekletilen talep: { $code }. { $reason }
operators-unreachable = { $why ->
        [journal] Gönderim kaydı (JOURNAL_FILE) 10 dakikadır yazılamıyor; diskte boş yer olup olmadığına bakın.
       *[other] Licrus 10 dakikadır yanıt vermiyor.
    } Bekleyen talep: { $code }
operators-refused = Licrus iki kez kabul etmedi: { $code }. { $reason }
operators-poison = Üç denemede işlenemeyen bir güncelleme kenara ayrıldı: { $update }

## Operatörlerin kendi gruplarında sordukları: bot/office

command-kuyruk = Sonucu belli olmayan talepler
command-bul = Talep ara: kod, telefon, seri no
command-istatistik = Bugünün, haftanın, ayın sayıları
command-davet = Bayi davet bağlantısı
desk-anonymous = Yanıt verilmedi: gruba adınızla yazdığınızda veriliyor; anonim yöneticinin kim olduğu bilinmiyor.
desk-not-a-member = Yanıt verilmedi: yazan kişi bu grubun üyesi değil.
desk-too-many = Yanıt bekleyen çok soru var. Biraz sonra yeniden yazın.
desk-failed = Bu soru yanıtlanamadı. Bir daha yazın; yine olmazsa botu kuran kişiye haber verin.
desk-queue-empty = Bekleyen talep yok.
desk-queue = <b>Bekleyen talepler: { $n }</b>
desk-waiting = Sonucu belirsiz: { $unknown }. Bekletilen: { $held }. Sırada: { $queued }.
desk-queue-line = { $code }: { $state } ({ $age }). Bayi: { $dealer }. Yer: { $place }
desk-age = { $unit ->
        [now] az önce
        [days] { $n } gündür
        [hours] { $n } saattir
       *[minutes] { $n } dakikadır
    }
desk-state-queued = sırada
desk-state-sending = gönderiliyor
desk-state-unknown = sonucu belirsiz
desk-state-held = bekletiliyor
desk-state-created = çağrı açıldı
desk-state-refused = Licrus kabul etmedi
desk-find-what = Takip kodunu, telefonu, seri numarasını ya da çağrı numarasını komutla birlikte yazın. Örnek: /bul D-7K3F
desk-find-by = Aranabilenler: takip kodu, telefon, seri numarası, çağrı numarası. Örnek: /bul D-7K3F
desk-found-none = Bulunan talep yok: { $text }
desk-found = <b>Bulunan talep: { $n }</b> ({ $text })
desk-found-line = { $code }: { $state }, { $at }. Müşteri: { $name }. Yer: { $place }
desk-masked = Kişisel bilgiler, istek ya da saklama süresi üzerine silindi.
desk-request = <b>Talep { $code }</b>: { $state }
desk-confirmed = Onaylandığı zaman: { $at }
desk-statistics = <b>Onaylanan talepler</b>
desk-time-today = Bugün
desk-time-week = Son 7 gün
desk-time-month = Son 30 gün
desk-time-yesterday = Dün
desk-count = { $time }: { $n } (açılan çağrı: { $created }, Licrus'un kabul etmediği: { $refused })
desk-help = Açık yardım isteği: { $n }
desk-digest = <b>Günaydın. Günlük özet</b>
desk-quiet-yesterday = Dün onaylanan talep olmadı.
desk-for-a-person = Birinizi bekleyen: { $n }
desk-flood = { $kind ->
        [held] <b>Licrus talepleri almıyor.</b> Nedeni her talebin kendi kaydında yazar; bilet ya da yetki ise önce onu düzeltin.
       *[unknown] <b>Licrus yanıt vermiyor ya da çok geç yanıt veriyor.</b>
    }
desk-flood-how = Bundan sonrakileri tek tek yazmıyorum; sürerse yarım saatte bir burada özetlerim. Liste: /kuyruk
desk-flood-over = <b>On dakikadır yeni bir aksama yok.</b> Tek tek yazılmayanlar da /kuyruk listesinde.
desk-invite-what = Bayinin adını ya da adının bir bölümünü komutla birlikte yazın. Örnek: /davet Yılmaz Isı
desk-invite-none = Rehberde buna benzeyen bir bayi yok: { $text }
desk-invite-which = Hangi bayi için? Yazılan: { $text }
desk-invite-more = Buna uyan başka bayiler de var; adından biraz daha yazın.
desk-invited =
    Davet bağlantısı hazır. Bayi: { $company }
    Düğmeyle kopyalayıp yalnızca bayi olacak kişiye gönderin. Bir kez kullanılır, son kullanma: { $until }. Yeniden gösterilmez.
choice-copy-link = Bağlantıyı kopyala

## Yanıtlar anlaşılmadığında

phone-not-an-answer = Yazılan: { $text }. Burada ulaşılabilecek bir telefon numarası gerekiyor.
phone-not-a-number = Yazılan: { $text }. İçinde telefon numarası bulamadım; numarayı rakamlarla yazın.
phone-too-short = Telefon: { $text } eksik görünüyor, { $n } rakam var. Başındaki 0 ile birlikte 11 rakam yazın.
phone-too-long = Telefon: { $text } fazla uzun görünüyor, { $n } rakam var. Başındaki 0 ile birlikte 11 rakam yazın; yabancı numara + ile başlar.
phone-letters = Telefon: { $text } içinde rakam yerine harf var gibi görünüyor. Numarayı yalnızca rakamlarla yazın.
phone-landline = Cep telefonu: { $text } sabit hat görünüyor. 05 ile başlayan 11 haneli bir cep numarası gerekiyor.
phone-not-mobile = Cep telefonu: { $text } cep numarası değil. 05 ile başlayan 11 haneli bir cep numarası gerekiyor.
phone-premium = Telefon: { $text } özel ücretli bir hat görünüyor. Ofisin sabit, 444, 0850 ya da cep numarasını yazın.
phone-unassigned = Telefon: { $text } kullanılmayan bir alan koduyla başlıyor. Numarayı kontrol edip yeniden yazın.
phone-foreign-unknown = Yabancı telefon: { $text } o ülkenin numaralarına uymuyor. Numarayı ülke koduyla, + ile başlayarak yazın.
phone-date = Yazılan: { $text } tarih gibi görünüyor. Burada telefon numarası gerekiyor.
phone-identity = Yazılan: { $text } kimlik numarasına benziyor. Kimlik numaranız gerekmiyor, telefon numarasını yazın.
phone-area-code = Telefon: { $text } alan kodu olmadan yazılmış. Numarayı alan koduyla birlikte yazın.
phone-several = { $n } numara yazıldı. Hangisi kaydedilsin?
phone-sure = Yazılan: { $text }. Kaydedilecek numara bu mu?
phone-extension = Numara: { $number }, ardından yazılan: { $extension }. Dahili numara servise iletilemiyor. Yalnızca numara kaydedilsin mi?
phone-more-digits = Yazılan: { $text }. Numara dışında rakamlar da var. Kaydedilecek numara: { $number }. Doğru mu?

serial-not-an-answer = Yazılan: { $text }. Seri numarası cihazın etiketinde “S/N” ya da “Seri No” yazısının yanındadır; oradaki rakamları yazın.
serial-none = Yazılan: { $text }. İçinde seri numarası bulamadım. Etikette “S/N” ya da “Seri No” yanındaki numarayı yazın.
serial-not-a-serial = Yazılan: { $text } e-posta ya da bağlantı gibi görünüyor. Burada yalnızca seri numarası gerekiyor.
serial-phone = Yazılan: { $text } telefon numarası gibi görünüyor. Burada cihazın seri numarası gerekiyor.
serial-date = Yazılan: { $text } tarih gibi görünüyor. Burada cihazın seri numarası gerekiyor.
serial-letters = Seri numarası: { $text } içinde Türkçe harf var; etiketlerde bu harfler bulunmaz. Etiketteki gibi yazın.
serial-odd = Seri numarası: { $text } içinde seri numarasında bulunmayan işaretler var. Yalnızca harf, rakam ve tire ile yazın.
serial-too-short = Seri numarası: { $text } kısa görünüyor, en az 3 karakter olmalı. Etiketteki numaranın tamamını bitişik yazın.
serial-too-long = Seri numarası: { $text } fazla uzun görünüyor, en çok 40 karakter olabilir. Numaraların arasına virgül koyun.
serial-too-many = { $n } seri numarası yazıldı. Bir talepte en çok 50 cihaz olabilir; kalanlar için ayrı talep açın.
serial-range-too-many = Aralık: { $text } çok geniş görünüyor. Bir talepte en çok 50 cihaz olabilir; numaraları tek tek ya da daha dar bir aralıkla yazın.
serial-range-reversed = Aralık: { $text } büyükten küçüğe gidiyor. Küçük numarayı önce yazın.
serial-range-unclear = Aralık: { $text } hangi numaraları kapsıyor, anlayamadım. Seri numaralarını tek tek, aralarına virgül koyarak yazın.
serial-range = İlk: { $first }, son: { $last }. Aradaki numaralarla birlikte { $n } seri numarası oluyor. Böyle mi kaydedilsin?
serial-range-yes = Evet, { $n } seri numarası
serial-range-one = Aralık değil, tireli numara
serial-dash = Yazılan: { $text }. Bu, tireli tek bir seri numarası mı?
serial-dots = Yazılan: { $text }. Nokta seri numarasına dahil mi?
serial-one-or-more = Yazılan: { $text }. Tek bir seri numarası mı, birden çok mu?
serial-label = Yazılan: { $text }. Başındaki SN seri numarasına dahil mi?
serial-words = Seri numaralarının yanında yazılan: { $text }. Hangisi kaydedilsin?
serial-maybe-phone = Yazılan: { $text } cep telefonuna benziyor. Bu, cihazın seri numarası mı?
serial-repeated = İki kez yazılan seri numarası bir kez kaydedildi: { $text }

name-not-an-answer = Yazılan: { $text }. Burada ad ve soyad gerekiyor.
name-not-a-name = Yazılan: { $text } e-posta ya da bağlantı gibi görünüyor. Burada ad ve soyad gerekiyor.
name-digits = Yazılan: { $text } içinde rakam var. Yalnızca ad ve soyadı yazın; telefonu ayrıca soracağım.
name-no-letters = Yazılan: { $text }. İçinde ad bulamadım; ad ve soyadı harflerle yazın.
name-symbols = Yazılan: { $text } içinde adlarda bulunmayan işaretler var. Yalnızca ad ve soyadı yazın.
name-too-long = Ad: { $text } fazla uzun görünüyor, { $n } karakter var. Yalnızca ad ve soyadı yazın.
name-too-short = Ad: { $text } kısa görünüyor. Ad ve soyadı açık yazın.
name-needs-surname = Ad: { $text }. Soyad da gerekiyor; ikisini birlikte yazın.

company-not-an-answer = Yazılan: { $text }. Burada firmanın adı gerekiyor.
company-not-a-name = Yazılan: { $text } telefon, e-posta ya da bağlantı gibi görünüyor. Burada firmanın adı gerekiyor.
company-no-letters = Yazılan: { $text }. Firma adında en az bir harf olmalı; adı faturadaki gibi yazın.
company-symbols = Firma: { $text } içinde kaydedilemeyen işaretler var. Adı yalnızca yazıyla yazın.
company-too-short = Firma: { $text } kısa görünüyor. Firmanın adını tam yazın.
company-too-long = Firma: { $text } fazla uzun, { $n } karakter var. En çok 150 karakterle yazın.

email-not-an-answer = Yazılan: { $text }. Burada bir e-posta adresi gerekiyor.
email-no-at = E-posta: { $text } içinde @ işareti yok. Adresi @ işaretiyle birlikte tam yazın.
email-letters = E-posta: { $text } içinde e-posta adreslerinde bulunmayan harfler var. Adresi ç, ğ, ı, ö, ş, ü olmadan yazın.
email-incomplete = E-posta yarım kalmış görünüyor: { $text }. Adresin sonunu da yazın.
email-not-an-email = E-posta: { $text } bir adrese uymuyor. Adresi boşluksuz ve tam yazın.
email-typo = E-posta: { $text } adresinin sonunda harf kaymış gibi görünüyor.
email-too-long = E-posta: { $text } fazla uzun. Yalnızca adresi yazın.
email-several = { $n } e-posta adresi yazıldı. Hangisi kaydedilsin?
email-words = Yazılan: { $text }. Adresin yanında başka sözcükler de var. Hangisi kaydedilsin?

address-not-an-answer = Yazılan: { $text }. Cihazın bulunduğu yerin açık adresi gerekiyor.
address-same = Yazılan: { $text }. Adresin kendisi gerekiyor: mahalle, cadde veya sokak, bina ve daire numarası.
address-not-an-address = Yazılan: { $text } telefon, e-posta ya da bağlantı gibi görünüyor. Burada açık adres gerekiyor.
address-no-letters = Yazılan: { $text } yalnızca rakamlardan oluşuyor. Mahalle ve sokak adını da yazın.
address-too-short = Adres: { $text } kısa görünüyor. Mahalle, cadde veya sokak, bina ve daire numarasını yazın.
address-too-long = Adres: { $text } fazla uzun, { $n } karakter var. En çok 300 karakterle yazın.

product-not-an-answer = Yazılan: { $text }. Ürün adı gerekiyor; etikette ve faturada yazar.
product-not-a-product = Yazılan: { $text } ürün adına benzemiyor. Ürün adı etikette ve faturada yazar, oradaki gibi yazın.
product-too-short = Ürün: { $text } kısa görünüyor. Ürün adını etiketteki gibi tam yazın.
product-too-long = Ürün: { $text } fazla uzun, { $n } karakter var. En çok 200 karakterle yazın.

group-not-an-answer = Yazılan: { $text }. Ürün grubunun adı gerekiyor.
group-not-a-group = Yazılan: { $text } ürün grubuna benzemiyor. Ürün grubunun adını yazın.
group-too-short = Ürün grubu: { $text } kısa görünüyor. Adını tam yazın.
group-too-long = Ürün grubu: { $text } fazla uzun, { $n } karakter var. En çok 200 karakterle yazın.
dealer-which = { $n ->
        [one] Yazılan: { $text }. Buna en yakın bayi bu. Doğru mu?
       *[other] Yazılan: { $text }. Buna yakın bayiler bunlar. Hangisi? Yoksa adından biraz daha yazın.
    }
dealer-not-listed = Yazılan: { $text }. Bu adla bir bayi bulamadım. Faturadaki adı yeniden yazabilir ya da yazdığınız gibi bırakabilirsiniz.
product-which = { $n ->
        [one] Yazılan: { $text }. Listede buna en yakın ürün bu. Doğru mu?
       *[other] Yazılan: { $text }. Listede buna yakın ürünler bunlar. Hangisi? Yoksa adından biraz daha yazın.
    }
product-not-listed = Yazılan: { $text }. Ürün listesinde bu adı bulamadım. Etiketteki gibi yeniden yazabilir ya da yazdığınız gibi bırakabilirsiniz.
product-group-which = Hangi ürün grubu? Ürünün adından bir parça da yazabilirsiniz.
product-of-group = Ürün grubu: { $group }. Hangi ürün? Adından bir parça da yazabilirsiniz.
product-to-the-letter = Ürünün adını etikette ya da faturada gördüğünüz gibi yazın; öyle alınır.
group-which = { $n ->
        [one] Yazılan: { $text }. Listede buna en yakın ürün grubu bu. Doğru mu?
       *[other] Yazılan: { $text }. Listede buna yakın ürün grupları bunlar. Hangisi?
    }
group-not-listed = Yazılan: { $text }. Listede bu ürün grubunu bulamadım. Yeniden yazabilir ya da yazdığınız gibi bırakabilirsiniz.
group-of-product-which = Yazılan: { $text }. Bu ürünün listedeki grubu aşağıda. Doğru mu?
group-to-the-letter = Ürün grubunun adını etikette ya da faturada gördüğünüz gibi yazın; öyle alınır.

count-not-an-answer = Yazılan: { $text }. Kaç cihazın devreye alınacağı gerekiyor; bir sayı yazın.
count-no-number = Yazılan: { $text }. İçinde sayı bulamadım. Kaç cihaz devreye alınacak, bir sayı yazın.
count-not-whole = Cihaz sayısı: { $text } tam sayı değil. Kaç cihaz devreye alınacak, tam sayı yazın.
count-too-few = Cihaz sayısı: { $text }. En az 1 cihaz gerekiyor.
count-too-many = Cihaz sayısı: { $text }. Bir talepte en çok 50 cihaz olabilir.
count-unclear = Yazılan: { $text }. Tek bir sayı gerekiyor: toplam kaç cihaz devreye alınacak?
count-differs = { $serials } seri numarası ve { $devices } cihaz yazıldı. Bir cihazda iki seri numarası olabilir (iç ve dış ünite gibi). Hangisi doğru?

# Dosyadan gelen bayi ve ürün tabloları: bot/office
file-too-big = Dosya çok büyük. En çok { $megabytes } MB olabilir.
file-empty = Dosya boş. Başlıkları ve en az bir satırı olan bir tablo gerekiyor.
file-old-excel = Dosya eski Excel biçiminde (.xls) ya da parolalı. Excel'de “Farklı kaydet” ile parolasız .xlsx olarak kaydedin.
file-no-table = Dosyada okunabilen bir tablo yok. .xlsx ya da .csv olarak kaydedilmiş bir tablo gerekiyor.
file-damaged = Dosya açılamadı, bozulmuş görünüyor. Excel'de açıp yeniden .xlsx olarak kaydedin.
file-unpacks-too-big = Dosya açıldığında çok fazla yer kaplıyor. Tabloyu boş bir çalışma kitabına kopyalayıp onu kaydedin.
file-too-many-rows = Tabloda çok fazla satır var. Bir dosyada en çok { $rows } satır olabilir; tabloyu bölün.
file-no-rows = Başlıkların altında satır yok.
file-unknown-letters = Dosyanın Türkçe harfleri okunamadı. Excel'de “CSV UTF-8” ya da .xlsx olarak kaydedin.
file-open-quote = { $line }. satırda açılan tırnak işareti kapanmıyor. Tırnağı silin ya da kapatın.
file-broken-toml = TOML dosyası okunamadı. Her ürün için [[products]] başlığı, altında name ve group satırları gerekiyor.
file-heading-twice = İki sütun aynı bilgiyi söylüyor: “{ $first }” ve “{ $second }”. Birini silin ya da başlığını değiştirin.
file-column-missing-company = Firma adının sütunu bulunamadı. Başlığı “Firma” olmalı.
file-column-missing-name = Ürün adının sütunu bulunamadı. Başlığı “Ürün” olmalı.
file-column-missing-group = Ürün grubunun sütunu bulunamadı. Başlığı “Ürün grubu” olmalı.
file-no-headings-dealers = Sütun başlıkları bulunamadı. Başlıklar: Firma, Yetkili, Cep telefonu, İş telefonu, E-posta. Sıraları önemli değil; Firma gerekli.
file-no-headings-catalogue = Sütun başlıkları bulunamadı. Başlıklar: Ürün, Ürün grubu. Sıraları önemli değil.
cell-refused = { $column }: { $reason }
cell-empty = Boş bırakılmış.
cell-unclear = Tek bir değer olarak okunamadı: { $text }. Hücrede yalnızca o değer kalsın.
cell-spreadsheet-says = Hücrede değer yerine Excel'in uyarısı var: { $text }
cell-phone-rounded = Excel numarayı yuvarlamış, rakamlar kaybolmuş: { $text }. Sütunu “Metin” yapıp numarayı yeniden yazın.
cell-third-phone = Bir bayinin iki telefonu olabilir, bu üçüncüsü: { $text }
cell-name-digits = Yazılan: { $text } içinde rakam var. Burada yalnızca ad ve soyad olmalı.
cell-phone-identity = Yazılan: { $text } kimlik numarasına benziyor. Burada telefon numarası olmalı.
row-twice = { $line }. satırda aynı ad var.

# Operatörlerin gönderdiği tablolar: bot/office
sheet-dealers = Boş bayi tablosu. Doldurup bu mesaja yanıt olarak gönderin; önce ne değişeceğini gösteririm.
sheet-catalogue = Boş ürün tablosu. Doldurup bu mesaja yanıt olarak gönderin; önce ne değişeceğini gösteririm.
import-reading = Tablo okunuyor: { $file }
import-too-many = Okunmayı bekleyen çok dosya var. Biraz sonra yeniden gönderin.
import-preview-dealers = <b>Bayi listesi: { $file }</b>
import-preview-catalogue = <b>Ürün listesi: { $file }</b>
import-added = Eklenecek: { $n } ({ $names })
import-changed = Değişecek: { $n } ({ $names })
import-unchanged = Aynı kalacak: { $n }
import-missing = Dosyada olmayan, olduğu gibi kalacak: { $n }
import-unread = Kullanılmayan sütun ya da sayfalar: { $names }
import-bad-rows = Okunamayan satır: { $n }
import-bad-row = { $line }. satır ({ $name }): { $reason }
import-more-bad-rows = Okunamayan satırların yalnızca ilkleri gösteriliyor.
import-not-yet = Henüz bir şey değişmedi. Dosya bir gün bekler.
import-nothing-new = Bu dosyayla listede bir şey değişmiyor.
import-list-changed = Liste bu dosya gösterildikten sonra değişti. Dosya şimdi uygulanırsa olacaklar aşağıda.
import-apply = Uygula
import-apply-good = İyi satırları uygula
import-drop = Vazgeç
import-applied-dealers = Bayi listesi güncellendi: { $file }
    Eklendi: { $added }. Değişti: { $changed }. Uygulayan: { $by }
import-applied-catalogue = Ürün listesi güncellendi: { $file }
    Eklendi: { $added }. Değişti: { $changed }. Uygulayan: { $by }
import-dropped = Vazgeçildi, bir şey değişmedi: { $file }
import-not-done = { $file }: { $why }
import-members-only = { $file }: yalnızca bu grupta kendi adıyla yazanlar uygulayabilir.
import-anonymous = { $file }: okunmadı. Gruba adınızla gönderdiğinizde okunur; anonim yöneticinin kim olduğu bilinmiyor.
import-wait = Uygulanıyor.
import-over = Bu dosya artık beklemiyor. Gerekirse yeniden gönderin.
file-not-read = Dosya okunamadı. Tabloyu boş bir çalışma kitabına kopyalayıp onu gönderin.
file-gone = Dosya Telegram'dan alınamadı. Yeniden gönderin.
file-no-headings = Sütun başlıkları bulunamadı. Bayiler için: Firma, Yetkili, Cep telefonu, İş telefonu, E-posta. Ürünler için: Ürün, Ürün grubu. Boş tablolar: /sablon

# Il ve ilce: conversations/answers/places.py
place-empty = Yer adı göremedim. İl ve ilçeyi yazın.
place-unknown =
    Bu ilçeyi bulamadım: { $text }
    Semt ya da mahalle adı olabilir. İlçe adını yazın.
place-unknown-in-province =
    { $province } ilinde bu ilçeyi bulamadım: { $text }
    Semt ya da mahalle adı olabilir. İlçe adını yazın.
place-unknown-number =
    Bu sayıyla bir il bulamadım: { $text }
    İl ve ilçenin adını yazın.
place-address =
    Bu bir adrese benziyor: { $text }
    Önce il ve ilçe gerekiyor; açık adres başka bir soruda.
place-several =
    { $text } için birden çok yer buldum.
    Cihaz hangisinde?
place-contradiction =
    Birbirinden ayrı yerler yazdınız: { $text }
    Cihaz hangisinde?
place-did-you-mean =
    Yazdığınız yer: { $text }
    { $count ->
        [one] Bunu mu demek istediniz? Değilse il ve ilçeyi yazın.
       *[other] Bunlardan hangisini demek istediniz? Hiçbiri değilse il ve ilçeyi yazın.
    }
place-other-province =
    { $text } başka bir ilde: seçtiğiniz il { $province }.
    Hangisi doğru? İl doğruysa ilçeyi yazın.
place-no-merkez = { $province } ilinde Merkez adında bir ilçe yok. İlçenin adını yazın.
place-only-province =
    { $other } bir ilin adı; seçtiğiniz il { $province }.
    { $province } ilindeki ilçeyi yazın.
place-district-needed = İl: { $province }. Şimdi ilçesi gerekiyor; ilçenin adını yazın.
place-centre =
    İl: { $province }. Şimdi ilçesi gerekiyor.
    Merkez ilçe mi? Değilse ilçenin adını yazın.
