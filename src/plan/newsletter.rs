//! What every template sees as `site.newsletter`.

use crate::model::newsletter::Newsletter;
use crate::model::route::Route;
use crate::model::site::{CONTENT, Site};
use crate::model::view::{Fields, View};

/// Returns what the site says of its newsletter; nothing where it says nothing.
pub(super) fn view(site: &Site) -> View {
    let Some(newsletter) = &site.config.newsletter else { return View::none() };
    let address = |it: &str| site.based(&site.resolve(CONTENT, it));
    let mut fields = Fields::default();
    let mut provider = Fields::default();
    if let Some(known) = newsletter.provider {
        provider.set("name", &*known.name);
        provider.set("title", &*known.title);
    }
    fields.set("provider", newsletter.provider.map(|_| View::from(provider)));
    fields.set("action", newsletter.action.as_deref());
    fields.set("email_field", &*newsletter.email_field);
    fields.set("hidden", hidden(newsletter));
    fields.set("url", newsletter.url.as_deref().map(address));
    fields.set("invitation", newsletter.invitation.as_deref());
    fields.set("frequency", newsletter.frequency.as_deref());
    fields.set("privacy", newsletter.privacy.as_deref().map(address).or_else(|| privacy(site)));
    fields.set("reason", newsletter.reason.as_deref());
    fields.set("postal_address", newsletter.postal_address.as_deref());
    fields.set("from_name", newsletter.from_name.as_deref().unwrap_or(&site.config.title));
    fields.set("from_email", newsletter.from_email.as_deref());
    fields.set("reply_to", newsletter.reply_to.as_deref());
    fields.set("list_unsubscribe", newsletter.list_unsubscribe.as_deref().map(address));
    fields.into()
}

fn hidden(newsletter: &Newsletter) -> View {
    View::list(newsletter.hidden.iter().map(|(name, value)| {
        let mut field = Fields::default();
        field.set("name", &**name);
        field.set("value", &**value);
        field.into()
    }))
}

/// Returns the page that a form which asks for an e-mail address needs, where it is there.
fn privacy(site: &Site) -> Option<String> {
    let [address] = site.config.checks.texts("missing-privacy-page", "page") else { return None };
    site.entry_at(address).is_some().then(|| site.href(&Route::new(address.as_str())))
}
