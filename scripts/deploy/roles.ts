/** Who may call what. The deployment wires the AccessManager from this table; the access walk holds the build to it. */

const DAY = 86_400n;

/** A role of the AccessManager. Raising and lowering are different functions, since a selector has one role and delays belong to members. */
export type Role = {
  readonly id: bigint;
  /** Who may cancel what its members have scheduled. */
  readonly guardian: RoleName;
  readonly holders: readonly Holder[];
  /** Seconds that a person who holds it must wait between scheduling and doing. The DAO's timelock holds it without: its classes carry the delay. */
  readonly peopleWait: bigint;
  /** Least seconds in which any account can come to use it, on any path. */
  readonly fastest: bigint;
  readonly may: string;
  readonly mayNever: string;
};
/** The DAO's timelock, or one of `people` in a network's parameters. */
export type Holder = "timelock" | "curator" | "allocator" | "guardian";
export type RoleName = "ADMIN" | "CURATOR" | "ALLOCATOR" | "DERISK" | "GUARDIAN";

export const roles: Readonly<Record<RoleName, Role>> = {
  ADMIN: {
    id: 0n,
    guardian: "ADMIN",
    holders: ["timelock"],
    peopleWait: 0n, // no person holds it
    fastest: 11n * DAY,
    may: "change roles and the function map, pay from the treasury",
    mayNever: "act in less than 11 days, the vote included",
  },
  CURATOR: {
    id: 1n,
    guardian: "GUARDIAN",
    holders: ["timelock", "curator"],
    peopleWait: 3n * DAY,
    fastest: 3n * DAY,
    may: "add, remove and recall adapters, raise caps, set fee, rate, gate, auction and entry mark",
    mayNever: "touch a balance",
  },
  ALLOCATOR: {
    id: 2n,
    guardian: "ADMIN",
    holders: ["timelock", "allocator"],
    peopleWait: 0n,
    fastest: 0n,
    may: "move assets between sources within caps, order them",
    mayNever: "exceed an absolute cap, leave out an adapter",
  },
  DERISK: {
    id: 3n,
    guardian: "ADMIN",
    holders: ["timelock", "guardian", "allocator"],
    peopleWait: 0n,
    fastest: 0n,
    may: "lower caps, take assets back to idle, stop deposits",
    mayNever: "stop an exit, change a value, resume",
  },
  GUARDIAN: {
    id: 4n,
    guardian: "ADMIN",
    holders: ["guardian"],
    peopleWait: 0n,
    fastest: 0n,
    may: "cancel what CURATOR scheduled",
    mayNever: "cancel what ADMIN scheduled",
  },
};

/** A role's name; open to anyone, and why that is safe; or one contract's alone, and the error that others get. */
export type Access = RoleName | { readonly open: string } | { readonly only: string; readonly error: string };
type Functions = Readonly<Record<string, Access>>;

const by = (access: Access, ...signatures: readonly string[]): Functions =>
  Object.fromEntries(signatures.map((signature) => [signature, access]));

const erc20 = by(
  { open: "moves the caller's own tokens, or what it was allowed" },
  "approve(address,uint256)",
  "transfer(address,uint256)",
  "transferFrom(address,address,uint256)",
);
const permit = by(
  { open: "carries the owner's signature" },
  "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
);
const erc4626 = by(
  { open: "spends the caller's assets, or shares that it owns or was allowed" },
  "deposit(uint256,address)",
  "mint(uint256,address)",
  "withdraw(uint256,address,address)",
  "redeem(uint256,address,address)",
);
const votes = by(
  { open: "moves the caller's own votes, or a signer's" },
  "delegate(address)",
  "delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)",
);
/** Handing the authority over is the AccessManager's own act. */
const managed = by({ only: "the AccessManager", error: "AccessManagedUnauthorized" }, "setAuthority(address)");
const vaultOnly = { only: "its vault", error: "Adapter__NotVault" } as const;
const adapter: Functions = {
  ...by(vaultOnly, "allocate(uint256)", "deallocate(uint256,address)", "emergencyExit()"),
  ...by(
    { open: "rewards can only go to the vault or its auction" },
    "claimRewards()",
    "claimMerkl(address,address[],uint256[],bytes32[][])",
    "forward(address)",
  ),
};

