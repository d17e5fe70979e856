// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITreasury} from "../../../contracts/governance/ITreasury.sol";
import {CompanyFixture} from "./CompanyFixture.sol";

/// @notice A DAO that makes and changes budgets, departments that spend, a guardian that stops them, and people who have no
/// say. What may be spent is worked out here from the terms alone, with fractions of a wei, not asked of the treasury.
contract BudgetHandler is CompanyFixture {
    /// @param refilled Wei, times 1e18, that all terms so far would have refilled until then.
    /// @param before All that the budget had spent before this.
    struct Spending {
        uint256 refilled;
        uint256 before;
    }

    /// @param used Wei of the bucket that are in use, times 1e18, at `refilled`.
    /// @param acts How often the bucket was written: each time the treasury may round a wei of refill away.
    struct Ledger {
        ITreasury.Terms terms;
        bool frozen;
        uint256 refilled;
        uint256 used;
        uint256 countedAt;
        uint256 spent;
        uint256 acts;
        Spending[] spendings;
    }

    uint256 internal constant WAD = 1e18;
    uint256 internal constant WEALTH = 1e15;
    uint256 internal constant LOOK_BACK = 12;

    mapping(uint256 which => Ledger ledger) internal ledgers;
    bool internal allFrozen;
    address[3] internal people;
    mapping(bytes32 path => uint256 times) public reached;

    function setUp() public override {
        super.setUp();
        people = [alice, bob, attacker];
        reward.mint(address(vaultOfDao), WEALTH);
        vm.deal(address(vaultOfDao), WEALTH);
    }

    /* ACTS */

    function setBudget(uint256 which, uint256 capacity, uint256 window, uint256 term) external {
        which %= 3;
        Ledger storage ledger = ledgers[which];
        _count(ledger);
        bool isNew = ledger.terms.spender == address(0);
        ledger.terms = ITreasury.Terms({
            token: which == 2 ? address(0) : address(reward),
            window: uint48(_bound(window, 1 days, 365 days)),
            expiresAt: uint48(vm.getBlockTimestamp() + _bound(term, 0, 365 days)),
            spender: people[capacity % 2],
            // A seventh of them are a few wei, where rounding shows.
            capacity: uint208(_bound(capacity, 0, capacity % 7 == 0 ? 9 : 1e9))
        });
        vm.prank(address(timelock));
        vaultOfDao.setBudget(_id(which), ledger.terms);
        ++ledger.acts;
        _did(isNew ? bytes32("make a budget") : bytes32("change a budget"));
    }

    function spend(uint256 which, uint256 who, uint256 amount) external {
        which %= 3;
        Ledger storage ledger = ledgers[which];
        _count(ledger);
        address caller = who % 4 == 0 ? people[(who >> 8) % 3] : ledger.terms.spender;
        uint256 shown = vaultOfDao.available(_id(which));
        if (amount % 4 == 0) amount = shown;
        else if (amount % 4 == 1) amount = shown + 1;
        else amount = _bound(amount, 0, 2e9);
        bytes32 refusal = _refusal(ledger, caller, amount, shown);
        vm.prank(caller);
        try vaultOfDao.spend(_id(which), carol, amount) {
            vm.assertTrue(refusal == 0, string.concat("G10 spent, but: ", string(abi.encodePacked(refusal))));
            _spent(ledger, amount);
            _did(amount == shown ? bytes32("spend all there is") : bytes32("spend"));
        } catch {
            vm.assertTrue(refusal != 0, "G10 a spending within the terms was refused");
            _did(refusal);
        }
    }

    function freeze(uint256 which, uint256 who) external {
        which %= 3;
        if (ledgers[which].terms.spender == address(0)) return;
        bool isAll = who % 8 == 0;
        bytes memory data = isAll
            ? abi.encodeCall(vaultOfDao.freeze, ())
            : abi.encodeCall(vaultOfDao.freezeBudget, (_id(which)));
        if (!_try((who >> 8) % 3 == 0 ? people[(who >> 16) % 3] : guardian, guardian, data)) return;
        if (isAll) allFrozen = true;
        else ledgers[which].frozen = true;
        _did(isAll ? bytes32("freeze all") : bytes32("freeze"));
    }

    /// @notice Whoever stopped a budget can't start it again.
    function thaw(uint256 which, uint256 who) external {
        which %= 3;
        if (ledgers[which].terms.spender == address(0)) return;
        bool isAll = allFrozen;
        bytes memory data = isAll
            ? abi.encodeCall(vaultOfDao.unfreeze, ())
            : abi.encodeCall(vaultOfDao.unfreezeBudget, (_id(which)));
        address[4] memory callers = [address(timelock), address(timelock), guardian, alice];
        if (!_try(callers[who % 4], address(timelock), data)) return;
        if (isAll) allFrozen = false;
        else ledgers[which].frozen = false;
        _did("thaw");
    }

    function pass(uint256 seed) external {
        uint256[6] memory longest = [uint256(1), 60, 1 hours, 1 days, 10 days, 100 days];
        _skip(_bound(seed >> 8, 0, longest[seed % 6]));
    }

    /// @notice Any act, for a driver that has only one number.
    function any(uint256 seed) external {
        uint256 a = uint256(keccak256(abi.encode(seed, 1)));
        uint256 b = uint256(keccak256(abi.encode(seed, 2)));
        uint256 c = uint256(keccak256(abi.encode(seed, 3)));
        uint256 act = seed % 16;
        if (act < 2) this.setBudget(a, b, c, seed >> 8);
        else if (act < 10) this.spend(a, b, c);
        else if (act == 10) this.freeze(a, b);
        else if (act < 13) this.thaw(a, b);
        else this.pass(a);
    }

    /* WHAT MUST HOLD */

    /// @notice G10: the bucket holds what the terms say, short of a wei per act, and nothing left that wasn't spent.
    function assertBudgets() external {
        uint256 tokens = WEALTH;
        for (uint256 which = 0; which < 3; ++which) {
            Ledger storage ledger = ledgers[which];
            _count(ledger);
            uint256 shown = vaultOfDao.available(_id(which));
            vm.assertLe(shown, ledger.terms.capacity, "G10 more than a full bucket");
            uint256 most = _free(ledger);
            vm.assertLe(shown, most, "G10 more than the terms refill");
            vm.assertGe(shown + ledger.acts + 1, most, "G10 less than the terms refill");
            if (which < 2) tokens -= ledger.spent;
        }
        vm.assertEq(reward.balanceOf(address(vaultOfDao)), tokens, "G10 tokens left by another way");
        vm.assertEq(address(vaultOfDao).balance, WEALTH - ledgers[2].spent, "G10 ether left by another way");
        vm.assertEq(vaultOfDao.isFrozen(), allFrozen);
    }

    /// @dev Whole wei that the bucket has room for.
    function _free(Ledger storage ledger) private view returns (uint256) {
        uint256 capacity = uint256(ledger.terms.capacity) * WAD;
        return ledger.used >= capacity ? 0 : (capacity - ledger.used) / WAD;
    }

    /// @notice Why that can't be spent; 0 when it must be possible.
    function _refusal(
        Ledger storage ledger,
        address caller,
        uint256 amount,
        uint256 shown
    ) private view returns (bytes32) {
        if (ledger.terms.spender == address(0)) return "refuse: no budget";
        if (caller != ledger.terms.spender) return "refuse a stranger";
        if (allFrozen) return "refuse: all are frozen";
        if (ledger.frozen) return "refuse: frozen";
        if (vm.getBlockTimestamp() > ledger.terms.expiresAt) return "refuse: expired";
        if (amount > shown) return amount == shown + 1 ? bytes32("refuse a wei more") : bytes32("refuse more");
        return amount == 0 ? bytes32("refuse nothing") : bytes32(0);
    }

    /// @dev From each earlier spending up to this one: no more than a full bucket and what was refilled meanwhile. So in
    /// one window, under one set of terms, at most twice the capacity.
    function _spent(Ledger storage ledger, uint256 amount) private {
        ledger.spendings.push(Spending(ledger.refilled, ledger.spent));
        ledger.spent += amount;
        ledger.used += amount * WAD;
        ++ledger.acts;
        uint256 count = ledger.spendings.length;
        for (uint256 i = count > LOOK_BACK ? count - LOOK_BACK : 0; i < count; ++i) {
            Spending storage from = ledger.spendings[i];
            uint256 most = uint256(ledger.terms.capacity) * WAD + ledger.refilled - from.refilled;
            // A wad of a wei is cut off each time that the refill is counted.
            vm.assertLe((ledger.spent - from.before) * WAD, most + WAD, "G10 more than bucket and refill");
        }
    }

    /// @dev Refills at the terms that held since it was counted last.
    function _count(Ledger storage ledger) private {
        uint256 elapsed = vm.getBlockTimestamp() - ledger.countedAt;
        ledger.countedAt = vm.getBlockTimestamp();
        if (ledger.terms.window == 0) return;
        uint256 refill = (uint256(ledger.terms.capacity) * WAD * elapsed) / ledger.terms.window;
        ledger.refilled += refill;
        ledger.used = ledger.used > refill ? ledger.used - refill : 0;
    }

    /// @return done Whether it worked, which it must for `allowed` and for nobody else.
    function _try(address caller, address allowed, bytes memory data) private returns (bool done) {
        vm.prank(caller);
        (done, ) = address(vaultOfDao).call(data);
        vm.assertEq(done, caller == allowed, "G10 stopped or started by who may not");
        if (!done) _did("refuse to stop or start");
    }

    function _did(bytes32 path) private {
        ++reached[path];
    }

    function _id(uint256 which) private pure returns (bytes32) {
        return bytes32(which + 1);
    }
}
