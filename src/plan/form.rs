//! The forms of an issue of a newsletter, besides its page: for those who send it, so only where they are asked for.

use std::sync::Arc;

use crate::model::issue::Issue;
use crate::model::mail::{Form, Medium, Takes};
use crate::model::newsletter::{Newsletter, Provider};
use crate::model::page::{Content, Envelope, Mail};
use crate::model::route::Route;
use crate::model::site::{CONTENT, Entry, Site};
use crate::model::view::{Fields, View};

use super::{Claims, Item, Planner};

/// The template of every form.
const TEMPLATE: &str = "email/issue.html";

/// Every issue that is sent by e-mail has its forms below its address.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    if !site.config.options.forms || !site.theme.has(TEMPLATE) {
        return;
    }
    for (at, issue) in site.issues.iter().enumerate() {
        let is_sent = !site.entries[issue.entry].document.values.is("web_only");
        for (form, route) in forms(site, issue.entry).filter(|_| is_sent) {
            claims.claim(route, Item::Form(at, form), None);
        }
    }
}

/// Returns the forms that an issue may have, each with its address.
pub(crate) fn forms(site: &Site, entry: usize) -> impl Iterator<Item = (Form, Route)> {
    let route = site.entries[entry].route();
    Form::all(site.config.providers).map(|form| (form, route.join(form.file())))
}

/// Returns a form of an issue.
pub(super) fn page(planner: &Planner<'_>, at: usize, form: Form) -> (Arc<str>, Content) {
    let issue = &planner.site.issues[at];
    let entry = &planner.site.entries[issue.entry];
    let (letter, text) = match form {
        Form::Email => (true, false),
        Form::Text => (false, true),
        Form::Draft => (true, true),
        Form::Service(provider) => (provider.takes == Takes::Html, provider.takes == Takes::Markdown),
    };
    let view = |medium| planner.letter(issue, form, medium);
    let mail = Mail {
        form,
        issue: at,
        template: TEMPLATE.into(),
        letter: letter.then(|| view(Medium::Email)),
        text: text.then(|| view(Medium::Text)),
        envelope: planner.envelope(entry),
    };
    (entry.document.source.path.clone(), Content::Mail(Box::new(mail)))
}

impl Planner<'_> {
    /// Returns what the template sees as `page`: the card of the issue, its text, what it holds, and what the service that
    /// sends it fills in.
    fn letter(&self, issue: &Issue, form: Form, medium: Medium) -> View {
        let site = self.site;
        let entry = &site.entries[issue.entry];
        let document = &entry.document;
        let mut fields = Fields::of(&self.card(issue.entry));
        let inner = Planner { medium, found: Default::default(), ..*self };
        let content = inner.fill(document, &document.body);
        self.found.borrow_mut().extend(inner.found.into_inner());
        fields.set("content", View::html(&content));
        fields.set("summary", document.values.text("summary"));
        fields.set("groups", self.groups(issue));
        fields.set("form", if medium == Medium::Text { "text" } else { "email" });
        fields.set("service", self.service(entry, form));
        fields.into()
    }

    /// Returns `{title, unsubscribe, browser, address}`: what the letter must say for the service that sends it; none where
    /// the service says it by itself.
    fn service(&self, entry: &Entry, form: Form) -> View {
        let site = self.site;
        let own = site.config.newsletter.as_ref();
        let provider = provider(site, form);
        let or = |own: &Option<String>, other: Option<String>| own.clone().or(other).filter(|it| !it.is_empty());
        let envelope = self.envelope(entry);
        // What a mail program sends has nobody who fills in what a service does.
        let by_hand = form == Form::Draft;
        let (browser, address) = if by_hand { (&None, &None) } else { (&provider.browser, &provider.address) };
        let unsubscribe = leave(&envelope).filter(|_| by_hand).unwrap_or_else(|| {
            own.and_then(|it| it.unsubscribe.as_deref()).unwrap_or(provider.unsubscribe.as_str()).to_owned()
        });
        let mut fields = Fields::default();
        fields.set("title", !provider.title_shown);
        fields.set("unsubscribe", Some(unsubscribe).filter(|it| !it.is_empty()));
        fields.set("browser", or(browser, Some(site.permalink(entry.route()))));
        fields.set("address", or(address, own.and_then(|it| Some(it.postal_address.as_deref()?.to_owned()))));
        fields.into()
    }

    fn envelope(&self, entry: &Entry) -> Envelope {
        let site = self.site;
        let values = &entry.document.values;
        let own = site.config.newsletter.as_ref();
        let said = |name: &str, other: fn(&Newsletter) -> &Option<Arc<str>>| {
            let own = || own.and_then(|it| other(it).as_deref());
            values.text(name).or_else(own).map(str::to_owned)
        };
        let day = entry.document.date.as_ref();
        Envelope {
            subject: entry.document.title.to_string(),
            url: site.permalink(entry.route()),
            origin: site.config.origin.to_string(),
            slug: entry.document.slug.to_string(),
            date: day.map(|it| it.day.to_string()).unwrap_or_default(),
            seconds: day.map_or(0, |it| it.instant.as_second()),
            from_name: said("from_name", |it| &it.from_name).unwrap_or_else(|| site.config.title.to_string()),
            from_email: said("from_email", |it| &it.from_email),
            reply_to: said("reply_to", |it| &it.reply_to),
            list_unsubscribe: own.and_then(|it| it.list_unsubscribe.as_deref()).map(|it| {
                let url = site.based(&site.resolve(CONTENT, it));
                if url.starts_with('/') { format!("{}{url}", site.config.origin) } else { url }
            }),
        }
    }
}

/// Returns where readers leave the list of a letter that is sent by hand: by the address that mail programs are given, or by an
/// answer.
fn leave(envelope: &Envelope) -> Option<String> {
    let answer = || envelope.reply_to.as_ref().or(envelope.from_email.as_ref());
    let by_mail = || answer().map(|it| format!("mailto:{it}?subject=Unsubscribe"));
    envelope.list_unsubscribe.clone().or_else(by_mail)
}

/// Returns the service for which a form is made: its own, or the one that the site names.
fn provider(site: &Site, form: Form) -> &'static Provider {
    let named = site.config.newsletter.as_ref().and_then(|it| it.provider);
    match form {
        Form::Service(provider) => provider,
        Form::Email | Form::Text | Form::Draft => {
            let usual = || site.config.providers.iter().find(|it| it.usual);
            named.or_else(usual).expect("src/providers.toml says which service stands for all others")
        }
    }
}
