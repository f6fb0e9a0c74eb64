// What a number may look like: a pattern, made a table of states; see pilgi's docs, "Patterns".

const MOST_REPEATED = 64;
const MOST_STATES = 8192;
const NAMED = {
  date: "(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])",
  amount: "0|[1-9]\\d*",
  card: "luhn:\\d{13,19}",
};
const NEVER = ["never"];
const END = ["end"];
const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const then = (first, second) => {
  if (first === NEVER || second === NEVER) return NEVER;
  if (first === END) return second;
  return second === END ? first : ["then", first, second];
};
const either = (first, second) => {
  if (first === NEVER || same(first, second)) return second;
  return second === NEVER ? first : ["either", first, second];
};

/** Reads a pattern from left to right. */
class Reading {
  constructor(text) {
    this.left = text;
    this.whole = text;
  }

  refuse(why) {
    const names = Object.keys(NAMED).join(", ");
    throw new RangeError(
      `pattern '${this.whole}': ${why}; write digits, \\d, [0-5], (1|2), counts ? * + {n} {n,m}, or one of: ${names}`,
    );
  }

  take(sign) {
    if (!this.left.startsWith(sign)) return false;
    this.left = this.left.slice(sign.length);
    return true;
  }

  choice() {
    let found = this.row();
    while (this.take("|")) found = either(found, this.row());
    return found;
  }

  row() {
    let found = END;
    while (this.left && !"|)?*+{".includes(this.left[0])) found = then(found, this.counted(this.atom()));
    return found;
  }

  atom() {
    if (this.take("(")) {
      const inner = this.choice();
      if (!this.take(")")) this.refuse("a ')' is missing");
      return inner;
    }
    if (this.take("[")) return this.digits();
    if (this.take("\\d")) return ["digit", ALL];
    const [first] = this.left;
    if (!/[0-9]/.test(first)) this.refuse(`'${first}' is not a digit, and only digits are read`);
    this.take(first);
    return ["digit", [Number(first)]];
  }

  digits() {
    const inside = /^((?:\d-\d|\d)+)\]/.exec(this.left)?.[1];
    if (!inside) this.refuse("a '[' needs digits and its ']'");
    this.take(`${inside}]`);
    const found = new Set();
    for (const [, first, last = first] of inside.matchAll(/(\d)(?:-(\d))?/g)) {
      if (first > last) this.refuse(`[${inside}] holds more than digits and ranges such as 0-5`);
      for (let digit = Number(first); digit <= Number(last); digit++) found.add(digit);
    }
    return ["digit", [...found].sort()];
  }

  counted(atom) {
    if (this.take("?")) return repeated(atom, 0, 1);
    if (this.take("*")) return repeated(atom, 0, null);
    if (this.take("+")) return repeated(atom, 1, null);
    if (!this.left.startsWith("{")) return atom;
    const [whole, low, comma, high] = /^\{(\d+)(,?)(\d*)\}/.exec(this.left) ?? [];
    if (!whole || (high && !comma)) this.refuse("a '{' needs a count such as {5} or {2,4}");
    this.take(whole);
    const most = comma ? (high ? Number(high) : null) : Number(low);
    if (Math.max(Number(low), most ?? 0) > MOST_REPEATED || (most !== null && most < Number(low)))
      this.refuse(`${whole} is not a count from 0 to ${MOST_REPEATED}`);
    return repeated(atom, Number(low), most);
  }
}

function repeated(node, low, high) {
  let found = high === null ? ["star", node] : END;
  for (let more = (high ?? low) - low; more > 0; more--) found = either(END, then(node, found));
  for (let more = low; more > 0; more--) found = then(node, found);
  return found;
}

/** Says whether what is left of a pattern may be nothing. */
function nullable([kind, first, second]) {
  if (kind === "then") return nullable(first) && nullable(second);
  if (kind === "either") return nullable(first) || nullable(second);
  return kind === "end" || kind === "star";
}

/** Returns what is left of a pattern after a digit (Brzozowski 1964). */
function derivative(node, digit) {
  const [kind, first, second] = node;
  if (kind === "digit") return first.includes(digit) ? END : NEVER;
  if (kind === "either") return either(derivative(first, digit), derivative(second, digit));
  if (kind === "star") return then(derivative(first, digit), node);
  if (kind !== "then") return NEVER;
  const taken = then(derivative(first, digit), second);
  return nullable(first) ? either(taken, derivative(second, digit)) : taken;
}

const FREE = { start: [], step: (sums) => sums, ends: () => true };
const LUHN = {
  start: [0, 0],
  step: ([once, twice], digit) => [(twice + digit) % 10, (once + 2 * digit - (digit > 4 ? 9 : 0)) % 10],
  ends: ([once]) => once === 0,
};

/** Returns a pattern's states: the next one by each digit, -1 where there is none; which may end. */
export function table(written) {
  const text = NAMED[written] ?? written;
  const rule = text.startsWith("luhn:") ? LUHN : FREE;
  const reading = new Reading(rule === LUHN ? text.slice("luhn:".length) : text);
  if (!reading.left) reading.refuse("no number is written in it");
  const root = reading.choice();
  if (reading.left) reading.refuse(`'${reading.left[0]}' has nothing before it to belong to`);
  return walked(root, rule, written);
}

function walked(root, rule, written) {
  const states = [[root, rule.start]], numbers = new Map([[JSON.stringify(states[0]), 0]]);
  const following = [], ends = [];
  for (const [node, sums] of states) {
    for (const digit of ALL) {
      const left = derivative(node, digit);
      const found = [left, rule.step(sums, digit)], key = JSON.stringify(found);
      if (left !== NEVER && !numbers.has(key)) numbers.set(key, states.push(found) - 1);
      following.push(left === NEVER ? -1 : numbers.get(key));
    }
    ends.push(nullable(node) && rule.ends(sums) ? 1 : 0);
    if (states.length > MOST_STATES)
      throw new RangeError(`pattern '${written}': has more than ${MOST_STATES} states; allow fewer digits or repetitions`);
  }
  return { following, ends };
}
