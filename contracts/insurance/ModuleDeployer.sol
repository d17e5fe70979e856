// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Deployer of contracts that name each other
/// @notice Its i-th contract has an address that depends on nothing but this contract's and i (CREATE): so each can be
/// built with the addresses of all others, none has a setter for them, and nobody holds a role to renounce later.
/// @dev The circle can't be closed by CREATE2: there an address hashes the constructor's arguments.
contract ModuleDeployer {
    address private immutable _deployer;
    /// @notice How many have been deployed.
    uint256 public count;

    event ModuleDeployed(uint256 indexed index, address indexed module);

    error ModuleDeployer__NotDeployer(address caller);
    /// @notice Only 127 addresses are foretold: the nonce is one byte.
    error ModuleDeployer__TooMany(uint256 index);
    /// @notice The constructor reverted without a reason.
    error ModuleDeployer__Failed(uint256 index);

    constructor() {
        _deployer = msg.sender;
    }

    /// @notice Runs `initCode` as the next contract. The account that made this one.
    function deploy(bytes memory initCode) public returns (address module) {
        require(msg.sender == _deployer, ModuleDeployer__NotDeployer(msg.sender));
        uint256 index = count++;
        // `create` of the bytes in memory; a revert's reason is handed on.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            module := create(0, add(initCode, 32), mload(initCode))
            if and(iszero(module), gt(returndatasize(), 0)) {
                let free := mload(64)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
        }
        require(module != address(0), ModuleDeployer__Failed(index));
        assert(module == addressOf(index));
        emit ModuleDeployed(index, module);
    }

    /// @notice Where the contract number `index`, from 0, is or will be.
    function addressOf(uint256 index) public view returns (address) {
        require(index < 127, ModuleDeployer__TooMany(index));
        // keccak(rlp([this, index + 1])): EIP-161 starts a contract's nonces at 1, and below 128 a nonce is its own byte.
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(this), uint8(index + 1))))));
    }
}
