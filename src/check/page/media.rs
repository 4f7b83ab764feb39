//! Frames, video and sound; and what a page does to its reader by itself.

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// A frame without a title (axe `frame-title`; WCAG 2.2, 4.1.2).
pub(super) fn frame_without_title(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for frame in page.elements().filter(|it| it.is(&["iframe", "frame"])).filter(|it| !it.is_within_hidden()) {
        let named =
            ["title", "aria-label"].iter().any(|it| frame.attribute(it).is_some_and(|it| !it.trim().is_empty()));
        if !named {
            let message = "this frame has no title, so nobody knows what is in it before they enter".to_owned();
            let help = "add `title=\"…\"` with what it shows";
            found.push(page.fault(Severity::Error, "frame-without-title", frame, message).help(help));
        }
    }
}

/// A video without captions (axe `video-caption`; WCAG 2.2, 1.2.2).
pub(super) fn without_captions(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for video in page.named("video").filter(|it| it.attribute("muted").is_none()) {
        let is_captions = |it: &Element<'_>| {
            it.name() == "track" && matches!(it.attribute("kind").unwrap_or("subtitles"), "captions" | "subtitles")
        };
        if !video.children().any(|it| is_captions(&it)) {
            let message = "this video has no captions".to_owned();
            let help = "add `<track kind=\"captions\" src=\"….vtt\" srclang=\"en\" label=\"English\">` to it";
            found.push(page.fault(Severity::Error, "video-without-captions", video, message).help(help));
        }
    }
}

/// Sound or video with no link to a transcript near it (WCAG 2.2, 1.2.1 and 1.2.3).
pub(super) fn without_transcript(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let is_transcript = |it: &Element<'_>| {
        it.is(&["a", "summary", "h2", "h3", "h4"]) && it.text().to_lowercase().contains("transcript")
    };
    if page.elements().any(|it| is_transcript(&it)) {
        return;
    }
    for media in page.elements().filter(|it| it.is(&["audio", "video"])) {
        let message =
            format!("there is no transcript of this {}", if media.name() == "audio" { "sound" } else { "video" });
        let help = "write down what is said, and link to it: `[Transcript](transcript.md)`";
        found.push(page.fault(Severity::Warning, "media-without-transcript", media, message).help(help));
    }
}

/// Sound or video that begins by itself (axe `no-autoplay-audio`; WCAG 2.2, 1.4.2).
pub(super) fn autoplay(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for media in page.elements().filter(|it| it.is(&["audio", "video"]) && it.attribute("autoplay").is_some()) {
        let message = "this begins to play by itself".to_owned();
        let help = "take `autoplay` out, and let readers begin it";
        found.push(page.fault(Severity::Error, "autoplay", media, message).help(help));
    }
}

/// A page that leads on, or loads itself again, after a time (axe `meta-refresh`; WCAG 2.2, 2.2.1).
pub(super) fn timed_refresh(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for meta in page.named("meta") {
        let refreshes = meta.attribute("http-equiv").is_some_and(|it| it.eq_ignore_ascii_case("refresh"));
        let delay = meta.attribute("content").and_then(|it| it.split([';', ',']).next());
        if refreshes && delay.is_none_or(|it| it.trim() != "0") {
            let message = "this page changes by itself after a time, while people read it".to_owned();
            found.push(page.fault(Severity::Error, "timed-refresh", meta, message).help("take this element out"));
        }
    }
}

/// A page that can't be made larger (axe `meta-viewport`; WCAG 2.2, 1.4.4).
pub(super) fn blocked_zoom(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for meta in page.named("meta").filter(|it| it.attribute("name") == Some("viewport")) {
        let content = meta.attribute("content").unwrap_or_default().to_lowercase().replace(' ', "");
        let value = |name: &str| content.split([',', ';']).find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
        let is_blocked = matches!(value("user-scalable"), Some("no" | "0"))
            || value("maximum-scale").and_then(|it| it.parse::<f64>().ok()).is_some_and(|it| it < 2.0);
        if is_blocked {
            let message = "nobody can make this page larger".to_owned();
            let help = "write `width=device-width, initial-scale=1`, and nothing more";
            found.push(page.fault(Severity::Error, "blocked-zoom", meta, message).help(help));
        }
    }
}
