//! A thread that listens: measuring is work for a CPU, so it stays off the runtime's threads.

use tokio::{sync::mpsc, task::JoinHandle};

use crate::{
    MediaError,
    analyse::{Analyser, Findings},
};

/// Blocks that may wait to be heard; when all wait, the decoder waits too.
const WAITING: usize = 4;

/// Passes blocks of sound to an [`Analyser`] elsewhere. Dropping it ends that thread.
#[derive(Debug)]
pub struct Ear {
    blocks: mpsc::Sender<Vec<u8>>,
    findings: JoinHandle<Option<Findings>>,
}

impl Ear {
    /// Opens an ear for sound of `rate` frames per second.
    pub fn open(rate: u32) -> Self {
        let (blocks, waiting) = mpsc::channel(WAITING);
        let findings = tokio::task::spawn_blocking(move || listen(rate, waiting));
        Self { blocks, findings }
    }

    /// Queues a block of whole frames. What cannot be heard is told by [`Ear::close`].
    pub async fn hear(&self, block: Vec<u8>) {
        let _ = self.blocks.send(block).await;
    }

    /// The end of the sound.
    pub async fn close(self) -> Result<Findings, MediaError> {
        drop(self.blocks);
        let findings = self.findings.await.map_err(|error| MediaError::Crashed(error.to_string()))?;
        findings.ok_or(MediaError::NotAudio)
    }
}

/// The analyser is born here, for it may not cross threads.
fn listen(rate: u32, mut blocks: mpsc::Receiver<Vec<u8>>) -> Option<Findings> {
    let mut analyser = Analyser::new(rate)?;
    while let Some(block) = blocks.blocking_recv() {
        analyser.hear(&block);
    }
    Some(analyser.finish())
}