/** Every function of a deployable contract that changes state. */
export const functions: Readonly<Record<string, Functions>> = {
  CompoundingVault: {
    ...erc20,
    ...permit,
    ...erc4626,
    ...managed,
    ...by(
      { open: "burns shares that the caller owns or was allowed" },
      "exit(uint256,address,address,uint256,address[])",
    ),
    ...by({ open: "keeps the books; a no-op on the second call" }, "accrue()"),
    ...by({ open: "upkeep; the tip is bounded" }, "compound()"),
    ...by(
      "CURATOR",
      "addAdapter(address)",
      "removeAdapter(address,uint256)",
      "recall(address)",
      "raiseCap(address,uint256)",
      "raiseGroupCap(bytes32,uint256,uint256)",
      "raiseDepositCap(uint256)",
      "setFee(uint256)",
      "setFeeRecipient(address)",
      "setMaxRate(uint256)",
      "setTipCap(uint256)",
      "setGate(address)",
      "setAuction(address)",
      "reanchorEntryMark()",
      "resumeDeposits()",
    ),
    ...by("ALLOCATOR", "allocate(address,uint256)", "setOrder(address[])", "setBuffer(uint256)"),
    ...by(
      "DERISK",
      "lowerCap(address,uint256)",
      "lowerGroupCap(bytes32,uint256,uint256)",
      "lowerDepositCap(uint256)",
      "deallocate(address,uint256)",
      "emergencyExit(address)",
      "stopDeposits()",
    ),
  },
  VaultFactory: by(
    { open: "the caller pays the seed; its address is in the salt" },
    "createVault((address,string,string,address,address,uint256,uint256),bytes32,bytes)",
  ),
  ReadLens: by({ open: "never deployed: it reads, for one eth_call" }, "fallback()"),
  ProposalRunner: by(
    { open: "never deployed: it runs for one eth_call, in an imagined state" },
    "run(address,(address[],uint256[],bytes[],bytes32),address[],(address,address)[])",
  ),
  VaultUpkeep: by({ open: "compounds for a keeper and hands over the tip" }, "performUpkeep(bytes)"),
  VaultRouter: {
    ...by(
      { open: "moves what the caller alone approved, signed or sent" },
      "deposit(address,uint256,address,uint256,uint256)",
      "depositAndInsure((address,uint256,address,uint256,address,uint8,uint96,uint40,uint256),uint256)",
      "depositAndInsureWithPermit2((address,uint256,address,uint256,address,uint8,uint96,uint40,uint256),uint256,uint256,bytes)",
      "depositNative(address,uint256,address,uint256,uint256)",
      "depositWithPermit(address,uint256,address,uint256,uint256,(uint256,uint8,bytes32,bytes32))",
      "depositWithPermit2(address,uint256,address,uint256,uint256,uint256,bytes)",
      "mint(address,uint256,address,uint256,uint256)",
      "withdraw(address,uint256,address,uint256,uint256)",
      "redeem(address,uint256,address,uint256,uint256)",
      "redeemNative(address,uint256,address,uint256,uint256)",
      "exit(address,uint256,address,uint256,address[],uint256)",
      "migrate(address,address,uint256,address,uint256,uint256)",
      "permit(address,uint256,(uint256,uint8,bytes32,bytes32))",
    ),
    ...by({ open: "makes the caller's own calls" }, "multicall(bytes[])"),
    ...by({ open: "only the wrapped native token may pay here" }, "receive()"),
  },
  RewardAuction: {
    ...managed,
    ...by("CURATOR", "list(address,uint256,uint256)", "delist(address)"),
    ...by({ open: "starts a lot that is due" }, "start(address)", "startAll()"),
    ...by({ open: "pays the price" }, "take(address,uint256,uint256,address,uint256,bytes)"),
  },
  ERC4626Adapter: adapter,
  AaveV3Adapter: adapter,
  CompoundV3Adapter: adapter,
  MorphoBlueAdapter: adapter,
  UniswapV2FarmAdapter: adapter,
  MillToken: {
    ...erc20,
    ...permit,
    ...votes,
    ...by(
      { only: "the DAO's timelock", error: "MillToken__NotMinter" },
      "mint(address,uint256)",
      "setMintCap(uint208)",
    ),
  },
  MillGovernor: {
    ...by(
      { open: "needs votes above the threshold, or none for an empty one" },
      "propose(address[],uint256[],bytes[],string)",
    ),
    ...by(
      { open: "casts the caller's own votes, or a signer's" },
      "castVote(uint256,uint8)",
      "castVoteWithReason(uint256,uint8,string)",
      "castVoteWithReasonAndParams(uint256,uint8,string,bytes)",
      "castVoteBySig(uint256,uint8,address,bytes)",
      "castVoteWithReasonAndParamsBySig(uint256,uint8,address,string,bytes,bytes)",
    ),
    ...by(
      { open: "follows the vote: only what has passed, only when its delay is over" },
      "queue(address[],uint256[],bytes[],bytes32)",
      "execute(address[],uint256[],bytes[],bytes32)",
      "cancel(address[],uint256[],bytes[],bytes32)",
    ),
    ...by({ only: "a claims module", error: "MillGovernor__NotClaimsModule" }, "proposeClaim(uint256)"),
    ...by(
      { only: "its own proposals", error: "GovernorOnlyExecutor" },
      "relay(address,uint256,bytes)",
      "setClaimsModule(address,bool)",
      "setDaoURI(string)",
      "setLateQuorumVoteExtension(uint48)",
      "setPolicy(address)",
      "setProposalGuardian(address)",
      "setProposalThreshold(uint256)",
      "setVotingDelay(uint48)",
      "setVotingPeriod(uint32)",
      "updateTimelock(address)",
    ),
    ...by(
      { only: "nobody: assets belong to the timelock", error: "GovernorDisabledDeposit" },
      "receive()",
      "onERC721Received(address,address,uint256,bytes)",
      "onERC1155Received(address,address,uint256,uint256,bytes)",
      "onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)",
    ),
  },
  VoteStaking: {
    ...votes,
    ...by(
      { open: "moves the caller's own stake, lock, votes and rewards" },
      "stake(uint256,address)",
      "requestUnstake(uint256)",
      "withdraw(uint256,address)",
      "lock(uint32)",
      "delegateSplit((address,uint16)[])",
      "claim(address)",
    ),
    ...by({ open: "carries the owner's signature" }, "stakeWithPermit(uint256,address,uint256,uint8,bytes32,bytes32)"),
    ...by({ open: "pays the reward it announces" }, "notifyReward(uint256)"),
  },
  Treasury: {
    ...managed,
    ...by(
      "ADMIN",
      "pay(address,address,uint256)",
      "setBudget(bytes32,(address,uint48,uint48,address,uint208))",
      "unfreezeBudget(bytes32)",
      "unfreeze()",
    ),
    ...by("DERISK", "freezeBudget(bytes32)", "freeze()"),
    ...by({ only: "the budget's spender", error: "Treasury__NotSpender" }, "spend(bytes32,address,uint256)"),
    ...by({ open: "a gift" }, "receive()"),
  },
  RevenueSplitter: {
    ...managed,
    ...by("ADMIN", "setSplit((uint16,uint16,uint16,address))", "setAuction(address)"),
    ...by({ open: "the caller can't choose where money goes" }, "convert(address)", "distribute()"),
  },
  PayrollStreams: {
    ...by({ open: "the caller funds the stream" }, "create((address,address,address,uint256,uint40,uint40,uint40))"),
    ...by(
      { open: "only the stream's recipient, its own claimable part; receiver 0 is refused first" },
      "claim(uint256,address)",
    ),
    ...by({ only: "the stream's funder", error: "PayrollStreams__NotFunder" }, "cancel(uint256)"),
  },
  BatchVoteRelay: by({ open: "carries the voters' signatures" }, "relay((uint256,uint8,address,string,bytes,bytes)[])"),
  Launch: {
    ...by(
      { only: "its maker, until it launches", error: "Launch__NotMaker" },
      "createVault((address,string,string,address,address,uint256,uint256),bytes32,bytes,uint256)",
      "addPool(address)",
      "allot(address,(address,uint256)[])",
    ),
    ...by({ open: "opens what is there, once its maker holds no role" }, "launch()"),
  },
  UnderwritingPool: {
    ...erc20,
    ...managed,
    ...by(
      { open: "moves the caller's own assets, shares and requests" },
      "deposit(uint256,address,uint256)",
      "requestRedeem(uint256,address)",
      "fetchOwed(address)",
    ),
    ...by(
      { open: "pays the request's receiver; only it may while claims are open or it is worth less than asked for" },
      "finalizeRedeem(uint256,uint256)",
      "cancelRedeem(uint256)",
    ),
    ...by({ open: "keeps the books" }, "accrue()"),
    ...by(
      { only: "the cover manager", error: "UnderwritingPool__NotManager" },
      "bindCover(uint8,uint256,uint256,uint256,uint256)",
      "moveCover(uint8,uint256[2],uint256,uint256,uint256,uint256)",
      "releaseCover(uint8,uint256,uint256,uint256,uint256,address)",
      "setIncident(uint8,bool)",
      "lockClaim(uint8,uint256,uint256)",
      "settleClaim(uint8,uint256,uint256,uint256,address)",
      "drawReserve(uint256,address)",
      "oweReserve(address,uint256)",
      "recover(address)",
    ),
    ...by("CURATOR", "resumeClaims()", "resumeDeposits()"),
    ...by("DERISK", "pauseClaims(uint256)", "stopDeposits()"),
  },
  CoverManager: {
    ...managed,
    ...by({ open: "the caller pays the premium" }, "buy((uint8,uint96,uint40,uint256,uint256,address))"),
    ...by(
      { open: "the policy's owner alone; a policy that isn't there has none" },
      "arm(uint256,uint256)",
      "disarm(uint256,uint256,address)",
      "extend(uint256,uint40,uint256)",
      "cancel(uint256)",
    ),
    ...by({ open: "looks at a price, which the caller can't choose" }, "poke(uint8)"),
    ...by({ open: "what was scheduled, when it is due" }, "applyProduct(uint8)", "applyModel()"),
    ...by({ open: "what it brings in streams to all" }, "collect(uint8)"),
    ...by(
      { only: "the incident module, or the claims module for its own claims", error: "CoverManager__NotModule" },
      "setIncident(uint8,bool)",
      "mark(uint8,uint256,uint256)",
      "openClaim(uint256,uint8)",
      "closeClaim(uint256,uint8,uint256)",
      "releaseShares(uint256,uint256,uint256)",
      "drawReserve(uint256,address)",
    ),
    ...by(
      "ADMIN",
      "scheduleProduct(uint8,(address,uint16,uint16,uint16))",
      "scheduleModel(address)",
      "setFees(uint256,uint256)",
    ),
    ...by("DERISK", "stopProduct(uint8)", "lowerProductCap(uint8,uint256)", "stopBuys()"),
    ...by("CURATOR", "resumeBuys()"),
  },
  CoverNFT: {
    ...by(
      { open: "moves the caller's own policies, or what it was allowed" },
      "approve(address,uint256)",
      "setApprovalForAll(address,bool)",
      "transferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256,bytes)",
    ),
    ...by(
      { only: "the cover manager", error: "CoverNFT__NotManager" },
      "mint(address,uint256)",
      "credit(uint256,uint256)",
      "debit(uint256,address,uint256,address)",
      "refresh(uint256)",
    ),
  },
  IncidentModule: {
    ...managed,
    ...by({ open: "a price decides, which the caller can't choose" }, "open(uint256)", "record(uint256)"),
    ...by({ open: "for the policy's owner, who alone is paid" }, "file(uint256)", "settle(uint256)"),
    ...by({ open: "when it is due" }, "close(uint256)", "release(uint256)"),
    ...by("GUARDIAN", "dispute(uint256)"),
    ...by("ADMIN", "resolveDispute(uint256,bool)"),
  },
  ClaimsModule: {
    ...by(
      { open: "the caller's own bond and vote" },
      "bond(uint96)",
      "unbond(uint96,address)",
      "vote(uint256,bool,bytes32)",
      "withdraw(address)",
    ),
    ...by({ open: "the policy's owner alone; a policy that isn't there has none" }, "file(uint256,uint96,bytes32)"),
    ...by({ open: "the caller puts up the deposit once more" }, "challenge(uint256)"),
    ...by({ open: "when it is due" }, "escalate(uint256)", "finalize(uint256)", "settleBallot(uint256,address)"),
    ...by({ only: "the DAO's timelock", error: "ClaimsModule__NotTimelock" }, "resolveClaim(uint256)"),
  },
  PremiumModel: {},
  RiskReserve: by({ only: "its pool", error: "RiskReserve__NotPool" }, "draw(uint256)"),
  ModuleDeployer: by({ only: "its deployer", error: "ModuleDeployer__NotDeployer" }, "deploy(bytes)"),
  PoolDeployer: by(
    { only: "its deployer", error: "ModuleDeployer__NotDeployer" },
    "deploy(bytes)",
    "deployPool(bytes,address,string,string,address)",
    "deployManager(bytes,(uint256,address,address,address,uint16,uint16))",
    "deployNft(bytes)",
    "deployIncidents(bytes,address)",
    "deployReserve(bytes,address)",
    "deployClaims(bytes,address,uint256)",
  ),
  TimelockFactory: by({ only: "its deployer", error: "TimelockFactory__NotDeployer" }, "deploy(address)"),
};

