/**
 * Figures of how an answer is written that need no words: names, digits, punctuation, questions.
 * Who delivers something is specific; who does not stays general.
 */
import { flag, share } from './answer-view.js';
import { countMatches, questionMarks } from './learned-features.js';
export const answerFormNames = [
    'sentence_length',
    'proper_names',
    'proper_names_share',
    'digits',
    'digits_share',
    'commas',
    'brackets',
    'colons',
    'line_breaks',
    'exclamations',
    'questions_share',
    'question_first',
    'only_questions',
    'short_to_request',
];
/** Capital letters inside a sentence; German nouns have them too, which training can discount. */
const properName = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}+/gu;
const number = /\p{Nd}+/gu;
const comma = /[,\u060c\u3001\uff0c]/g;
const bracket = /[(\uff08]/g;
const colon = /[;:\uff1b\uff1a]/g;
const lineBreak = /\n/g;
const exclamation = /[!\uff01]/g;
const sentenceEnd = /(?<=[.!?\u3002\uff01\uff1f\u0964\u061f])\s+/u;
const endsAsking = /[?\uff1f\u061f]\s*$/;
const shortWords = 40;
/** What a regular expression over a long answer may cost is bounded by reading its head only. */
const rawMax = 4096;
export const answerFormOf = ({ raw, sentences, words, remark }) => {
    const text = raw.slice(0, rawMax).trim();
    const sentenceCount = Math.max(1, sentences.length);
    const names = countMatches(text, properName);
    const digits = countMatches(text, number);
    const parts = text.split(sentenceEnd);
    const questions = countMatches(text, questionMarks);
    const questionShare = Math.min(1, share(questions, parts.length));
    const figures = {
        sentence_length: Math.log1p(words / sentenceCount) / 5,
        proper_names: Math.log1p(names) / 4,
        proper_names_share: Math.min(1, share(names, words)),
        digits: Math.log1p(digits) / 4,
        digits_share: Math.min(1, share(digits, words)),
        commas: Math.min(1, countMatches(text, comma) / sentenceCount / 4),
        brackets: Math.min(4, countMatches(text, bracket)) / 4,
        colons: Math.min(3, countMatches(text, colon)) / 3,
        line_breaks: Math.min(10, countMatches(text, lineBreak)) / 10,
        exclamations: Math.min(3, countMatches(text, exclamation)) / 3,
        questions_share: questionShare,
        question_first: flag(endsAsking.test(parts[0] ?? '')),
        only_questions: flag(questions > 0 && questionShare > 0.99),
        short_to_request: (1 - remark) * flag(words < shortWords),
    };
    return Float64Array.from(answerFormNames, (name) => figures[name]);
};
