import { definePlugin } from "hardhat/plugins";

/**
 * Files with the same settings are compiled together. Hardhat merges what shares one settings object, and makes an object
 * per override: forty test files would each compile every contract they import.
 */
export function fewJobs() {
  return definePlugin({
    id: "millrace-few-jobs",
    hookHandlers: {
      config: async () => ({
        default: async () => ({
          async resolveUserConfig(userConfig, resolveVariable, next) {
            const config = await next(userConfig, resolveVariable);
            for (const { overrides } of Object.values(config.solidity.profiles)) {
              const first = new Map<string, (typeof overrides)[string]>();
              for (const [file, settings] of Object.entries(overrides)) {
                const key = JSON.stringify(settings);
                overrides[file] = first.get(key) ?? settings;
                first.set(key, overrides[file]);
              }
            }
            return config;
          },
        }),
      }),
    },
  });
}
