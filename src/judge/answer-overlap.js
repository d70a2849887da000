/**
 * What an answer takes up of the prompt and of what was said before it, by runs of characters: four,
 * or two in scripts without spaces. Works in every language alike, inflected forms included. The
 * history says whether the answer repeats an earlier one or goes back to an earlier subject.
 */
import { flag, share } from './answer-view.js';
import { isUnspaced } from './prompt-topic.js';
import { sentencesLookedAt } from './sentence-figures.js';
import { tokenise } from './tokens.js';
export const answerOverlapNames = [
    'prompt_covered',
    'from_prompt',
    'first_from_prompt',
    'last_from_prompt',
    'prompt_in_first',
    'prompt_in_one_sentence',
    'length_to_prompt',
    'from_earlier_answers',
    'from_last_answer',
    'from_earlier_requests',
    'length_to_last_answer',
    'list_gone_since_last_answer',
];
const tokensMax = 600;
const longRun = 4;
const unspacedRun = 2;
const spaceCode = 0x20;
/** Calls `take` for each run of characters of words in a row, one space between them. */
const eachGram = (tokens, take) => {
    let text = ' ';
    let unspaced = false;
    let joined = false;
    for (let i = 0; i < tokens.length && i < tokensMax; i++) {
        const token = tokens[i] ?? '';
        const solo = isUnspaced(token);
        if (!(solo && joined) && text.charCodeAt(text.length - 1) !== spaceCode)
            text += ' ';
        text += token;
        joined = solo;
        unspaced ||= solo;
    }
    text += ' ';
    const size = unspaced ? unspacedRun : longRun;
    for (let at = 0; at + size <= text.length; at++) {
        let hash = 0;
        for (let i = 0; i < size; i++)
            hash = (Math.imul(hash, 0x10001) + text.charCodeAt(at + i)) | 0;
        take(hash);
    }
};
const gramsOf = (tokens) => {
    const grams = new Set();
    eachGram(tokens, (gram) => grams.add(gram));
    return grams;
};
/** Answers for any number of sentences what they take of one prompt. */
class PromptGrams {
    /** Each run of the prompt with the number of the last text it was seen in. */
    #lastSeen = new Map();
    #everSeen = new Set();
    #text = 0;
    constructor(tokens) {
        eachGram(tokens, (gram) => this.#lastSeen.set(gram, 0));
    }
    has(gram) {
        return this.#lastSeen.has(gram);
    }
    take(tokens) {
        const text = ++this.#text;
        let grams = 0;
        let fromPrompt = 0;
        let distinct = 0;
        eachGram(tokens, (gram) => {
            grams++;
            const last = this.#lastSeen.get(gram);
            if (last === undefined)
                return;
            fromPrompt++;
            if (last === text)
                return;
            distinct++;
            this.#lastSeen.set(gram, text);
            this.#everSeen.add(gram);
        });
        return { grams, fromPrompt, covered: share(distinct, this.#lastSeen.size) };
    }
    /** Share of the prompt that stands in any of the texts. */
    get covered() {
        return share(this.#everSeen.size, this.#lastSeen.size);
    }
}
const nothing = { grams: 0, fromPrompt: 0, covered: 0 };
/** What the answer has that the prompt has not, as far as it stands in what was said before. */
const fromHistory = (history, sentences, prompt) => {
    const { answers, lastAnswer, requests } = history;
    if (answers === '' && requests === '')
        return { answers: 0, lastAnswer: 0, requests: 0 };
    const fresh = [...gramsOf(sentences.flatMap(({ tokens }) => tokens))].filter((gram) => !prompt.has(gram));
    const from = (said) => {
        if (said === '')
            return 0;
        const grams = gramsOf(tokenise(said));
        return share(fresh.filter((gram) => grams.has(gram)).length, fresh.length);
    };
    return { answers: from(answers), lastAnswer: from(lastAnswer), requests: from(requests) };
};
const listLine = /\n\s*(?:[-*]|\d+\.)/;
export const answerOverlapOf = ({ text, request, promptTokens, sentences, history, }) => {
    const prompt = new PromptGrams(promptTokens);
    const each = sentencesLookedAt(sentences).map(({ tokens }) => prompt.take(tokens));
    const first = each[0] ?? nothing;
    const last = each.at(-1) ?? nothing;
    const grams = each.reduce((sum, taken) => sum + taken.grams, 0);
    const fromPrompt = each.reduce((sum, taken) => sum + taken.fromPrompt, 0);
    const said = fromHistory(history, sentences, prompt);
    const { lastAnswer } = history;
    const figures = {
        prompt_covered: prompt.covered,
        from_prompt: share(fromPrompt, grams),
        first_from_prompt: share(first.fromPrompt, first.grams),
        last_from_prompt: share(last.fromPrompt, last.grams),
        prompt_in_first: first.covered,
        prompt_in_one_sentence: each.reduce((most, { covered }) => Math.max(most, covered), 0),
        length_to_prompt: Math.max(-3, Math.log((text.length + 1) / (request.length + 1))) / 4,
        from_earlier_answers: said.answers,
        from_last_answer: said.lastAnswer,
        from_earlier_requests: said.requests,
        length_to_last_answer: lastAnswer === ''
            ? 0
            : Math.max(-1, Math.min(1, Math.log((text.length + 1) / (lastAnswer.length + 1)) / 4)),
        list_gone_since_last_answer: lastAnswer === ''
            ? 0
            : flag(listLine.test(`\n${lastAnswer}`)) - flag(listLine.test(`\n${text}`)),
    };
    return Float64Array.from(answerOverlapNames, (name) => figures[name]);
};
