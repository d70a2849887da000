/** Every phrase set the lexical judge reads with. A language is one file and one line here. */
import { ar } from './ar.js';
import { bn } from './bn.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { hi } from './hi.js';
import { id } from './id.js';
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
export const phraseSets = [
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
    id,
];
