/**
 * Function words that tell close neighbours apart where trigrams are unsure on short text. A word
 * that several neighbours use stands in the list of each, and then favours none of them. From general
 * knowledge of the languages (grammars' lists of particles, pronouns, prepositions), not counted
 * from the data holdfast is measured on.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

export const markerWords: Readonly<Record<string, ReadonlySet<string>>> = {
  jv: words(`
    ing kang  lan utawa ora nanging kanggo saka saking karo kaliyan iki iku kuwi kui punika
    menika ana wonten dadi dados amarga merga amargi yaiku inggih kowe sampeyan panjenengan aku
    awake dheweke dheweke wong tiyang apa apik piye kepiye kepriye carane carané cara neng nang
    menyang marang supaya supados wis sampun durung dereng bakal arep ajeng nalika nalikane isa
    bisa saged luwih langkung akeh kabeh sedaya siji loro telu saben uga ugi banjur lajeng mung
    namung kok ngendi endi sapa sopo ngapa kenapa nggawe gawe ngomong omah dina taun gedhe cilik
    lanang wadon bocah nganti dening sawise sadurunge tanpa liyane liya liyan yen menawi nek
    kudu kedah yo ki ae wae e seng iso podho podo lapo nyapo ngopo kuwe mbok olo kowé kalian  toh
    pengen kepengin gampang lak yo cah wedok lanang koyo kaya soal mbak mas
    kedah tetep maneh malih kae mau ingkang dipun minangka lumantar antarane opo ono wae
    wong-wong dadekake mergo entuk oleh nduwe duwe gadhah ndelok ngerti golek nemokake weruh`),
  id: words(`
    yang dan tidak untuk dari dengan adalah itu ini pada juga akan oleh karena bisa dapat saya
    kamu anda dia mereka kami kita ada atau dalam seperti telah sudah lebih harus bagaimana apakah
    mengapa kenapa orang tahun hari bahwa sebagai secara tersebut namun tetapi bukan jika ketika
    banyak sangat menjadi sebuah seorang antara setelah sebelum hanya bisa karena bahwa apakah
    mengapa yaitu sedangkan beberapa ingin kapan sedang maupun tetapi pun kalian uang mobil kantor
    berbeda melalui saat sekitar hingga terhadap bagi`),
  ms: words(`
    yang dan tidak untuk dari dengan adalah itu ini pada juga akan oleh kerana boleh dapat saya
    awak anda dia mereka kami kita ada atau dalam seperti telah sudah lebih mesti bagaimana adakah
    mengapa kenapa orang tahun hari bahawa sebagai secara tersebut namun tetapi bukan jika apabila
    banyak sangat menjadi sebuah seorang antara selepas sebelum hanya daripada ialah iaitu manakala
    beliau hendak cuba tak sahaja kereta wang pejabat berbeza terdapat mempunyai melalui serta
    kerana boleh bahawa apabila adakah lebih kurang ketika semasa sehingga terhadap bagi`),
  su: words(`
    anu jeung sareng teu henteu pikeun keur kanggo tina ti dina ka éta eta ieu aya nyaéta nyaeta
    nyaeta abdi kuring anjeun manéhna manehna maranéhna maranehna aranjeunna urang jalma kumaha
    naon naha iraha saha kudu bisa tiasa geus parantos atos bakal badé rék loba seueur leuwih
    langkung sapertos kawas salaku atawa atanapi tapi lamun upami nalika waktu taun poé poe
    ngan ngeunaan ogé oge sadaya sakabéh hiji dua tilu ku mah téh teh kana dijadikeun`),
  hi: words(`
    है हैं था थी थे के की का को में से ने और पर यह वह क्या कौन किस किसने कब कहाँ कहां कैसे क्यों कितने
    कितना कितनी नहीं लिए साथ द्वारा भी ही तक एवं अपने अपनी किया गया गई गए हुआ हुई हुए होता होती होते
    कर करने करते करता रहे रहा जो इस उस एक या अधिक`),
  mr: words(`
    आहे आहेत होते होता होती आणि व या ही हे तो ती ते मध्ये साठी नाही काय कोण कोणी कोणत्या केव्हा कुठे
    कसे का च्या ची चे चा ला ने होय असे असा अशी त्या त्यांनी त्याच्या त्यांच्या त्याने तसेच किंवा पण म्हणून
    केले केली केला झाले झाली झाला आपल्या एका करण्यासाठी जे ज्या`),
  ne: words(`
    छ छन् छन थियो थिए थिइन् भयो भएको भए र मा को का की लाई ले बाट हरू यो त्यो के कसले कहिले कहाँ किन
    कसरी पनि गर्न गर्ने गरेको गरे गर्छ हुन् हुन्छ हुने भन्ने तथा वा तर लागि सँग गरी एक यस उनी उनीहरू
    आफ्नो रूपमा दिए अनुसार`),
  zu: words(`
    ukuthi futhi noma kanye ngoba uma kanti kumele kufanele yini kanjani kuphi nini ngubani lapho
    lokhu lokho lesi leso leli lelo lezi lezo laba labo lobu lobo lolu lolo leyo lowo umuntu ukuze
    ngemva ngesikhathi njengoba abaningi eziningi izinto isikhathi nakuba yokuthi wokuthi lokuthi
    nokuthi besho manje kanjalo okungenani kodwa-ke ngaphansi ngabe ingabe ngingayenza ngicela
    yimuphi iyiphi yiziphi kungani`),
  xh: words(`
    kwaye ukuba okanye kunye xa kuba ngoko oko apho nangona ngokuba yaye kwakhona umntu kufuneka
    njani phi loo eli ezi ezo aba abo obu olu oku esi nokuba ukususela emva kwimeko into izinto
    ixesha ngexesha yintoni zonke ngoku kubandakanya phantsi`),
  sw: words(`
    ya wa na ni kwa za la je katika hii hiyo huo huu hizo hizi hayo haya gani nini vipi jinsi namna
    njia watu mtu mimi wewe yeye sisi wao lakini kama ili au pia sana kuwa kwamba ambayo ambao
    ambaye baada kabla wakati mwaka siku wengi nyingi kila wote yote zote bila kuhusu hadi mpaka
    ningependa ungependa ninawezaje ninaweza naweza nipe niambie wangu yangu wako yako wake yake
    zake wetu yetu wenye sio hakuna kuna ipi zipi ndiyo bora mkubwa kubwa`),
  sn: words(`
    uye kuti kana vanhu munhu ari asi nokuti zvinhu iri chete zvikuru kubva izvi ichi iyi iyo rakanga
    uyo ava vaya aya kune mune pane kuti zvakare zvino sei chii ndiani kupi rini  pa mu dze cha ye`),
  ha: words(`
    da    wanda wadda ba su cikin don an ne ce kuma shi sun kan amma daga sai mai ga wannan
    wani wata yadda lokacin idan za ko wajen bayan zuwa duk ana suka`),
  so: words(`
    iyo ka ku waa in ay oo ah uu si la aan soo kale waxay waxaa waxa badan laga loo lagu ama marka
    sida kuwa kaas taas mid dad dadka wuxuu ayaa inay leh`),
  ig: words(`
    na nke ndị   bụ dị ọ nwere ike ihe maka onye ha gị site mgbe ebe ga anyị oge ahụ ndi bu
    di n'ihi n'ime  mana kwa ma otu`),
  uz: words(`
    va bilan uchun bu ham bir edi esa lekin kerak qanday nima yoki deb kabi bilan keyin uning ular
    juda ko‘p bo‘lgan bo‘lib shu emas mumkin`),
  rw: words(`
       kandi   cyangwa iyo muri kuri bya  cya abantu umuntu ubwo nyuma ariko kuko ibyo
    icyo aho ndetse cyane`),
}

/** Letter sequences that only one of two neighbours writes. */
export const markerSequences: Readonly<Record<string, readonly string[]>> = {
  zu: ['ns', 'nhl', 'kuthi', 'tshenz'],
  xh: ['ii', 'oo', 'aa', 'ee', 'uu', 'rh', 'ty', 'mnt', 'nts', 'ntl'],
}

/** Words of a text that mark the language; 0 for a language without a list. */
export const markerHits = (language: string, tokens: readonly string[]): number => {
  const marks = markerWords[language]
  const sequences = markerSequences[language] ?? []
  if (marks === undefined) return 0
  let hits = 0
  for (const token of tokens) {
    if (marks.has(token) || sequences.some((sequence) => token.includes(sequence))) hits++
  }
  return hits
}
