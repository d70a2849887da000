/** Every language whose turns can be read. Adding one is a file, its rows in the test, and a line here. */
import { ar } from './ar.ts'
import { bn } from './bn.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { jv } from './jv.ts'
import { ko } from './ko.ts'
import type { SpeechPhrases } from './phrase-set.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { sw } from './sw.ts'
import { th } from './th.ts'
import { tr } from './tr.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'
import { zu } from './zu.ts'

export const speechPhrases: readonly SpeechPhrases[] = [
  en,
  de,
  fr,
  es,
  it,
  pt,
  ro,
  tr,
  zh,
  ja,
  ko,
  ar,
  hi,
  bn,
  vi,
  th,
  sw,
  zu,
  jv,
]
