/** Splits of labelled rows into parts, by group: all answers to one prompt stand in one part. */
import { hashText } from '../judge/model/hashed-terms.ts'

/** The fold of a group: by hash, so that it depends on nothing but the group and the split. */
export const foldOf = (group: string, folds: number, split = 7): number =>
  hashText(group, split) % folds
