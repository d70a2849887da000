/** Whether the optional packages of a classifier of one's own are here; in CI their absence is a failure. */

async function isInstalled(...names: string[]): Promise<boolean> {
  try {
    for (const name of names) await import(name)
    return true
  } catch {
    return false
  }
}

const installed =
  (await isInstalled('@huggingface/tokenizers')) &&
  ((await isInstalled('onnxruntime-node')) || (await isInstalled('onnxruntime-web')))

export const skipWithoutOnnx =
  installed || process.env['CI'] === 'true'
    ? false
    : 'not installed: npm install --no-save onnxruntime-web @huggingface/tokenizers'
