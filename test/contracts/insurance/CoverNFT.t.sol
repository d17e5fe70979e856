// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {CoverArt} from "../../../contracts/insurance/CoverArt.sol";
import {ICoverNFT} from "../../../contracts/insurance/ICoverNFT.sol";
import {NOTICE} from "../../../contracts/insurance/Modules.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice A vault whose symbol is what a test wants, or can't be read.
contract NamedVault is Source4626 {
    string internal given;
    bool internal mute;

    constructor(TestToken token, string memory symbol_) Source4626(token) {
        given = symbol_;
    }

    function silence() external {
        mute = true;
    }

    function symbol() public view override(ERC20, IERC20Metadata) returns (string memory) {
        require(!mute, "mute");
        return given;
    }
}

/// @notice Says its symbol in 32 bytes, as the first tokens did, or says it wrongly.
contract OddlyNamedVault is Source4626 {
    bytes internal answer;

    constructor(TestToken token) Source4626(token) {}

    function say(bytes calldata answer_) external {
        answer = answer_;
    }

    function symbol() public view override(ERC20, IERC20Metadata) returns (string memory) {
        bytes memory data = answer;
        assembly ("memory-safe") {
            return(add(data, 32), mload(data))
        }
    }
}

contract CoverNFTTest is InsuranceFixture {
    function test_TokenURI_IsJsonWithAPicture() public {
        uint256 id = _buy(holder, 100_000e6, 100_000e6);
        vm.assertTrue(_startsWith(nft.tokenURI(id), "data:application/json;base64,"));
        vm.expectRevert();
        nft.tokenURI(id + 1);
    }

    function test_T20_ATokenWithoutASymbolHasAPictureToo() public {
        NamedVault named = new NamedVault(token, "x");
        uint256 id = _coverFor(Source4626(address(named)));
        named.silence();
        vm.assertTrue(_startsWith(nft.tokenURI(id), "data:application/json;base64,"), "T20");
    }

    function test_T20_SoHasOneWhoseSymbolIsNoString() public {
        OddlyNamedVault odd = new OddlyNamedVault(token);
        uint256 id = _coverFor(Source4626(address(odd)));
        string memory start = "data:application/json;base64,";
        odd.say(abi.encode(bytes32("ODD")));
        vm.assertTrue(_startsWith(nft.tokenURI(id), start), "T20: 32 bytes");
        string memory unread = nft.tokenURI(id);
        odd.say(abi.encode(64, 3, "ODD"));
        vm.assertEq(nft.tokenURI(id), unread, "T20: a string elsewhere");
        odd.say(abi.encode(32, type(uint256).max));
        vm.assertEq(nft.tokenURI(id), unread, "T20: a string longer than the answer");
        odd.say(abi.encode("ODD"));
        vm.assertFalse(keccak256(bytes(nft.tokenURI(id))) == keccak256(bytes(unread)), "T20: a string");
    }

    function test_T20_EveryChangeIsAnnounced() public {
        uint256 id = _buy(holder, 100_000e6, 100_000e6);
        token.mint(holder, 10_000e6);
        uint256 more = _fill(vault, holder, 1e6);
        vm.startPrank(holder);
        _expectUpdate(id);
        manager.arm(id, more);
        _expectUpdate(id);
        manager.disarm(id, more, holder);
        _expectUpdate(id);
        manager.extend(id, 10 days, MAX);
        _expectUpdate(id);
        manager.cancel(id);
        vm.stopPrank();
        vm.assertTrue(nft.supportsInterface(0x49064906), "T20: ERC-4906");
        vm.assertTrue(nft.supportsInterface(type(IERC721).interfaceId));
        vm.assertFalse(nft.supportsInterface(0xffffffff));
    }

    function test_Manager_RevertWhen_AnyoneElseCalls() public {
        uint256 id = _buy(holder, 1e6, 1e6);
        bytes memory reason = abi.encodeWithSelector(ICoverNFT.CoverNFT__NotManager.selector, holder);
        vm.startPrank(holder);
        vm.expectRevert(reason);
        nft.mint(holder, 1);
        vm.expectRevert(reason);
        nft.credit(id, 1);
        vm.expectRevert(reason);
        nft.debit(id, address(vault), 1, holder);
        vm.expectRevert(reason);
        nft.refresh(id);
        vm.stopPrank();
        vm.assertEq(nft.count(), 1);
    }

    function _expectUpdate(uint256 id) internal {
        vm.expectEmit(address(nft));
        emit IERC4906.MetadataUpdate(id);
    }

    function _startsWith(string memory text, string memory start) internal pure returns (bool) {
        bytes memory a = bytes(text);
        bytes memory b = bytes(start);
        for (uint256 i = 0; i < b.length; ++i) if (a[i] != b[i]) return false;
        return true;
    }

    /// @dev Lists another vault and buys cover for it.
    function _coverFor(Source4626 source) private returns (uint256 id) {
        _fill(source, stranger, 1_000e6);
        manager.scheduleProduct(2, _terms(address(source)));
        _skip(NOTICE);
        manager.applyProduct(2);
        token.mint(holder, 10e6);
        vm.startPrank(holder);
        token.approve(address(manager), MAX);
        (id, ) = manager.buy(_purchase(2, 10e6, 30 days, 0, holder));
        vm.stopPrank();
    }
}

