import { styleText } from "node:util";
import { type Counts, check, counts, type Gate } from "./gate.ts";

export type State = "passed" | "failed" | "skipped";
export type Result = Counts & { readonly gate: Gate; readonly state: State; readonly seconds: number };
/** A gate to run; `asNeed` when it runs only because a chosen one needs it. */
export type Chosen = { readonly gate: Gate; readonly asNeed: boolean };

type Running = { readonly gate: Gate; readonly start: number; text: string };

const HEARTBEAT = 15_000;

/**
 * Runs gates in order, `width` at a time. The output of the one that has run longest is shown as it comes; that of the
 * others waits its turn, so that lines never mix.
 */
export function runInLanes(chosen: readonly Chosen[], width: number): Promise<readonly Result[]> {
  const waiting = [...chosen];
  const running: Running[] = [];
  const results: Result[] = [];
  return new Promise((resolve) => {
    const heartbeat = setInterval(() => beat(running), HEARTBEAT);
    const step = (): void => {
      let next = take(waiting, running, results, width);
      for (; next; next = take(waiting, running, results, width)) start(next);
      if (running.length > 0 || waiting.length > 0) return;
      clearInterval(heartbeat);
      resolve(results);
    };
    const start = ({ gate, asNeed }: Chosen): void => {
      const lane: Running = { gate, start: performance.now(), text: "" };
      running.push(lane);
      const instead = asNeed ? gate.asNeed : undefined;
      const title = typeof gate.run === "string" ? (instead ?? gate.run) : "";
      const shown = show(running, lane);
      shown(`${styleText("bold", `\n▶ ${gate.name}`)} ${styleText("dim", title)}\n`);
      check(gate, shown, instead).then((passed) => {
        const seconds = (performance.now() - lane.start) / 1000;
        shown(mark(passed ? "passed" : "failed", `${gate.name}, ${seconds.toFixed(1)} s\n`));
        results.push({ gate, state: passed ? "passed" : "failed", seconds, ...counts(lane.text) });
        const wasShown = running[0] === lane;
        if (!wasShown) finished.push(lane);
        running.splice(running.indexOf(lane), 1);
        if (wasShown) turn(running);
        step();
      });
    };
    step();
  });
}

/** Gates that ended while another one's output was shown. */
const finished: Running[] = [];

function turn(running: readonly Running[]): void {
  for (const { text } of finished.splice(0)) process.stdout.write(text);
  if (running[0]) process.stdout.write(running[0].text);
}

function show(running: readonly Running[], lane: Running): (text: string) => void {
  return (text) => {
    lane.text += text;
    if (running[0] === lane) process.stdout.write(text);
  };
}

/** The next gate that may start; gates whose needs failed are skipped on the way. */
function take(waiting: Chosen[], running: readonly Running[], results: Result[], width: number): Chosen | undefined {
  for (const candidate of [...waiting]) {
    const { needs = [], holds } = candidate.gate;
    const missed = needs.some((need) => results.some(({ gate, state }) => gate.name === need && state !== "passed"));
    if (missed) {
      waiting.splice(waiting.indexOf(candidate), 1);
      results.push({ gate: candidate.gate, state: "skipped", seconds: 0, passed: 0, skipped: 0 });
      continue;
    }
    const open = [...waiting.map(({ gate }) => gate), ...running.map(({ gate }) => gate)].map(({ name }) => name);
    const held = holds !== undefined && running.some(({ gate }) => gate.holds === holds);
    if (running.length >= width || held || needs.some((need) => open.includes(need))) continue;
    waiting.splice(waiting.indexOf(candidate), 1);
    return candidate;
  }
  return undefined;
}

function beat(running: readonly Running[]): void {
  const lines = running.map(({ gate, start }) => `${gate.name} ${((performance.now() - start) / 1000).toFixed(0)} s`);
  console.log(styleText("dim", `  … ${lines.join(" · ")}`));
}

export function mark(state: State, text: string): string {
  const marks = { passed: styleText("green", "✔"), failed: styleText("red", "✖"), skipped: styleText("yellow", "↓") };
  return `${marks[state]} ${text}`;
}
