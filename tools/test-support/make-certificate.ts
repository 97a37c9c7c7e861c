import { generateKeyPairSync, sign } from "node:crypto";

/** A self-signed certificate for this machine, as a brand's own authority would make one. DER is written by hand, because Node reads X.509 and makes none. */
export function makeCertificate(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence([objectIdentifier("2a8648ce3d040302")]);
  const name = sequence([encode(0x31, sequence([objectIdentifier("550403"), encode(0x0c, Buffer.from("Volenti test authority"))]))]);
  const validity = sequence([encode(0x17, Buffer.from("200101000000Z")), encode(0x17, Buffer.from("491231235959Z"))]);
  const addresses = sequence([encode(0x82, Buffer.from("localhost")), encode(0x87, Buffer.from([127, 0, 0, 1]))]);
  const extensions = sequence([
    sequence([objectIdentifier("551d13"), encode(0x01, Buffer.from([0xff])), octets(sequence([encode(0x01, Buffer.from([0xff]))]))]),
    sequence([objectIdentifier("551d11"), octets(addresses)]),
  ]);
  const certificate = sequence([
    encode(0xa0, encode(0x02, Buffer.from([2]))),
    encode(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ format: "der", type: "spki" }),
    encode(0xa3, extensions),
  ]);
  const signature = encode(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", certificate, privateKey)]));
  const base64 = sequence([certificate, algorithm, signature]).toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
  };
}

function encode(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(parts: readonly Buffer[]): Buffer {
  return encode(0x30, Buffer.concat(parts));
}

function octets(content: Buffer): Buffer {
  return encode(0x04, content);
}

function objectIdentifier(hexadecimal: string): Buffer {
  return encode(0x06, Buffer.from(hexadecimal, "hex"));
}
