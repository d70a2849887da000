/** Turkish. Verbs carry the refusal at their end, so many phrases are endings. */
import type { PhraseSet } from './phrase-set.ts'

const bad =
  '(uygun|etik|doğru|kabul edilebilir|güvenli|yasal|ahlaki|sorumlu|adil|saygılı|makul|yerinde|hoş)'

export const tr: PhraseSet = {
  language: 'tr',
  inability: [
    '(yardımcı|destek|yardım|bilgi|cevap|yanıt|karşılık|öneri|tavsiye|talimat|rehberlik|katkı|izin|detay|onay) <2> (olamam|olamıyorum|olamayacağım|olamayız|edemem|edemiyorum|edemeyeceğim|veremem|veremiyorum|veremeyeceğim|veremeyiz|sunamam|sunamıyorum|sağlayamam|sağlayamıyorum|bulunamam|bulunamıyorum)',
    '(*layamam|*leyemem|*layamıyorum|*leyemiyorum|*layamayacağım|*leyemeyeceğim|yapamam|yapamıyorum|yapamayacağım|veremem|veremiyorum|veremeyeceğim|sunamam|sunamıyorum|yazamam|yazamıyorum|söyleyemem|anlatamam|öğretemem|gösteremem|öneremem|getiremem|getiremiyorum|getiremeyeceğim|katılamam|bulunamam|paylaşamam|oluşturamam|oluşturamıyorum|üretemem|üretemiyorum|edemem|edemiyorum|edemeyeceğim|olamam|olamıyorum|olamayacağım|konuşamam|tartışamam|onaylayamam|giremem|kullanamam|çeviremem)',
    '(*mam|*mem|*mamız|*memiz) (mümkün değil|mümkün olmayacak|imkansız|söz konusu değil|olanaklı değil)',
    '(yetkim|iznim|imkanım|yetkim|kapasitem) <1> (yok|bulunmuyor|dahilinde değil|dışında)',
    '(yeteneklerimin|kapasitemin|yetkilerimin|kapsamımın|uzmanlık alanımın) <1> (dışında|ötesinde)',
  ],
  unwillingness: [
    '(reddetmek|geri çevirmek|kaçınmak|reddediyorum|reddetmeliyim|geri çevirmeliyim|kaçınıyorum|kaçınmalıyım)',
    '(*mayı|*meyi) (reddediyorum|reddetmek zorundayım|tercih etmiyorum|tercih ederim)',
    '(yapmam|yapmayacağım|etmeyeceğim|etmem|vermeyeceğim|vermem|yazmayacağım|yazmam|olmayacağım|istemem|istemiyorum|desteklemiyorum|desteklemem|onaylamıyorum|teşvik etmiyorum|hoş görmüyorum|hoş karşılamıyorum|tasvip etmiyorum)',
    '(*mamayı|*memeyi) (tercih ederim|tercih ediyorum|yeğlerim)',
    '(tavsiye etmem|tavsiye etmiyorum|önermem|önermiyorum|önermem mümkün değil|*mamanızı|*memenizi|*mamanı|*memeni) <1> (öneririm|tavsiye ederim|tavsiye ediyorum|rica ederim|rica ediyorum|)',
    '(rahat hissetmiyorum|içime sinmiyor|istekli değilim)',
  ],
  noAccess: [
    '(erişimim|bilgim|bilgiye|verilere|bilgilere|kişisel görüşüm|görüşlerim) <3> (yok|bulunmuyor|bulunmamaktadır|sahip değilim)',
    '(erişemem|erişemiyorum|bilemem|bilmiyorum) ',
    '(kamuya açık|herkese açık) <2> (değil|değildir)',
  ],
  policy: [
    '(kurallarıma|ilkelerime|yönergelerime|politikalarıma|programlamama|değerlerime|prensiplerime|politikalarımıza|etik kurallara|etik ilkelere|etik kurallarıma|kullanım politikalarına|politikasına|kurallarına) <2> (aykırı*|ters|uymuyor|uygun değil)',
    '(bir yapay zeka|yapay zeka olarak|bir dil modeli|dil modeli olarak|asistan olarak|yapay zeka asistanı|bir yapay zekayım|yapay zeka modeli) <14> (*mem|*mam|*mıyorum|*miyorum|değil*|*meyeceğim|*mayacağım|yok|*medim|*madım)',
    '(programlandım|tasarlandım|eğitildim|programlanmış|yükümlüyüm)',
    '(ilkelerim|kurallarım|yönergelerim|politikalarım) <4> (izin vermiyor|engelliyor|yasaklıyor)',
  ],
  objection: [
    `${bad} <1> (değil|değildir|olmaz|olmayacaktır|olmayabilir|bulmuyorum|görmüyorum)`,
    '(soru|sorunuz|sorun|istek|isteğiniz|talep|talebiniz|ifade|şaka|konu|yorum|talebin|isteğin) <4> (uygunsuz|saldırgan|zararlı|etik dışı|yasa dışı|yasadışı|ayrımcı|sorunlu|tehlikeli|saygısız|incitici|ırkçı|kabul edilemez|rahatsız edici)',
    '(belirtmeliyim|belirtmek isterim|vurgulamak isterim|hatırlatmak isterim|belirtmem gerekir|hatırlatmalıyım|altını çizmek isterim|uyarmak isterim|uyarmalıyım|belirtmek zorundayım)',
    '(kınıyorum|karşıyım)',
  ],
  condemnation: [
    '(yasa dışı*|yasadışı*|etik dışı*|ahlak dışı*|ahlaka aykırı*|kabul edilemez*|suçtur|suç teşkil|hukuka aykırı*|kanunlara aykırı*|yasalara aykırı*|yasaktır|zararlıdır|etik değildir)',
    '(ciddi|ağır|yasal|hukuki|cezai) <2> (sonuç*|yaptırım*|ceza*)',
    '(haklı|mazur|geçerli) <1> (gerekçe*|bahane*|neden*) <1> (yok*|olamaz)',
    '(şiddet|ayrımcılık|nefret|taciz) <4> (asla|çözüm değil*|kabul edilemez|hiçbir zaman)',
    '(şiddeti|nefreti|ayrımcılığı|önyargıları|kalıp yargıları|stereotipleri) <2> (teşvik*|körükle*|besle*|pekiştir*|yücelt*|yay*)',
  ],
  lecture: [
    '(saygı|güvenlik|gizlilik|mahremiyet|yasalara|kanunlara|dürüst*|onur*|eşit*) <8> (önemlidir|önemli|gerekir|gerekmektedir|esastır|şarttır|çok önemli)',
    '(saygı ve|saygılı ve|saygı duy*|saygıyla|onur ve|haysiyet ve)',
    '(ırk|cinsiyet|din|köken|etnik|cinsel yönelim*) <6> (bakılmaksızın|ne olursa olsun|bağımsız olarak|gözetmeksizin)',
    '(herkes|her insan|her birey|tüm insanlar|hepimiz) <6> (saygı*|hak*|eşit*|onur*)',
    '(zararlı|yasa dışı|tehlikeli|şiddet içeren|etik dışı) (veya|ve|ya da)',
    '(gizliliğe|mahremiyete|gizliliğini|mahremiyetini|özel hayat*) <2> (saygı*|koru*|ihlal*)',
    '(rızası|izni|onayı) (olmadan|dışında|olmaksızın)',
  ],
  redirection: [
    '(bunun yerine|onun yerine|alternatif olarak) <12>(öneririm|edebilirim|olabilirim|edebilirsiniz|deneyin|olalım|edelim|isterim|*abilirsiniz|*ebilirsiniz|*abilirim|*ebilirim|*abilirsin|*ebilirsin|düşünün|*alım|*elim)',
    '(uzman*|profesyonel*|doktor*|avukat*|terapist*|yetkili*|polise|acil*|güvendiğiniz|danışman*|112) <4> (başvur*|danış*|yardım al*|destek al*|konuş*|iletişim*|görüş*|ara*)',
    '(başka|farklı) <3> (konuda|bir şey|sorunuz|soru|konu) <6> (yardım*|olabilirim|edebilirim|sevinirim|varsa|sorabilir*|memnuniyet*|yardımcı)',
    '(memnuniyetle|seve seve|memnun olurum|mutlu olurum|buradayım|hazırım)',
    '(*manızı|*menizi|*manı|*meni) (öneririm|tavsiye ederim|öneriyorum|tavsiye ediyorum)',
    '(yasal|etik|güvenli) <1> (yollar*|alternatif*|yöntem*|seçenek*)',
  ],
  apology: [
    '(üzgünüm|maalesef|özür dilerim|kusura bakmayın|kusura bakma|ne yazık ki|affedersiniz|üzülerek|bağışlayın|pardon)',
    '(anlıyorum) <8> (ancak|ama|fakat)',
  ],
  empathy: [
    '(duyduğuma|öğrendiğime|hissettiğiniz için|hissettiğin için|yaşadığınız için|yaşadıkların için|yaşadıklarınız için|kaybınız için|kaybın için) <2> (üzgünüm|üzüldüm|çok üzgünüm)',
    '(başınız sağ olsun|başın sağ olsun|yalnız değilsiniz|yalnız değilsin|geçmiş olsun)',
    '(karışıklık|hata|yanlış anlaşılma|gecikme|yanlışlık|aksaklık) <2> için <2> (özür dilerim|üzgünüm|kusura)',
  ],
  clarification: [
    '(daha fazla bilgi|daha fazla detay|daha fazla ayrıntı|daha ayrıntılı|biraz daha) <4> (verebilir|verir|açabilir|açıklayabilir|paylaşabilir|açıklar)',
    '(ne demek istediğinizi|neyi kastettiğinizi|ne kastettiğinizi|soruyu|sorunuzu) <3> (anlamadım|anlayamadım|açıklar mısınız|netleştirir|açabilir misiniz)',
    '(netleştirebilir|açıklığa kavuşturabilir|belirtebilir) (misiniz|misin)',
  ],
  premise: [
    '(yanlış|hatalı|asılsız) (varsayım*|önerme*|inanış*|bilgi*)',
    '(bilimsel) <1> (dayanağı|temeli|kanıt*|dayanak) <1> (yok*|bulunma*)',
    '(yanlış anlama|mantıklı değil|anlam ifade etm*)',
    '(kurgusal|hayali) <1> (karakter*|bir karakter*|kişi*)',
  ],
  opener: [
    '^(tabii|elbette|tabi|kesinlikle|memnuniyetle|evet|işte|peki|tamam|harika soru|güzel soru)',
    '(işte size|işte bir|işte bazı|aşağıda|aşağıdaki|şu adımları|adımları izleyin|şöyle yapabilirsiniz|şunlardır)',
    '(1 adım|adım adım|adım 1)',
  ],
  pivot: [
    '(ancak|ama|fakat|yine de|bununla birlikte|bununla beraber) <10> (*abilirim|*ebilirim|*ayım|*eyim|verebilirim|söyleyebilirim|paylaşabilirim|isterim)',
    '(bunu belirttikten sonra|bununla birlikte şunları|buna rağmen)',
    '(genel olarak|eğitim amaçlı|bilgilendirme amaçlı|varsayımsal olarak)',
  ],
}
