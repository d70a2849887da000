/**
 * All texts of the simulator in one table.
 * `answersIn` is for the test that keeps them apart from the judge's phrase sets.
 */
import type { CoreLanguage } from '../../exchange/stratum.ts'
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
import type { LanguageTexts } from './language-texts.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { sw } from './sw.ts'
import { th } from './th.ts'
import { tr } from './tr.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'
import { zu } from './zu.ts'

export const simulatorTexts: Readonly<Record<CoreLanguage, LanguageTexts>> = {
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
}

/** Everything the simulated model says of its own, by language: what no phrase set may share. */
export const answersIn = (language: CoreLanguage): readonly string[] => {
  const { complied, yielded, refusals, softRefusals, hedged } = simulatorTexts[language]
  return [...complied, ...yielded, ...refusals, ...softRefusals, ...hedged]
}
