import type { Rule } from "../rule.ts";

const ADDRESS = /(?<![\p{L}\p{N}\p{M}._%+:/@-])[\p{L}\p{N}\p{M}._%+-]+@((?:[\p{L}\p{N}\p{M}-]+\.)+\p{L}[\p{L}\p{M}]+)/gu;
/** RFC 2606 and 6761, and IANA's test domains in other scripts. */
const RESERVED = /(?:^|\.)(?:example\.(?:com|org|net)|(?:[^.]+\.)?(?:example|test|invalid|测试|測試|испытание|テスト|테스트|परीक्षा|إختبار|آزمایشی|δοκιμή|טעסט|பரிட்சை))$/u;
/** Texts of others that are kept as they were published. */
const AS_PUBLISHED = /(?:^|\/)(?:LICENSE|package-lock\.json)$|^test-fixtures\/(?:vectors|law)\//;

/** Only synthetic people, on domains that belong to nobody. */
export const reservedPeople: Rule = {
  name: "reserved-people",
  check(repository) {
    const files = repository.files.filter((path) => !AS_PUBLISHED.test(path));
    return files.flatMap((path) =>
      repository.read(path).split("\n").flatMap((text, index) =>
        [...text.matchAll(ADDRESS)]
          .filter(([, domain = ""]) => !RESERVED.test(domain.toLowerCase()))
          .map(() => ({ path, line: index + 1, message: "an e-mail address outside the reserved domains" })),
      ),
    );
  },
};
