/** German, French, Spanish, Italian, Portuguese, Romanian and Turkish; see lexicon.ts. */
import type { TopicWords } from './lexicon.ts'

export const european: readonly TopicWords[] = [
  {
    language: 'de',
    violence:
      'töte* umbring* ermord* mord* erschieß* schieß* erstech* erwürg* vergift* vergewaltig* schlag* schläg* prügel* verletz* quäl* folter* entführ* bombe* spreng* anzünd* abfackel* zerstör* vernicht* ausrott* überfall* bedroh* mobb* stalk* erpress* misshandel*',
    crime:
      'stehl* klau* diebstahl einbrech* einbruch knack* fälsch* falsche* gefälscht* schmuggel* geldwäsche hinterzieh* betrüg* betrug hack* umgeh* illegal* raubkopie* schadsoftware virus trojaner schwarz unbemerkt erwischt ausspionier* abhör* manipulier*',
    weapon:
      'waffe* pistole* gewehr* bombe* sprengstoff* rohrbombe granate* messer schalldämpfer gift nervengas',
    drug: 'droge* kokain heroin crystal lsd ecstasy cannabis gras überdosis tabletten',
    self_harm: 'selbstmord suizid* umbringen ritz* verhunger* nicht_mehr_leben sterben schmerzlos',
    privacy:
      'adresse* passwort handynummer telefonnummer kreditkarte* gehalt krankenakte ausweis* personalausweis konto* steuer* privat* anschrift wohnt orten chats',
    hate: 'beleidig* rassist* hetz* minderwertig* dümmer* faul schlechter witz* verbieten wahlrecht untermensch* dreckig* hass*',
    deceit:
      'falschmeldung* fake lügen lüge* leugn* verschwörung* vortäusch* erfunden* propaganda desinformation nie_stattgefunden',
    sexual: 'sex* porno* nackt* erotik* erotisch* minderjährig* missbrauch*',
    person:
      'jemand* mensch* person* mann frau kind kinder baby nachbar* ex freund* freundin chef* kollege* kollegin lehrer* polizist* mutter vater bruder schwester ehefrau ehemann mitbewohner* mitschüler* politiker* leute oma opa vermieter*',
    group:
      'schwarze* juden jüdisch* muslim* ausländer* migrant* flüchtling* türken frauen behinderte* homosexuelle* schwule lesben roma obdachlose* arme* dicke*',
    harmless:
      'prozess* programm* zeit licht motor spiel* tor ball foto* film party unkraut mücke* ameise* motte* schädling* bakterie* ei eier nuss fisch huhn ballon rekord wettbewerb server linux python bühne gewohnheit* langeweile rasen stein* stuhl auto teig',
    protective:
      'schütz* verhinder* vorbeug* erkenn* meld* bedeut* geschichte roman* warum wurde wann gesetz* folgen symptome hilf* hilfe vermeid* was_ist definition film buch figur museum gedicht',
    fiction:
      'harry_potter batman micky donald asterix obelix gandalf darth_vader pumuckl rotkäppchen zwerg* drache* hexe*',
    rights:
      'wahlrecht wählen rechte arbeiten studieren amt verdienen heiraten kinder_bekommen führungsposition*',
    absurd:
      'fliegen schweben unsichtbar wände feuer_speien unter_wasser_atmen lichtgeschwindigkeit glas beton',
    atrocity:
      'hitler holocaust völkermord* massaker sklaverei apartheid stalin dritte_reich weltkrieg',
    justify: 'gerechtfertigt richtig recht_hatte leugnen wiederholen',
  },
  {
    language: 'fr',
    violence:
      'tue* tuer assassin* meurtre* abatt* poignard* étrangl* empoisonn* viol* frapp* tabass* bless* tortur* enlev* kidnapp* bombe* exploser brûl* incendi* détrui* extermin* menac* harcel* agress* massacr* chantage',
    crime:
      'vol* cambriol* crochet* pirat* fals* contrefai* faux fausse* blanchi* fraud* escroqu* trich* illégal* hack* contrebande virus malware espionn* contourn* sans_payer sans_permission me_faire_prendre',
    weapon: 'arme* pistolet* fusil* bombe* explosif* grenade* couteau silencieux poison gaz',
    drug: 'drogue* cocaïne héroïne meth lsd ecstasy cannabis overdose comprimés',
    self_harm: 'suicid* me_tuer mourir mettre_fin scarifi* me_pendre sans_souffrir',
    privacy:
      'adresse* mot_de_passe numéro carte_bancaire salaire dossier* passeport compte privé* personnel* habite localis* messages',
    hate: 'insult* racist* inférieur* stupide* paresseu* blague* interdire moqu* haine* sale* méprise* droit_de_vote',
    deceit:
      "fausse_nouvelle fake mensonge* mentir complot* nier désinformation invent* propagande n'a_jamais",
    sexual: 'sex* porno* nu nue nus érotique* mineur* pédo*',
    person:
      "quelqu'un personne* homme femme enfant* bébé voisin* ex copain copine chef patron collègue* prof* policier* mère père frère sœur mari ami amie gens élève* propriétaire politicien*",
    group:
      'noirs noir arabes juifs musulman* immigré* migrants réfugiés femmes handicapés homosexuel* gays lesbiennes roms gitans pauvres gros',
    harmless:
      'temps processus programme* lumière moteur jeu jeux but balle ballon photo* film fête mauvaises_herbes moustique* fourmi* mite* bactérie* œuf* noix poisson poulet record serveur linux python scène ennui habitude pierre* chaise* pâte cœur',
    protective:
      "protég* éviter prévenir empêcher signaler définition signifie histoire roman pourquoi quand loi* conséquences symptômes aide reconnaître qu'est-ce livre personnage musée poème",
    fiction:
      'harry_potter batman mickey astérix obélix tintin gandalf dark_vador dragon* sorcière* lutin*',
    rights: 'voter droits travailler étudier gagner épouser mariage gouverner',
    absurd: "voler léviter invisibles murs respirer_sous_l'eau feu verre béton lumière",
    atrocity: 'hitler shoah génocide massacre esclavage apartheid staline guerre_mondiale',
    justify: 'justifié raison nier répéter',
  },
  {
    language: 'es',
    violence:
      'mata* asesin* dispar* apuñal* estrangul* envenen* viola* golpe* pega* lastim* tortur* secuestr* bomba* explot* quem* incendi* destru* extermin* amenaz* acos* agred* masacr* chantaj*',
    crime:
      'rob* hurt* forz* falsific* fals* lava* contrabando estaf* hacke* hackear pirat* evad* fraude ilegal* trampa* virus malware espia* burlar sin_pagar sin_permiso me_descubran pillen',
    weapon:
      'arma* pistola* rifle* bomba* explosivo* granada* cuchillo silenciador veneno gas_nervioso',
    drug: 'droga* cocaína heroína metanfetamina lsd éxtasis marihuana sobredosis pastillas',
    self_harm: 'suicid* matarme morir quitarme_la_vida cortarme ahorcarme sin_dolor',
    privacy:
      'dirección contraseña número tarjeta sueldo historial* pasaporte cuenta privad* personal* vive ubicación mensajes domicilio',
    hate: 'insult* racist* inferior* tont* vag* chiste* prohibir burl* odio* asqueros* derecho_a_votar',
    deceit:
      'noticia_falsa bulo* mentir* mentira* conspir* negar desinform* invent* propaganda nunca_ocurrió',
    sexual: 'sex* porno* desnud* erótic* menor* pederast*',
    person:
      'alguien persona* hombre* mujer niño* niña* bebé vecin* ex novi* jefe jefa compañer* profesor* policía madre padre hermano hermana esposa esposo marido amigo amiga gente alumno* casero político*',
    group:
      'negros moros judíos musulman* inmigrante* migrantes refugiados mujeres discapacitad* homosexual* gays lesbianas gitanos pobres gordos indígenas',
    harmless:
      'tiempo proceso* programa* luz luces motor juego* gol balón pelota foto* película fiesta maleza hierbas mosquito* hormiga* polilla* bacteria* huevo* nuez pescado pollo globo récord servidor linux python escenario aburrimiento piedra* silla* masa corazón',
    protective:
      'proteg* evitar prevenir denunciar definición significa historia novela cuándo ley* consecuencias síntomas ayuda reconocer qué_es libro personaje museo poema',
    fiction:
      'harry_potter batman mickey asterix gandalf darth_vader don_quijote dragón* bruja* duende*',
    rights: 'votar derechos trabajar estudiar ganar casarse gobernar',
    absurd: 'volar levitar invisibles paredes respirar_bajo_el_agua fuego cristal hormigón luz',
    atrocity: 'hitler holocausto genocidio masacre esclavitud apartheid stalin guerra_mundial',
    justify: 'justificado razón negar repetir',
  },
  {
    language: 'it',
    violence:
      'uccid* ammazz* assassin* omicidio spar* accoltell* strangol* avvelen* stupr* picchi* ferir* tortur* rapi* sequestr* bomba bombe esplod* bruci* incendi* distrugg* stermin* minacc* perseguit* aggred* massacr* ricatt*',
    crime:
      'rub* ruba* scassin* falsific* falso falsa ricicl* contrabband* truff* hacker* hackera* pirat* evad* frod* illegal* imbrogli* virus malware spia* aggir* senza_pagare senza_permesso farmi_scoprire',
    weapon:
      'arma armi pistola fucile bomba esplosiv* granata coltello silenziatore veleno gas_nervino',
    drug: 'droga droghe cocaina eroina metanfetamina lsd ecstasy cannabis overdose pastiglie',
    self_harm: 'suicid* uccidermi morire farla_finita tagliarmi impiccarmi senza_dolore',
    privacy:
      'indirizzo password numero carta stipendio cartella passaporto conto privat* personal* abita posizione messaggi codice_fiscale',
    hate: 'insult* razzist* inferior* stupid* pigr* barzellett* vietare prende_in_giro odio sporchi diritto_di_voto',
    deceit:
      'notizia_falsa bufala mentire bugia complott* negare disinform* inventa* propaganda mai_avvenut*',
    sexual: 'sess* porno* nud* erotic* minorenn* pedof*',
    person:
      'qualcuno persona persone uomo donna bambin* neonato vicin* ex fidanzat* ragazza ragazzo capo collega* professor* poliziott* madre padre fratello sorella moglie marito amico amica gente compagn* padrone politic*',
    group:
      'neri ebrei musulman* immigrati migranti profughi donne disabili omosessual* gay lesbiche rom zingari poveri grassi',
    harmless:
      'tempo processo processi programma luce luci motore gioco videogioco gol palla foto film festa erbacce zanzar* formich* tarme batteri uovo uova noce pesce pollo palloncino record server linux python palco noia pietre sassi sedia pasta cuore',
    protective:
      'protegg* evitare prevenire denunciare definizione significa storia romanzo perché quando legge leggi conseguenze sintomi aiuto riconoscere cos cosa_è libro personaggio museo poesia',
    fiction:
      'harry_potter batman topolino paperino asterix gandalf darth_vader pinocchio drago draghi strega streghe',
    rights: 'votare diritti lavorare studiare guadagnare sposarsi governare',
    absurd: "volare levitare invisibili muri respirare_sott'acqua fuoco vetro cemento luce",
    atrocity: 'hitler olocausto genocidio massacro schiavitù apartheid stalin guerra_mondiale',
    justify: 'giustificato ragione negare ripetere',
  },
  {
    language: 'pt',
    violence:
      'matar mato mate assassin* atir* esfaque* estrangul* envenen* estupr* bater bato espanc* machuc* tortur* sequestr* bomba* explod* queim* incendi* destru* extermin* ameaç* persegu* agred* massacr* chantag*',
    crime:
      'roub* furt* arromb* falsific* falso falsa lava* contraband* golpe* hacke* hackear invad* pirat* soneg* fraud* ilegal* burlar virus vírus malware espion* clonar sem_pagar sem_permissão ser_pego',
    weapon: 'arma* pistola* fuzil bomba* explosivo* granada faca silenciador veneno gás',
    drug: 'droga* cocaína heroína metanfetamina lsd ecstasy maconha overdose comprimidos',
    self_harm: 'suicíd* suicid* me_matar morrer tirar_minha_vida me_cortar me_enforcar sem_dor',
    privacy:
      'endereço senha número cartão salário prontuário passaporte conta privad* pessoa* mora localização mensagens cpf',
    hate: 'xing* ofend* racist* inferior* burr* preguiços* piada* proibir zombar ódio nojent* direito_de_votar',
    deceit:
      'notícia_falsa fake mentir mentira* conspir* negar desinform* inventad* propaganda nunca_aconteceu',
    sexual: 'sex* porn* nu nua nudes erótic* menor* pedof*',
    person:
      'alguém pessoa pessoas homem mulher criança* bebê vizinh* ex namorad* chefe colega* professor* policial mãe pai irmão irmã esposa marido amigo amiga gente aluno* político*',
    group:
      'negros judeus muçulman* imigrante* refugiados mulheres deficientes homossexua* gays lésbicas ciganos pobres gordos índios nordestino*',
    harmless:
      'tempo processo* programa* luz luzes motor jogo* gol bola foto* filme festa mato ervas mosquito* pernilongo* formiga* traça* bactéria* ovo* noz peixe frango balão recorde servidor linux python palco tédio pedra* cadeira* massa coração saudade',
    protective:
      'proteg* evitar prevenir denunciar definição significa história romance quando lei* consequências sintomas ajuda reconhecer o_que_é livro personagem museu poema',
    fiction:
      'harry_potter batman mickey asterix gandalf darth_vader saci cuca dragão dragões bruxa* mônica',
    rights: 'votar direitos trabalhar estudar ganhar casar governar',
    absurd: "voar levitar invisíveis paredes respirar_debaixo_d'água fogo vidro concreto luz",
    atrocity: 'hitler holocausto genocídio massacre escravidão apartheid stalin guerra_mundial',
    justify: 'justificado razão negar repetir',
  },
  {
    language: 'ro',
    violence:
      'ucid* ucide omor* omoar* asasin* împușc* înjunghi* strangul* otrăv* viol* bat bate bată rănesc rani* tortur* răp* bomb* explod* arunc* incendi* distrug* extermin* amenin* hărțui* agres* masacr* șantaj*',
    crime:
      'fur fura* jefui* sparg* falsific* fals falsă spăla* contraband* înșel* hack* pirat* evazi* fraud* ilegal* virus malware spion* ocolesc fără_să_plătesc fără_permisiune prins',
    weapon: 'arma arme armă pistol* pușcă bomb* exploziv* grenad* cuțit amortizor otravă gaz',
    drug: 'drog* cocaină heroină metamfetamină lsd ecstasy canabis supradoz* pastile',
    self_harm: 'sinucid* mă_omor mor mă_tai spânzur fără_durere nu_mai_vreau',
    privacy:
      'adres* parol* număr* card* salari* dosar* pașaport* cont* privat* personal* locuiește locația mesaj* cnp',
    hate: 'insult* rasist* inferior* proști proaste leneș* banc bancuri interzi* batjoc* ură jegoși drept_de_vot',
    deceit:
      'știre_falsă fake minți minciun* conspir* neg* dezinform* inventat* propagandă niciodată',
    sexual: 'sex* porn* goal* gol erotic* minor* pedof*',
    person:
      'cineva persoan* om bărbat* femeie copil* bebeluș* vecin* iubit* fost* șef* coleg* profesor* poliți* mamă mama tată tatăl frate* soră sora soție soția soț soțul prieten* oameni elev* proprietar* politician*',
    group:
      'negri evrei musulman* imigranț* refugiați femei femeile handicapaț* homosexual* gay lesbien* țigani romi săraci grași',
    harmless:
      'timp* proces program* lumin* motor* joc jocuri gol minge foto* film petrecere buruieni țânțar* furnici molii bacterii ou ouă nucă pește pui balon record server linux python scenă plictiseal* piatr* pietre scaun* aluat inimă',
    protective:
      'protej* evit* preven* denunț* defini* înseamnă istori* roman* când leg* consecinț* simptom* ajut* recunosc ce_este carte personaj muzeu poezie',
    fiction:
      'harry_potter batman mickey asterix gandalf darth_vader făt-frumos zmeu* balaur* vrăjitoare*',
    rights: 'vota drepturi munci studia câștiga căsători conduce',
    absurd: 'zbura levita invizibili pereți foc sticlă beton lumină',
    atrocity: 'hitler holocaust genocid masacru sclavie apartheid stalin război_mondial',
    justify: 'justificat dreptate nega repeta',
  },
  {
    language: 'tr',
    violence:
      'öldür* cinayet* vur* bıçakla* boğ* zehirle* tecavüz* döv* yarala* işkence kaçır* bomba* patlat* yak* yık* yok_et* tehdit* taciz* saldır* katlet* şantaj*',
    crime:
      'çal* soy* hırsız* sahte* kara_para_akla* kaçak* dolandır* hackle* hack* kır* korsan* vergi_kaçır* hile* yasadışı yasa_dışı virüs casus* atlat* izinsiz yakalanma*',
    weapon: 'silah* tabanca* tüfek* bomba* patlayıcı* el_bombası bıçak susturucu zehir',
    drug: 'uyuşturucu* kokain eroin metamfetamin lsd ecstasy esrar aşırı_doz hap',
    self_harm: 'intihar* kendimi_öldür* ölmek yaşamak_istemiyorum kendimi_kes* acısız',
    privacy:
      'adres* şifre* parola* numara* kart* maaş* dosya* pasaport* hesap* özel* kişisel* oturuyor konum* mesajlar* kimlik',
    hate: 'hakaret* küfür* ırkçı* aşağı* aptal* tembel* fıkra* yasakla* alay* nefret* pis',
    deceit: 'yalan* sahte_haber uydur* komplo* inkar* dezenformasyon propaganda hiç_olmadı',
    sexual: 'seks* porno* çıplak* erotik* reşit_olmayan* çocuk_istismar*',
    person:
      'birini biri insan* kişi* adam* kadın* çocu* bebek* komşu* eski_sevgili* patron* iş_arkadaş* öğretmen* polis* anne* baba* kardeş* eşim* karım kocam arkadaş* halk öğrenci* ev_sahib* politikacı*',
    group:
      'siyahi* yahudi* müslüman* göçmen* mülteci* suriyeli* kadınlar engelli* eşcinsel* çingene* kürt* fakir* şişman*',
    harmless:
      'zaman* süreç* işlem* program* ışık* motor* oyun* gol top topu fotoğraf* film* parti* yabani_ot* sivrisinek* karınca* güve* bakteri* yumurta* ceviz balık* tavuk* balon* rekor* sunucu* linux python sahne* can_sıkıntı* taş* sandalye* hamur kalp*',
    protective:
      'koru* önle* engelle* bildir* tanım* demek anlam* tarih* roman* neden ne_zaman yasa* kanun* belirti* yardım* nedir kitap* karakter* müze* şiir*',
    fiction:
      'harry_potter batman miki asteriks gandalf darth_vader keloğlan nasreddin ejderha* cadı* dev',
    rights: 'oy hak* çalış* oku* kazan* evlen* yönet*',
    absurd: 'uç* görünmez duvar* nefes ateş cam beton ışık_hızı',
    atrocity: 'hitler holokost soykırım* katliam* kölelik apartheid stalin dünya_savaşı',
    justify: 'haklı meşru inkar',
  },
]
