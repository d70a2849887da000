/** How the items of each category are read. */
import type { Category } from '../category.ts'
import { adversarialItem } from './adversarial.ts'
import type { ReadItem } from './item-context.ts'
import {
  agenticItem,
  decompositionItem,
  personalContextItem,
  steerabilityItem,
} from './scripted.ts'
import { factualItem, groundingItem, refusalCoreItem, verificationItem } from './single-turn.ts'

export const itemReaders: Readonly<Record<Category, ReadItem>> = {
  'refusal-core': refusalCoreItem,
  adversarial: adversarialItem,
  decomposition: decompositionItem,
  factual: factualItem,
  agentic: agenticItem,
  'personal-context': personalContextItem,
  grounding: groundingItem,
  verification: verificationItem,
  steerability: steerabilityItem,
}
