//! A write that keeps others waiting is told to the log, with its place.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use hathor_db::{Error, testing};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_write_past_200_ms_is_told_with_its_place_and_a_quick_one_is_not() {
    let log = Log::default();
    let (text, writer) = (log.clone(), log);
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let told = || String::from_utf8(text.0.lock().unwrap().clone()).unwrap().matches("took too long").count();

    let db = testing::sqlite().await;
    db.write(async |_| Ok::<_, Error>(())).await.unwrap();
    assert_eq!(told(), 0);
    db.write(async |_| {
        tokio::time::sleep(Duration::from_millis(210)).await;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(told(), 1);
    assert!(String::from_utf8(text.0.lock().unwrap().clone()).unwrap().contains("slow_write.rs"));
}
