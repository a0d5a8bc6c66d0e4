//! The sendfile lane: how a body makes hyper send a file that never enters user space, without unsafe code.
//!
//! hyper only knows bytes. So a [`FileBody`](crate::FileBody) gives it a *placeholder*, a slice of one static
//! buffer that nobody reads, and queues the file region it stands for here. The connection's socket recognises
//! placeholders by their address and sends the region in their place.
//!
//! What keeps the two queues in step: regions take their placeholders from a ring, so neighbouring regions have
//! different addresses, and before each write the socket compares. **The placeholders it is shown must begin at the
//! front region's address and be as many bytes as are queued**; hyper shows all it holds in every write (at most 16
//! buffers, of at most 3 slices each, in 64). A region whose placeholder was dropped, copied, compressed, cut short
//! or sent to another connection breaks that, and the connection ends before another byte leaves it.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IoSlice};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

/// Longest region, in bytes: hyper asks for the next only when less than 400 KB are unsent.
pub(crate) const REGION: usize = 1 << 20;
/// A region that is worth holding its head back for, so that both leave together (`MSG_MORE`, nginx's
/// `tcp_nopush`). Under BBR, which learns a path's speed from such bursts, 1 MiB parts then leave 2.2 times as
/// often, while parts of up to 256 KiB are paced and leave half as often; measured over loopback on Linux 6.18.
const LONG: usize = 512 * 1024;
/// Room for every region that can be queued at once, so that no two share an address.
const RING: usize = 4 * REGION;
/// Zeroes the loader never has to bring into memory.
static PLACEHOLDERS: [u8; RING] = [0; RING];

/// The queue of one HTTP/1 connection, found in the extensions of its requests.
#[derive(Clone, Debug, Default)]
pub struct Lane(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    regions: VecDeque<Region>,
    unsent: usize,
    next_slot: usize,
}

#[derive(Debug)]
struct Region {
    file: Arc<File>,
    at: u64,
    left: usize,
    slot: usize,
}

/// What a write has to do first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Send the first so many slices as they are; `hold` tells that a long region follows.
    Plain { slices: usize, hold: bool },
    /// Send so many bytes of the front region.
    Region { bytes: usize },
}

/// What became of one sendfile(2).
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) bytes: usize,
    /// The socket took less than was asked, and not because the file ended.
    pub(crate) full: bool,
}

impl Lane {
    /// Queues at most [`REGION`] bytes of a file and returns the placeholder that stands for them.
    pub(crate) fn push(&self, file: Arc<File>, at: u64, left: usize) -> Bytes {
        let left = left.min(REGION);
        let mut queue = self.queue();
        let slot = if queue.next_slot + left > RING { 0 } else { queue.next_slot };
        queue.next_slot = slot + left;
        queue.unsent += left;
        queue.regions.push_back(Region { file, at, left, slot });
        Bytes::from_static(&PLACEHOLDERS[slot..slot + left])
    }

