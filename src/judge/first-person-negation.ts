/**
 * Sentences in which the speaker says of itself that it does not, will not or cannot: "none of that
 * will I", "no voy a", "ngeke ngi-". Broader than the phrase sets, and weaker: "I don't have the
 * exact figure, but" is one, too. What it is worth is left to the training.
 *
 * Tokens are normalised (lower case, no Arabic alef forms); Chinese, Japanese and Thai come as
 * single characters and are looked at as one string.
 */

/** A first-person word and a negation within this many words of each other. */
const reach = 7

const selves = new Set(
  "i i'm i'd i'll i've we ich je j' mir yo eu eu tôi mình tớ em saya aku kula dalem আমি আমরা আমার मैं हम मुझे मेरे انا نحن 저는 제가 저로서는 나는".split(
    ' ',
  ),
)

const negations = new Set(
  "not no never nor neither none cannot can't won't don't wouldn't couldn't shouldn't isn't didn't doesn't haven't unable nicht kein keine keinen keinerlei nie nichts ne n'ai n'en pas jamais aucun aucune không chẳng chưa đừng tidak tak bukan enggak ora mboten boten dudu aja না নেই নই নয় নহে नहीं ना मत لا لن لم لست ليس ليست".split(
    ' ',
  ),
)

/** Negation and person in one word. */
const oneWord: readonly RegExp[] = [
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
]

/** Romance languages leave the subject out: the negation and the ending of the verb tell the person. */
const dropped: readonly { negation: ReadonlySet<string>; verb: RegExp }[] = [
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
]

const unspaced =
  /(?:我|本人|我们)[^,.，。]{0,8}(?:不|没|無|无法|拒绝|拒絕)|(?:恕难|恕我|无可奉告|做不了|不便|不会帮|爱莫能助)|(?:できません|できかねます|いたしません|致しません|しません|ません(?:ので|が)?$|かねます|控え|遠慮|お断り|応じられ|お答えでき)|(?:ฉัน|ผม|เรา|ดิฉัน)[^ ]{0,12}ไม่|ไม่(?:สามารถ|ขอ|ช่วย|ให้|เปิดเผย|ทำ|แนะนำ)|ขอ(?:ไม่|ปฏิเสธ|งด)/u

/** What one word says, in bits; which of `dropped` its negation belongs to stands above them. */
const saysSelf = 1
const saysNegation = 2
const saysBoth = 4
const contracted = 8
const droppedShift = 4
const anyNegation = ~saysSelf

const saidBy = new Map<string, number>()
const note = (words: Iterable<string>, bits: number): void => {
  for (const word of words) saidBy.set(word, (saidBy.get(word) ?? 0) | bits)
}
note(selves, saysSelf)
note(negations, saysNegation)
dropped.forEach(({ negation }, i) => {
  note(negation, (i + 1) << droppedShift)
})
const inOneWord = new RegExp(oneWord.map(({ source }) => source).join('|'), 'u')

/** Looked up once for each different word, and handed in with it. */
export const sayingOf = (token: string): number =>
  (saidBy.get(token) ?? 0) |
  (inOneWord.test(token) ? saysBoth : 0) |
  (token.endsWith("n't") ? contracted : 0)

export interface SaidWord {
  readonly text: string
  /** By `sayingOf`. */
  readonly says: number
}

export const said = (text: string): SaidWord => ({ text, says: sayingOf(text) })

const oneCharacter = (word: SaidWord | undefined): boolean =>
  word !== undefined && word.text.length === 1 && word.text.charCodeAt(0) > 0x0e00

/** Words of a sentence looked at. */
const wordsMax = 60

/** The sentence as one string where words are characters; undefined where they are not. */
const unspacedText = (words: readonly SaidWord[]): string | undefined => {
  const count = Math.min(words.length, wordsMax)
  if (!oneCharacter(words[0]) && !oneCharacter(words[count >> 1])) return undefined
  let text = ''
  for (let at = 0; at < count; at++) text += words[at]?.text ?? ''
  return text
}

const pairNear = (words: readonly SaidWord[], count: number): boolean => {
  let self = Number.NEGATIVE_INFINITY
  let negation = Number.NEGATIVE_INFINITY
  for (let at = 0; at < count; at++) {
    const says = words[at]?.says ?? 0
    if ((says & saysSelf) !== 0) self = at
    if ((says & saysNegation) !== 0) negation = at
    if (Math.abs(self - negation) <= reach) return true
  }
  return false
}

export const negatesSelf = (words: readonly SaidWord[]): boolean => {
  const text = unspacedText(words)
  if (text !== undefined) return unspaced.test(text)
  const count = Math.min(words.length, wordsMax)
  if (pairNear(words, count)) return true
  for (let at = 0; at < count; at++) {
    const says = words[at]?.says ?? 0
    if ((says & saysBoth) !== 0) return true
    if (says < 1 << droppedShift || at + 1 === count) continue
    const verb = dropped[(says >> droppedShift) - 1]?.verb
    if (verb?.test(words[at + 1]?.text ?? '') === true) return true
  }
  return false
}

const unspacedNegation = /[不没沒無无未]|ない|ません|ず[、。]?$|ไม่|มิ/u

/** Any negation, whoever is the subject. */
export const negates = (words: readonly SaidWord[]): boolean => {
  const text = unspacedText(words)
  if (text !== undefined) return unspacedNegation.test(text)
  return words.slice(0, wordsMax).some(({ says }) => (says & anyNegation) !== 0)
}

/** For the hash that says how features are read. */
export const firstPersonNegationSource: readonly string[] = [
  [...selves].join(' '),
  [...negations].join(' '),
  ...oneWord.map(String),
  ...dropped.map(({ negation, verb }) => `${[...negation].join(' ')} ${String(verb)}`),
  String(unspaced),
  String(unspacedNegation),
]
