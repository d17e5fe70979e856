// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Says what the tests of `ReadLens` ask for, well and badly.
contract Speakers {
    struct Pair {
        address who;
        uint256 number;
    }

    error Speakers__No(uint256 why);

    Pair[] internal _pairs;
    uint256 public count;

    function add(address who, uint256 number) external {
        _pairs.push(Pair(who, number));
    }

    function setCount(uint256 count_) external {
        count = count_;
    }

    function pairs() external view returns (Pair[] memory) {
        return _pairs;
    }

    function self() external view returns (address) {
        return address(this);
    }

    function two() external pure returns (uint256, uint256) {
        return (5, 7);
    }

    function sum(uint256 one, uint256 other) external pure returns (uint256) {
        return one + other;
    }

    function zeros() external pure returns (uint256, uint256) {
        return (0, 0);
    }

    function refuse() external pure {
        revert Speakers__No(3);
    }

    function refuseSilently() external pure {
        assembly ("memory-safe") {
            revert(0, 0)
        }
    }

    function mumble() external pure {
        assembly ("memory-safe") {
            return(0, 31)
        }
    }

    function babble(uint256 size) external pure {
        assembly ("memory-safe") {
            mstore(0, 1)
            return(0, size)
        }
    }

    function burn() external pure {
        assembly ("memory-safe") {
            invalid()
        }
    }
}
