import { bits, down, min, must, refuse, up } from "./arithmetic.ts";

/** Who holds how much of the asset: accounts, the vault, adapters and markets by name. */
export type Balances = Record<string, bigint>;

/** An ERC-4626 source with one virtual share and one virtual asset, behind the adapter that lends to it. */
export type Source = {
  readonly kind: "source";
  readonly name: string;
  readonly adapter: string;
  readonly risk: string;
  supply: bigint;
  /** Shares of the adapter; the rest is a foreign depositor's. */
  held: bigint;
  liquidity: bigint;
  room: bigint;
};

/** An adapter that holds the tokens itself and reports what it is told to. */
export type Reporter = {
  readonly kind: "reporter";
  readonly adapter: string;
  readonly risk: string;
  /** What it reports: the truth, a figure, or nothing. */
  report: "truth" | "fails" | bigint;
  liquidity: bigint;
};

export type Market = Source | Reporter;

export function transfer(balances: Balances, from: string, to: string, amount: bigint): void {
  must((balances[from] ?? 0n) >= amount, "ERC20InsufficientBalance");
  balances[from] = (balances[from] ?? 0n) - amount;
  balances[to] = (balances[to] ?? 0n) + amount;
}

const assetsOf = (balances: Balances, source: Source): bigint => balances[source.name] ?? 0n;
const sharesFor = (balances: Balances, source: Source, assets: bigint): bigint =>
  down(assets, source.supply + 1n, assetsOf(balances, source) + 1n);
const worth = (balances: Balances, source: Source, shares: bigint): bigint =>
  down(shares, assetsOf(balances, source) + 1n, source.supply + 1n);

/** What the adapter reports, as far as the vault counts it; undefined when its view fails. */
export function realAssets(balances: Balances, market: Market): bigint | undefined {
  if (market.kind === "source") return min(worth(balances, market, market.held), bits(104n));
  if (market.report === "fails") return undefined;
  const truth = balances[market.adapter] ?? 0n;
  return min(market.report === "truth" ? truth : market.report, bits(104n));
}

export function maxAllocate(market: Market): bigint {
  return market.kind === "source" ? market.room : bits(256n);
}

export function maxDeallocate(balances: Balances, market: Market): bigint {
  if (market.kind === "reporter") return min(balances[market.adapter] ?? 0n, market.liquidity);
  return min(worth(balances, market, market.held), market.liquidity);
}

/** Lends what is in the adapter's hands; 0 = refused, and the tokens are with the vault. */
export function allocate(balances: Balances, market: Market, assets: bigint): bigint {
  if (market.kind === "reporter") return assets;
  let credited = 0n;
  if (assets <= market.room) {
    const shares = sharesFor(balances, market, assets);
    transfer(balances, market.adapter, market.name, assets);
    market.supply += shares;
    market.held += shares;
    credited = worth(balances, market, shares);
    must(credited < 2n * shares, "Adapter__TooCoarse"); // no share at all, too: it was lent for nothing
  }
  if (credited === 0n) transfer(balances, market.adapter, "vault", assets);
  return credited;
}

export function deallocate(balances: Balances, market: Market, assets: bigint, receiver: string): void {
  if (market.kind === "reporter") {
    must(assets <= maxDeallocate(balances, market), "HostileAdapter__Refused");
    transfer(balances, market.adapter, receiver, assets);
    return;
  }
  must(assets <= maxDeallocate(balances, market), "ERC4626ExceededMaxWithdraw");
  const shares = up(assets, market.supply + 1n, assetsOf(balances, market) + 1n);
  if (shares > market.held) refuse("ERC20InsufficientBalance");
  market.supply -= shares;
  market.held -= shares;
  transfer(balances, market.name, receiver, assets);
}

/** All that the market pays, to the vault. */
export function emergencyExit(balances: Balances, market: Market): bigint {
  if (market.kind === "reporter") {
    const assets = maxDeallocate(balances, market);
    transfer(balances, market.adapter, "vault", assets);
    return assets;
  }
  const limit = maxRedeem(balances, market);
  const shares = limit === 0n ? market.held : limit;
  must(shares <= limit, "ERC4626ExceededMaxRedeem");
  const assets = worth(balances, market, shares);
  market.supply -= shares;
  market.held -= shares;
  transfer(balances, market.name, "vault", assets);
  return assets;
}

function maxRedeem(balances: Balances, source: Source): bigint {
  if (source.liquidity === bits(256n)) return source.held;
  return min(source.held, up(source.liquidity, source.supply + 1n, assetsOf(balances, source) + 1n));
}
