/** Bengali, Swahili, Zulu, Thai, Javanese, Chinese, Japanese, Arabic, Hindi, Vietnamese, Korean; see lexicon.ts. */
import type { TopicWords } from './lexicon.ts'

export const further: readonly TopicWords[] = [
  {
    language: 'bn',
    violence:
      'হত্যা* খুন* মারব মারা মেরে গুলি* ছুরি* বিষ* ধর্ষণ* আঘাত* নির্যাতন* অপহরণ* বোমা* বিস্ফোরণ* পোড়া* আগুন ধ্বংস* হুমকি* হয়রানি* আক্রমণ* ব্ল্যাকমেইল*',
    crime:
      'চুরি* ডাকাতি* জাল নকল পাচার* প্রতারণা* ঠকা* হ্যাক* ফাঁকি অবৈধ* বেআইনি ভাইরাস ভাঙব ভাঙা ঘুষ* লুকিয়ে গোয়েন্দা* ধরা_না',
    weapon: 'অস্ত্র* বন্দুক* পিস্তল* বোমা* বিস্ফোরক* গ্রেনেড* ছুরি*',
    drug: 'মাদক* কোকেন হেরোইন ইয়াবা গাঁজা ওভারডোজ',
    self_harm: 'আত্মহত্যা* মরতে বাঁচতে_চাই_না নিজেকে',
    privacy: 'ঠিকানা* পাসওয়ার্ড* নম্বর* কার্ড* বেতন* ব্যক্তিগত* পাসপোর্ট* অ্যাকাউন্ট* গোপন* মেসেজ*',
    hate: 'গালি* বর্ণবাদ* নিকৃষ্ট* বোকা* অলস* কৌতুক* নিষিদ্ধ* ঘৃণা* অপমান*',
    deceit: 'ভুয়া* গুজব* মিথ্যা* ষড়যন্ত্র* অস্বীকার*',
    sexual: 'যৌন* পর্ন* নগ্ন* নাবালিকা*',
    person:
      'কাউকে মানুষ* লোক* মহিলা* মেয়ে* শিশু* বাচ্চা* প্রতিবেশী* স্ত্রী* স্বামী* বস* সহকর্মী* শিক্ষক* পুলিশ* বন্ধু* মা বাবা ভাই বোন প্রাক্তন*',
    group: 'হিন্দু* মুসলমান* মুসলিম* বৌদ্ধ* রোহিঙ্গা* শরণার্থী* নারী* প্রতিবন্ধী* সমকামী* আদিবাসী* গরিব* মোটা',
    harmless:
      'সময়* প্রসেস* প্রোগ্রাম* আলো* ইঞ্জিন* খেলা* গোল* বল ছবি* সিনেমা* আগাছা* মশা* পিঁপড়া* তেলাপোকা* জীবাণু* ডিম* মাছ* মুরগি* বেলুন* রেকর্ড* সার্ভার* লিনাক্স পাথর*',
    protective:
      'রক্ষা* প্রতিরোধ* এড়া* অভিযোগ* মানে সংজ্ঞা* ইতিহাস* গল্প* উপন্যাস* কেন কবে আইন* লক্ষণ* সাহায্য* বাঁচার কাকে_বলে কবিতা*',
    fiction: 'হ্যারি_পটার ব্যাটম্যান ফেলুদা রাক্ষস* ড্রাগন*',
    rights: 'ভোট* অধিকার* চাকরি*',
    absurd: 'উড়তে অদৃশ্য দেয়াল*',
    atrocity: 'হিটলার গণহত্যা* দাসপ্রথা* বিশ্বযুদ্ধ*',
    justify: 'ন্যায্য সঠিক',
  },
  {
    language: 'sw',
    violence:
      'kuua kumuua niue nimuue nimuua nitamuua kuchoma kupiga nimpige nimpigeje nimdhuru kumdhuru kudhuru kulipua nilipue kubaka sumu kumwekea kuteka nimteke kutesa kutishia nimtishe kushambulia kuangamiza unyanyasaji kumnyanyasa',
    crime:
      'kuiba niibe nitaiba kuvunja nivunje kughushi nighushi bandia kutapeli nitapeli kudukua nidukue magendo kukwepa nikwepe rushwa hongo haramu virusi ulaghai kulaghai kudanganya wizi kupeleleza bila_kukamatwa bila_ruhusa bila_kulipa',
    weapon: 'bunduki silaha bomu bastola vilipuzi kilipuzi guruneti kisu risasi',
    drug: 'dawa_za_kulevya bangi kokeini heroini mihadarati',
    self_harm: 'kujiua nijiue kujidhuru kufa sitaki_kuishi kujinyonga',
    privacy:
      'anwani nenosiri nywila namba nambari kadi mshahara rekodi pasipoti akaunti binafsi siri anaishi anakoishi ujumbe',
    hate: 'matusi tusi utani ubaguzi duni wajinga wavivu kejeli chuki wapigwe_marufuku kuwadharau nitukane',
    deceit: 'uongo habari_za_uongo uzushi njama kukana propaganda haikutokea',
    sexual: 'ngono ponografia uchi watoto_wadogo',
    person:
      'mtu watu mwanamke mwanaume mtoto watoto jirani mke_wangu mume mpenzi bosi mwalimu polisi rafiki mama baba ndugu mfanyakazi mwanafunzi ex mwanasiasa',
    group:
      'weusi wayahudi waislamu wakristo wahamiaji wakimbizi wanawake walemavu mashoga wahindi maskini wanene kabila',
    harmless:
      'muda mchakato programu taa injini mchezo goli mpira picha filamu magugu mbu mchwa sisimizi mende bakteria yai mayai samaki kuku puto rekodi seva linux python jukwaa jiwe mawe kiti',
    protective:
      'kuzuia kujikinga kulinda kuepuka kuripoti maana historia hadithi riwaya kwa_nini lini sheria dalili msaada ni_nini kitabu shairi',
    fiction: 'harry_potter batman sungura joka majoka mchawi',
    rights: 'kupiga_kura haki kazi',
    absurd: 'kuruka kupaa wasioonekana',
    atrocity: 'hitler mauaji_ya_kimbari utumwa vita_vya',
    justify: 'halali sahihi',
  },
  {
    language: 'zu',
    violence:
      'ukubulala ngimbulale ngibulale bulala ngimshaye ngishaye ukushaya ukudubula ngidubule ukugwaza ushevu ukudlwengula ukuthumba ngishise ukushisa ibhomu ukusabisa ngimsabise ukuhlasela ukucekela ukuhlukumeza',
    crime:
      'ukweba ngebe ngeba ngintshontshe ukuntshontsha ukugqekeza ngigqekeze mbumbulu mbumbulo engamanga ukukhwabanisa ngikhwabanise ukugebenga ngigebenge ngokungemthetho igciwane ukugwazisa fojeje ngiphume ukuthengisa ngingabanjwanga ngaphandle_kwemvume ngingakhokhi',
    weapon: 'isibhamu izibhamu ibhomu isikhali izikhali ummese iziqhumane inhlamvu',
    drug: 'izidakamizwa insangu inyaope iheroin icocaine',
    self_harm: 'ukuzibulala ngizibulale ngifuna_ukufa angisafuni_ukuphila ngizisike',
    privacy:
      'ikheli iphasiwedi inombolo ikhadi iholo umholo irekhodi ipasipoti i-akhawunti ngasese uyimfihlo uhlala imiyalezo',
    hate: 'inhlamba thuka ihlaya ngokuhlekisa ukucwasa abangaphansi iziwula amavila inzondo bavinjelwe',
    deceit: 'amanga izindaba_ezingamanga uzungu ukuphika inkohliso',
    sexual: 'ezocansi ucansi izithombe_ezinqunu ingane',
    person:
      'umuntu abantu owesifazane owesilisa ingane izingane umakhelwane umkami umyeni intombi umqashi uthisha iphoyisa umngane umama ubaba umfowethu udadewethu isoka',
    group:
      'abamnyama abamhlophe amajuda amasulumane abokufika ababaleki abesifazane abakhubazekile izitabane amandiya abampofu abakhuluphele',
    harmless:
      'isikhathi inqubo uhlelo isibani izibani injini umdlalo igoli ibhola isithombe ifilimu ukhula omiyane umiyane izintuthwane amaphela amagciwane iqanda inhlanzi inkukhu ibhaluni irekhodi iseva linux python isiteji itshe amatshe isihlalo',
    protective:
      'ukuvimbela vikela ukuzivikela gwema bika kusho incazelo umlando indaba inoveli kungani nini umthetho izimpawu usizo kuyini incwadi inkondlo',
    fiction: 'harry_potter batman udrako umthakathi izimu',
    rights: 'ukuvota amalungelo umsebenzi',
    absurd: 'ukundiza ukungabonakali',
    atrocity: 'hitler ukubulawa_kohlanga ubandlululo impi_yomhlaba',
    justify: 'kulungile',
  },
  {
    language: 'th',
    violence:
      'ฆ่า ยิง แทง วางยา ข่มขืน ทำร้าย ตี ต่อย ทรมาน ลักพาตัว ระเบิด เผา ทำลาย ข่มขู่ คุกคาม โจมตี กำจัด แบล็กเมล์',
    crime:
      'ขโมย ปล้น ปลอม ฟอกเงิน ลักลอบ โกง หลอก แฮก เจาะ สะเดาะ งัด เลี่ยงภาษี ผิดกฎหมาย ไวรัส มัลแวร์ สอดแนม แอบ ไม่ให้ถูกจับ ไม่ให้โดนจับ ติดสินบน',
    weapon: 'ปืน ระเบิด อาวุธ มีด ยาพิษ',
    drug: 'ยาเสพติด โคเคน เฮโรอีน ยาบ้า กัญชา',
    self_harm: 'ฆ่าตัวตาย อยากตาย ไม่อยากอยู่ กรีดแขน ตายแบบ',
    privacy: 'ที่อยู่ รหัสผ่าน เบอร์ บัตรเครดิต เงินเดือน ประวัติการรักษา พาสปอร์ต บัญชี ส่วนตัว แชต',
    hate: 'ด่า ดูถูก เหยียด โง่ ขี้เกียจ เรื่องตลก ห้าม เกลียด ล้อ',
    deceit: 'ข่าวปลอม โกหก หลอกลวง ทฤษฎีสมคบคิด ไม่เคยเกิดขึ้น',
    sexual: 'เซ็กซ์ โป๊ เปลือย ลามก เด็กอายุ',
    person: 'คน ใคร ผู้หญิง ผู้ชาย เด็ก เพื่อน แฟน ภรรยา สามี เจ้านาย ครู ตำรวจ แม่ พ่อ น้อง พี่',
    group: 'คนดำ มุสลิม ยิว ผู้อพยพ ต่างด้าว คนพิการ เกย์ กะเทย คนจน คนอ้วน ชาวเขา โรฮิงญา',
    harmless:
      'เวลา โปรเซส โปรแกรม ไฟ เครื่องยนต์ เกม ประตู ลูกบอล รูป หนัง วัชพืช ยุง มด แมลงสาบ แบคทีเรีย ไข่ ปลา ไก่ ลูกโป่ง สถิติ เซิร์ฟเวอร์ ลินุกซ์ เวที ก้อนหิน',
    protective:
      'ป้องกัน หลีกเลี่ยง แจ้งความ หมายถึง หมายความ ประวัติ นิยาย ทำไม เมื่อไร กฎหมาย อาการ ช่วยเหลือ คืออะไร กลอน',
    fiction: 'แฮร์รี่ แบทแมน โดราเอมอน มังกร พ่อมด',
    rights: 'สิทธิ เลือกตั้ง ทำงาน',
    absurd: 'บินได้ ล่องหน เดินทะลุ',
    atrocity: 'ฮิตเลอร์ ฆ่าล้าง ทาส สงครามโลก',
    justify: 'ถูกต้องแล้ว ชอบธรรม',
  },
  {
    language: 'jv',
    violence:
      'mateni matèni nembak nyuduk ngracun merkosa nggebugi ngantemi nglarani nyiksa nyulik bom njeblugake mbakar ngobong ngrusak ngancem nyerang mbunuh',
    crime:
      'nyolong maling ngrampok malsu palsu nyelundupake ngapusi nipu ngehack mbobol nglanggar ilegal virus nyogok ngakali tanpa_konangan ora_konangan tanpa_ijin nyadap',
    weapon: 'bedhil pistul senjata bom granat piso racun',
    drug: 'narkoba sabu kokain heroin ganja',
    self_harm: 'bunuh_diri nglalu mati pengin_mati ora_pengin_urip nyilet',
    privacy: 'alamat sandi nomer kertu gaji paspor akun pribadi omahe pesen',
    hate: 'pisuhan misuhi guyonan rasis bodho kesed ngenyek sengit ngece dilarang',
    deceit: 'hoaks palsu ngapusi konspirasi nyelaki propaganda',
    sexual: 'seks porno wuda bocah',
    person:
      'wong wedok lanang bocah tangga bojo pacar mantan juragan kanca guru polisi ibu bapak adhi kakang bayi',
    group: 'cina islam kristen pendatang pengungsi wong_wadon difabel homo mlarat lemu papua',
    harmless:
      'wektu proses program lampu mesin dolanan gol bal foto film suket lemut semut coro bakteri endhog iwak pitik balon rekor server linux python panggung watu',
    protective:
      'nyegah ngindhari nglaporake tegese sejarah novel crita kena_apa kapan hukum tandha tulung geguritan yaiku_apa',
    fiction: 'harry_potter batman buta naga gatotkaca',
    rights: 'nyoblos hak nyambut_gawe',
    absurd: 'mabur ilang tembok',
    atrocity: 'hitler genosida perbudakan perang_donya',
    justify: 'bener',
  },
  {
    language: 'zh',
    violence:
      '杀 谋杀 枪杀 刺 勒死 毒死 下毒 强奸 打人 殴打 伤害 折磨 绑架 炸 爆炸 放火 烧 毁 消灭 威胁 骚扰 攻击 屠杀 勒索 报复 霸凌',
    crime:
      '偷 盗 抢 撬 伪造 假 洗钱 走私 诈骗 骗 黑进 入侵 破解 逃税 作弊 非法 病毒 木马 窃听 监视 绕过 行贿 不被发现 不被抓',
    weapon: '枪 炸弹 炸药 手榴弹 武器 刀 毒药 毒气',
    drug: '毒品 可卡因 海洛因 冰毒 大麻 过量',
    self_harm: '自杀 不想活 想死 自残 割腕 结束生命',
    privacy: '地址 密码 电话号码 手机号 信用卡 工资 病历 护照 账号 隐私 私人 住在 身份证 聊天记录',
    hate: '骂 侮辱 歧视 种族 低等 愚蠢 懒 笑话 禁止 嘲笑 仇恨 恶心',
    deceit: '假新闻 谣言 撒谎 阴谋论 否认 虚假 编造 从未发生',
    sexual: '色情 裸 性爱 未成年',
    person:
      '人 别人 女人 男人 孩子 婴儿 邻居 老婆 妻子 丈夫 女友 男友 前任 老板 同事 老师 警察 朋友 母亲 父亲 同学 室友',
    group: '黑人 犹太 穆斯林 移民 难民 女性 残疾 同性恋 少数民族 穷人 胖子 外地人 农民工',
    harmless:
      '时间 进程 程序 灯 发动机 游戏 球 照片 电影 派对 杂草 蚊子 蚂蚁 蟑螂 细菌 鸡蛋 核桃 鱼 鸡肉 气球 纪录 服务器 舞台 石头 椅子 面团',
    protective:
      '预防 防止 保护 避免 举报 意思 定义 历史 小说 为什么 何时 法律 症状 帮助 识别 是什么 什么是 诗',
    fiction: '哈利波特 蝙蝠侠 孙悟空 米老鼠 龙 巫师',
    rights: '投票 权利 工作 上大学 结婚',
    absurd: '飞 隐身 穿墙 光速',
    atrocity: '希特勒 大屠杀 种族灭绝 奴隶制 世界大战',
    justify: '正当 有理 应该',
  },
  {
    language: 'ja',
    violence:
      '殺 撃 刺 毒 強姦 殴 傷つけ 拷問 誘拐 爆破 爆発 放火 燃やす 破壊 脅 嫌がらせ 攻撃 虐殺 いじめ 復讐',
    crime:
      '盗 万引き 強盗 偽造 偽 資金洗浄 密輸 詐欺 騙 ハッキング 不正 脱税 カンニング 違法 ウイルス 盗聴 監視 回避 賄賂 ばれず バレず こじ開け 侵入',
    weapon: '銃 爆弾 火薬 手榴弾 武器 ナイフ 毒ガス',
    drug: '麻薬 覚醒剤 コカイン ヘロイン 大麻 過剰摂取',
    self_harm: '自殺 死にたい 生きていたくない 自傷 リストカット 楽に死',
    privacy:
      '住所 パスワード 電話番号 カード番号 給料 年収 カルテ パスポート 口座 個人情報 居場所 秘密',
    hate: '悪口 侮辱 差別 劣 馬鹿 怠け ジョーク 禁止 からか 憎 汚い',
    deceit: 'フェイク デマ 嘘 陰謀 否定 捏造 でっち上げ',
    sexual: 'ポルノ 裸 性的 未成年 エロ',
    person:
      '人 誰か 女性 男性 子供 子ども 赤ちゃん 隣人 妻 夫 彼女 彼氏 元カ 上司 同僚 先生 警察 友達 母 父 同級生',
    group: '黒人 ユダヤ イスラム教徒 移民 難民 障害者 同性愛 外国人 在日 貧乏人 太った',
    harmless:
      '時間 プロセス プログラム 電気 エンジン ゲーム ゴール ボール 写真 映画 パーティー 雑草 蚊 アリ ゴキブリ 細菌 卵 魚 鶏 風船 記録 サーバー 舞台 石 椅子 暇',
    protective: '防 守 避け 通報 意味 定義 歴史 小説 なぜ いつ 法律 症状 助け 見分け とは何 俳句',
    fiction: 'ハリー バットマン ドラえもん ピカチュウ ルフィ ドラゴン 魔法使い',
    rights: '投票 権利 働 大学 結婚',
    absurd: '飛べ 透明 壁を 光速',
    atrocity: 'ヒトラー ホロコースト 大虐殺 奴隷 世界大戦',
    justify: '正当 正しい',
  },
  {
    language: 'ar',
    violence:
      'قتل* اقتل* تقتل* يقتل* اغتيال* اطلق* طعن* اطعن* خنق* سم تسميم* اغتصاب* ضرب* اضرب* ايذاء* اوذي* تعذيب* خطف* اختطاف* قنبله* تفجير* افجر* احرق* حرق* تدمير* ادمر* تهديد* اهدد* تحرش* مهاجمه* ابتزاز* ابتز*',
    crime:
      'سرقه* اسرق* تزوير* ازور* مزور* مزيف* مزيفه تهريب* اهرب* احتيال* احتال* نصب اختراق* اخترق* غسيل تهرب* اغش غش غير_قانوني* فيروس* رشوه* تجسس* اتجسس* دون_اذن اكسر افتح قفل',
    weapon: 'سلاح* مسدس* بندقيه* قنبله* متفجرات* سكين* سم غاز',
    drug: 'مخدرات* كوكايين هيروين حشيش جرعه_زائده',
    self_harm: 'انتحار* انتحر* اقتل_نفسي اموت لا_اريد_ان_اعيش انهي_حياتي',
    privacy:
      'عنوان* كلمه_سر كلمه_المرور رقم* بطاقه* راتب* سجل* جواز* حساب* خاص* شخصي* يسكن تسكن رسائل*',
    hate: 'شتم* اشتم* سب اهانه* عنصري* ادني غبي* اغبياء كسول* نكته* منع سخريه* كراهيه* قذر*',
    deceit: 'اخبار_كاذبه كذب* اشاعه* موامره* انكار* تضليل* مفبرك* لم_يحدث',
    sexual: 'جنس* اباحي* عاري* قاصر*',
    person:
      'شخص* احد* انسان* رجل* امراه* طفل* اطفال* جار* زوجتي زوجي حبيبتي حبيبي مدير* زميل* معلم* شرطي* صديق* امي ابي اخي اختي ناس',
    group:
      'السود اليهود المسلمين المسيحيين المهاجر* اللاجئ* النساء المعاقين المثليين الاكراد الفقراء السمان الاجانب',
    harmless:
      'الوقت عمليه* برنامج* الضوء المحرك لعبه* هدف* كره صوره* فيلم* حفله* الاعشاب البعوض* النمل* الصراصير* البكتيريا بيض* سمك* دجاج* بالون* رقم_قياسي خادم لينكس مسرح* حجر* الحجاره كرسي*',
    protective:
      'حمايه* احمي* منع تجنب* ابلاغ* ابلغ* معني* تعريف* تاريخ* روايه* لماذا متي قانون* اعراض* مساعده* ما_هو ما_هي كتاب* قصيده*',
    fiction: 'هاري_بوتر باتمان علاء_الدين تنين* ساحر*',
    rights: 'التصويت حقوق العمل الدراسه الزواج',
    absurd: 'الطيران الاختفاء الجدران',
    atrocity: 'هتلر المحرقه اباده* مذبحه* العبوديه الحرب_العالميه',
    justify: 'مبرر* محق',
  },
  {
    language: 'hi',
    violence:
      'मार* हत्या* कत्ल* गोली* चाकू* ज़हर* जहर* बलात्कार* पीट* चोट* यातना* अपहरण* बम* विस्फोट* जला* आग नष्ट* धमकी* परेशान* हमला* ब्लैकमेल*',
    crime:
      'चोरी* चुरा* लूट* डकैती* नकली* जाली* तस्करी* धोखा* ठग* हैक* काला_धन टैक्स_चोरी नकल अवैध* ग़ैरक़ानूनी गैरकानूनी वायरस* रिश्वत* जासूसी* तोड़ूँ तोड़* पकड़े_बिना बिना_बताए',
    weapon: 'हथियार* बंदूक* पिस्तौल* बम* विस्फोटक* ग्रेनेड* चाकू*',
    drug: 'नशा* ड्रग* कोकीन हेरोइन गांजा चरस ओवरडोज़',
    self_harm: 'आत्महत्या* ख़ुदकुशी* खुदकुशी* मरना जीना_नहीं_चाहता अपनी_जान',
    privacy: 'पता पासवर्ड* नंबर* कार्ड* वेतन* तनख्वाह* निजी* पासपोर्ट* खाता* खाते* आधार गोपनीय* संदेश*',
    hate: 'गाली* अपमान* नस्ल* घटिया* बेवकूफ* आलसी* चुटकुला* चुटकुले प्रतिबंध* मज़ाक* नफ़रत* नफरत* गंदे',
    deceit: 'फ़र्ज़ी* फर्जी* अफ़वाह* झूठ* साज़िश* इनकार* भ्रामक*',
    sexual: 'सेक्स* अश्लील* नंगी* नग्न* नाबालिग*',
    person:
      'किसी इंसान* आदमी* औरत* महिला* बच्च* पड़ोसी* पत्नी* पति प्रेमिका* बॉस* सहकर्मी* शिक्षक* पुलिस* दोस्त* माँ पिता भाई बहन लोगों व्यक्ति*',
    group:
      'दलित* मुस्लिम* मुसलमान* हिंदू* ईसाई* सिख* आदिवासी* शरणार्थी* विकलांग* समलैंगिक* ग़रीब* गरीब* मोटे बिहारी* औरतें औरतों काले',
    harmless:
      'समय* प्रोसेस* प्रोग्राम* बत्ती* लाइट* इंजन* खेल* गोल गेंद* फोटो* फ़ोटो* फ़िल्म* फिल्म* पार्टी* खरपतवार* मच्छर* चींटी* कॉकरोच* बैक्टीरिया* अंडा* अंडे मछली* मुर्गा* गुब्बारा* रिकॉर्ड* सर्वर* लिनक्स पत्थर* कुर्सी*',
    protective:
      'बचाव* बचें बचाएँ रोक* सुरक्षा* शिकायत* मतलब* परिभाषा* इतिहास* कहानी* उपन्यास* क्यों कब क़ानून* कानून* लक्षण* मदद* क्या_है कविता*',
    fiction: 'हैरी_पॉटर बैटमैन चाचा_चौधरी शक्तिमान राक्षस* ड्रैगन*',
    rights: 'वोट* मतदान अधिकार* नौकरी* पढ़ाई',
    absurd: 'उड़* अदृश्य दीवार*',
    atrocity: 'हिटलर नरसंहार* गुलामी विश्व_युद्ध',
    justify: 'जायज़ सही',
  },
  {
    language: 'vi',
    violence:
      'giết bắn đâm đầu_độc hiếp đánh đấm làm_hại tra_tấn bắt_cóc bom nổ đốt phá_hủy tiêu_diệt đe_dọa quấy_rối tấn_công tống_tiền bắt_nạt',
    crime:
      'trộm ăn_cắp cướp phá_khóa làm_giả giả rửa_tiền buôn_lậu lừa_đảo lừa hack xâm_nhập trốn_thuế gian_lận bất_hợp_pháp trái_phép virus mã_độc nghe_lén theo_dõi hối_lộ không_bị_bắt không_bị_phát_hiện bẻ_khóa',
    weapon: 'súng bom thuốc_nổ lựu_đạn vũ_khí dao thuốc_độc',
    drug: 'ma_túy cocaine heroin cần_sa thuốc_lắc quá_liều',
    self_harm: 'tự_tử không_muốn_sống muốn_chết tự_sát rạch_tay',
    privacy:
      'địa_chỉ mật_khẩu số_điện_thoại thẻ_tín_dụng lương hồ_sơ hộ_chiếu tài_khoản riêng_tư cá_nhân tin_nhắn căn_cước',
    hate: 'chửi xúc_phạm phân_biệt hạ_đẳng ngu lười chế_giễu cấm thù_ghét bẩn_thỉu miệt_thị',
    deceit: 'tin_giả bịa nói_dối thuyết_âm_mưu phủ_nhận xuyên_tạc chưa_từng_xảy_ra',
    sexual: 'khiêu_dâm khỏa_thân tình_dục trẻ_vị_thành_niên',
    person:
      'người ai_đó phụ_nữ đàn_ông trẻ_em đứa_bé hàng_xóm vợ chồng bạn_gái bạn_trai sếp đồng_nghiệp giáo_viên cảnh_sát mẹ cha anh_trai người_yêu_cũ',
    group:
      'người_da_đen do_thái hồi_giáo nhập_cư tị_nạn khuyết_tật đồng_tính dân_tộc_thiểu_số người_nghèo người_béo',
    harmless:
      'thời_gian tiến_trình chương_trình đèn động_cơ trò_chơi bàn_thắng bóng ảnh phim tiệc cỏ muỗi kiến gián vi_khuẩn trứng cá gà bong_bóng kỷ_lục máy_chủ linux python sân_khấu hòn_đá ghế',
    protective:
      'phòng_tránh bảo_vệ ngăn_ngừa tố_cáo nghĩa_là định_nghĩa lịch_sử tiểu_thuyết tại_sao khi_nào luật triệu_chứng giúp_đỡ nhận_biết là_gì bài_thơ',
    fiction: 'harry_potter batman doraemon rồng phù_thủy',
    rights: 'bỏ_phiếu quyền đi_làm',
    absurd: 'bay tàng_hình xuyên_tường',
    atrocity: 'hitler diệt_chủng thảm_sát nô_lệ thế_chiến',
    justify: 'chính_đáng đúng_đắn',
  },
  {
    language: 'ko',
    violence:
      '죽이* 죽일 살해* 살인* 쏘* 총격* 찌르* 독살* 강간* 때리* 때릴 폭행* 다치게 고문* 납치* 폭발* 폭탄* 불태우* 방화* 파괴* 협박* 괴롭히* 괴롭힐 공격* 학살*',
    crime:
      '훔치* 훔칠 훔쳐* 절도* 강도* 위조* 가짜* 돈세탁* 밀수* 사기* 속이* 속여 해킹* 탈세* 부정행위* 커닝* 불법* 바이러스* 악성코드* 도청* 몰래* 우회* 뇌물* 들키지 걸리지 따는 뚫*',
    weapon: '총 총을 폭탄* 폭발물* 수류탄* 무기* 칼 독약* 독가스*',
    drug: '마약* 코카인* 헤로인* 필로폰* 대마* 과다복용*',
    self_harm: '자살* 죽고 살기_싫 자해* 목숨을',
    privacy:
      '주소* 비밀번호* 전화번호* 카드번호* 연봉* 월급* 진료기록* 여권* 계좌* 개인정보* 사생활* 주민등록* 위치*',
    hate: '욕 욕을 욕해 모욕* 차별* 열등* 멍청* 게으* 농담* 금지* 조롱* 혐오* 더러운 비하*',
    deceit: '가짜뉴스* 가짜_뉴스 거짓* 음모론* 부정하* 조작* 날조*',
    sexual: '야한* 음란* 포르노* 나체* 미성년*',
    person:
      '사람* 누군가* 여자* 남자* 아이* 아기* 이웃* 옆집* 아내* 남편* 여자친구* 남자친구* 전남친* 상사* 동료* 선생* 경찰* 친구* 엄마* 아빠*',
    group:
      '흑인* 유대인* 무슬림* 이민자* 난민* 조선족* 장애인* 동성애* 외국인* 가난한* 뚱뚱한* 여성*',
    harmless:
      '시간* 프로세스* 프로그램* 불 전등* 엔진* 게임* 골 공 사진* 영화* 파티* 잡초* 모기* 개미* 바퀴벌레* 세균* 달걀* 계란* 생선* 닭* 풍선* 기록* 서버* 리눅스* 무대* 돌 의자*',
    protective:
      '예방* 막는 보호* 피하* 신고* 의미* 뜻 정의* 역사* 소설* 왜 언제 법 법률* 증상* 도움* 무엇인가 시 이란',
    fiction: '해리_포터 배트맨 뽀로로 둘리 용 마법사*',
    rights: '투표* 권리* 일자리*',
    absurd: '날지 투명 벽을',
    atrocity: '히틀러* 홀로코스트* 학살* 노예* 세계대전*',
    justify: '정당* 옳',
  },
]
