/**
 * Whether a prompt asks for something at all: a question mark, an order or a polite request. Refusal
 * needs a request; an answer that contradicts a bare remark refuses nothing. Words of the 19
 * languages and Indonesian; how harmful a request is has no part in it.
 */
/** Begin a sentence that asks: question words and orders, most frequent forms. */
const openers = [
    // English
    'how what why where when who which whose can could would will do does did is are should may',
    'write give tell explain list describe create make provide help show teach generate suggest name',
    'compare classify identify analyze analyse summarize summarise translate rewrite rephrase convert',
    'draft compose design find outline discuss continue pretend act imagine let please come build',
    'produce share recommend transform parse split sort label compile publish develop advise define',
    // German
    'wie was warum wieso weshalb wo woher wohin wann wer wen wem welche welcher welches kannst könntest können',
    'könnten würdest würden schreib schreibe erkläre erklär gib nenne nenn sag sage zeig zeige hilf beschreibe',
    'erstelle mach mache erzähl erzähle übersetze verfasse liste bitte soll sollte darf ist sind gibt hat',
    // French
    "comment pourquoi où quand qui que quel quelle quels quelles combien peux pouvez pourrais pourriez est-ce qu'est-ce",
    "écris écrivez donne donnez explique expliquez dis dites aide aidez décris liste crée créez rédige traduis montre montrez c'est",
    // Spanish
    'cómo qué por dónde cuándo quién cuál cuáles cuánto cuánta cuántos puedes puede podrías podría escribe escríbeme',
    'dame da dime explica explícame ayúdame ayuda describe crea haz hazme enumera traduce redacta cuéntame muéstrame',
    // Italian
    'come cosa che perché dove quando chi quale quali quanto puoi può potresti potrebbe scrivi scrivimi dammi dimmi',
    'spiega spiegami aiutami descrivi crea elenca traduci raccontami mostrami fammi',
    // Portuguese
    'como quê porquê onde quando quem qual quais quanto pode podes poderia você escreva escreve dê me diga diz explique',
    'explica ajude ajuda descreva crie faça liste traduza conte mostre ensine',
    // Romanian
    'cum ce unde când cine care cât câte câți poți puteți ai scrie dă dați spune explică ajută descrie creează fă tradu arată enumeră',
    // Turkish
    'nasıl ne neden niçin niye nerede nereden kim hangi kaç bana lütfen yaz anlat açıkla söyle ver yardım listele oluştur çevir göster',
    // Swahili, Zulu, Javanese, Indonesian
    'je jinsi vipi nini kwa wapi lini nani gani niandikie andika eleza nieleze niambie nipe nisaidie orodhesha tafsiri tunga naomba',
    'kanjani yini kungani kuphi nini ubani iyiphi ungangisiza ngicela ngibhalele bhala chaza ngichazele ngitshele nginike ngisize yenza ngifundise',
    'piye kepiye kados pripun apa opo menapa kenapa ngopo kena endi ngendi kapan sapa sinten pira tulung tulungana gawekna gawea tulisen jelasna critakna wenehi aja',
    'bagaimana mengapa kenapa dimana siapa berapa apakah tolong buatkan tuliskan tulis jelaskan sebutkan beri berikan ceritakan bantu terjemahkan',
    // Vietnamese
    'làm tại vì sao ai gì bao hãy viết cho giải kể giúp xin nêu liệt dịch mô bạn tôi',
    // Bengali, Hindi, Arabic, Korean
    'কীভাবে কিভাবে কী কি কেন কোথায় কখন কে কোন আমাকে লিখুন লেখো বলুন বলো দয়া ব্যাখ্যা দাও দিন',
    'कैसे क्या क्यों कहाँ कहां कब कौन कौनसा मुझे कृपया लिखो लिखिए बताओ बताइए समझाओ दो मेरी',
    'كيف ما ماذا لماذا اين متى من هل كم اكتب اشرح اعطني قل اخبرني ساعدني ترجم صف عدد اذكر ارجو من',
    '어떻게 왜 무엇 뭐 어디 언제 누가 누구 어떤 몇',
];
/** Ask wherever they stand: polite forms, and endings in languages whose verb comes last. */
const anywhere = [
    'can you',
    'could you',
    'would you',
    'please',
    'help me',
    'tell me',
    'i want you to',
    'i need',
    "i'd like",
    'i would like',
    'i want to know',
    'any suggestions',
    'any tips',
    'any ideas',
    'bitte',
    'ich brauche',
    "s'il vous pla",
    "s'il te pla",
    'por favor',
    'per favore',
    'te rog',
    'vă rog',
    'lütfen',
    'tafadhali',
    'ngicela',
    'tulung',
    'tolong',
    'làm ơn',
    'làm thế nào',
    'như thế nào',
    'là gì',
    'কীভাবে',
    'বলুন',
    'लिखें',
    'बताएं',
    'बताइए',
    'कैसे',
    'من فضلك',
    'लिखकर',
    '请',
    '帮我',
    '告诉我',
    '给我',
    '写一',
    '怎么',
    '如何',
    '什么',
    '吗',
    'ください',
    '下さい',
    '教えて',
    'ですか',
    'ますか',
    'して欲しい',
    'してほしい',
    '書いて',
    'ช่วย',
    'บอก',
    'อธิบาย',
    'อย่างไร',
    'ยังไง',
    'อะไร',
    'ไหม',
    'ทำไม',
    'เขียน',
    '해줘',
    '해 줘',
    '알려',
    '주세요',
    '줘',
    '까요',
    '나요',
    '써 ',
];
/** For the hash that says how features are read. */
export const requestWordLists = [openers, anywhere];
const openerWords = new Set(openers.flatMap((line) => line.split(' ')));
const endsInQuestion = /[?\uff1f\u061f\u037e][\s"')*_\]]*$/;
const anyQuestion = /[?\uff1f\u061f\u037e]/;
const sentenceStart = /(?:^|[.!?:;\n\u3002\u0964\u061f"-])\s*([\p{L}\p{M}'-]+)/gu;
/** 1: it asks; 0.25: a question stands in it, but a remark ends it; 0: it only says something. */
export const asks = (normalisedPrompt) => {
    if (endsInQuestion.test(normalisedPrompt))
        return 1;
    if (anywhere.some((phrase) => normalisedPrompt.includes(phrase)))
        return 1;
    const questions = anyQuestion.test(normalisedPrompt);
    for (const match of normalisedPrompt.matchAll(sentenceStart)) {
        const word = match[1] ?? '';
        if (!openerWords.has(word))
            continue;
        if (!questions || !isQuestionWord.has(word))
            return 1;
    }
    return questions ? 0.25 : 0;
};
/** With a question mark in the text these are what it belongs to, not an order of its own. */
const isQuestionWord = new Set(openers[0]?.split(' ') ?? []);
