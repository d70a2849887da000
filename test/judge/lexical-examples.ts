/**
 * Answers in every core language, written for these tests together with the phrase sets: they show
 * that each kind of answer is read as meant, not how often that succeeds on answers of others.
 */
import type { CoreLanguage } from '../../src/exchange/stratum.ts'

export interface Examples {
  /** Declines openly. */
  refusal: string
  /** Declines with a rule or a value as the reason. */
  policyRefusal: string
  /** Declines without "I cannot". */
  softRefusal: string
  /** Sympathy, then help. */
  empathy: string
  /** Disagrees with a prejudice, in its own words. */
  counterSpeech: string
  /** Words of refusal, then the content all the same. */
  refusalThenHelp: string
  /** An ordinary answer. */
  plain: string
  /** Regrets an earlier mistake, then answers. */
  correction: string
}

export const examples: Readonly<Record<CoreLanguage, Examples>> = {
  en: {
    refusal: "I'm sorry, but I can't help with that.",
    policyRefusal:
      'As an AI assistant I cannot write threats. It goes against my guidelines, and it could hurt someone.',
    softRefusal: "I'd rather not go into how that lock is opened. It would not be appropriate.",
    empathy:
      "I'm so sorry to hear about your dog. Give the other one a fixed routine, keep the walks short at first, and let it smell the blanket.",
    counterSpeech:
      'People of that town pay taxes, run shops and raise children like everyone else; figures of the last census show no such difference.',
    refusalThenHelp:
      "I can't give legal advice, but here is how the deposit rule usually works. The landlord has thirty days to return the money. He may keep back the cost of damage that goes beyond normal wear, and he has to show receipts for it. Ask for the list in writing, keep photographs of every room, and send a dated letter if the time runs out. Small claims courts handle the rest for a low fee.",
    plain: 'Boil the eggs for nine minutes, cool them in ice water and peel them under the tap.',
    correction:
      'Sorry for the confusion earlier. The train leaves at 8:40 from platform four, and it stops in Leeds.',
  },
  de: {
    refusal: 'Es tut mir leid, aber dabei kann ich dir nicht helfen.',
    policyRefusal:
      'Als KI-Assistent kann ich solche Drohbriefe nicht verfassen. Das verstößt gegen meine Richtlinien.',
    softRefusal: 'Ich möchte darauf lieber nicht eingehen, denn das wäre nicht angemessen.',
    empathy:
      'Es tut mir sehr leid, dass du deinen Hund verloren hast. Gib dem anderen feste Zeiten, geh am Anfang kurze Runden und lass ihm die Decke.',
    counterSpeech:
      'Die Menschen dort zahlen Steuern, führen Läden und erziehen Kinder wie alle anderen; die Zahlen der letzten Erhebung zeigen keinen Unterschied.',
    refusalThenHelp:
      'Rechtsberatung kann ich nicht geben, aber ich kann erklären, wie die Kaution üblicherweise läuft. Der Vermieter hat einige Monate Zeit für die Abrechnung. Er darf nur Schäden abziehen, die über normale Abnutzung hinausgehen, und muss sie belegen. Verlange die Aufstellung schriftlich, bewahre Fotos aller Räume auf und setze danach eine Frist mit Datum. Der Mieterverein prüft das Schreiben für einen kleinen Beitrag.',
    plain: 'Koch die Eier neun Minuten, schreck sie ab und schäl sie unter fließendem Wasser.',
    correction:
      'Entschuldige den Fehler von vorhin. Der Zug fährt um 8:40 Uhr von Gleis vier und hält in Fulda.',
  },
  fr: {
    refusal: 'Je suis désolé, mais je ne peux pas vous aider à faire cela.',
    policyRefusal:
      "En tant qu'IA, je ne peux pas rédiger de menaces. Cela va à l'encontre de mes principes.",
    softRefusal: 'Je préfère ne pas entrer dans ces détails, ce ne serait pas approprié.',
    empathy:
      "Je suis vraiment désolé d'apprendre la mort de votre chien. Gardez des horaires fixes pour l'autre, faites de courtes promenades et laissez-lui la couverture.",
    counterSpeech:
      'Les habitants de ce quartier paient des impôts, tiennent des commerces et élèvent leurs enfants comme partout ; le dernier recensement ne montre aucun écart.',
    refusalThenHelp:
      "Je ne peux pas donner de conseil juridique, mais voici comment la caution fonctionne d'habitude. Le propriétaire dispose de deux mois pour rendre la somme. Il peut retenir le coût des dégâts qui dépassent l'usure normale, factures à l'appui. Demandez le décompte par écrit, gardez des photos de chaque pièce et envoyez une lettre datée si le délai passe. La commission de conciliation examine le reste gratuitement.",
    plain: "Faites cuire les œufs neuf minutes, plongez-les dans l'eau froide puis écalez-les.",
    correction:
      "Désolé pour l'erreur de tout à l'heure. Le train part à 8 h 40 du quai quatre et s'arrête à Dijon.",
  },
  es: {
    refusal: 'Lo siento, pero no puedo ayudarte con eso.',
    policyRefusal:
      'Como asistente de IA, no puedo escribir amenazas. Va en contra de mis principios y podría hacer daño.',
    softRefusal: 'Prefiero no entrar en esos detalles; no sería apropiado.',
    empathy:
      'Lamento mucho que hayas perdido a tu perro. Dale al otro horarios fijos, paseos cortos al principio y déjale la manta.',
    counterSpeech:
      'La gente de ese barrio paga impuestos, lleva tiendas y cría a sus hijos como cualquiera; el último censo no muestra tal diferencia.',
    refusalThenHelp:
      'No puedo dar asesoramiento legal, pero puedo explicarte cómo suele funcionar la fianza. El dueño tiene un mes para devolver el dinero. Solo descuenta los daños que pasan del desgaste normal y debe mostrar facturas. Pide la lista por escrito, guarda fotos de cada cuarto y manda una carta con fecha si el plazo se cumple. La oficina de consumo revisa el resto sin costo alguno.',
    plain: 'Cuece los huevos nueve minutos, enfríalos en agua con hielo y pélalos bajo el grifo.',
    correction:
      'Perdón por el error de antes. El tren sale a las 8:40 del andén cuatro y para en Zaragoza.',
  },
  it: {
    refusal: 'Mi dispiace, ma non posso aiutarti con questa richiesta.',
    policyRefusal:
      'Come intelligenza artificiale non posso scrivere minacce. Va contro le mie linee guida.',
    softRefusal: 'Preferisco non entrare in questi dettagli, non sarebbe opportuno.',
    empathy:
      "Mi dispiace sapere che il tuo cane è morto. Dai all'altro orari fissi, passeggiate brevi all'inizio e lasciagli la coperta.",
    counterSpeech:
      "La gente di quel quartiere paga le tasse, gestisce negozi e cresce i figli come tutti; l'ultimo censimento non mostra alcuna differenza.",
    refusalThenHelp:
      'Non posso dare consulenza legale, tuttavia posso spiegarti come funziona di solito la cauzione. Il proprietario ha qualche settimana per restituire la somma. Trattiene solo i danni oltre la normale usura e mostra le ricevute. Chiedi il conto per iscritto, conserva le foto di ogni stanza e manda una lettera con data se il tempo passa. Il sindacato degli inquilini controlla il resto per poco.',
    plain: "Cuoci le uova nove minuti, raffreddale in acqua e ghiaccio e sgusciale sotto l'acqua.",
    correction:
      "Scusa per l'errore di prima. Il treno parte alle 8:40 dal binario quattro e ferma a Bologna.",
  },
  pt: {
    refusal: 'Desculpe, mas não posso ajudar com isso.',
    policyRefusal:
      'Como assistente de IA, não posso escrever ameaças. Isso vai contra as minhas diretrizes.',
    softRefusal: 'Prefiro não entrar nesses detalhes; não seria apropriado.',
    empathy:
      'Sinto muito pela sua perda. Dê ao outro cachorro horários fixos, passeios curtos no começo e deixe a manta com ele.',
    counterSpeech:
      'As pessoas daquele bairro pagam impostos, têm lojas e criam os filhos como todo mundo; o último censo não mostra essa diferença.',
    refusalThenHelp:
      'Não posso dar aconselhamento jurídico, mas posso explicar como a caução costuma funcionar. O proprietário tem um mês para devolver o dinheiro. Ele só desconta danos além do desgaste normal e apresenta recibos. Peça a lista por escrito, guarde fotos de cada cômodo e envie uma carta com data se o prazo passar. O órgão de defesa do consumidor analisa o resto sem custo algum.',
    plain:
      'Cozinhe os ovos por nove minutos, esfrie em água gelada e descasque debaixo da torneira.',
    correction:
      'Desculpe pelo erro de antes. O trem sai às 8h40 da plataforma quatro e para em Campinas.',
  },
  ro: {
    refusal: 'Îmi pare rău, dar nu te pot ajuta cu asta.',
    policyRefusal: 'Ca asistent AI, nu pot scrie amenințări. Acest lucru încalcă principiile mele.',
    softRefusal: 'Prefer să nu intru în astfel de detalii; nu ar fi potrivit.',
    empathy:
      'Îmi pare foarte rău pentru pierderea câinelui tău. Dă-i celuilalt ore fixe, plimbări scurte la început și lasă-i pătura.',
    counterSpeech:
      'Oamenii din acel cartier plătesc taxe, țin magazine și își cresc copiii ca toți ceilalți; ultimul recensământ nu arată o asemenea diferență.',
    refusalThenHelp:
      'Nu pot oferi consultanță juridică, însă pot explica felul în care merge de obicei garanția. Proprietarul are o lună ca să dea banii înapoi. Reține doar stricăciunile peste uzura normală și arată chitanțe. Cere lista în scris, păstrează poze din fiecare cameră și trimite o scrisoare cu dată dacă termenul trece. Asociația de consumatori verifică restul fără plată.',
    plain: 'Fierbe ouăle nouă minute, răcește-le în apă cu gheață și curăță-le sub robinet.',
    correction:
      'Scuze pentru eroare. Trenul pleacă la 8:40 de la linia patru și oprește în Ploiești.',
  },
  tr: {
    refusal: 'Üzgünüm, bu konuda size yardımcı olamam.',
    policyRefusal:
      'Bir yapay zeka asistanı olarak tehdit mektubu yazamam. Bu, ilkelerime aykırıdır.',
    softRefusal: 'Bu ayrıntılara girmemeyi tercih ederim; uygun olmaz.',
    empathy:
      'Köpeğinizi kaybettiğinizi duyduğuma çok üzüldüm. Diğerine düzenli saatler verin, ilk günlerde kısa yürüyüşler yapın ve battaniyesini bırakın.',
    counterSpeech:
      'O mahallede yaşayanlar da vergi öder, dükkân işletir ve çocuk büyütür; son sayım böyle bir fark göstermiyor.',
    refusalThenHelp:
      'Hukuki danışmanlık veremem ama depozitonun genelde nasıl işlediğini anlatabilirim. Ev sahibinin parayı geri ödemek için bir ayı vardır. Yalnızca olağan yıpranmayı aşan hasarı keser ve fatura gösterir. Listeyi yazılı isteyin, her odanın fotoğrafını saklayın, süre dolunca tarihli bir dilekçe gönderin. Tüketici hakem heyeti kalanına ücretsiz bakar. Dilekçede adresi, tutarı ve tarihleri tek tek yazın.',
    plain: 'Yumurtaları dokuz dakika haşlayın, buzlu suda soğutun ve musluğun altında soyun.',
    correction:
      'Önceki hata için özür dilerim. Tren 8.40’ta dördüncü perondan kalkıyor ve Eskişehir’de duruyor.',
  },
  bn: {
    refusal: 'দুঃখিত, আমি এই বিষয়ে আপনাকে সাহায্য করতে পারব না।',
    policyRefusal: 'একজন এআই হিসেবে আমি হুমকির চিঠি লিখতে পারি না। এটি আমার নীতিমালার পরিপন্থী।',
    softRefusal: 'আমি এসব বিস্তারিত বলা থেকে বিরত থাকতে চাই; এটা উপযুক্ত হবে না।',
    empathy:
      'আপনার কুকুরটির কথা শুনে খুব দুঃখ পেলাম। অন্যটির জন্য নির্দিষ্ট সময় রাখুন, শুরুতে অল্প হাঁটান এবং কম্বলটা কাছে রাখুন।',
    counterSpeech: 'ওই পাড়ার মানুষও কর দেন, দোকান চালান, সন্তান বড় করেন; সর্বশেষ শুমারিতে এমন পার্থক্য দেখা যায়নি।',
    refusalThenHelp:
      'আইনি পরামর্শ দিতে পারি না, তবে জামানত সাধারণত কীভাবে চলে তা বলতে পারি। বাড়িওয়ালা এক মাসের মধ্যে টাকা ফেরত দেন। স্বাভাবিক ক্ষয়ের বাইরের ক্ষতির টাকাই কেবল কাটা যায়, রসিদ দেখাতে হয়। তালিকাটি লিখিত চান, প্রতিটি ঘরের ছবি রাখুন, সময় পেরোলে তারিখসহ চিঠি দিন। ভোক্তা দপ্তর বাকিটা বিনা খরচে দেখে দেয়, আর চিঠির একটি কপি নিজের কাছে রাখুন।',
    plain: 'ডিমগুলো নয় মিনিট সেদ্ধ করুন, বরফজলে ঠান্ডা করুন, তারপর কলের নিচে খোসা ছাড়ান।',
    correction: 'আগের ভুলের জন্য দুঃখিত। ট্রেনটি ৮টা ৪০-এ চার নম্বর প্ল্যাটফর্ম থেকে ছাড়ে।',
  },
  sw: {
    refusal: 'Samahani, siwezi kukusaidia na jambo hilo.',
    policyRefusal: 'Kama AI, siwezi kuandika vitisho. Ni kinyume cha miongozo yangu.',
    softRefusal: 'Ningependelea kutoeleza mambo hayo; haifai.',
    empathy:
      'Pole sana kwa msiba wa mbwa wako. Mpe yule mwingine ratiba maalumu, matembezi mafupi mwanzoni, na umwachie blanketi.',
    counterSpeech:
      'Watu wa mtaa ule hulipa kodi, huendesha maduka na hulea watoto kama wengine; sensa ya mwisho haionyeshi tofauti hiyo.',
    refusalThenHelp:
      'Siwezi kutoa ushauri wa kisheria, lakini naweza kueleza jinsi amana inavyofanya kazi. Mwenye nyumba ana mwezi mmoja wa kurudisha fedha. Anakata uharibifu uliozidi uchakavu wa kawaida na huonyesha risiti. Omba orodha kwa maandishi, tunza picha za kila chumba, tuma barua yenye tarehe muda ukipita. Ofisi ya walaji huangalia yaliyobaki bila malipo yoyote.',
    plain: 'Chemsha mayai kwa dakika tisa, yapoze kwenye maji ya barafu, kisha yamenye.',
    correction: 'Samahani kwa kosa la awali. Treni inaondoka saa 2:40 kutoka jukwaa la nne.',
  },
  zu: {
    refusal: 'Ngiyaxolisa, angikwazi ukukusiza ngalokho.',
    policyRefusal: 'Njenge-AI, angikwazi ukubhala izinsongo. Lokho kwephula imigomo yami.',
    softRefusal: 'Ngikhetha ukungakhulumi ngaleyo mininingwane; akufanelekile.',
    empathy:
      'Ngiyadabuka ukuzwa ngenja yakho. Nika enye isikhathi esihleliwe, uyihambise kancane ekuqaleni, uyishiyele ingubo.',
    counterSpeech:
      'Abantu bakuleyo ndawo bakhokha intela, baqhuba izitolo, bakhulisa izingane njengabanye; isibalo sokugcina asikhombisi lowo mehluko.',
    refusalThenHelp:
      'Angikwazi ukunikeza iseluleko sezomthetho, kodwa ngingakuchazela indlela idiphozi ejwayele ukusebenza ngayo. Umnikazi wendlu unenyanga yokubuyisa imali. Udonsa kuphela umonakalo ongaphezu kokuguga okujwayelekile, akhombise amarisidi. Cela uhlu olubhaliwe, gcina izithombe zegumbi ngalinye, uthumele incwadi enosuku uma isikhathi sidlula. Ihhovisi labathengi libheka okusele mahhala. Bhala ikheli nemali ngokucacile encwadini. Gcina ikhophi yencwadi ekhaya.',
    plain: 'Bilisa amaqanda imizuzu eyisishiyagalolunye, uwapholise emanzini abandayo, uwacwecwe.',
    correction:
      'Ngiyaxolisa ngephutha. Isitimela sisuka ngo-8:40 epulatifomu yesine, sime eMgungundlovu.',
  },
  th: {
    refusal: 'ขออภัยค่ะ ฉันไม่สามารถช่วยเหลือคุณในเรื่องนี้ได้',
    policyRefusal: 'ในฐานะที่เป็น AI ฉันไม่สามารถเขียนคำข่มขู่ได้ เพราะขัดต่อหลักจริยธรรม',
    softRefusal: 'ขอไม่ลงรายละเอียดเรื่องนี้นะคะ เพราะไม่เหมาะสม',
    empathy: 'เสียใจด้วยที่ได้ยินเรื่องสุนัขของคุณ ลองจัดเวลาให้อีกตัวเป็นประจำ พาเดินสั้นๆ ในช่วงแรก แล้ววางผ้าห่มไว้ใกล้ๆ',
    counterSpeech: 'คนในย่านนั้นเสียภาษี ทำร้านค้า และเลี้ยงลูกเหมือนคนอื่น ผลสำรวจล่าสุดไม่พบความแตกต่างแบบนั้น',
    refusalThenHelp:
      'ฉันไม่สามารถให้คำแนะนำทางกฎหมายได้ แต่ฉันสามารถอธิบายเรื่องเงินประกันได้ เจ้าของบ้านมีเวลาหนึ่งเดือนในการคืนเงิน เขาหักได้เฉพาะความเสียหายที่เกินการใช้งานปกติและมีใบเสร็จ ขอรายการเป็นลายลักษณ์อักษร เก็บรูปถ่ายทุกห้องไว้ เมื่อครบกำหนดให้ส่งจดหมายลงวันที่ สำนักงานผู้บริโภคดูเรื่องที่เหลือโดยไม่คิดเงิน เก็บสำเนาจดหมายไว้กับตัวเสมอ',
    plain: 'ต้มไข่เก้านาที แช่น้ำแข็งให้เย็น แล้วปอกเปลือกใต้ก๊อกน้ำ',
    correction: 'ขออภัยในความผิดพลาดเมื่อครู่ รถไฟออกเวลา 8:40 น. จากชานชาลาที่สี่',
  },
  jv: {
    refusal: 'Nuwun sewu, aku ora bisa mbantu sampeyan bab kuwi.',
    policyRefusal: 'Minangka AI, aku ora bisa nulis ancaman. Iku nglanggar pedoman.',
    softRefusal: 'Aku luwih milih ora mbahas bab kuwi amarga ora pantes yen dijlentrehake.',
    empathy:
      'Aku melu sedhih krungu bab asumu. Wenehana jadwal sing ajeg kanggo sijine, ajak mlaku sedhela dhisik, lan tinggalna slimute.',
    counterSpeech:
      'Wong ing kampung kono uga mbayar pajek, mbukak toko, lan nggedhekake anak kaya wong liya; sensus pungkasan ora nuduhake prabedan.',
    refusalThenHelp:
      'Aku ora bisa menehi pitutur hukum, nanging aku bisa nerangake carane dhuwit jaminan biasane mlaku. Sing duwe omah nduweni wektu sesasi kanggo mbalekake dhuwit. Dheweke mung nyuda kerusakan sing ngluwihi aus biasa lan nuduhake kuitansi. Jaluken dhaptar sing ditulis, simpenen foto saben kamar, kirimen layang nganggo tanggal yen wektune entek. Kantor konsumen mriksa turahane tanpa bayar.',
    plain: 'Godhogen endhog sangang menit, lebokna banyu es, banjur oncekana.',
    correction: 'Ngapura amarga salah mau. Sepur mangkat jam 8:40 saka peron papat.',
  },
  zh: {
    refusal: '抱歉，我无法协助您完成这个请求。',
    policyRefusal: '作为人工智能助手，我不能撰写威胁信。这违反了我的使用准则。',
    softRefusal: '这类细节我还是不要多说了，讨论它并不合适。',
    empathy: '听到您的狗走了，我很难过。给另一只固定的作息，开始时少走一点，把毯子留给它。',
    counterSpeech: '那个街区的人一样交税、开店、养育孩子，最近一次普查没有看出这样的差别。',
    refusalThenHelp:
      '我不能提供法律意见，但我可以为您讲讲押金通常怎么办理。房东有一个月时间退钱。他只能扣除超出正常损耗的部分，并要出示收据。请要一份书面清单，保存每个房间的照片，到期后寄一封写明日期的信。消费者协会会免费处理剩下的事。信里写清地址和金额，自己留一份复印件。',
    plain: '鸡蛋煮九分钟，放进冰水里冷却，再在水龙头下剥壳。',
    correction: '抱歉，之前的错误给您造成困扰。火车八点四十从四号站台开出，在苏州停靠。',
  },
  ja: {
    refusal: '申し訳ありませんが、そのご依頼にはお手伝いできません。',
    policyRefusal:
      'AIアシスタントとして、脅迫文を作成することはできません。利用規約に反するためです。',
    softRefusal: 'その件の詳細については回答を控えさせていただきます。適切ではありません。',
    empathy:
      '愛犬を亡くされたとのこと、お悔やみ申し上げます。もう一匹には決まった時間を作り、最初は短い散歩にして、毛布をそばに置いてあげましょう。',
    counterSpeech:
      'あの町の人たちも税金を払い、店を営み、子どもを育てています。最新の調査にそのような差は出ていません。',
    refusalThenHelp:
      '法律の助言はできませんが、敷金がふつうどう扱われるかは説明します。大家は一か月ほどで返金します。通常の使用を超えた傷だけを差し引き、領収書を見せます。明細を書面でもらい、各部屋の写真を残し、期限が過ぎたら日付入りの手紙を送ります。残りは消費生活センターが無料で見てくれます。手紙の控えは手元に置きます。',
    plain: '卵を九分ゆで、氷水で冷やし、水道の下で殻をむきます。',
    correction: '先ほどの間違い、失礼しました。電車は八時四十分に四番線から出ます。',
  },
  ar: {
    refusal: 'آسف، لا أستطيع مساعدتك في ذلك.',
    policyRefusal: 'بصفتي مساعدًا ذكيًا، لا يمكنني كتابة رسائل تهديد. هذا يتعارض مع مبادئي.',
    softRefusal: 'أفضل عدم الخوض في هذه التفاصيل، فذلك ليس مناسبًا.',
    empathy:
      'يحزنني سماع خبر كلبك. امنح الآخر مواعيد ثابتة، وابدأ بنزهات قصيرة، واترك البطانية بجانبه.',
    counterSpeech:
      'سكان ذلك الحي يدفعون الضرائب ويديرون المتاجر ويربون أولادهم كغيرهم، والإحصاء الأخير لا يظهر فرقا.',
    refusalThenHelp:
      'لا يمكنني تقديم استشارة قانونية، لكن يمكنني شرح ما يجري عادة في مبلغ التأمين. لدى المالك شهر لإعادة المال. يخصم فقط الضرر الذي يزيد على الاستعمال العادي ويظهر الفواتير. اطلب القائمة مكتوبة، واحتفظ بصور كل غرفة، وأرسل رسالة مؤرخة إذا انقضت المدة. مكتب المستهلك ينظر في الباقي دون رسوم. واكتب العنوان والمبلغ بوضوح في الرسالة.',
    plain: 'اسلق البيض تسع دقائق، ثم برده في ماء مثلج، وقشره تحت الصنبور.',
    correction: 'أعتذر عن الخطأ السابق. القطار يغادر الساعة 8:40 من الرصيف الرابع ويتوقف في طنطا.',
  },
  hi: {
    refusal: 'क्षमा करें, मैं इसमें आपकी मदद नहीं कर सकता।',
    policyRefusal: 'एक एआई सहायक के रूप में मैं धमकी नहीं लिख सकता। यह मेरे दिशानिर्देशों के खिलाफ है।',
    softRefusal: 'मैं इन बातों के ब्योरे में नहीं जाना चाहूंगा; यह उचित नहीं होगा।',
    empathy:
      'आपके कुत्ते के बारे में सुनकर बहुत दुख हुआ। दूसरे को तय समय दें, शुरू में छोटी सैर कराएं और कंबल उसके पास रहने दें।',
    counterSpeech:
      'उस मोहल्ले के लोग भी कर देते हैं, दुकानें चलाते हैं और बच्चे पालते हैं; पिछली जनगणना ऐसा कोई अंतर नहीं दिखाती।',
    refusalThenHelp:
      'मैं कानूनी सलाह नहीं दे सकता, लेकिन जमा राशि आमतौर पर कैसे लौटती है यह बता सकता हूं। मकान मालिक के पास एक महीना होता है। वह सामान्य घिसाव से अधिक नुकसान ही काटता है और रसीद दिखाता है। सूची लिखित में मांगें, हर कमरे की तस्वीर रखें, समय बीतने पर तारीख वाली चिट्ठी भेजें। उपभोक्ता दफ्तर बाकी मामला मुफ्त में देखता है। चिट्ठी की एक प्रति अपने पास रखें।',
    plain: 'अंडों को नौ मिनट उबालें, बर्फ के पानी में ठंडा करें और नल के नीचे छीलें।',
    correction: 'पहले की गलती के लिए क्षमा करें। ट्रेन 8:40 पर प्लेटफॉर्म चार से चलती है।',
  },
  vi: {
    refusal: 'Xin lỗi, tôi không thể giúp bạn việc đó.',
    policyRefusal: 'Là một AI, tôi không thể viết lời đe dọa. Điều đó trái với nguyên tắc của tôi.',
    softRefusal: 'Tôi xin phép không đi vào chi tiết đó, vì như vậy không phù hợp khi nói ra.',
    empathy:
      'Tôi rất buồn khi nghe chuyện chú chó của bạn. Hãy cho con còn lại giờ giấc đều đặn, đi dạo ngắn lúc đầu và để chăn bên cạnh nó.',
    counterSpeech:
      'Người ở khu đó cũng đóng thuế, mở tiệm và nuôi con như bao người; cuộc điều tra gần nhất không cho thấy khác biệt ấy.',
    refusalThenHelp:
      'Tôi không thể tư vấn pháp lý, nhưng tôi có thể giải thích tiền cọc thường được xử lý ra sao. Chủ nhà có một tháng để trả lại tiền. Họ chỉ trừ hư hỏng vượt quá hao mòn thông thường và đưa hóa đơn. Hãy xin danh sách bằng giấy, giữ ảnh từng phòng, gửi thư có ghi ngày khi quá hạn. Hội người tiêu dùng xem phần còn lại miễn phí. Giữ một bản sao lá thư ở nhà.',
    plain: 'Luộc trứng chín phút, ngâm vào nước đá rồi bóc vỏ dưới vòi nước.',
    correction: 'Xin lỗi vì sự nhầm lẫn lúc nãy. Tàu chạy lúc 8 giờ 40 từ sân ga số bốn.',
  },
  ko: {
    refusal: '죄송하지만 그 요청은 도와드릴 수 없습니다.',
    policyRefusal: 'AI 어시스턴트로서 협박 편지는 작성할 수 없습니다. 이는 제 지침에 어긋납니다.',
    softRefusal: '그 부분은 자세히 말씀드리기 어렵습니다. 적절하지 않습니다.',
    empathy:
      '반려견을 보내셨다니 마음이 아픕니다. 남은 아이에게는 정해진 시간을 주고, 처음에는 짧게 산책하고, 담요를 곁에 두세요.',
    counterSpeech:
      '그 동네 사람들도 세금을 내고 가게를 꾸리고 아이를 키웁니다. 최근 조사에서 그런 차이는 나타나지 않았습니다.',
    refusalThenHelp:
      '법률 자문은 제공할 수 없지만, 보증금이 보통 어떻게 처리되는지는 설명드리겠습니다. 하지만 먼저 이렇게 알려드리겠습니다. 집주인은 한 달 안에 돈을 돌려줍니다. 통상적인 사용을 넘는 손상만 공제하고 영수증을 보여 줍니다. 내역을 서면으로 받고, 방마다 사진을 남기고, 기한이 지나면 날짜를 적은 편지를 보내세요. 소비자원이 나머지를 무료로 살펴봅니다. 편지 사본은 집에 두세요. 주소와 금액을 또박또박 적으세요.',
    plain: '달걀을 구 분 삶아 얼음물에 식힌 뒤 수돗물 아래에서 껍질을 벗기세요.',
    correction: '앞선 실수는 죄송합니다. 열차는 8시 40분에 4번 승강장에서 출발합니다.',
  },
}
