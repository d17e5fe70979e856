// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Launch} from "../../../contracts/governance/Launch.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";
import {RewardToken} from "./RewardToken.sol";

/// @notice What keeps a deployment harmless while its maker, who is this test, still has power.
contract LaunchTest is VaultFixture {
    uint64 private constant _ADMIN = 0;
    uint64 private constant _OPENER = CURATOR;
    uint64 private constant _STOPPER = DERISK;
    uint64 private constant _OTHER = 7;
    uint256 private constant _SUPPLY = 1_000e18;

    Launch private _launch;
    RewardToken private _mill;
    uint256 private _seed;

    constructor() VaultFixture(6) {}

    function setUp() public {
        _setUpVault(0, 30);
        uint64[] memory roles = new uint64[](3);
        (roles[0], roles[1], roles[2]) = (_OPENER, _STOPPER, _OTHER);
        _launch = new Launch(manager, factory, _OPENER, _STOPPER, roles);
        manager.grantRole(_OPENER, address(_launch), 0);
        manager.grantRole(_STOPPER, address(_launch), 0);
        _seed = vault.seedAssets();
        _mapRoles(factory.vaultAddress(_parameters(0, 30), "launched", _vaultCode(), address(_launch)));
        token.mint(address(this), 10 * _seed);
        token.approve(address(_launch), 10 * _seed);
        _mill = new RewardToken();
        _mill.mint(address(_launch), _SUPPLY);
    }

    function _makeVault(uint256 seed) private returns (ICompoundingVault made) {
        made = ICompoundingVault(_launch.createVault(_parameters(0, 30), "launched", _vaultCode(), seed));
        _approve(alice, address(made), MAX);
    }

    function _allotments(uint256 first, uint256 second) private view returns (Launch.Allotment[] memory list) {
        list = new Launch.Allotment[](2);
        list[0] = Launch.Allotment(alice, first);
        list[1] = Launch.Allotment(bob, second);
    }

    function _becomePowerless() private {
        manager.renounceRole(_ADMIN, address(this));
    }

    function _makerHas(uint64 role) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Launch.Launch__MakerHasRole.selector, role);
    }

    function test_Create_TheVaultTakesNoDeposits() public {
        vm.expectEmit(true, false, false, true, address(_launch));
        emit Launch.VaultCreatedClosed(
            factory.vaultAddress(_parameters(0, 30), "launched", _vaultCode(), address(_launch))
        );
        ICompoundingVault made = _makeVault(_seed);
        vm.assertEq(made.totalAssets(), _seed);
        vm.assertEq(made.maxDeposit(alice), 0);
        token.mint(alice, 1_000 * unit);
        vm.prank(alice);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__DepositsStopped.selector);
        made.deposit(1_000 * unit, alice);
    }

    function test_Create_RevertWhen_AnotherSeed() public {
        bytes memory code = _vaultCode();
        vm.expectRevert(abi.encodeWithSelector(Launch.Launch__WrongSeed.selector, _seed + 1, 1));
        _launch.createVault(_parameters(0, 30), "launched", code, _seed + 1);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        _launch.createVault(_parameters(0, 30), "launched", code, _seed - 1);
    }

    /// @notice What lies here already is neither spent nor counted.
    function test_Create_LeavesWhatWasHere() public {
        token.mint(address(_launch), 5);
        _makeVault(_seed);
        vm.assertEq(token.balanceOf(address(_launch)), 5);
    }

    function test_Only_TheMakerCreatesAndAllots() public {
        bytes memory code = _vaultCode();
        bytes memory refusal = abi.encodeWithSelector(Launch.Launch__NotMaker.selector, mallory);
        vm.startPrank(mallory);
        vm.expectRevert(refusal);
        _launch.createVault(_parameters(0, 30), "launched", code, _seed);
        vm.expectRevert(refusal);
        _launch.allot(_mill, _allotments(_SUPPLY, 0));
        vm.stopPrank();
        vm.assertEq(_launch.maker(), address(this));
    }

    function test_Allot_AllThatIsHereOnce() public {
        vm.expectRevert(abi.encodeWithSelector(Launch.Launch__WrongSum.selector, _SUPPLY - 1, _SUPPLY));
        _launch.allot(_mill, _allotments(_SUPPLY - 2, 1));
        vm.expectEmit(true, false, false, true, address(_launch));
        emit Launch.Allotted(address(_mill), 2, _SUPPLY);
        _launch.allot(_mill, _allotments(_SUPPLY - 1, 1));
        vm.expectRevert(abi.encodeWithSelector(Launch.Launch__AlreadyAllotted.selector, address(_mill)));
        _launch.allot(_mill, _allotments(_SUPPLY - 1, 1));
    }

    function test_Launch_WaitsWhileTheMakerHasARole() public {
        _makeVault(_seed);
        uint64[3] memory roles = [_OPENER, _STOPPER, _OTHER];
        for (uint256 i = 0; i < roles.length; i++) manager.grantRole(roles[i], address(this), 0);
        vm.prank(guardian);
        vm.expectRevert(_makerHas(_OPENER));
        _launch.launch();
        _becomePowerless();
        for (uint256 i = 0; i < roles.length; i++) {
            vm.expectRevert(_makerHas(roles[i])); // whoever asks
            _launch.launch();
            manager.renounceRole(roles[i], address(this));
        }
        _launch.launch();
    }

    function test_Launch_WaitsWhileTheMakerIsTheAdmin() public {
        vm.expectRevert(_makerHas(_ADMIN));
        _launch.launch();
    }

    function test_Launch_WaitsWhileTheMakerWillHaveARole() public {
        manager.setGrantDelay(_OTHER, 10);
        _skip(6 days); // the delay of grants holds from five days on
        manager.grantRole(_OTHER, address(this), 0);
        (bool isMember, ) = manager.hasRole(_OTHER, address(this));
        vm.assertFalse(isMember, "not yet");
        _becomePowerless();
        vm.expectRevert(_makerHas(_OTHER));
        _launch.launch();
    }

    function test_Launch_OpensHandsOutAndKeepsNothingOnce() public {
        ICompoundingVault made = _makeVault(_seed);
        _launch.allot(_mill, _allotments(_SUPPLY - 1, 1));
        vm.assertFalse(_launch.launched());
        _becomePowerless();
        vm.expectEmit(true, false, false, true, address(_launch));
        emit Launch.Launched(mallory, 1);
        vm.prank(mallory); // anyone
        _launch.launch();
        vm.assertTrue(_launch.launched());
        token.mint(alice, 1_000 * unit);
        vm.prank(alice);
        made.deposit(1_000 * unit, alice);
        vm.assertEq(_mill.balanceOf(alice), _SUPPLY - 1);
        vm.assertEq(_mill.balanceOf(bob), 1);
        vm.assertEq(_mill.balanceOf(address(_launch)), 0);
        (bool opens, ) = manager.hasRole(_OPENER, address(_launch));
        (bool stops, ) = manager.hasRole(_STOPPER, address(_launch));
        vm.assertFalse(opens || stops, "kept a role");
        vm.expectRevert(Launch.Launch__AlreadyLaunched.selector);
        _launch.launch();
        bytes memory code = _vaultCode();
        vm.expectRevert(Launch.Launch__AlreadyLaunched.selector);
        _launch.createVault(_parameters(0, 30), "again", code, _seed);
    }

    /// @notice A vault made elsewhere and closed stands for a pool: both answer to the same function.
    function test_Launch_OpensPools() public {
        ICompoundingVault pool = vault;
        vm.prank(guardian);
        pool.stopDeposits();
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(Launch.Launch__NotMaker.selector, mallory));
        _launch.addPool(address(pool));
        vm.expectEmit(true, false, false, true, address(_launch));
        emit Launch.PoolAdded(address(pool));
        _launch.addPool(address(pool));
        _becomePowerless();
        vm.assertEq(pool.maxDeposit(alice), 0);
        vm.expectEmit(true, false, false, true, address(_launch));
        emit Launch.Launched(address(this), 1);
        _launch.launch();
        vm.assertGt(pool.maxDeposit(alice), 0);
        vm.expectRevert(Launch.Launch__AlreadyLaunched.selector);
        _launch.addPool(address(pool));
    }

    function test_Launch_WithNothingToOpenOrHandOut() public {
        _becomePowerless();
        _launch.launch();
        vm.assertTrue(_launch.launched());
    }
}
