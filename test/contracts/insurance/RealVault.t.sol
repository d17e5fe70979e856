// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {RAY} from "../../../contracts/insurance/Modules.sol";
import {IFlashBorrower} from "../helpers/Source4626.sol";
import {RealVaultFixture} from "./RealVaultFixture.sol";

/// @notice Losses of a real vault, from the market that breaks to the shares that are free again.
contract RealVaultLossTest is RealVaultFixture {
    /// @dev Half of the vault is gone: the price is 0.5, and 100,000 · (0.9 − 0.5) are paid.
    function test_T3_AMarketBreaksAndIsRemoved() public {
        uint256 before = _worth(holder);
        uint256 capital = pool.totalAssets() + reserve.available();
        _break(4_000); // the price is 0.7 by what the market says, and there is more to come
        uint256 incident = incidents.open(id);
        incidents.file(id);
        _skip(2 days);
        real.removeAdapter(address(doomed), MAX); // the curator gives it up: the whole half is lost
        for (uint256 i = 0; i < 3; ++i) {
            incidents.record(incident);
            _skip(1 days);
        }
        _skip(9 days);
        incidents.close(incident);
        uint256 price = incidents.incidentOf(incident).price;
        uint256 paid = incidents.settle(id);
        vm.assertApproxEqRel(price, manager.coverOf(id).entry, 1e12, "the entry follows the loss price");
        vm.assertApproxEqRel(price, (RAY * real.convertToAssets(1e24)) / 1e24, 1e12);
        // The vault's seed of 1,000 wei was not lent: the price is 0.5 and 5e-10.
        vm.assertApproxEqAbs(paid, (HELD * 4) / 10 - 50, 2, "100,000 * (0.9 - 0.5)");
        _sound();
        _skip(30 days);
        vm.assertEq(incidents.release(id), 0, "nothing came back");
        vm.prank(holder);
        manager.disarm(id, shares, holder);
        _report("a holder of 100,000 whose vault lost half", int256(_worth(holder)) - int256(before));
        vm.assertApproxEqAbs(_worth(holder), before - HELD / 10, 3, "the deductible is lost, nothing else");
        uint256 streamed = pool.totalAssets() + reserve.available() + paid - capital;
        vm.assertLt(streamed, 2_000e6, "underwriters lost what was paid, but for premiums since");
    }

    /// @dev Announced, a write-off can be made 3 days later, and is made an hour after that. Cover bought half an hour after the
    /// announcement has started by then, and the price was seen healthy: unless the guardian has stopped purchases.
    function test_T8_AnAnnouncedWriteOffIsForTheGuardianToKeepFromBuyers() public {
        address insider = _account("insider");
        uint256 held = _enter(insider, HELD);
        breaking.setLiquidity(0); // all know it, and the price doesn't show it yet
        uint256 made = vm.getBlockTimestamp() + 3 days + 1 hours;
        _skip(30 minutes);
        uint256 snapshot = vm.snapshotState();
        uint256 policy = _cover(insider, HELD, held);
        vm.warp(made);
        manager.poke(REAL);
        real.removeAdapter(address(doomed), MAX);
        uint256 incident = incidents.open(policy);
        incidents.file(policy);
        _close(incident);
        int256 profit = int256(incidents.settle(policy)) - int256(uint256(manager.coverOf(policy).premium));
        _report("cover for a write-off that was announced", profit);
        vm.assertGt(profit, 37_000e6, "T8: what stopping purchases is for");
        vm.revertToState(snapshot);
        vm.prank(guardian);
        manager.stopBuys();
        vm.expectRevert(ICoverManager.CoverManager__BuysStopped.selector);
        vm.prank(insider);
        manager.buy(_purchase(REAL, HELD, 90 days, held, insider));
        vm.warp(made);
        real.removeAdapter(address(doomed), MAX);
        manager.resumeBuys();
        vm.expectPartialRevert(ICoverManager.CoverManager__Unhealthy.selector);
        vm.prank(insider);
        manager.buy(_purchase(REAL, HELD, 90 days, held, insider));
    }

    /// @dev The market only looked broken. What the vault takes back is not the holder's a second time.
    function test_U9_AFalseAlarmThatRecovers() public {
        uint256 before = _worth(holder);
        breaking.setLiquidity(0); // nothing can be taken out
        real.removeAdapter(address(doomed), MAX);
        uint256 incident = incidents.open(id);
        incidents.file(id);
        _close(incident);
        uint256 paid = incidents.settle(id);
        vm.assertApproxEqAbs(paid, HELD / 2 - HELD / 10 - 50, 2); // 50: of the seed
        breaking.setLiquidity(MAX);
        vm.assertApproxEqAbs(real.recall(address(doomed)), 500_000e6, 2);
        _skip(30 days); // the lock has let it into the price
        uint256 kept = incidents.release(id);
        vm.assertGt(kept, 0, "U9");
        uint256 back = manager.collect(REAL);
        _report("a holder whose vault was written off and recalled", int256(_worth(holder)) - int256(before));
        _report("the pool, which paid and got back", int256(back) - int256(paid));
        // In 30 days of its freeze and 14 of the incident the loss price may grow by 50 % a year of 0.5: that is yield.
        uint256 growth = ((HELD / 2) * 5_000 * 44) / (10_000 * 365);
        vm.assertLe(_worth(holder), before + growth, "U9: paid once");
        vm.assertGe(back + growth, paid, "U9: the pool has it back");
        _sound();
    }

    function test_T3_LeavingBeforeDuringAndAfterARealLoss() public {
        address early = _account("leaves before");
        address late = _account("asks when it breaks");
        address stays = _account("stays");
        _underwrite(early, 100_000e6);
        _underwrite(late, 100_000e6);
        _underwrite(stays, 100_000e6);
        uint256 first = _requestAll(early);
        _cool();
        manager.poke(REAL);
        _break(0);
        uint256 incident = incidents.open(id);
        incidents.file(id);
        uint256 asked = _requestAll(late);
        uint256 snapshot = vm.snapshotState();
        uint256 out = _finalize(early, first);
        _report("who had asked 21 days before and leaves during", int256(out) - 100_000e6);
        vm.assertLt(out, 100_000e6, "T3: what is claimed counts as lost");
        vm.revertToState(snapshot);
        vm.prank(late);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__BeforeCooldown.selector);
        pool.finalizeRedeem(asked, 0);
        _close(incident);
        incidents.settle(id);
        uint256 waited = _finalize(early, first);
        _cool();
        uint256 after_ = _finalize(late, asked);
        uint256 stayed = pool.convertToAssets(pool.balanceOf(stays));
        _report("who had asked before and waited", int256(waited) - 100_000e6);
        _report("who asked when it broke", int256(after_) - 100_000e6);
        _report("who stayed", int256(stayed) - 100_000e6);
        vm.assertLe(out, waited, "T3: leaving during is no better than waiting");
        vm.assertLe(waited, stayed, "T3: nor is having asked");
        vm.assertLe(after_, stayed, "T3: nor is asking then");
        _sound();
    }

    /// @dev A day of pause at any step: each payment is what it is without.
    function test_T4_APauseAtAnyStepChangesNoPayment() public {
        uint256 snapshot = vm.snapshotState();
        (uint256 paid, uint256 kept) = _live(0);
        vm.assertGt(paid, 0, "T4");
        vm.assertGt(kept, 0, "T4");
        for (uint256 step = 1; step <= 6; ++step) {
            vm.revertToState(snapshot);
            snapshot = vm.snapshotState();
            (uint256 paid_, uint256 kept_) = _live(step);
            vm.assertEq(paid_, paid, "T4: paid");
            vm.assertApproxEqRel(kept_, kept, 1e14, "T4: kept, but for a day of the vault's lock");
        }
    }

    function _live(uint256 pauseAt) private returns (uint256 paid, uint256 kept) {
        breaking.setLiquidity(0);
        real.removeAdapter(address(doomed), MAX);
        _pauseIf(pauseAt == 1, 0);
        uint256 incident = incidents.open(id);
        _pauseIf(pauseAt == 2, 0);
        incidents.file(id);
        for (uint256 i = 0; i < 3; ++i) {
            _skip(1 days);
            incidents.record(incident);
            _pauseIf(pauseAt == 3 && i == 0, 0);
        }
        _skip(11 days - 1);
        _pauseIf(pauseAt == 4, 0);
        vm.expectPartialRevert(IIncidentModule.IncidentModule__TooEarly.selector);
        incidents.close(incident);
        _skip(1);
        incidents.close(incident);
        _pauseIf(pauseAt == 5, id);
        paid = incidents.settle(id);
        breaking.setLiquidity(MAX);
        real.recall(address(doomed));
        _skip(30 days - 1);
        _pauseIf(pauseAt == 6, 0);
        vm.expectPartialRevert(IIncidentModule.IncidentModule__StillFrozen.selector);
        incidents.release(id);
        _skip(1);
        kept = incidents.release(id);
        _sound();
    }

    /// @param settles A policy whose settlement is to wait, if any.
    function _pauseIf(bool yes, uint256 settles) private {
        if (!yes) return;
        vm.prank(guardian);
        pool.pauseClaims(2 days);
        _skip(1 days);
        if (settles != 0) {
            vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__ClaimsPaused.selector);
            incidents.settle(settles);
        }
        pool.resumeClaims();
    }
}

/// @notice Prices of a real vault that can't be read.
contract RealVaultReadingTest is RealVaultFixture, IFlashBorrower {
    uint256 private _incident;
    bytes4 private _refused;

    /// @dev While the market is entered its price can't be read, and neither can the vault's.
    function test_U12_ARealVaultWhoseMarketIsEnteredRecordsNothing() public {
        _break(0);
        _incident = incidents.open(id);
        _skip(1 days);
        token.mint(address(this), 1e6);
        token.approve(address(breaking), MAX);
        breaking.flashLoan(0, "");
        vm.assertTrue(_refused != 0, "U12: the reading was refused");
        IIncidentModule.Incident memory i = incidents.incidentOf(_incident);
        vm.assertEq(uint256(i.slots), 0, "U12: and recorded nothing");
        incidents.record(_incident);
        vm.assertGt(incidents.incidentOf(_incident).values[0], 0);
    }

    function onFlashLoan(uint256, bytes calldata) external {
        try incidents.record(_incident) {} catch (bytes memory reason) {
            _refused = reason.length == 0 ? bytes4(0xffffffff) : bytes4(reason);
        }
    }
}