contract CoverArtTest is InsuranceFixture {
    function test_T20_ForeignTextIsCutAndEscaped() public pure {
        CoverArt.Policy memory p = _policy();
        // solhint-disable-next-line quotes
        p.vaultSymbol = '<script>"&\'';
        string memory picture = CoverArt.svg(p);
        vm.assertFalse(_has(picture, "<script>"), "T20");
        vm.assertTrue(_has(picture, "&lt;script&gt;&quot;&amp;&#39;"), "T20: escaped, not lost");
        p.vaultSymbol = "0123456789ABCDEF";
        vm.assertTrue(_has(CoverArt.svg(p), ">0123456789AB<"), "T20: twelve characters");
        p.vaultSymbol = unicode"m\u202eUSD";
        vm.assertTrue(_has(CoverArt.svg(p), ">m???USD<"), "T20: nothing turns the line around");
    }

    function test_T20_HugeValuesFit() public pure {
        CoverArt.Policy memory p = _policy();
        (p.remaining, p.armed) = (type(uint96).max, type(uint256).max);
        vm.assertTrue(_has(CoverArt.svg(p), unicode"10¹⁵ +"), "T20");
        (p.assetDecimals, p.remaining) = (0, 7);
        vm.assertTrue(_has(CoverArt.svg(p), ">7<"), "T20: no decimals");
        (p.assetDecimals, p.remaining) = (6, 1_000_050_000);
        vm.assertTrue(_has(CoverArt.svg(p), ">1,000.05<"), "T20: thousands and cents");
        p.remaining = 1_012_003_000_000;
        vm.assertTrue(_has(CoverArt.svg(p), ">1,012,003<"), "T20");
    }

    function test_Status_FollowsThePolicy() public pure {
        CoverArt.Policy memory p = _policy();
        vm.assertEq(CoverArt.status(p), "Covered");
        p.armed = 0;
        vm.assertEq(CoverArt.status(p), "Not armed");
        p.time = p.start - 1;
        vm.assertEq(CoverArt.status(p), "Waiting");
        p.time = p.expiry;
        vm.assertEq(CoverArt.status(p), "Expired, claims open");
        p.time = p.expiry + 35 days;
        vm.assertEq(CoverArt.status(p), "Ended");
        p.time = p.start;
        p.remaining = 0;
        vm.assertEq(CoverArt.status(p), "Ended");
        p.frozen = true;
        vm.assertEq(CoverArt.status(p), "Paid, shares held");
        p.claimOpen = true;
        vm.assertEq(CoverArt.status(p), "Claim open");
    }

    /// @dev Known days: the leap day of 2024, the last day of a year, the first of a century that has no leap day.
    function test_Svg_WritesDates() public pure {
        _assertDate(1_709_164_800, "29 Feb 2024");
        _assertDate(1_709_251_200, "1 Mar 2024");
        _assertDate(1_735_689_599, "31 Dec 2024");
        _assertDate(4_107_542_400, "1 Mar 2100");
        _assertDate(4_107_542_399, "28 Feb 2100");
    }

    function test_Svg_IsWhole() public view {
        CoverArt.Policy memory p = _policy();
        string memory picture = CoverArt.svg(p);
        _print(string.concat("SVG ", picture));
        vm.assertTrue(_has(picture, "No. 17<"));
        vm.assertTrue(_has(picture, ">250,000<"));
        vm.assertTrue(_has(picture, ">7.50 %<"));
        vm.assertTrue(_has(picture, "</svg>"));
        p.time = 0;
        CoverArt.svg(p);
        p.time = type(uint64).max;
        CoverArt.svg(p);
        CoverArt.uri(p);
    }

    function _assertDate(uint256 expiry, string memory date) internal pure {
        CoverArt.Policy memory p = _policy();
        (p.start, p.expiry) = (expiry - 10 days, expiry);
        vm.assertTrue(_has(CoverArt.svg(p), string.concat(">until ", date, "<")), date);
    }

    function _policy() internal pure returns (CoverArt.Policy memory p) {
        p.id = 17;
        p.vault = 0x4a7e57a9Fe1d2d8C5E2b84bB7C2A5A3d6Fc0B1e9;
        (p.vaultSymbol, p.assetSymbol) = ("mwUSDC", "USDC");
        (p.assetDecimals, p.shareDecimals) = (6, 18);
        (p.amount, p.remaining, p.armed) = (250_000e6, 250_000e6, 241_512.37e18);
        p.deductibleBps = 750;
        (p.start, p.expiry, p.time) = (START, START + 180 days, START + 74 days);
    }

    function _has(string memory text, string memory part) internal pure returns (bool) {
        bytes memory a = bytes(text);
        bytes memory b = bytes(part);
        for (uint256 i = 0; i + b.length <= a.length; ++i) {
            uint256 j = 0;
            while (j < b.length && a[i + j] == b[j]) ++j;
            if (j == b.length) return true;
        }
        return false;
    }
}
