import { ar } from './ar.js';
import { bn } from './bn.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { hi } from './hi.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { jv } from './jv.js';
import { ko } from './ko.js';
import { pt } from './pt.js';
import { ro } from './ro.js';
import { sw } from './sw.js';
import { th } from './th.js';
import { tr } from './tr.js';
import { vi } from './vi.js';
import { zh } from './zh.js';
import { zu } from './zu.js';
export const simulatorTexts = {
    en,
    de,
    fr,
    es,
    it,
    pt,
    ro,
    tr,
    bn,
    sw,
    zu,
    th,
    jv,
    zh,
    ja,
    ar,
    hi,
    vi,
    ko,
};
/** Everything the simulated model says of its own, by language: what no phrase set may share. */
export const answersIn = (language) => {
    const { complied, yielded, refusals, softRefusals, hedged } = simulatorTexts[language];
    return [...complied, ...yielded, ...refusals, ...softRefusals, ...hedged];
};
