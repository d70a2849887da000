/**
 * Sentences in which the speaker says of itself that it does not, will not or cannot: "none of that
 * will I", "no voy a", "ngeke ngi-". Broader than the phrase sets, and weaker: "I don't have the
 * exact figure, but" is one, too. What it is worth is left to the training.
 *
 * Tokens are normalised (lower case, no Arabic alef forms); Chinese, Japanese and Thai come as
 * single characters and are looked at as one string.
 */
/** A first-person word and a negation within this many words of each other. */
const reach = 7;
const selves = new Set("i i'm i'd i'll i've we ich je j' mir yo eu eu tôi mình tớ em saya aku kula dalem আমি আমরা আমার मैं हम मुझे मेरे انا نحن 저는 제가 저로서는 나는".split(' '));
const negations = new Set("not no never nor neither none cannot can't won't don't wouldn't couldn't shouldn't isn't didn't doesn't haven't unable nicht kein keine keinen keinerlei nie nichts ne n'ai n'en pas jamais aucun aucune không chẳng chưa đừng tidak tak bukan enggak ora mboten boten dudu aja না নেই নই নয় নহে नहीं ना मत لا لن لم لست ليس ليست".split(' '));
/** Negation and person in one word. */
const oneWord = [
    // English contractions with their subject lost, as in headlines: "can't help with that".
    /^(?:can't|cannot|won't)$/u,
    // Turkish: -mam, -mem, -amıyorum, -meyeceğim.
    /(?:[ae]m[ae]m|m[ıiuü]yorum|m[ae]y[ae]ce[ğg]im|m[ae]yaca[ğg]ım|m[ae]yaca[ğg]iz|m[ae]d[ıi]m|de[ğg]ilim)$/u,
    // Swahili: siwezi, sitasema, sitoi.
    /^(?:si(?:ta|wez|to|na|ju|fany|pend|shirik|hu|ung|ku)|hatu)\p{L}+$/u,
    // Zulu: angikwazi, angeke, ngeke, ngingeke.
    /^(?:angi|asi|angeke|ngeke|ngingeke|anginakho|angizi)\p{L}*$/u,
    // Korean: 않겠습니다, 못합니다, 없습니다, 드릴 수 없.
    /(?:않겠습니다|않을게요|않습니다|않아요|못합니다|못해요|없습니다|없어요|아닙니다|거절하겠습니다)$/u,
];
/** Romance languages leave the subject out: the negation and the ending of the verb tell the person. */
const dropped = [
    {
        negation: new Set(['no']),
        verb: /^(?:\p{L}{2,}o|voy|doy|soy|estoy|sé|\p{L}+ré|\p{L}+ría|me|te|lo)$/u,
    },
    { negation: new Set(['non']), verb: /^(?:\p{L}{2,}o|\p{L}+rò|\p{L}+rei|ti|mi|lo|la|ne)$/u },
    {
        negation: new Set(['não']),
        verb: /^(?:\p{L}{2,}o|vou|dou|sou|sei|\p{L}+rei|\p{L}+ria|me|te|lhe)$/u,
    },
    {
        negation: new Set(['nu']),
        verb: /^(?:pot|voi|vreau|ofer|scriu|dau|fac|spun|am|sunt|știu|te|vă|îți|o|îl|cred|recomand)$/u,
    },
];
const unspaced = /(?:我|本人|我们)[^,.，。]{0,8}(?:不|没|無|无法|拒绝|拒絕)|(?:恕难|恕我|无可奉告|做不了|不便|不会帮|爱莫能助)|(?:できません|できかねます|いたしません|致しません|しません|ません(?:ので|が)?$|かねます|控え|遠慮|お断り|応じられ|お答えでき)|(?:ฉัน|ผม|เรา|ดิฉัน)[^ ]{0,12}ไม่|ไม่(?:สามารถ|ขอ|ช่วย|ให้|เปิดเผย|ทำ|แนะนำ)|ขอ(?:ไม่|ปฏิเสธ|งด)/u;
const oneCharacter = (token) => token !== undefined && token.length === 1 && token.charCodeAt(0) > 0x0e00;
const pairNear = (tokens) => {
    let self = Number.NEGATIVE_INFINITY;
    let negation = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at] ?? '';
        if (selves.has(token))
            self = at;
        if (negations.has(token))
            negation = at;
        if (Math.abs(self - negation) <= reach)
            return true;
    }
    return false;
};
const droppedSubject = (tokens) => tokens.some((token, at) => dropped.some(({ negation, verb }) => negation.has(token) && verb.test(tokens[at + 1] ?? '')));
/** Words of a sentence looked at. */
const wordsMax = 60;
export const negatesSelf = (all) => {
    const tokens = all.length > wordsMax ? all.slice(0, wordsMax) : all;
    const middle = tokens[tokens.length >> 1];
    if (oneCharacter(tokens[0]) || oneCharacter(middle))
        return unspaced.test(tokens.join(''));
    if (pairNear(tokens))
        return true;
    if (tokens.some((token) => oneWord.some((pattern) => pattern.test(token))))
        return true;
    return droppedSubject(tokens);
};
const unspacedNegation = /[不没沒無无未]|ない|ません|ず[、。]?$|ไม่|มิ/u;
/** Any negation, whoever is the subject. */
export const negates = (all) => {
    const tokens = all.length > wordsMax ? all.slice(0, wordsMax) : all;
    const middle = tokens[tokens.length >> 1];
    if (oneCharacter(tokens[0]) || oneCharacter(middle)) {
        return unspacedNegation.test(tokens.join(''));
    }
    return tokens.some((token) => negations.has(token) ||
        token.endsWith("n't") ||
        dropped.some(({ negation }) => negation.has(token)) ||
        oneWord.some((pattern) => pattern.test(token)));
};
/** For the hash that says how features are read. */
export const firstPersonNegationSource = [
    [...selves].join(' '),
    [...negations].join(' '),
    ...oneWord.map(String),
    ...dropped.map(({ negation, verb }) => `${[...negation].join(' ')} ${String(verb)}`),
    String(unspaced),
    String(unspacedNegation),
];
