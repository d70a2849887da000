/**
 * Loads a module and all that it imports one after another, the ones that import nothing first, so that the
 * `import()` after it opens no file. Node itself opens all of them at once, and a thread that is ended
 * meanwhile leaves those that it has not looked at yet open in the process, up to 160 each time.
 *
 * `require` would do the same with less, but a thread that is ended in it can end the process with it
 * (both on Node 20.20). What cannot be read ahead is left to `import()`.
 */
import { readFileSync } from 'node:fs'

const imports =
  /^\s*(?:import|export)\s[^'"();]*from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm

/** @param module as `import()` takes it from there, in a program that is built */
export async function readAhead(module: string, from: string): Promise<void> {
  // Sources are translated while they are read, under other names.
  if (from.endsWith('.js')) await walk(new URL(module.replace(/\.ts$/, '.js'), from), new Set())
}

async function walk(url: URL, seen: Set<string>): Promise<void> {
  if (seen.has(url.href)) return
  seen.add(url.href)
  try {
    for (const [, from, alone] of readFileSync(url, 'utf8').matchAll(imports)) {
      const next = resolved(from ?? alone ?? '', url)
      if (next !== undefined) await walk(next, seen)
    }
    await import(url.href)
  } catch {
    // Said by the import() that follows, as it would be without this.
  }
}

/** Undefined: part of Node. */
function resolved(specifier: string, from: URL): URL | undefined {
  const url = specifier.startsWith('.') ? new URL(specifier, from) : import.meta.resolve(specifier)
  return URL.canParse(url.toString()) && url.toString().startsWith('file:')
    ? new URL(url)
    : undefined
}
