//! File -> body: piece by piece, so that a file of any size takes the memory of one piece.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

/// In bytes.
const PIECE: u64 = 128 * 1024;

/// Returns the bytes of a part of a file, which are read as they are sent.
pub(super) fn body(file: File, range: Range<u64>) -> Body {
    Body::from_stream(Pieces { file: Some(file), range, reading: None })
}

struct Pieces {
    /// `None` while a piece is read.
    file: Option<File>,
    /// What is still to come.
    range: Range<u64>,
    reading: Option<JoinHandle<(File, io::Result<Vec<u8>>)>>,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(mut file) = self.file.take() {
            if self.range.is_empty() {
                return Poll::Ready(None);
            }
            let (start, length) = (self.range.start, PIECE.min(self.range.end - self.range.start));
            // The disk is waited for by another thread, and by none while nobody takes what was read.
            self.reading = Some(spawn_blocking(move || {
                let read = piece(&mut file, start, length);
                (file, read)
            }));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let (file, read) = match ready!(Pin::new(reading).poll(context)) {
            Ok(it) => it,
            Err(error) => {
                self.reading = None;
                return Poll::Ready(Some(Err(io::Error::other(error))));
            }
        };
        self.reading = None;
        Poll::Ready(Some(read.map(|piece| {
            self.range.start += piece.len() as u64;
            self.file = Some(file);
            Bytes::from(piece)
        })))
    }
}

/// Returns a piece of a file. One that has become shorter is an error: its length was promised.
fn piece(file: &mut File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    match file.take(length).read_to_end(&mut piece)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(piece),
    }
}
