import { crc32 } from "node:zlib";

/** An archive of one file, not compressed: ZIP, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zipOf(name: string, text: string): Buffer {
  const [file, data] = [Buffer.from(name), Buffer.from(text)];
  const fields = (size: number, ...values: readonly (readonly [number, number, number])[]): Buffer => {
    const buffer = Buffer.alloc(size);
    for (const [at, bytes, value] of values) buffer.writeUIntLE(value, at, bytes);
    return buffer;
  };
  const sum = crc32(data);
  const local = fields(
    30,
    [0, 4, 0x04034b50],
    [4, 2, 20],
    [14, 4, sum],
    [18, 4, data.length],
    [22, 4, data.length],
    [26, 2, file.length],
  );
  const central = fields(
    46,
    [0, 4, 0x02014b50],
    [4, 2, 0x0314],
    [6, 2, 20],
    [16, 4, sum],
    [20, 4, data.length],
    [24, 4, data.length],
    [28, 2, file.length],
    [38, 4, 0o644 * 65_536],
  );
  const at = local.length + file.length + data.length;
  const end = fields(
    22,
    [0, 4, 0x06054b50],
    [8, 2, 1],
    [10, 2, 1],
    [12, 4, central.length + file.length],
    [16, 4, at],
  );
  return Buffer.concat([local, file, data, central, file, end]);
}
