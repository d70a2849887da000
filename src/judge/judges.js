import { createLearnedJudge } from './learned.js';
import { lexicalJudge } from './lexical.js';
import { providerSignalJudge } from './provider-signal.js';
/** Each is made when it is asked for: weights take memory. */
const onBoard = {
    provider_signal: () => providerSignalJudge,
    lexical: () => lexicalJudge,
    learned: () => createLearnedJudge(),
};
export const onBoardJudges = ['provider_signal', 'lexical', 'learned'];
export const judgeNamed = (id) => onBoard[id]();
/** What the provider says of itself goes first; one judge that reads the answer decides the rest. */
export const judgesWith = (reader) => [
    providerSignalJudge,
    judgeNamed(reader),
];
export const firstVerdict = (input, table) => {
    for (const judge of table) {
        const verdict = judge.judge(input);
        if (verdict !== undefined)
            return verdict;
    }
    return undefined;
};
export const judgeExchange = (input, table) => firstVerdict(input, table) ?? { verdict: 'unclear', confidence: 0, judge: 'none', version: '1' };
