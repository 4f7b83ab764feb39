//! News for the pages that are open: one stream of events for all tabs of a browser.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use futures_core::Stream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::reply;

/// Where the script is, where it hears news, and where it asks for the state of its page.
pub(super) const SCRIPT: &str = "/_folio/live.js";
pub(super) const EVENTS: &str = "/_folio/events";
pub(super) const STATE: &str = "/_folio/state";

/// The script of served pages; built pages never have it.
pub(super) const CODE: &str = include_str!("live.js");

/// Those who listen. They hear that something changed; what it is to their page they ask for ([`super::Site::state`]), so news
/// that nobody heard, because a page was being loaded, is lost to nobody.
#[derive(Debug, Default)]
pub struct Live(Mutex<Vec<UnboundedSender<String>>>);

impl Live {
    /// Tells all who listen, and forgets those who do not any more. `follow` is the page to go to, where the browser is to
    /// follow.
    pub fn tell(&self, follow: Option<&str>) {
        let text = serde_json::json!({ "follow": follow }).to_string();
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|it| it.send(format!("data: {text}\n\n")).is_ok());
    }

    /// Returns the stream (HTML, section 9.2, server-sent events).
    pub(super) fn stream(&self) -> Response<Body> {
        let (sender, receiver) = unbounded_channel();
        // The first word tells the browser that it is connected.
        let _ = sender.send(": folio\n\n".to_owned());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        let start = reply::builder(StatusCode::OK).header(CONTENT_TYPE, "text/event-stream");
        start.body(Body::from_stream(Events(receiver))).expect("the headers are plain")
    }
}

struct Events(UnboundedReceiver<String>);

impl Stream for Events {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|it| it.map(Ok))
    }
}
