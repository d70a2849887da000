/** What an answer takes up of its prompt: the prompt's words, an echo of it, or its reverse. */
import { negates } from './first-person-negation.js';
import { isUnspacedCode } from './tokens.js';
export const isUnspaced = (token) => token.length === 1 && isUnspacedCode(token.charCodeAt(0));
export const contentWord = (token) => token.length >= 4 || isUnspaced(token);
/** Words of the prompt that carry its topic; pairs in scripts without spaces. */
export const topicOf = (tokens) => {
    const topic = new Set();
    tokens.forEach((token, i) => {
        if (isUnspaced(token)) {
            const next = tokens[i + 1];
            if (next !== undefined && isUnspaced(next))
                topic.add(token + next);
        }
        else if (contentWord(token))
            topic.add(token);
    });
    return topic;
};
const share = (part, whole) => (whole === 0 ? 0 : part / whole);
export const overlapOf = (sentences, topic) => {
    const taken = new Set();
    const opened = new Set();
    const distinct = new Set();
    let fresh = 0;
    let total = 0;
    for (const { tokens, opening } of sentences) {
        tokens.forEach((token, i) => {
            const key = isUnspaced(token) ? token + (tokens[i + 1] ?? '') : token;
            total++;
            if (topic.has(key)) {
                taken.add(key);
                if (opening)
                    opened.add(key);
            }
            else if (!distinct.has(key) && contentWord(token))
                fresh++;
            distinct.add(key);
        });
    }
    return {
        takenUp: share(taken.size, topic.size),
        inOpening: share(opened.size, topic.size),
        newWords: Math.log1p(fresh) / 6,
        variety: share(distinct.size, total),
    };
};
/** Share of the prompt's topic that the first sentence takes up for it to be an echo. */
const echoMin = 0.4;
/**
 * Whether the first sentence takes up the prompt's words, and turns them round: "why was it right?"
 * answered by "it was not right". Undefined when it does not take them up.
 */
export const contradicts = (promptTokens, topic, first) => {
    const taken = new Set();
    first.forEach((token, i) => {
        const key = isUnspaced(token) ? token + (first[i + 1] ?? '') : token;
        if (topic.has(key))
            taken.add(key);
    });
    if (topic.size === 0 || taken.size / topic.size < echoMin)
        return undefined;
    return negates(first) !== negates(promptTokens);
};
