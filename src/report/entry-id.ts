/** Ids of what a report says: of its content, so that the same finding has the same id every time. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../profile/row.ts'

export const withId = <T extends object>(kind: string, content: T): T & { id: string } => ({
  id: createHash('sha256')
    .update(`${kind}\n${canonicalJson(content)}`)
    .digest('hex')
    .slice(0, 12),
  ...content,
})
