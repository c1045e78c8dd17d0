/**
 * The Porter 2 stemmer for English, the same step for step as `generator/search/stemmer.py`, which says why.
 * @module
 */

/** @type {ReadonlyMap<string, string>} */
const SPECIAL = new Map([
  ["skis", "ski"], ["skies", "sky"], ["dying", "die"], ["lying", "lie"], ["tying", "tie"], ["idly", "idl"],
  ["gently", "gentl"], ["ugly", "ugli"], ["early", "earli"], ["only", "onli"], ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map((word) => /** @type {[string, string]} */ ([word, word])),
]);
const KEPT = new Set("inning outing canning herring earring evening proceed exceed succeed".split(" "));
const CONSONANT_Y = /(^|[aeiouy])y/g;
const REGION = /[aeiouy][^aeiouy]/;
const PREFIX = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/;
const VOWEL = /[aeiouy]/;
const SHORT_END = /(?:^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/;
const DOUBLE = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const DOUBLE_KEPT = /^[aeo](?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const STEP_1A_S = /[aeiouy].+s$/;
const STEP_1B = /(?:eedly|ingly|edly|eed|ing|ed)$/;
const STEP_1C = /.[^aeiouy][yY]$/;
const STEP_2 = new RegExp(
  "(?:ization|ational|fulness|ousness|iveness|tional|biliti|lessli|entli|ation|alism|aliti|ousli|iviti|fulli" +
    "|ogist|enci|anci|abli|izer|ator|alli|bli|ogi|li)$",
);
/** @type {Readonly<Record<string, string>>} */
const TO_2 = {
  tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize",
  ational: "ate", ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful",
  ousli: "ous", ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", fulli: "ful",
  lessli: "less", ogist: "og",
};
const STEP_3 = /(?:ational|tional|alize|icate|iciti|ative|ical|ness|ful)$/;
/** @type {Readonly<Record<string, string>>} */
const TO_3 = { tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic" };
const STEP_4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;
const WORD = /^[a-z]{3,40}$/;

/** @type {Map<string, string>} */
const known = new Map();

/**
 * The stem of a folded word; a word with anything but the letters a to z is its own stem.
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  if (!WORD.test(word)) return word;
  let found = known.get(word);
  if (found === undefined) {
    // A long article has some thousand words; more than this are not worth their memory.
    if (known.size > 20000) known.clear();
    found = SPECIAL.get(word) ?? worked(word);
    known.set(word, found);
  }
  return found;
}

/** @param {string} typed @returns {string} */
function worked(typed) {
  let word = typed.replace(CONSONANT_Y, "$1Y");
  const [first, second] = regions(word);
  word = step1a(word);
  if (KEPT.has(word)) return word;
  word = step1b(word, first);
  if (STEP_1C.test(word)) word = word.slice(0, -1) + "i";
  word = step2(word, first);
  word = step3(word, first, second);
  word = step4(word, second);
  return step5(word, first, second).replace(/Y/g, "y");
}

/** @param {string} word @returns {[number, number]} */
function regions(word) {
  const prefix = PREFIX.exec(word);
  const found = REGION.exec(word);
  const first = prefix ? prefix[0].length : found ? found.index + 2 : word.length;
  const next = REGION.exec(word.slice(first));
  return [first, next ? first + next.index + 2 : word.length];
}

/** @param {string} word @returns {string} */
function step1a(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ied") || word.endsWith("ies")) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (word.endsWith("us") || word.endsWith("ss")) return word;
  return STEP_1A_S.test(word) ? word.slice(0, -1) : word;
}

/** @param {string} word @param {number} first @returns {string} */
function step1b(word, first) {
  const found = STEP_1B.exec(word);
  if (!found) return word;
  const at = found.index;
  if (found[0] === "eed" || found[0] === "eedly") return at >= first ? word.slice(0, at) + "ee" : word;
  if (!VOWEL.test(word.slice(0, at))) return word;
  const left = word.slice(0, at);
  if (left.endsWith("at") || left.endsWith("bl") || left.endsWith("iz")) return left + "e";
  if (DOUBLE.test(left) && !DOUBLE_KEPT.test(left)) return left.slice(0, -1);
  return first >= left.length && SHORT_END.test(left) ? left + "e" : left;
}

/** @param {string} word @param {number} first @returns {string} */
function step2(word, first) {
  const found = STEP_2.exec(word);
  if (!found || found.index < first) return word;
  const before = word.charAt(found.index - 1);
  if (found[0] === "ogi") return before === "l" ? word.slice(0, -1) : word;
  if (found[0] === "li") return "cdeghkmnrt".includes(before) && before ? word.slice(0, found.index) : word;
  return word.slice(0, found.index) + TO_2[found[0]];
}

/** @param {string} word @param {number} first @param {number} second @returns {string} */
function step3(word, first, second) {
  const found = STEP_3.exec(word);
  if (!found || found.index < first) return word;
  if (found[0] === "ative") return found.index >= second ? word.slice(0, found.index) : word;
  return word.slice(0, found.index) + (TO_3[found[0]] ?? "");
}

/** @param {string} word @param {number} second @returns {string} */
function step4(word, second) {
  const found = STEP_4.exec(word);
  if (!found || found.index < second) return word;
  const before = word.charAt(found.index - 1);
  if (found[0] === "ion" && before !== "s" && before !== "t") return word;
  return word.slice(0, found.index);
}

/** @param {string} word @param {number} first @param {number} second @returns {string} */
function step5(word, first, second) {
  const at = word.length - 1;
  const left = word.slice(0, at);
  if (word.endsWith("e")) return at >= second || (at >= first && !SHORT_END.test(left)) ? left : word;
  return word.endsWith("ll") && at >= second ? left : word;
}
