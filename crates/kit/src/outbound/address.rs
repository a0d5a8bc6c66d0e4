//! Which addresses may be called.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The networks a call may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Addresses that everybody can reach.
    Internet,
    /// Those, and the private ones around us: for hosts that the operator named in the configuration.
    Own,
}

impl Network {
    /// Whether a connection to `address` may be made. An IPv4 address inside an IPv6 one counts as what it is.
    pub fn admits(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || (self == Self::Own && is_private(address))
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !within(v4, RESERVED_V4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Private networks and this machine. Never link-local addresses: clouds tell secrets there.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => within(v4, PRIVATE_V4),
        IpAddr::V6(v6) => v6 == Ipv6Addr::LOCALHOST || v6.segments()[0] & 0xfe00 == 0xfc00,
    }
}

type Block = ([u8; 4], u32);

const PRIVATE_V4: &[Block] = &[
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10), // behind a provider's NAT
    ([127, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
];

/// The private ones and all that IANA lists as not globally reachable.
const RESERVED_V4: &[Block] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24), // 6to4 relays
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4), // multicast
    ([240, 0, 0, 0], 4), // reserved, and broadcast
];

fn within(address: Ipv4Addr, blocks: &[Block]) -> bool {
    let bits = address.to_bits();
    blocks.iter().any(|(net, length)| (bits ^ u32::from_be_bytes(*net)) >> (32 - length) == 0)
}

/// Only `2000::/3` is routed. Within it are protocol blocks (`2001::/23`: Teredo, ORCHID and others), documentation and
/// 6to4, which may carry a private IPv4 address. NAT64 (`64:ff9b::/96`) lies outside.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let routed = first & 0xe000 == 0x2000;
    let protocols = first == 0x2001 && second < 0x0200;
    let documentation = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    let six_to_four = first == 0x2002;
    routed && !protocols && !documentation && !six_to_four
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(network: Network, address: &str) -> bool {
        network.admits(address.parse().unwrap())
    }

    #[test]
    fn public_addresses_may_be_called() {
        for address in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "192.0.1.1", "100.128.0.1", "2606:4700::1111"]
        {
            assert!(admits(Network::Internet, address) && admits(Network::Own, address), "{address}");
        }
    }

    #[test]
    fn private_addresses_only_where_the_operator_says_so() {
        let private = [
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
        ];
        for address in private {
            assert!(!admits(Network::Internet, address), "{address}");
            assert!(admits(Network::Own, address), "{address}");
        }
    }

    #[test]
    fn some_addresses_are_never_called() {
        let never = [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "3fff::1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "100::1",
            "4000::1",
        ];
        for address in never {
            assert!(!admits(Network::Internet, address) && !admits(Network::Own, address), "{address}");
        }
    }
}
