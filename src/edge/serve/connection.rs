//! Connections -> requests.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

/// The head of a request must be there by then: a connection that sends half of one, or none, is closed.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long is waited where the system has no place for another connection.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers the requests of all connections, for ever.
pub(super) async fn serve<F, R>(listener: TcpListener, answer: F)
where
    F: Fn(Request) -> R + Clone + Send + 'static,
    R: Future<Output = Response<Body>> + Send + 'static,
{
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let answer = answer.clone();
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let reply = answer(request.map(Body::new));
            async move { Ok::<_, Infallible>(reply.await) }
        });
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            // A connection that breaks off, or says what is no HTTP, is nobody's loss.
            _ = builder.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
