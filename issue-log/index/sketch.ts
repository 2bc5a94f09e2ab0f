/** A word or rule-like mark of a normalised message, and how much it tells: above 0, at most 4095. */
export interface WeightedToken {
  readonly token: string;
  readonly weight: number;
}

/** Tokens as numbers: hashes that rise strictly, each with its weight in 16ths (1 to 65535). */
export interface Sketch {
  readonly hashes: Uint32Array;
  readonly weights: Uint16Array;
}

/** What a stored sketch takes: 4 bytes of hash and 2 of weight a token, little-endian. */
const bytesPerToken = 6;
const fixedPoint = 16;

/** The same tokens in any order give the same sketch; of a token that comes twice the greater weight counts. */
export function sketchOf(tokens: readonly WeightedToken[]): Sketch {
  const byHash = new Map<number, number>();
  for (const { token, weight } of tokens) {
    const fixed = Math.min(0xffff, Math.round(weight * fixedPoint));
    if (!(fixed > 0)) continue;
    const hash = hashOf(token);
    byHash.set(hash, Math.max(fixed, byHash.get(hash) ?? 0));
  }
  const hashes = Uint32Array.from(byHash.keys()).sort();
  return { hashes, weights: Uint16Array.from(hashes, (hash) => byHash.get(hash) ?? 0) };
}

export function encodeSketch({ hashes, weights }: Sketch): Uint8Array {
  const bytes = new Uint8Array(hashes.length * bytesPerToken);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < hashes.length; at += 1) {
    view.setUint32(at * bytesPerToken, hashes[at] ?? 0, true);
    view.setUint16(at * bytesPerToken + 4, weights[at] ?? 0, true);
  }
  return bytes;
}

export function decodeSketch(bytes: Uint8Array): Sketch {
  const count = Math.floor(bytes.byteLength / bytesPerToken);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hashes = new Uint32Array(count);
  const weights = new Uint16Array(count);
  for (let at = 0; at < count; at += 1) {
    hashes[at] = view.getUint32(at * bytesPerToken, true);
    weights[at] = view.getUint16(at * bytesPerToken + 4, true);
  }
  return { hashes, weights };
}

/** FNV-1a over UTF-16 units, then mixed, so that like words lie apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return mix(hash);
}

/** MurmurHash3's finaliser: every bit of the input moves every bit of the output. Unsigned, 32 bits. */
export function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
