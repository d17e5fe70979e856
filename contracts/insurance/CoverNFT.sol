// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {CoverArt} from "./CoverArt.sol";
import {ClaimKind, ICoverManager} from "./ICoverManager.sol";
import {ICoverNFT} from "./ICoverNFT.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {Modules} from "./Modules.sol";

/// @title Policies
/// @notice The specification is in `ICoverNFT`.
contract CoverNFT is ICoverNFT, ERC721 {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    bytes4 private constant _ERC4906 = 0x49064906;

    ICoverManager private immutable _manager;
    IUnderwritingPool private immutable _pool;

    /// @inheritdoc ICoverNFT
    uint256 public count;
    mapping(uint256 id => uint256 shares) private _armed;

    modifier onlyManager() {
        require(msg.sender == address(_manager), CoverNFT__NotManager(msg.sender));
        _;
    }

    constructor(Modules memory modules) ERC721("Millrace cover", "mCOVER") {
        require(modules.nft == address(this), CoverNFT__WrongAddress(modules.nft));
        (_manager, _pool) = (ICoverManager(modules.manager), IUnderwritingPool(modules.pool));
    }

    /// @inheritdoc ICoverNFT
    function mint(address receiver, uint256 shares) external onlyManager returns (uint256 id) {
        id = ++count;
        if (shares != 0) _armed[id] = shares;
        _mint(receiver, id);
    }

    /// @inheritdoc ICoverNFT
    function credit(uint256 id, uint256 shares) external onlyManager {
        _armed[id] += shares;
        emit MetadataUpdate(id);
    }

    /// @inheritdoc ICoverNFT
    function debit(uint256 id, address vault, uint256 shares, address receiver) external onlyManager {
        uint256 armed = _armed[id];
        require(shares <= armed, CoverNFT__NotEnoughShares(id, shares, armed));
        _armed[id] = armed - shares;
        emit MetadataUpdate(id);
        IERC20(vault).safeTransfer(receiver, shares);
    }

    /// @inheritdoc ICoverNFT
    function refresh(uint256 id) external onlyManager returns (address owner) {
        emit MetadataUpdate(id);
        return _ownerOf(id);
    }

    /// @inheritdoc ICoverNFT
    function armedOf(uint256 id) external view returns (uint256) {
        return _armed[id];
    }

    /// @notice The policy as JSON with its picture, both as data URIs.
    function tokenURI(uint256 id) public view override returns (string memory) {
        _requireOwned(id);
        return CoverArt.uri(_policy(id));
    }

    /// @notice ERC-165: ERC-721 with metadata, ERC-4906.
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == _ERC4906 || super.supportsInterface(interfaceId);
    }

    /// @dev A policy that is being claimed on stays where it is: its owner is paid.
    function _update(address to, uint256 id, address auth) internal override returns (address from) {
        from = super._update(to, id, auth);
        if (from != address(0)) require(_manager.claimOf(id) == ClaimKind.None, CoverNFT__ClaimOpen(id));
    }

    function _policy(uint256 id) private view returns (CoverArt.Policy memory policy) {
        ICoverManager.Cover memory c = _manager.coverOf(id);
        ICoverManager.Product memory p = _manager.productOf(c.product);
        IERC20Metadata asset = IERC20Metadata(_pool.asset());
        policy.id = id;
        policy.vault = p.vault;
        policy.vaultSymbol = _symbolOf(p.vault);
        policy.assetSymbol = _symbolOf(address(asset));
        (policy.assetDecimals, policy.shareDecimals) = (asset.decimals(), p.shareDecimals);
        (policy.amount, policy.remaining) = (c.amount, c.remaining);
        (policy.armed, policy.deductibleBps) = (_armed[id], c.deductibleBps);
        (policy.start, policy.expiry) = (c.start, c.expiry);
        policy.time = _pool.poolTime();
        policy.paused = block.timestamp - policy.time;
        policy.claimOpen = c.claim != ClaimKind.None;
        policy.frozen = c.frozen;
    }

    /// @dev A token without a readable symbol has a picture nevertheless; so has one whose symbol is 32 bytes and no string, which
    /// `try` would not catch: it is decoded here.
    function _symbolOf(address token) private view returns (string memory) {
        (bool ok, bytes memory data) = token.staticcall(abi.encodeCall(IERC20Metadata.symbol, ()));
        if (!ok || data.length < 64) return "?";
        (uint256 offset, uint256 length) = abi.decode(data, (uint256, uint256));
        if (offset != 32 || length > data.length - 64) return "?";
        return abi.decode(data, (string));
    }
}
