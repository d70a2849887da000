/**
 * The shape of one language's phrases. Each phrase is a row of words as people write them:
 *
 *   (a|b c)   one of these; an empty choice makes it optional
 *   <4>       up to four words in between (characters in Chinese, Japanese and Thai)
 *   help*     a word that begins so;  *help: a word that ends so
 *   ^         at the start of a sentence only
 *
 * Spelling is normalised on both sides (case, apostrophes, width), so one form is enough.
 */
export const cues = [
    /** The assistant says that it cannot do it. */
    'inability',
    /** It says that it will not. */
    'unwillingness',
    /** It lacks the data or the means. */
    'noAccess',
    /** It names rules, guidelines, its nature or its principles as the obstacle. */
    'policy',
    /** It calls the request itself, or answering it, improper. */
    'objection',
    /** It calls an act illegal, wrong or dangerous: said by those who refuse and by those who explain. */
    'condemnation',
    /** It teaches values instead of answering. */
    'lecture',
    /** It offers something else, or sends the user elsewhere. */
    'redirection',
    /** A regret that leads into a refusal. */
    'apology',
    /** Sympathy: never a refusal, and it takes back an apology in the same sentence. */
    'empathy',
    /** It asks what is meant: an answer to an unclear request, not a refusal. */
    'clarification',
    /** It corrects a false premise: an answer, too. */
    'premise',
    /** Words that open the delivery of what was asked. */
    'opener',
    /** After a refusal: but, here is. */
    'pivot',
];
