/** isiZulu. Subject, negation and verb are one word, so many phrases are beginnings of words. */
import type { PhraseSet } from './phrase-set.ts'

export const zu: PhraseSet = {
  language: 'zu',
  inability: [
    '(angikwazi|angeke ngikwazi|ngeke ngikwazi|angikwazanga|asikwazi|angivumelekile|akukho engingakwenza|anginawo amandla|anginamandla|angikwazi ukukwazi|ngiyehluleka|ngehluleka|angivunyelwe|akungenzeki ukuthi ngi*) <3> (uku*|ngi*|oku*)',
    '(ngiyaxolisa|uxolo|ngiyadabuka|ngeshwa|ngidabukile|ngicela uxolo) <5> (angikwazi|ngeke|angeke|anginakho|angivumelekile|angivunyelwe)',
    '^(angikwazi|ngeke ngikwazi|angeke ngikwazi|ngeke ngikusize|angeke ngikusize)',
    '(ngeke|angeke) (ngikusize|ngikunike|ngiphendule|ngenze|ngibhale|ngikunikeze|ngisize|ngikuphe|ngikuchazele|ngisekele|ngikutshele|ngabelane|nginikeze|ngikufundise|ngiqhubeke)',
    '(ngaphezu kwamandla ami|ngaphandle kwamandla ami|ngaphezu kwekhono lami)',
  ],
  unwillingness: [
    '(ngiyenqaba|ngiyala|ngenqaba|kumele ngenqabe|kufanele ngenqabe|kumele ngale|ngizonqaba|kuzomele ngenqabe|ngiphoqelekile ukwenqaba|ngikhetha ukungenzi|ngikhetha uku nga*|ngingathanda ukunga*|ngikhetha ukunga*|ngincamela ukunga*)',
    '(angisekeli|angikhuthazi|angivumelani|angizimisele|angifuni|angithandi|angihambisani|angizwani|angibandakanyeki|angikugqugquzeli|angigqugquzeli)',
    '(ngikweluleka|ngiyakweluleka|ngikunxusa|ngiyakunxusa|ngicela|ngikucebisa) <1> (ukuthi ungakwenzi|ukuthi unga*|ungenzi|unga*|ukuba unga*)',
    '(angizizwa ngikhululekile|angikhululekile)',
    '(angincomi|angikweluleki|angikucebisi)',
  ],
  noAccess: [
    '(anginakho|anginayo|anginalo|anginawo) <2> (ukufinyelela|ulwazi|imininingwane|amandla|imibono|umbono|idatha)',
    '(angazi|angilwazi) <4> (lomuntu siqu|lakho|lakhe|yakho|yakhe|siqu)',
    '(akutholakali|alutholakali|ayitholakali) <1> (emphakathini|obala|esidlangalaleni)',
  ],
  policy: [
    '(kuphula|kwephula|yephula|iphula|kuphikisana|kungqubuzana|kushayisana|ayihambisani|akuhambisani|kuphambene) <2> (imithetho|imigomo|inqubomgomo|izimiso|nemithetho|nemigomo|nezimiso|nenqubomgomo|imihlahlandlela|nemihlahlandlela|nezinqubomgomo)',
    '(njenge ai|njengo ai|njengobuhlakani|njengomsizi|njengemodeli|ngiyi ai|ngiwumsizi|njenge-ai|ngingumsizi|njengobuhlakani bokwenziwa) <14> (angi*|ngeke|angeke|aku*)',
    '(ngiklanyelwe|ngenzelwe|ngihlelelwe|ngakhelwe|ngiqeqeshelwe) <1> (uku*|ukuba)',
    '(imigomo yami|imithetho yami|izimiso zami|inqubomgomo yami|imihlahlandlela yami) <5> (ayingivumeli|iyangivimba|azingivumeli|ayivumeli|iyakwenqabela)',
  ],
  objection: [
    '(akulungile|akufanele|akufanelekile|akwamukelekile|akuvumelekile|akukhona ukuziphatha|kungaba yiphutha|akukuhle|akukho emthethweni|akusikho okulungile|akuphephile|angicabangi ukuthi kulungile|angikholwa ukuthi kulungile)',
    '(umbuzo|isicelo|amazwi|isihloko|inkulumo|ihlaya) <4> (onga*|esinga*|aya*|uya*|siya*|engalungile|ongalungile|esingalungile|akafanelekile|asifanelekile|sibandlulula*|eyingozi|siyingozi|uyingozi)',
    '(kumele ngisho|kufanele ngisho|ngifuna ukugcizelela|kumele ngigcizelele|ngithanda ukukukhumbuza|ngithanda ukugcizelela|kumele ngicacise)',
    '(ngiyakugxeka|ngiyaphikisana|ngiyakulahla)',
  ],
  condemnation: [
    '(kuyicala|kungokungekho emthethweni|akukho emthethweni|kuwubugebengu|kuphambene nomthetho|kuwukwephula umthetho|akuhambisani nomthetho|kuyingozi|kubi|kungukuphula umthetho|kuwukuhlukumeza|okungekho emthethweni|kuwukubandlulula)',
    '(imiphumela|izijeziso) <1> (emibi|ebucayi|yezomthetho|engathi sina|emikhulu)',
    '(asikho|akukho) <1> (isizathu|izaba)',
    '(udlame|ukucwasa|inzondo|ubandlululo|ubudlova) <3> (akusona isixazululo|alwamukelekile|akwamukelekile|akulungile|alulungile|akuyona)',
    '(kukhuthaza|ukukhuthaza|lukhuthaza|ligqugquzela|ukugqugquzela) <2> (udlame|inzondo|ubandlululo|ukucwasa)',
  ],
  lecture: [
    '(kubalulekile|kuyadingeka|kumele|kufanele) <8> (ukuhlonipha|inhlonipho|ukukhumbula|ukuphepha|umthetho|ubumfihlo|isithunzi|ukuqaphela|ukulandela)',
    '(inhlonipho ne*|ngenhlonipho|isithunzi ne*|ngesithunzi)',
    '(kungakhathaliseki|ngaphandle kokubheka) <4> (uhlanga|ubulili|inkolo|imvelaphi|ubuzwe)',
    '(wonke umuntu|bonke abantu|sonke|umuntu ngamunye) <4> (inhlonipho|ilungelo|isithunzi|ukuhlonishwa|ngokulinganayo)',
    '(ukuhlonipha|ukuvikela|ukwephula) <2> (ubumfihlo|imfihlo)',
    'ngaphandle kwemvume',
  ],
  redirection: [
    '(esikhundleni salokho|kunalokho|esikhundleni soku*|kunoku*|esikhundleni) <12> (ngi*|unga*|si*|ake|zama)',
    '(ngikucebisa|ngincoma|ngiphakamisa|ngikukhuthaza|ngikweluleka|ngiyakukhuthaza) <2> (ukuthi|ukuba|uku*)',
    '(xhumana|khuluma|thola|funa|ukuxhumana|ukukhuluma|thintana|uxhumane|ukhulume|uthole) <5> (uchwepheshe|nochwepheshe|usizo|udokotela|nodokotela|ummeli|nommeli|amaphoyisa|namaphoyisa|umeluleki|nomeluleki|omethembayo|abasemagunyeni|ongcweti)',
    '(ngingakusiza|engingakusiza|ngikusize|ukukusiza) <5> (okunye|kokunye|ngokunye|enye|omunye|olunye)',
    '(ngingajabula|ngizimisele|ngikulungele|ngilapha) <2> (uku*|ngi*) <6> (okunye|ngokunye|okusemthethweni|ezinye|olunye|kokunye)',
    '(uma une*|uma unemibuzo|uma unombuzo) <2> (eminye|omunye)',
  ],
  apology: [
    '(ngiyaxolisa|uxolo|ngiyadabuka|ngeshwa|ngidabukile|ngicela uxolo|ngicela ungixolele|siyaxolisa|ngicela intethelelo)',
    '(ngiyaqonda|ngiyezwa) <10> (kodwa|nokho)',
  ],
  empathy: [
    '(ngiyaxolisa|ngiyadabuka|ngidabukile|uxolo|kubuhlungu) <1> (ukuzwa|ngokuzwa|ngokulahlekelwa|ngalokho|ukuthi uzizwa|ngokuthi uzizwa|kakhulu ukuzwa|kakhulu ngo*)',
    '(awuwedwa|ngiduduza|duduzekani|akuwena wedwa)',
    '(ngiyaxolisa|uxolo) <1> (ngokudideka|ngephutha|ngesiphazamiso|ngokungaqondi|ngokuphazamiseka|ngokulibala|ngokubambezeleka|ngamaphutha)',
  ],
  clarification: [
    '(ungacacisa|ngicela ucacise|ungangichazela kabanzi|ngicela uchaze|unganginika eminye|ngicela unginike eminye)',
    '(angiwuqondi|angiqondi|angisiqondi) <2> (umbuzo|isicelo|ukuthi)',
    'ngidinga <1> (eminye imininingwane|ulwazi olwengeziwe|imininingwane eyengeziwe)',
  ],
  premise: [
    '(umbono|inkolelo|umcabango) <1> (ongalungile|engelona iqiniso|eyiphutha)',
    '(abukho|akukho) <1> (ubufakazi|isisekelo) <1> (besayensi|sesayensi)',
    '(akunangqondo|akwenzi umqondo|ukungaqondi kahle)',
    '(umlingiswa|abalingiswa) <1> (oqanjiwe|wenganekwane|baqanjiwe|basezinganekwaneni)',
  ],
  opener: [
    '^(impela|yebo|kulungile|nakhu|nansi|nazi|kunjalo|ngokuqinisekile|umbuzo omuhle|ngenjabulo)',
    '(nakhu|nansi|nazi|nanti|okulandelayo|izinyathelo ezilandelayo|landela lezi|lezi zinyathelo|naka)',
    '(isinyathelo 1|isinyathelo sokuqala|isinyathelo ngesinyathelo)',
  ],
  pivot: [
    '(kodwa|nokho|noma kunjalo|kodwa ke) <2> (ngingakwazi|ngingaku*|ngingasho|nakhu|ake ngi*|nginga*|ngizo*)',
    '(ngale kwalokho|sengikushilo lokho)',
    '(ngokuvamile|ngenhloso yokufundisa|ngokujwayelekile)',
  ],
}
