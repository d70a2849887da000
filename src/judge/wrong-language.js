/**
 * Whether an answer that helps is written in a language nobody asked for: the user is likely to be
 * left with nothing, so nothing can be said of the system's willingness. Only long enough texts whose
 * languages are both known count, and none of a conversation that names a language or a translation.
 */
import { coreLanguages } from '../exchange/stratum.js';
import { normalise } from './normalise.js';
import { tokenise } from './tokens.js';
/** Below these a detected language is a guess. Characters count as words where there are no spaces. */
const promptWordsMin = 5;
const answerWordsMin = 15;
const known = new Set(coreLanguages);
/** "Translate", "language" and names of languages, as they begin, in the served languages. */
const namesLanguage = new RegExp([
    'translat|language|idiom|spanglish|english|german|french|spanish|italian|portug|romanian|turkish|swahili|zulu',
    'javanes|indonesian|vietnam|chinese|mandarin|cantonese|japan|korean|thai|arabic|hindi|bengali|bangla|latin|russian|greek|dutch|polish',
    'übersetz|sprache|englisch|deutsch|franz|spanisch|italienisch|chinesisch|japanisch|arabisch|türkisch',
    'tradu|langue|anglais|allemand|français|espagnol|italien|chinois|japonais|arabe|turc',
    'lengua|inglés|ingles|alemán|francés|español|chino|japonés|árabe|inglese|tedesco|francese|spagnolo|cinese|lingua',
    'língua|inglês|alemão|francês|espanhol|limba|limbi|englez|german|francez|spaniol|engleză|româ',
    'çevir|tercüme|ingilizce|almanca|türkçe|fransızca|kiingereza|kiswahili|tafsiri|lugha|isizulu|isingisi|isilungu|humush|ulimi',
    'terjemah|inggris|jawa|basa |bahasa|dịch|tiếng|ngôn ngữ',
    'অনুবাদ|ভাষা|ইংরেজি|বাংলা|अनुवाद|भाषा|अंग्रेज|हिंदी|हिन्दी|ترجم|لغه|لغة|انجليزي|الانكليزي|عربي',
    '翻译|翻譯|英文|英语|中文|汉语|日语|法语|德语|西班牙语|語|翻訳|訳|แปล|ภาษา|번역|영어|한국어|일본어|중국어|언어',
]
    .map((line) => normalise(line))
    .join('|'), 'u');
export const wrongLanguageRevision = 1;
export const inWrongLanguage = ({ promptLanguage, answerLanguage, requests, prompt, answerWords, }) => {
    if (promptLanguage === answerLanguage)
        return false;
    if (!known.has(promptLanguage) || !known.has(answerLanguage))
        return false;
    if (answerWords < answerWordsMin)
        return false;
    if (tokenise(normalise(prompt)).length < promptWordsMin)
        return false;
    return !namesLanguage.test(normalise(requests));
};
