//! Where log lines gather before they are written: one write for many lines, and nobody who is served waits for a disk.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use tracing_subscriber::fmt::MakeWriter;

/// How long the first line waits for company. A process that is killed loses no more than this.
const GATHER: Duration = Duration::from_millis(20);
/// Bytes that may wait; what comes while the target takes nothing is counted and left out.
const MOST: usize = 8 << 20;

/// Takes lines for one target. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Sink(Arc<Gathering>);

#[derive(Debug, Default)]
struct Gathering {
    lines: Mutex<Lines>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    text: Vec<u8>,
    left_out: u64,
    closing: bool,
}

/// Writes what still waits when it is dropped.
#[derive(Debug)]
pub struct Flush {
    sink: Sink,
    writer: Option<JoinHandle<()>>,
}

impl Sink {
    /// A sink whose lines go to `target`, for as long as the other half of the answer is kept.
    pub fn start(target: impl Write + Send + 'static) -> io::Result<(Self, Flush)> {
        let sink = Self::default();
        let gathering = Arc::clone(&sink.0);
        let writer =
            std::thread::Builder::new().name("log".to_owned()).spawn(move || gathering.write_to(target))?;
        Ok((sink.clone(), Flush { sink, writer: Some(writer) }))
    }
}

impl Gathering {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, line: &[u8]) {
        let mut lines = self.lines();
        if lines.text.len() + line.len() > MOST {
            lines.left_out += 1;
            return;
        }
        let first = lines.text.is_empty();
        lines.text.extend_from_slice(line);
        if first {
            self.news.notify_one();
        }
    }

    fn write_to(&self, mut target: impl Write) {
        let mut batch = Vec::new();
        while self.next_batch(&mut batch) {
            // whoever reads the log has gone away, or its disk is full: there is nobody left to tell
            let _ = target.write_all(&batch).and_then(|()| target.flush());
        }
    }

    /// Swaps what has gathered into `batch`; false when the last was written and no more will come.
    fn next_batch(&self, batch: &mut Vec<u8>) -> bool {
        batch.clear();
        let wait = |lines: &mut Lines| lines.text.is_empty() && !lines.closing;
        let lines = self.news.wait_while(self.lines(), wait).unwrap_or_else(PoisonError::into_inner);
        let gathered = self.news.wait_timeout_while(lines, GATHER, |lines| !lines.closing);
        let (mut lines, _) = gathered.unwrap_or_else(PoisonError::into_inner);
        mem::swap(&mut lines.text, batch);
        let left_out = mem::take(&mut lines.left_out);
        drop(lines);
        if left_out > 0 {
            metrics::counter!("log_lines_left_out_total").increment(left_out);
        }
        !batch.is_empty()
    }
}

impl Write for &Sink {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.take(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = &'a Sink;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        self.sink.0.lines().closing = true;
        self.sink.0.news.notify_all();
        if let Some(writer) = self.writer.take() {
            // it has no way to panic, and at the end of the process nobody could be told
            let _ = writer.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Target(Arc<Mutex<Vec<Vec<u8>>>>);

    impl Write for Target {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_line_arrives_in_order_and_many_share_a_write() {
        let target = Target::default();
        let (sink, flush) = Sink::start(target.clone()).unwrap();
        for line in 0..1_000 {
            writeln!(&sink, "{line}").unwrap();
        }
        drop(flush);
        let writes = target.0.lock().unwrap();
        let text = String::from_utf8(writes.concat()).unwrap();
        assert!(text.lines().eq((0..1_000).map(|line| line.to_string())), "{text}");
        assert!(writes.len() < 100, "{} writes", writes.len());
    }

    #[test]
    fn a_line_does_not_wait_for_the_next_one() {
        let target = Target::default();
        let (sink, _flush) = Sink::start(target.clone()).unwrap();
        (&sink).write_all(b"alone\n").unwrap();
        for _ in 0..1_000 {
            if !target.0.lock().unwrap().is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(target.0.lock().unwrap().concat(), b"alone\n");
    }

    #[test]
    fn what_a_stuck_target_cannot_take_is_left_out_and_memory_stays_bounded() {
        let gathering = Gathering::default();
        let line = vec![b'x'; 1 << 20];
        for _ in 0..20 {
            gathering.take(&line);
        }
        assert_eq!(gathering.lines().text.len(), MOST);
        assert_eq!(gathering.lines().left_out, 12);
    }
}
