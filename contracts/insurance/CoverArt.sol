// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// SVG and JSON are full of double quotes.
// solhint-disable quotes
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title A policy's picture and data
/// @notice A certificate: paper, ink, an engraved rosette that is the policy's own, what is covered, and a line of time from
/// start to the last day of claiming with a mark where it stands now. Foreign text (token symbols) is cut and escaped.
library CoverArt {
    using Math for uint256;
    using Strings for uint256;

    struct Policy {
        uint256 id;
        string vaultSymbol;
        string assetSymbol;
        uint256 assetDecimals;
        uint256 shareDecimals;
        uint256 amount;
        uint256 remaining;
        uint256 armed;
        uint256 deductibleBps;
        uint256 start;
        uint256 expiry;
        uint256 time;
        /// what dates are later by: seconds of pause
        uint256 paused;
        address vault;
        bool claimOpen;
        bool frozen;
    }

    uint256 private constant _GRACE = 35 days;
    /// @dev Characters of foreign text.
    uint256 private constant _MAX_TEXT = 12;
    /// @dev Length of the line of time, in picture units.
    uint256 private constant _LINE = 300;

    /// @notice The JSON of ERC-721 metadata as a data URI.
    function uri(Policy memory p) internal pure returns (string memory) {
        string memory vault = Strings.escapeJSON(_cut(p.vaultSymbol));
        string memory asset = Strings.escapeJSON(_cut(p.assetSymbol));
        string memory json = string.concat(
            '{"name":"Cover #',
            p.id.toString(),
            unicode" · ",
            vault,
            '","description":"Up to ',
            _amount(p.amount, p.assetDecimals),
            " ",
            asset,
            " against a fall of the vault's share price by more than ",
            _percent(p.deductibleBps),
            '. The insured shares lie in this policy.","image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(svg(p))),
            '","attributes":',
            _attributes(p, vault, asset),
            "}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
    }

    /// @notice The picture.
    function svg(Policy memory p) internal pure returns (string memory) {
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 504" font-family="Georgia,\'Times New Roman\',serif" fill="#17362e">',
                '<rect width="360" height="504" rx="14" fill="#f4efe3"/>',
                '<rect x="12" y="12" width="336" height="480" rx="7" fill="none" stroke="#17362e" stroke-opacity=".35"/>',
                _rosette(p.id),
                _head(p),
                _body(p),
                _timeline(p),
                "</svg>"
            );
    }

    /// @notice Where a policy stands.
    function status(Policy memory p) internal pure returns (string memory) {
        if (p.claimOpen) return "Claim open";
        if (p.frozen) return "Paid, shares held";
        if (p.remaining == 0) return "Ended";
        if (p.time >= p.expiry + _GRACE) return "Ended";
        if (p.time >= p.expiry) return "Expired, claims open";
        if (p.time < p.start) return "Waiting";
        return p.armed == 0 ? "Not armed" : "Covered";
    }

    function _head(Policy memory p) private pure returns (string memory) {
        return
            string.concat(
                '<g font-size="11" letter-spacing="2.4"><text x="30" y="44">MILLRACE</text><text x="330" y="44" text-anchor="end">No. ',
                p.id.toString(),
                '</text></g><path d="M30 56H330" stroke="#17362e" stroke-width=".7"/>',
                '<text x="180" y="156" font-size="13" font-style="italic" text-anchor="middle">cover for</text>',
                '<text x="180" y="186" text-anchor="middle" font-size="',
                _fit(bytes(p.vaultSymbol).length).toString(),
                '">',
                _xml(_cut(p.vaultSymbol)),
                "</text>"
            );
    }

    function _body(Policy memory p) private pure returns (string memory) {
        string memory asset = _xml(_cut(p.assetSymbol));
        return
            string.concat(
                '<text x="30" y="292" font-size="11" opacity=".7">Up to</text><text x="30" y="326" font-size="32">',
                _amount(p.remaining, p.assetDecimals),
                '<tspan font-size="15" dx="7">',
                asset,
                "</tspan></text>",
                _row(352, "Insured shares", _amount(p.armed, p.shareDecimals)),
                _row(374, "Deductible", _percent(p.deductibleBps)),
                _row(396, "Vault", _short(p.vault))
            );
    }

    function _row(uint256 y, string memory label, string memory value) private pure returns (string memory) {
        string memory line = y.toString();
        return
            string.concat(
                '<g font-size="12"><text x="30" y="',
                line,
                '" opacity=".7">',
                label,
                '</text><text x="330" y="',
                line,
                '" text-anchor="end">',
                value,
                "</text></g>"
            );
    }

    /// @dev From the start, over the expiry, to the last day of claiming; the part that has passed is drawn strong.
    function _timeline(Policy memory p) private pure returns (string memory) {
        uint256 from = p.start.min(p.expiry);
        uint256 length = p.expiry + _GRACE - from;
        uint256 passed = ((p.time.max(from).min(p.expiry + _GRACE) - from) * _LINE) / length;
        uint256 end = ((p.expiry - from) * _LINE) / length;
        string memory now_ = (30 + passed).toString();
        string memory ends = (30 + end).toString();
        return
            string.concat(
                '<g stroke="#17362e"><path d="M30 430H330" stroke-opacity=".22" stroke-width="2"/><path d="M30 430H',
                now_,
                '" stroke-width="2"/><path d="M',
                ends,
                ' 424V436"/></g><circle cx="',
                now_,
                '" cy="430" r="5" fill="',
                p.claimOpen ? "#b8432f" : "#c08a2d",
                '"/>',
                _captions(p)
            );
    }

    function _captions(Policy memory p) private pure returns (string memory) {
        return
            string.concat(
                '<g font-size="11"><text x="30" y="460">',
                status(p),
                '</text><text x="330" y="460" text-anchor="end">until ',
                _date(p.expiry + p.paused),
                '</text></g><text x="30" y="476" font-size="9" opacity=".6">claims until ',
                _date(p.expiry + _GRACE + p.paused),
                "</text>"
            );
    }

    /// @dev Ellipses turned about one centre: a guilloche whose petals and slenderness are the policy's number's.
    function _rosette(uint256 id) private pure returns (string memory art) {
        uint256 draw = uint256(keccak256(abi.encode(id)));
        uint256 petals = 12 + (draw % 13);
        string memory shape = string.concat(
            '<ellipse rx="104" ry="',
            (26 + ((draw >> 8) % 34)).toString(),
            '" transform="rotate('
        );
        art = '<g transform="translate(180 168)" fill="none" stroke="#c08a2d" stroke-width=".6" stroke-opacity=".55">';
        for (uint256 i = 0; i < petals; ++i) {
            art = string.concat(art, shape, _tenths((i * 1_800) / petals), ')"/>');
        }
        return string.concat(art, '<circle r="104"/></g><circle cx="180" cy="168" r="58" fill="#f4efe3"/>');
    }

    function _attributes(
        Policy memory p,
        string memory vault,
        string memory asset
    ) private pure returns (string memory) {
        return
            string.concat(
                '[{"trait_type":"Vault","value":"',
                vault,
                '"},{"trait_type":"Asset","value":"',
                asset,
                '"},{"trait_type":"Status","value":"',
                status(p),
                '"},{"trait_type":"Left","value":"',
                _amount(p.remaining, p.assetDecimals),
                '"},{"trait_type":"Insured shares","value":"',
                _amount(p.armed, p.shareDecimals),
                '"},{"display_type":"date","trait_type":"Expiry","value":',
                (p.expiry + p.paused).toString(),
                "}]"
            );
    }

    /// @dev Whole units with a comma per thousand and up to two digits behind the point, cut.
    function _amount(uint256 value, uint256 decimals) private pure returns (string memory text) {
        uint256 hundredths = decimals >= 2 ? value / 10 ** (decimals - 2) : value * 10 ** (2 - decimals);
        uint256 whole = hundredths / 100;
        if (whole >= 1e15) return unicode"10¹⁵ +";
        text = (whole % 1_000).toString();
        for (uint256 rest = whole / 1_000; rest != 0; rest /= 1_000) {
            text = string.concat((rest % 1_000).toString(), ",", _padded(text));
        }
        uint256 fraction = hundredths % 100;
        if (fraction == 0) return text;
        return string.concat(text, fraction < 10 ? ".0" : ".", fraction.toString());
    }

    /// @dev The first group of `text`, up to a comma, with leading zeros.
    function _padded(string memory text) private pure returns (string memory) {
        bytes memory chars = bytes(text);
        uint256 group = 0;
        while (group < chars.length && chars[group] != ",") ++group;
        if (group == 1) return string.concat("00", text);
        return group == 2 ? string.concat("0", text) : text;
    }

    function _percent(uint256 bps) private pure returns (string memory) {
        string memory whole = (bps / 100).toString();
        if (bps % 100 == 0) return string.concat(whole, " %");
        return string.concat(whole, ".", bps % 100 < 10 ? "0" : "", (bps % 100).toString(), " %");
    }

    /// @dev The size at which a symbol of `length` fits into the rosette.
    function _fit(uint256 length) private pure returns (uint256) {
        return Math.min(26, 120 / Math.max(1, Math.min(length, _MAX_TEXT)));
    }

    function _tenths(uint256 value) private pure returns (string memory) {
        return string.concat((value / 10).toString(), ".", (value % 10).toString());
    }

    function _short(address account) private pure returns (string memory) {
        bytes memory full = bytes(Strings.toHexString(account));
        bytes memory text = new bytes(11);
        for (uint256 i = 0; i < 6; ++i) text[i] = full[i];
        (text[6], text[7], text[8], text[9], text[10]) = (".", ".", full[39], full[40], full[41]);
        return string(text);
    }

    /// @dev A day of the proleptic Gregorian calendar, by counting 400-year, 100-year, 4-year cycles from 1 March 0000.
    function _date(uint256 time) private pure returns (string memory) {
        uint256 day = time / 1 days + 719_468;
        uint256 cycle = day / 146_097;
        uint256 dayOfCycle = day % 146_097;
        uint256 year = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
        uint256 dayOfYear = dayOfCycle - (365 * year + year / 4 - year / 100);
        uint256 shifted = (5 * dayOfYear + 2) / 153; // months from March
        uint256 month = shifted < 10 ? shifted + 3 : shifted - 9;
        year += cycle * 400 + (month <= 2 ? 1 : 0);
        bytes memory names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        bytes memory name = new bytes(3);
        for (uint256 i = 0; i < 3; ++i) name[i] = names[(month - 1) * 3 + i];
        uint256 dayOfMonth = dayOfYear - (153 * shifted + 2) / 5 + 1;
        return string.concat(dayOfMonth.toString(), " ", string(name), " ", year.toString());
    }

    /// @dev Cut before it is escaped, so that no escape is cut. Bytes that aren't printable ASCII become "?".
    function _cut(string memory text) private pure returns (string memory) {
        bytes memory chars = bytes(text);
        bytes memory out = new bytes(Math.min(chars.length, _MAX_TEXT));
        for (uint256 i = 0; i < out.length; ++i) {
            bool printable = chars[i] >= 0x20 && chars[i] < 0x7f;
            out[i] = printable ? chars[i] : bytes1("?");
        }
        return string(out);
    }

    function _xml(string memory text) private pure returns (string memory out) {
        bytes memory chars = bytes(text);
        for (uint256 i = 0; i < chars.length; ++i) out = string.concat(out, _entity(chars[i]));
    }

    function _entity(bytes1 char) private pure returns (string memory) {
        if (char == "&") return "&amp;";
        if (char == "<") return "&lt;";
        if (char == ">") return "&gt;";
        if (char == '"') return "&quot;";
        if (char == "'") return "&#39;";
        return string(abi.encodePacked(char));
    }
}
