import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mainnet, serve, startReplica } from "@millrace/replica";
import { forget, forkMainnet, forkServed, mainnetFork } from "./mainnetFork.ts";
import { connect, user } from "./onEachTier.ts";

describe("the live tier, on a local node in mainnet's place", () => {
  it("forks a node of chain 1, at the block asked for", async () => {
    const replica = await startReplica({ chainId: 1, serve: true });
    const { connection, close } = await forkMainnet({ url: replica.url, block: "90" });
    assert.equal(await (await connection.viem.getPublicClient()).getBlockNumber(), 90n);
    for (const block of ["tomorrow", "1000000", "0"])
      await assert.rejects(
        forkMainnet({ url: replica.url, block }),
        /^Error: MAINNET_BLOCK must be a block number up to the node's newest, \d+; it is (tomorrow|1000000|0)\.$/,
      );
    await close();
    await replica.close();
    await forget(replica.url);
  });

  it("says what is wrong with the node, and keeps its address to itself", async () => {
    const other = await startReplica({ serve: true });
    const block = undefined;
    await assert.rejects(
      forkMainnet({ url: `${other.url}/key`, block }),
      /^Error: MAINNET_RPC_URL is a node of chain 31337; Ethereum mainnet is 1\.$/,
    );
    await other.close();
    await assert.rejects(
      forkMainnet({ url: other.url, block }),
      /^Error: MAINNET_RPC_URL does not answer as an Ethereum node: ECONNREFUSED\.$/,
    );
    await assert.rejects(
      forkMainnet({ url: "no url", block }),
      /^Error: MAINNET_RPC_URL does not answer as an Ethereum node: ERR_INVALID_URL\.$/,
    );
    const refusing = await serve({ provider: { request: () => Promise.reject(new Error("no credit")) }, port: 0 });
    await assert.rejects(
      forkMainnet({ url: refusing.url, block }),
      /^Error: MAINNET_RPC_URL does not answer eth_chainId: no credit\.$/,
    );
    await refusing.close();
  });

  it("is left out, by name, where no node is named", () => {
    const [replica, live] = mainnetFork({});
    assert.deepEqual([replica.skip, live.skip], [false, "MAINNET_RPC_URL is not set"]);
    assert.equal(mainnetFork({ MAINNET_RPC_URL: "http://127.0.0.1:1" })[1].skip, false);
  });

  it("reads a new chain on the port of an old one, not what was kept of that", async () => {
    const { usdc } = mainnet.tokens;
    const read = async (port: number, amount: bigint) => {
      const replica = await startReplica({ chainId: 1, serve: { port } });
      await replica.fund({ token: usdc, to: user, amount });
      const fork = await forkServed(replica);
      const seen = await (await connect(fork)).balance(usdc);
      await fork.close();
      return { seen, port: Number(new URL(replica.url).port) };
    };
    const first = await read(0, 1n);
    const second = await read(first.port, 2n);
    assert.deepEqual(second, { seen: 2n, port: first.port });
    assert.equal(first.seen, 1n);
  });
});
