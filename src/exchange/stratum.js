/** The closed label sets by which behaviour is counted: language x depth x format. */
/** Depth: user turns in the history, the current one included. */
export const depthBuckets = ['1', '2-4', '5-9', '10-19', '20+'];
/** chat; agentic: tools offered or called; structured: schema-bound output. */
export const formats = ['chat', 'agentic', 'structured'];
/** The live cell: what is compared alike. */
export const cells = formats.flatMap((format) => depthBuckets.map((depth) => `${format}/${depth}`));
/** Languages are ISO 639-1 codes of the served ones, plus these two. */
export const otherLanguage = 'other';
export const undeterminedLanguage = 'und';
/** The 19 languages holdfast knows phrase sets for. */
export const coreLanguages = [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'ro',
    'tr',
    'bn',
    'sw',
    'zu',
    'th',
    'jv',
    'zh',
    'ja',
    'ar',
    'hi',
    'vi',
    'ko',
];
