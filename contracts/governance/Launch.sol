// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ICompoundingVault} from "../vault/ICompoundingVault.sol";
import {IVaultFactory} from "../vault/IVaultFactory.sol";

/// @title Launch
/// @notice Keeps a deployment harmless while its maker still has power, wherever it stops. Vaults are created here with
/// their deposits stopped in the same transaction, insurance pools are born so, and all governance tokens are born here. Only
/// `launch` opens the vaults and pools and hands out the tokens, and it refuses as long as the maker holds any role. So at
/// every moment either there is nothing that the maker could take, or the maker is an account like any other.
/// @dev Order, all by the account that deployed this contract until it renounces: 1 the AccessManager gives this contract
/// the roles `openerRole` (of `resumeDeposits`) and `stopperRole` (of `stopDeposits`), also on the vaults' addresses to come ·
/// 2 `createVault`, `addPool` · 3 whatever configures them · 4 `allot` · 5 the maker renounces every role · 6 `launch`, by anyone.
contract Launch {
    using SafeERC20 for IERC20;

    /// @param to Receives `amount` of the governance token when all is launched.
    struct Allotment {
        address to;
        uint256 amount;
    }

    /// @dev AccessManager's own: it may do everything.
    uint64 private constant _ADMIN_ROLE = 0;

    /// @notice Who builds the protocol and must be powerless before it opens.
    address public immutable maker;
    /// @notice The authority of every vault.
    IAccessManager public immutable manager;
    /// @notice Where the vaults are made.
    IVaultFactory public immutable factory;
    /// @notice The role that may resume deposits. This contract gives it back in `launch`.
    uint64 public immutable openerRole;
    /// @notice The role that may stop deposits. This contract gives it back in `launch`.
    uint64 public immutable stopperRole;

    /// @notice Whether all is open.
    bool public launched;
    uint64[] private _roles;
    address[] private _closed; // vaults and pools
    IERC20 private _token;
    Allotment[] private _allotments;

    event VaultCreatedClosed(address indexed vault);
    event PoolAdded(address indexed pool);
    event Allotted(address indexed token, uint256 recipients, uint256 amount);
    event Launched(address indexed caller, uint256 opened);

    error Launch__NotMaker(address caller);
    error Launch__AlreadyLaunched();
    /// @notice The vault took another amount as its seed than was given.
    error Launch__WrongSeed(uint256 given, uint256 left);
    error Launch__AlreadyAllotted(address token);
    /// @notice What is handed out must be all that is here.
    error Launch__WrongSum(uint256 allotted, uint256 balance);
    /// @notice The maker holds `role`, or will from some moment on.
    error Launch__MakerHasRole(uint64 role);

    modifier onlyMaker() {
        require(msg.sender == maker, Launch__NotMaker(msg.sender));
        require(!launched, Launch__AlreadyLaunched());
        _;
    }

    /// @param roles Every role that means anything to a vault; ADMIN is always among them.
    constructor(
        IAccessManager manager_,
        IVaultFactory factory_,
        uint64 openerRole_,
        uint64 stopperRole_,
        uint64[] memory roles
    ) {
        maker = msg.sender;
        manager = manager_;
        factory = factory_;
        openerRole = openerRole_;
        stopperRole = stopperRole_;
        _roles = roles;
        _roles.push(_ADMIN_ROLE);
    }

    /// @notice Creates a vault that takes no deposits. Its dead seed is pulled from the maker. Only the maker.
    /// @param creationCode Of the vault, as the factory knows it.
    /// @param seed Asset wei, exactly what the vault asks for.
    function createVault(
        IVaultFactory.VaultParameters calldata parameters,
        bytes32 salt,
        bytes calldata creationCode,
        uint256 seed
    ) external onlyMaker returns (address vault) {
        IERC20 asset = IERC20(parameters.asset);
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), seed);
        asset.forceApprove(address(factory), seed);
        vault = factory.createVault(parameters, salt, creationCode);
        uint256 balance = asset.balanceOf(address(this));
        require(balance == before, Launch__WrongSeed(seed, balance - before));
        ICompoundingVault(vault).stopDeposits();
        _closed.push(vault);
        emit VaultCreatedClosed(vault);
    }

    /// @notice Has `launch` open an insurance pool, which was born closed. Only the maker.
    function addPool(address pool) external onlyMaker {
        _closed.push(pool);
        emit PoolAdded(pool);
    }

    /// @notice Says who gets the governance tokens that are here: all of them, once and for all. Only the maker.
    function allot(IERC20 token, Allotment[] calldata allotments) external onlyMaker {
        require(address(_token) == address(0), Launch__AlreadyAllotted(address(_token)));
        _token = token;
        uint256 sum = 0;
        for (uint256 i = 0; i < allotments.length; ++i) {
            sum += allotments[i].amount;
            _allotments.push(allotments[i]);
        }
        uint256 balance = token.balanceOf(address(this));
        require(sum == balance, Launch__WrongSum(sum, balance));
        emit Allotted(address(token), allotments.length, sum);
    }

    /// @notice Opens the vaults and pools, hands out the tokens and gives back this contract's roles. Once, by anyone, as soon as
    /// the maker holds no role.
    function launch() external {
        require(!launched, Launch__AlreadyLaunched());
        launched = true;
        for (uint256 i = 0; i < _roles.length; ++i) {
            (uint48 since, , , ) = manager.getAccess(_roles[i], maker);
            require(since == 0, Launch__MakerHasRole(_roles[i]));
        }
        for (uint256 i = 0; i < _closed.length; ++i) {
            ICompoundingVault(_closed[i]).resumeDeposits(); // a pool has the same function
        }
        manager.renounceRole(openerRole, address(this));
        manager.renounceRole(stopperRole, address(this));
        for (uint256 i = 0; i < _allotments.length; ++i) {
            _token.safeTransfer(_allotments[i].to, _allotments[i].amount);
        }
        emit Launched(msg.sender, _closed.length);
    }
}
