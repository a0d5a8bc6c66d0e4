//! Who is connected: the caps, in total and per address, and the gauge of open connections.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use metrics::{counter, gauge};

use crate::EdgeLimits;

/// Counts the open connections of one listener.
#[derive(Debug)]
pub(crate) struct Census {
    most: usize,
    most_per_ip: usize,
    uncapped: Vec<IpNet>,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    by_household: HashMap<IpAddr, usize>,
}

impl Census {
    /// An empty census with the caps of these limits.
    pub(crate) fn new(limits: &EdgeLimits) -> Arc<Self> {
        Arc::new(Self {
            most: limits.connections,
            most_per_ip: limits.connections_per_ip,
            uncapped: limits.uncapped.clone(),
            counts: Mutex::default(),
        })
    }

    /// Takes a seat for one more connection from this address, or `None` when a cap is reached.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let household = household(address);
        let mut counts = self.counts();
        if counts.total >= self.most {
            counter!("connections_refused_total", "reason" => "total").increment(1);
            return None;
        }
        let of_household = counts.by_household.entry(household).or_default();
        let capped = || !self.uncapped.iter().any(|net| net.contains(&address.to_canonical()));
        if *of_household >= self.most_per_ip && capped() {
            counter!("connections_refused_total", "reason" => "per_ip").increment(1);
            return None;
        }
        *of_household += 1;
        counts.total += 1;
        gauge!("connections_open").increment(1.0);
        Some(Seat { census: Arc::clone(self), household })
    }

    fn leave(&self, household: IpAddr) {
        let mut counts = self.counts();
        counts.total = counts.total.saturating_sub(1);
        if let Some(left) = counts.by_household.get_mut(&household) {
            *left = left.saturating_sub(1);
            if *left == 0 {
                counts.by_household.remove(&household);
            }
        }
        gauge!("connections_open").decrement(1.0);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the census; it belongs to the socket and is given back when the socket is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    census: Arc<Census>,
    household: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.census.leave(self.household);
    }
}

/// What counts as one client: an IPv4 address, or the /64 an IPv6 host may choose freely from.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        v4 @ IpAddr::V4(_) => v4,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn census(total: usize, per_ip: usize) -> Arc<Census> {
        let proxy = "10.0.0.9/32".parse().unwrap();
        Census::new(&EdgeLimits {
            connections: total,
            connections_per_ip: per_ip,
            uncapped: vec![proxy],
            ..EdgeLimits::default()
        })
    }

    #[test]
    fn one_address_cannot_take_every_seat_and_gets_them_back() {
        let census = census(10, 2);
        let nina: IpAddr = "192.0.2.1".parse().unwrap();
        let first = census.admit(nina);
        let _second = census.admit("::ffff:192.0.2.1".parse().unwrap()).unwrap();
        assert!(census.admit(nina).is_none());
        assert!(census.admit("192.0.2.2".parse().unwrap()).is_some(), "the neighbour is another household");
        drop(first);
        assert!(census.admit(nina).is_some());
        assert_eq!(census.counts().total, 1, "seats that were not kept are free again");
    }

    #[test]
    fn an_ipv6_host_cannot_multiply_itself_within_its_network() {
        let census = census(10, 1);
        let _one = census.admit("2001:db8:1:2::1".parse().unwrap()).unwrap();
        assert!(census.admit("2001:db8:1:2:ffff::9".parse().unwrap()).is_none());
        assert!(census.admit("2001:db8:1:3::1".parse().unwrap()).is_some());
    }

    #[test]
    fn our_proxy_is_held_to_the_total_alone() {
        let census = census(3, 1);
        let seats: Vec<_> = (0..4).map(|_| census.admit("10.0.0.9".parse().unwrap())).collect();
        assert_eq!(seats.iter().flatten().count(), 3);
    }
}
