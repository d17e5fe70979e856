// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IMerklDistributor} from "../../../contracts/adapters/markets/IMerklDistributor.sol";
import {TestToken} from "./TestToken.sol";

/// @notice An adapter that is its own market: it holds the tokens, and does in each function what a test chose.
contract HostileAdapter is IAdapter {
    enum Value {
        Honest,
        Factor,
        Fixed,
        Revert,
        BurnGas,
        Bomb,
        Short,
        Heavy
    }
    enum Take {
        Honest,
        CreditShort,
        CreditMore,
        HandBack,
        HandBackShort,
        Keep,
        Revert,
        Reenter
    }
    enum Pay {
        Honest,
        Short,
        Nothing,
        Elsewhere,
        AnswerLess,
        Revert,
        Reenter
    }
    enum Claim {
        Nothing,
        Revert,
        BurnGas,
        Bomb,
        Reenter
    }

    error HostileAdapter__Refused();

    address public immutable asset;
    address public immutable vault;
    bytes32 private immutable _firstRisk;
    bytes32 private immutable _secondRisk;

    Value public value;
    uint256 public valueParameter;
    Take public take;
    uint256 public takeParameter;
    Pay public pay;
    Claim public claim;
    uint256 public liquidity = type(uint256).max;
    uint256 public room = type(uint256).max;
    bool public mute;

    address public target;
    bytes public data;
    bool public reentered;
    bytes public answer;
    uint256 public calls;

    constructor(address asset_, address vault_, bytes32 firstRisk, bytes32 secondRisk) {
        asset = asset_;
        vault = vault_;
        _firstRisk = firstRisk;
        _secondRisk = secondRisk;
    }

    modifier onlyVault() {
        require(msg.sender == vault, Adapter__NotVault(msg.sender));
        calls += 1;
        _;
    }

    /* WHAT A TEST CHOOSES */

    /// @param parameter Percent of the truth for `Factor`, asset wei for `Fixed`, rounds of work for `Heavy`.
    function setValue(Value value_, uint256 parameter) external {
        value = value_;
        valueParameter = parameter;
    }

    /// @param parameter Asset wei that are missing or made up.
    function setTake(Take take_, uint256 parameter) external {
        take = take_;
        takeParameter = parameter;
    }

    function setPay(Pay pay_) external {
        pay = pay_;
    }

    function setClaim(Claim claim_) external {
        claim = claim_;
    }

    function setLiquidity(uint256 liquidity_) external {
        liquidity = liquidity_;
    }

    /// @notice Whether its liquidity can't be read.
    function setMute(bool mute_) external {
        mute = mute_;
    }

    function setRoom(uint256 room_) external {
        room = room_;
    }

    /// @notice What to call from inside, where `Reenter` was chosen.
    function arm(address target_, bytes calldata data_) external {
        target = target_;
        data = data_;
    }

    function gain(uint256 assets) external {
        TestToken(asset).mint(address(this), assets);
    }

    function lose(uint256 assets) external {
        TestToken(asset).burn(address(this), assets);
    }

    /* ADAPTER */

    function allocate(uint256 assets) external onlyVault returns (uint256 credited) {
        if (take == Take.Revert || assets > room) revert HostileAdapter__Refused();
        if (take == Take.Reenter) _reenter();
        if (take == Take.CreditShort) return assets - takeParameter;
        if (take == Take.CreditMore) return assets + takeParameter;
        if (take == Take.Keep) {
            TestToken(asset).burn(address(this), assets);
            return assets;
        }
        if (take == Take.HandBack || take == Take.HandBackShort) {
            TestToken(asset).transfer(vault, assets - takeParameter);
            return 0;
        }
        return assets;
    }

    function deallocate(uint256 assets, address receiver) external onlyVault returns (uint256 paid) {
        if (pay == Pay.Revert || assets > maxDeallocate()) revert HostileAdapter__Refused();
        if (pay == Pay.Reenter) _reenter();
        if (pay == Pay.Nothing) return assets;
        if (pay == Pay.Elsewhere) {
            TestToken(asset).transfer(address(0xE15E), assets);
            return assets;
        }
        TestToken(asset).transfer(receiver, pay == Pay.Short ? assets - 1 : assets);
        return pay == Pay.AnswerLess ? assets - 1 : assets;
    }

    function emergencyExit() external onlyVault returns (uint256 recovered) {
        if (pay == Pay.Revert) revert HostileAdapter__Refused();
        if (pay == Pay.Reenter) _reenter();
        recovered = TestToken(asset).balanceOf(address(this));
        if (pay == Pay.Nothing) return recovered;
        if (recovered > liquidity) recovered = liquidity;
        TestToken(asset).transfer(vault, recovered);
    }

    function claimRewards() external {
        if (claim == Claim.Revert) revert HostileAdapter__Refused();
        if (claim == Claim.BurnGas) _burnGas();
        if (claim == Claim.Bomb) _bomb();
        if (claim == Claim.Reenter) _reenter();
    }

    function claimMerkl(
        IMerklDistributor,
        address[] calldata,
        uint256[] calldata,
        bytes32[][] calldata
    ) external pure {
        revert HostileAdapter__Refused();
    }

    function realAssets() external view returns (uint256) {
        uint256 truth = TestToken(asset).balanceOf(address(this));
        if (value == Value.Revert) revert HostileAdapter__Refused();
        if (value == Value.BurnGas) _burnGas();
        if (value == Value.Bomb) _bomb();
        if (value == Value.Short) {
            assembly ("memory-safe") {
                mstore(0, 1)
                return(0, 31)
            }
        }
        if (value == Value.Heavy) {
            this.work(valueParameter); // in a call of its own, as a market's views are
        }
        if (value == Value.Fixed) return valueParameter;
        if (value == Value.Factor) return (truth * valueParameter) / 100;
        return truth;
    }

    function work(uint256 rounds) external pure returns (bytes32 hash) {
        for (uint256 i = 0; i < rounds; i++) hash = keccak256(abi.encode(hash));
    }

    function maxAllocate() external view returns (uint256) {
        return room;
    }

    function maxDeallocate() public view returns (uint256) {
        if (mute) _bomb();
        uint256 truth = TestToken(asset).balanceOf(address(this));
        return truth < liquidity ? truth : liquidity;
    }

    function forward(address forwarded) external {
        TestToken(forwarded).transfer(vault, TestToken(forwarded).balanceOf(address(this)));
    }

    function isPositionToken(address) external pure returns (bool) {
        return false;
    }

    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_firstRisk, _secondRisk);
    }

    function _reenter() private {
        (reentered, answer) = target.call(data);
    }

    function _burnGas() private pure {
        assembly ("memory-safe") {
            invalid()
        }
    }

    /// @dev 100 kB of return data: whoever copies it pays for it.
    function _bomb() private pure {
        assembly ("memory-safe") {
            revert(0, 100000)
        }
    }
}
