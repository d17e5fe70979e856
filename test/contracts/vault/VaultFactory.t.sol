// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IVaultFactory} from "../../../contracts/vault/IVaultFactory.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

contract VaultFactoryTest is VaultFixture {
    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
    }

    function test_Create_SeedsWhatItMakesAndRemembersIt() public {
        ICompoundingVault made = _createVault(500, 30, "second");
        vm.assertTrue(factory.isVault(address(made)));
        vm.assertFalse(factory.isVault(address(this)));
        vm.assertEq(made.balanceOf(DEAD), made.totalSupply(), "the seed belongs to nobody");
        vm.assertEq(made.totalAssets(), made.seedAssets());
        vm.assertEq(token.balanceOf(address(factory)), 0);
        vm.assertEq(factory.vaultCount(), 2);
        address[] memory all = factory.vaults(0, 2);
        vm.assertEq(all[0], address(vault));
        vm.assertEq(all[1], address(made));
        vm.assertEq(factory.vaults(1, 2)[0], address(made));
    }

    function test_Vaults_RevertWhen_OutOfRange() public {
        vm.expectRevert();
        factory.vaults(0, 2);
        vm.expectRevert();
        factory.vaults(1, 0);
    }

    function test_Create_TheAddressIsKnownBefore() public {
        address expected = factory.vaultAddress(_parameters(500, 30), "second", _vaultCode(), address(this));
        vm.assertEq(address(_createVault(500, 30, "second")), expected);
    }

    /// @notice Nobody can take the address that another one's creation will have.
    function test_Create_TheAddressDependsOnCreatorSaltAndParameters() public view {
        address mine = factory.vaultAddress(_parameters(500, 30), "second", _vaultCode(), address(this));
        vm.assertNotEq(mine, factory.vaultAddress(_parameters(500, 30), "second", _vaultCode(), mallory));
        vm.assertNotEq(mine, factory.vaultAddress(_parameters(500, 30), "third", _vaultCode(), address(this)));
        vm.assertNotEq(mine, factory.vaultAddress(_parameters(501, 30), "second", _vaultCode(), address(this)));
    }

    function test_Create_RevertWhen_Twice() public {
        bytes memory code = _vaultCode();
        vm.expectRevert();
        factory.createVault(_parameters(1_000, 30), "vault", code);
    }

    function test_Create_RevertWhen_OtherCode() public {
        bytes memory code = abi.encodePacked(_vaultCode(), hex"00");
        bytes memory refusal = abi.encodeWithSelector(
            IVaultFactory.VaultFactory__WrongCode.selector,
            keccak256(code),
            factory.creationCodeHash()
        );
        vm.expectRevert(refusal);
        factory.createVault(_parameters(500, 30), "second", code);
        vm.expectRevert(refusal);
        factory.vaultAddress(_parameters(500, 30), "second", code, address(this));
    }

    function test_Create_RevertWhen_TheCreatorLacksTheSeed() public {
        bytes memory code = _vaultCode();
        vm.prank(mallory);
        vm.expectRevert();
        factory.createVault(_parameters(500, 30), "second", code);
        vm.assertEq(factory.vaultCount(), 1);
    }
}
