/** Every phrase set the lexical judge reads with. A language is one file and one line here. */
import { ar } from './ar.ts'
import { bn } from './bn.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { jv } from './jv.ts'
import { ko } from './ko.ts'
import type { PhraseSet } from './phrase-set.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { sw } from './sw.ts'
import { th } from './th.ts'
import { tr } from './tr.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'
import { zu } from './zu.ts'

export const phraseSets: readonly PhraseSet[] = [
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
]
