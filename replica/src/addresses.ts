/**
 * Where the protocols live on Ethereum mainnet. The replica puts them at the same addresses, so that one configuration
 * serves both.
 */
export const mainnet = {
  tokens: {
    weth: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    usdc: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
    dai: "0x6B175474E89094C44Da98b954EedeAC495271d0F",
    /** Aave's token: on the replica, the reward that suppliers of USDC earn. */
    aave: "0x7Fc66500c84A76Ad7e9c93437bFc5Ac33E2DDaE9",
  },
  /** Chainlink, answers in USD with 8 decimals. */
  feeds: {
    weth: "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419",
    usdc: "0x8fFfFfd4AfB6115b954Bd326cbe7B4BA576818f6",
    dai: "0xAed0c38402a5d19df6E4c03F4E2DceD6e29c1ee9",
    aave: "0x547a514d5e3769680Ce22B2361c10Ea13619e8a9",
  },
  multicall3: "0xcA11bde05977b3631167028862bE2a173976CA11",
  permit2: "0x000000000022D473030F116dDEE9F6B43aC78BA3",
  aave: {
    /** Aave governance's executor: owner of the market, admin of everything in it. */
    executor: "0x5300A1a15135EA4dc7aD5a167152C01EFc9b192A",
    addressesProvider: "0x2f39d218133AFaB8F2B819B1066c7E434Ad94E9e",
    pool: "0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2",
    poolConfigurator: "0x64b761D848206f447Fe2dd461b0c635Ec39EbB27",
    rewardsController: "0x8164Cc65827dcFe994AB23944CBC90e0aa80bFcb",
    emissionManager: "0x223d844fc4B006D67c0cDbd39371A9F73f69d974",
    oracle: "0x54586bE62E3c3580375aE3723C145253060Ca0C2",
    aclManager: "0xc2aaCf6553D20d1e9d78E365AAba8032af9c85b0",
    dataProvider: "0x0a16f2FCC0D44FaE41cc54e079281D84A363bECD",
    treasury: "0x464C71f6c2F760DdA6093dCB91C24c39e5d6e18c",
    /** Holds the AAVE from which governance pays incentives. */
    ecosystemReserve: "0x25F2226B597E8F9514B3F68F00f494cF4f286491",
    aTokens: {
      weth: "0x4d5F47FA6A74757f35C14fD3a6Ef8E3C9BC514E8",
      usdc: "0x98C23E9d8f34FEFb1B7BD6a91B7FF122F4e16F5c",
      dai: "0x018008bfb33d285247A21d44E50697654f754e63",
    },
    variableDebtTokens: {
      weth: "0xeA51d7853EEFb32b6ee06b1C12E6dcCA88Be0fFE",
      usdc: "0x72E95b8931767C79bA4EeE721354d6E99a61D004",
      dai: "0xcF8d0c70c850859266f5C338b38F9D663181C314",
    },
  },
  uniswapV2: {
    factory: "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f",
    router: "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D",
    pairs: { usdcWeth: "0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc" },
  },
  uniswapV3: {
    factory: "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    router: "0xE592427A0AEce92De3Edee1F18E0157C05861564",
    positions: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
    quoter: "0x61fFE014bA17989E743c5F6cB21bF9697530B21e",
    pools: {
      /** 0.05 % */
      usdcWeth: "0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640",
      /** 0.3 % */
      aaveUsdc: "0xdceaf5d0E5E0dB9596A47C0c4120654e80B1d706",
      /** 0.3 % */
      aaveWeth: "0x5aB53EE1d50eeF2C1DD3d5402789cd27bB52c1bB",
    },
  },
  morpho: { blue: "0xBBBBBbbBBb9cC5e90e3b3Af64bdAF62C37EEFFCb" },
  sushi: {
    masterChef: "0xc2EdaD668740f1aA35E4D8f227fB8E17dcA888Cd",
    token: "0x6B3595068778DD592e39A122f4f5a5cF09C90fE2",
  },
  /** Uniswap governance: owner of the v3 factory. */
  uniswapTimelock: "0x1a9C8182C09F50C8318d769245beA52c32BE35BC",
} as const;
