import { negatesSelf } from './first-person-negation.js';
import { capAnswer, normalise } from './normalise.js';
import { topicOf } from './prompt-topic.js';
import { asks } from './request-words.js';
import { segment } from './segment.js';
import { tokenise } from './tokens.js';
const promptMax = 4096;
const historyMax = 6144;
/** Sentences and words that count as the opening. */
const openingSentences = 2;
const openingWords = 30;
export const refusing = [
    'inability',
    'unwillingness',
    'noAccess',
    'policy',
    'objection',
    'condemnation',
    'lecture',
    'redirection',
];
export const declining = ['inability', 'unwillingness'];
const readSentences = (segments, matcher) => {
    let before = 0;
    return segments.sentences.map(({ kind, tokens }, index) => {
        const opening = index < openingSentences || before < openingWords;
        before += tokens.length;
        const found = new Set();
        for (const hit of matcher.find(tokens))
            found.add(hit.cue);
        return {
            kind,
            tokens,
            cues: found,
            opening,
            negatesSelf: kind === 'prose' && negatesSelf(tokens),
        };
    });
};
export const hasAny = (sentence, wanted) => wanted.some((cue) => sentence.cues.has(cue));
export const share = (part, whole) => (whole === 0 ? 0 : part / whole);
const counts = (sentence, cue) => {
    // Words in a list are what was delivered, unless they open it.
    if (sentence.kind === 'list' && cue !== 'opener')
        return false;
    return cue !== 'apology' || !sentence.cues.has('empathy');
};
const cueFiguresOf = (sentences) => {
    const figures = {
        opening: new Map(),
        later: new Map(),
        words: new Map(),
        refusingWords: 0,
        refusingFirst: 0,
    };
    let unbroken = true;
    for (const sentence of sentences) {
        const { length } = sentence.tokens;
        for (const cue of sentence.cues) {
            if (!counts(sentence, cue))
                continue;
            const place = sentence.opening ? figures.opening : figures.later;
            place.set(cue, (place.get(cue) ?? 0) + 1);
            figures.words.set(cue, (figures.words.get(cue) ?? 0) + length);
        }
        const refuses = sentence.kind === 'prose' && hasAny(sentence, refusing);
        if (refuses)
            figures.refusingWords += length;
        if (!refuses)
            unbroken = false;
        else if (unbroken)
            figures.refusingFirst++;
    }
    return figures;
};
export const flag = (condition) => (condition ? 1 : 0);
const endsInQuestion = /[?\uff1f\u061f][\s"')*_]*$/;
export const wordsOf = (sentences) => sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
const textOf = ({ parts }) => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
export const saidBy = (turns, role) => turns
    .filter((turn) => turn.role === role)
    .map(textOf)
    .filter((text) => text !== '');
const tailOf = (texts) => {
    // Only the end is read: a long history costs no more than a short one.
    let tail = '';
    for (let i = texts.length - 1; i >= 0 && tail.length < historyMax; i--) {
        tail = `${(texts[i] ?? '').slice(-historyMax)}\n${tail}`;
    }
    return normalise(tail.slice(-historyMax));
};
const historyOf = (turns) => {
    const answers = saidBy(turns, 'assistant');
    return {
        answers: tailOf(answers),
        lastAnswer: normalise((answers.at(-1) ?? '').slice(-historyMax)),
        requests: tailOf(saidBy(turns, 'user').slice(0, -1)),
    };
};
export const see = ({ prompt, turns, text: said }, matcher) => {
    const raw = capAnswer(said);
    const text = capAnswer(normalise(raw));
    const segments = segment(text);
    const sentences = readSentences(segments, matcher);
    const request = normalise(prompt.slice(-promptMax));
    const promptTokens = tokenise(request);
    const figures = cueFiguresOf(sentences);
    const words = wordsOf(sentences);
    const listItems = segments.orderedItems + segments.bulletItems;
    return {
        text,
        segments,
        sentences,
        last: sentences.at(-1),
        promptTokens,
        topic: topicOf(promptTokens),
        figures,
        words,
        otherWords: words - figures.refusingWords,
        listItems,
        hasList: listItems >= 2 || segments.codeChars > 0,
        endsAsking: endsInQuestion.test(text),
        remark: 1 - asks(request),
        raw,
        request,
        history: historyOf(turns),
    };
};
