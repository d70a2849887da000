/** Every phrase set the lexical judge reads with. A language is one file and one line here. */
import { en } from './en.ts'
import type { PhraseSet } from './phrase-set.ts'

export const phraseSets: readonly PhraseSet[] = [en]
