// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IPermit2} from "../../../contracts/vault/IPermit2.sol";
import {IWrappedNative} from "../../../contracts/vault/IWrappedNative.sol";

/// @notice A token with permit that anyone mints; it calls somebody after each transfer, once a test armed it.
contract PermitToken is ERC20Permit {
    address public target;
    bytes public data;
    bool public succeeded;
    bool private _entered;

    constructor() ERC20("Test token", "TEST") ERC20Permit("Test token") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function arm(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (target == address(0) || _entered) return;
        _entered = true;
        (bool ok, ) = target.call(data);
        succeeded = succeeded || ok;
        _entered = false;
    }
}

/// @notice An honest vault with EIP-2612 shares and the `exit` of a compounding vault.
contract PermitVault is ERC4626, ERC20Permit {
    address[] public skipped;
    /// @notice Mint costs so much less than its preview said.
    uint256 public discount;
    /// @notice Deposit takes so much less than it was given.
    uint256 public untaken;

    constructor(IERC20 asset_) ERC20("Vault", "VLT") ERC20Permit("Vault") ERC4626(asset_) {}

    function setDiscount(uint256 discount_) external {
        discount = discount_;
    }

    function setUntaken(uint256 untaken_) external {
        untaken = untaken_;
    }

    function exit(
        uint256 shares,
        address receiver,
        address owner,
        uint256,
        address[] calldata skip
    ) external returns (uint256) {
        skipped = skip;
        return redeem(shares, receiver, owner);
    }

    function deposit(uint256 assets, address receiver) public virtual override returns (uint256) {
        return super.deposit(assets - untaken, receiver);
    }

    function previewMint(uint256 shares) public view override returns (uint256) {
        return super.previewMint(shares) + discount;
    }

    function mint(uint256 shares, address receiver) public virtual override returns (uint256 assets) {
        assets = previewMint(shares) - discount;
        _deposit(msg.sender, receiver, assets, shares);
    }

    function decimals() public view override(ERC20, ERC4626) returns (uint8) {
        return super.decimals();
    }
}

/// @notice Wraps the native token, as WETH does.
contract WrappedNative is ERC20, IWrappedNative {
    constructor() ERC20("Wrapped", "WETH") {}

    function deposit() external payable {
        _mint(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        _burn(msg.sender, amount);
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "refused");
    }
}

/// @notice A model of Permit2's signature transfers, after its documentation: typed data over token, amount, spender,
/// nonce and deadline; each nonce once. The genuine one is in `test/protocol/router.test.ts`.
contract Permit2Model is IPermit2 {
    bytes32 internal constant TOKEN = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 internal constant TRANSFER =
        keccak256(
            "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
        );
    mapping(address owner => mapping(uint256 nonce => bool used)) public used;

    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes calldata signature
    ) external {
        require(block.timestamp <= permit.deadline && !used[owner][permit.nonce], "expired or used");
        require(details.requestedAmount <= permit.permitted.amount, "too much");
        used[owner][permit.nonce] = true;
        require(ECDSA.recover(digest(permit, msg.sender), signature) == owner, "not the owner's");
        IERC20(permit.permitted.token).transferFrom(owner, details.to, details.requestedAmount);
    }

    function digest(PermitTransferFrom calldata permit, address spender) public view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                keccak256("Permit2"),
                block.chainid,
                address(this)
            )
        );
        bytes32 token = keccak256(abi.encode(TOKEN, permit.permitted.token, permit.permitted.amount));
        bytes32 content = keccak256(abi.encode(TRANSFER, token, spender, permit.nonce, permit.deadline));
        return keccak256(abi.encodePacked("\x19\x01", domain, content));
    }
}

/// @notice Calls what it is told to when native tokens or a call of a token reach it.
contract Caller {
    address public target;
    bytes public data;
    uint256 public value;
    bool public succeeded;

    receive() external payable {
        _call();
    }

    function arm(address target_, uint256 value_, bytes calldata data_) external {
        (target, value, data) = (target_, value_, data_);
    }

    function poke() external {
        _call();
    }

    function run(address to, uint256 amount, bytes calldata call_) external returns (bytes memory answer) {
        bool ok;
        (ok, answer) = to.call{value: amount}(call_);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function _call() private {
        if (target == address(0)) return;
        (address to, bytes memory call_) = (target, data);
        target = address(0);
        (succeeded, ) = to.call{value: value}(call_);
    }
}
