// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice An exit burns whole shares of a source, rounded up. A stranger makes one of them worth a fortune where hardly
/// anyone else has any, enters for an exact number of them, and leaves with a wei as many times: holders would pay for each.
contract VaultCoarseSourceTest is VaultFixture {
    uint256 internal constant LOAN = 100_000_000e18;

    Source4626 internal empty;
    IAdapter internal first;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(0, 30);
    }

    /// @dev OpenZeppelin's ERC-4626 without an offset, and nobody in it, becomes the first adapter.
    function test_AD2_NobodyMakesExitsBurnFortunesInAnEmptySource() public {
        (, IAdapter old) = _addSource();
        _deposit(alice, 1_000_000 * unit);
        _addEmpty();
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(first), address(old));
        vm.prank(allocator);
        vault.setOrder(order);
        CoarseSourceAttacker attacker = new CoarseSourceAttacker(vault, empty);
        token.mint(address(attacker), LOAN);
        _run(attacker, 9_900 * unit, 100, 1, LOAN);
    }

    /// @dev The vault alone is in the source, with 100,000. A holder of a tenth takes them all first, which empties it.
    function test_AD2_NobodyEmptiesASourceToDoSo() public {
        _addEmpty();
        vm.prank(allocator);
        vault.lowerCap(address(first), 100_000 * unit);
        _deposit(alice, 100_000 * unit);
        (, IAdapter other) = _addSource();
        _deposit(alice, 900_000 * unit);
        CoarseSourceAttacker attacker = new CoarseSourceAttacker(vault, empty);
        token.mint(mallory, 110_000 * unit);
        vm.prank(mallory);
        vault.deposit(110_000 * unit, address(attacker));
        _allocate(other, 1_010_000 * unit);
        token.mint(address(attacker), LOAN);
        attacker.take(100_000 * unit);
        vm.assertEq(empty.totalSupply(), 0, "not emptied");
        _run(attacker, 1_000 * unit, 99, 9, LOAN + 110_000 * unit);
    }

    function _addEmpty() private {
        empty = new Source4626(token);
        first = _adapterOf(empty);
        _list(first);
    }

    function _run(CoarseSourceAttacker attacker, uint256 price, uint256 parts, uint256 rounds, uint256 brought) private {
        bytes4 refusal;
        try attacker.run(price, parts, rounds) {} catch (bytes memory answer) {
            refusal = bytes4(answer);
        }
        _skip(12);
        int256 lost = int256(1_000_000 * unit) - int256(_wealth(alice));
        _report("attacker, in one transaction", int256(_wealth(address(attacker))) - int256(brought));
        _report("holder of 1,000,000", -lost);
        vm.assertLe(_wealth(address(attacker)), brought);
        vm.assertLe(lost, 10);
        vm.assertTrue(refusal == IAdapter.Adapter__TooCoarse.selector);
    }
}

contract CoarseSourceAttacker {
    /// @dev His own shares of the source; the virtual one has a thousandth of all.
    uint256 internal constant OWN = 999;
    /// @dev More than what is idle, the seed: else no adapter pays.
    uint256 internal constant LEAST = 1e12 + 1;

    IERC4626 internal immutable _vault;
    IERC4626 internal immutable _source;
    IERC20 internal immutable _token;

    constructor(IERC4626 vault, IERC4626 source) {
        (_vault, _source, _token) = (vault, source, IERC20(source.asset()));
        _token.approve(address(source), type(uint256).max);
        _token.approve(address(vault), type(uint256).max);
    }

    function take(uint256 assets) external {
        _vault.withdraw(assets, address(this), address(this));
    }

    function run(uint256 price, uint256 parts, uint256 rounds) external {
        _source.deposit(OWN, address(this));
        _token.transfer(address(_source), (price - 1) * (OWN + 1)); // (assets + 1) / (shares + 1) is `price`, exactly
        for (uint256 round = 0; round < rounds; ++round) {
            price = _source.previewMint(1);
            if (rounds > 1) parts = 100_000e18 / price; // within the cap
            _vault.deposit(_source.previewMint(parts), address(this));
            for (uint256 i = 0; i < parts; ++i) _vault.withdraw(LEAST, address(this), address(this));
        }
        _source.redeem(OWN, address(this), address(this));
        _vault.withdraw(_vault.maxWithdraw(address(this)), address(this), address(this));
    }
}
