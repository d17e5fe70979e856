// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {VaultMath} from "../../contracts/vault/VaultMath.sol";

/// @notice The vault's share arithmetic, for every input of 64 bits: `n` is NAV + 1, `s` is supply + V, and a price never
/// falls where n′·s ≥ n·s′. Multiplied out, since a second division would hide what is proved. One contract per proof, so
/// that a prover can be asked for one.
abstract contract Books {
    function _books(uint64 nav, uint64 supply, uint64 v) internal pure returns (uint256 n, uint256 s) {
        require(v > 0);
        return (uint256(nav) + 1, uint256(supply) + v);
    }
}

/// @notice Who enters dilutes nobody.
contract Deposit is Books {
    function proof(uint64 assets, uint64 nav, uint64 supply, uint64 v) external pure {
        (uint256 n, uint256 s) = _books(nav, supply, v);
        uint256 shares = VaultMath.toShares(assets, nav, supply, v, Math.Rounding.Floor);
        assert((n + assets) * s >= n * (s + shares));
    }
}

/// @notice Who enters dilutes nobody.
contract Mint is Books {
    function proof(uint64 shares, uint64 nav, uint64 supply, uint64 v) external pure {
        (uint256 n, uint256 s) = _books(nav, supply, v);
        uint256 assets = VaultMath.toAssets(shares, nav, supply, v, Math.Rounding.Ceil);
        assert((n + assets) * s >= n * (s + shares));
    }
}

/// @notice Who leaves takes nothing from those who stay.
contract Redeem is Books {
    function proof(uint64 shares, uint64 nav, uint64 supply, uint64 v) external pure {
        (uint256 n, uint256 s) = _books(nav, supply, v);
        require(shares <= supply);
        uint256 assets = VaultMath.toAssets(shares, nav, supply, v, Math.Rounding.Floor);
        assert((n - assets) * s >= n * (s - shares));
    }
}

/// @notice What is burned is worth what is paid.
contract Withdraw is Books {
    function proof(uint64 assets, uint64 nav, uint64 supply, uint64 v) external pure {
        (uint256 n, uint256 s) = _books(nav, supply, v);
        require(assets <= nav);
        uint256 shares = VaultMath.toShares(assets, nav, supply, v, Math.Rounding.Ceil);
        assert(shares * n >= assets * s);
    }
}

/// @notice In and out at once gives back no more.
contract RoundTrip is Books {
    function proof(uint64 assets, uint64 nav, uint64 supply, uint64 v) external pure {
        (uint256 n, uint256 s) = _books(nav, supply, v);
        uint256 shares = VaultMath.toShares(assets, nav, supply, v, Math.Rounding.Floor);
        assert(shares * n <= assets * s);
        uint256 back = VaultMath.toAssets(shares, nav, supply, v, Math.Rounding.Floor);
        assert(back * s <= assets * s);
    }
}
