import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

export const listing = task("listing", "Says of a vault on --network whether the pool can insure it by its price")
  .addPositionalArgument({ name: "vault", description: "Its address", type: ArgumentType.STRING })
  .addPositionalArgument({ name: "pool", description: "The address of the pool", type: ArgumentType.STRING })
  .setAction(() => import("./action.ts"))
  .build();