/** The functions of a contract that take a role of the AccessManager, by role. */
export function guarded(contract: string): ReadonlyMap<RoleName, readonly string[]> {
  const declared = Object.entries(functions[contract] ?? {});
  const signatures = (role: RoleName) =>
    declared.filter(([, access]) => access === role).map(([signature]) => signature);
  const names = Object.keys(roles) as RoleName[];
  return new Map(names.map((role) => [role, signatures(role)] as const).filter(([, list]) => list.length > 0));
}

/** Seconds that a holder of a role waits. */
export function waitOf(role: RoleName, holder: Holder): bigint {
  return holder === "timelock" ? 0n : roles[role].peopleWait;
}

/** The governor's classes of proposals, from the fastest to the strictest. */
export const proposalClasses = ["Emergency", "Routine", "Treasury", "Critical"] as const;
export type ProposalClass = (typeof proposalClasses)[number];

/** How strictly the DAO judges what a role may do. ADMIN is missing: what is not in the policy is Critical. */
const classOfRole: Readonly<Partial<Record<RoleName, ProposalClass>>> = {
  CURATOR: "Routine",
  ALLOCATOR: "Routine",
  DERISK: "Emergency",
};
const classOfFunction: Readonly<Record<string, Readonly<Record<string, ProposalClass>>>> = {
  Treasury: {
    "pay(address,address,uint256)": "Treasury",
    "setBudget(bytes32,(address,uint48,uint48,address,uint208))": "Treasury",
    "unfreezeBudget(bytes32)": "Treasury",
    "unfreeze()": "Treasury",
  },
};

/** The functions of a contract that the policy puts below Critical. */
export function classes(contract: string): Readonly<Record<string, ProposalClass>> {
  const byRole = [...guarded(contract)].flatMap(([role, signatures]) => {
    const name = classOfRole[role];
    return name === undefined ? [] : signatures.map((signature) => [signature, name] as const);
  });
  return { ...Object.fromEntries(byRole), ...classOfFunction[contract] };
}
