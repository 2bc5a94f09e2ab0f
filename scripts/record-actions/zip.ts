import { crc32 } from "node:zlib";

/** A zip archive of one stored file, for a function's code; layout after PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16. */
export function zipOf(name: string, text: string): Buffer {
  const data = Buffer.from(text, "utf8");
  const path = Buffer.from(name, "utf8");
  // From "version needed" to "extra field length": the same 26 bytes in both headers.
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, path, data]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  const central = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common, attributes, path]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