    /// Compares what hyper wants written with what is queued.
    pub(crate) fn next(&self, slices: &[IoSlice<'_>]) -> io::Result<Next> {
        let mut shown = 0;
        let mut first = None;
        for (index, slice) in slices.iter().enumerate() {
            if let Some(slot) = slot_of(slice) {
                shown += slice.len();
                first.get_or_insert((index, slot));
            }
        }
        let queue = self.queue();
        let front = queue.regions.front();
        if shown != queue.unsent || first.map(|(_, slot)| slot) != front.map(|region| region.slot) {
            return Err(io::Error::other("the sendfile lane and its connection are out of step"));
        }
        let plain = first.map_or(slices.len(), |(index, _)| index);
        match (first, front) {
            (Some((index, _)), Some(region)) if slices[..plain].iter().all(|slice| slice.is_empty()) => {
                Ok(Next::Region { bytes: slices[index].len().min(region.left) })
            }
            _ => Ok(Next::Plain { slices: plain, hold: front.is_some_and(|region| region.left >= LONG) }),
        }
    }

    /// Sends some of the front region; a file that has become shorter is an error, never filler.
    pub(crate) fn send(&self, socket: BorrowedFd<'_>, bytes: usize) -> io::Result<Sent> {
        let mut queue = self.queue();
        let Some(region) = queue.regions.front_mut() else {
            return Err(io::Error::other("no region is queued"));
        };
        let sent = rustix::fs::sendfile(socket, region.file.as_fd(), Some(&mut region.at), bytes)?;
        if sent == 0 {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file became shorter while it was sent",
            ));
        }
        let full = sent < bytes && region.file.metadata()?.len() > region.at;
        region.left -= sent;
        region.slot += sent;
        if region.left == 0 {
            queue.regions.pop_front();
        }
        queue.unsent -= sent;
        Ok(Sent { bytes: sent, full })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where in the ring a slice lies, if it is a placeholder.
fn slot_of(slice: &[u8]) -> Option<usize> {
    let slot = slice.as_ptr().addr().checked_sub(PLACEHOLDERS.as_ptr().addr())?;
    (slot < RING && !slice.is_empty()).then_some(slot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Arc<File> {
        Arc::new(tempfile::tempfile().unwrap())
    }

    #[test]
    fn text_goes_before_the_region_it_precedes() {
        let lane = Lane::default();
        let body = lane.push(file(), 0, 100);
        let all = [IoSlice::new(b"HTTP/1.1 200 OK"), IoSlice::new(&body)];
        assert_eq!(lane.next(&all).unwrap(), Next::Plain { slices: 1, hold: false });
        assert_eq!(lane.next(&all[1..]).unwrap(), Next::Region { bytes: 100 });
    }

    #[test]
    fn a_head_waits_for_a_long_region_alone() {
        let lane = Lane::default();
        let body = lane.push(file(), 0, LONG);
        let next = lane.next(&[IoSlice::new(b"HTTP/1.1 200 OK"), IoSlice::new(&body)]).unwrap();
        assert_eq!(next, Next::Plain { slices: 1, hold: true });
    }

    #[test]
    fn without_regions_everything_is_text() {
        let next = Lane::default().next(&[IoSlice::new(b"a"), IoSlice::new(b"b")]).unwrap();
        assert_eq!(next, Next::Plain { slices: 2, hold: false });
    }

    #[test]
    fn a_dropped_placeholder_is_noticed_at_the_next_write() {
        let lane = Lane::default();
        drop(lane.push(file(), 0, 100));
        lane.next(&[IoSlice::new(b"HTTP/1.1 200 OK")]).unwrap_err();
        let second = lane.push(file(), 0, 100);
        lane.next(&[IoSlice::new(&second)]).unwrap_err();
    }

    #[test]
    fn a_copied_placeholder_is_noticed() {
        let lane = Lane::default();
        let copy = lane.push(file(), 0, 100).to_vec();
        lane.next(&[IoSlice::new(&copy)]).unwrap_err();
    }

    #[test]
    fn a_placeholder_cut_short_is_noticed() {
        let lane = Lane::default();
        let body = lane.push(file(), 0, 100);
        lane.next(&[IoSlice::new(&body[..60])]).unwrap_err();
        lane.next(&[IoSlice::new(&body[40..])]).unwrap_err();
    }

    #[test]
    fn a_placeholder_of_another_connection_is_noticed() {
        let (mine, theirs) = (Lane::default(), Lane::default());
        let body = theirs.push(file(), 0, 100);
        mine.next(&[IoSlice::new(&body)]).unwrap_err();
    }

    #[test]
    fn regions_that_are_queued_together_never_share_an_address() {
        let lane = Lane::default();
        let sizes = [REGION, 7, REGION, 300_000, REGION, 1, REGION, REGION];
        for pair in sizes.windows(2) {
            let (a, b) = (lane.push(file(), 0, pair[0]), lane.push(file(), 0, pair[1]));
            let (a, b) = (slot_of(&a).unwrap(), slot_of(&b).unwrap());
            assert!(a + pair[0] <= b || b + pair[1] <= a, "{pair:?} overlap at {a} and {b}");
        }
    }
}
