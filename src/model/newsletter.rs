//! What the site says of its newsletter: who sends it, how readers sign up, what every issue must say.

use std::sync::Arc;

use serde::Deserialize;

use super::mail::{Construct, Takes};

/// The table `[newsletter]` of `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Newsletter {
    /// The service that sends it.
    pub provider: Option<&'static Provider>,
    /// Where the form to sign up is sent.
    pub action: Option<Arc<str>>,
    /// The name of the form's field for the e-mail address.
    pub email_field: Arc<str>,
    /// What the form sends besides, by name.
    pub hidden: Vec<(Arc<str>, Arc<str>)>,
    /// The page on which readers sign up, where no form is shown.
    pub url: Option<Arc<str>>,
    /// What readers get.
    pub invitation: Option<Arc<str>>,
    /// How often it comes: `Once a month`.
    pub frequency: Option<Arc<str>>,
    /// The page that says what becomes of addresses.
    pub privacy: Option<Arc<str>>,
    /// Why somebody receives it.
    pub reason: Option<Arc<str>>,
    /// The sender's address by post.
    pub postal_address: Option<Arc<str>>,
    /// The sender's name, where an issue gives none.
    pub from_name: Option<Arc<str>>,
    /// The address from which it is sent.
    pub from_email: Option<Arc<str>>,
    /// Where answers go, where an issue does not say it.
    pub reply_to: Option<Arc<str>>,
    /// What stands where the link to leave the list belongs, if not what the service fills in.
    pub unsubscribe: Option<Arc<str>>,
    /// Where a mail program signs the reader off (RFC 2369, RFC 8058): an address of the web, or `mailto:`.
    pub list_unsubscribe: Option<Arc<str>>,
}

/// A service that sends newsletters, as `src/providers.toml` describes it.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name in `site.toml`.
    #[serde(skip)]
    pub name: String,
    /// Its name for readers.
    pub title: String,
    /// The name that its forms give to the field for the e-mail address.
    #[serde(default = "email")]
    pub email_field: String,
    /// Whether it stands for all that Folio does not know, and where the site names none.
    #[serde(default)]
    pub usual: bool,
    /// What it takes.
    #[serde(default)]
    pub takes: Takes,
    /// The file that is made for it alone; `None` where it takes `email.html`.
    #[serde(default)]
    pub file: Option<String>,
    /// What stands where the link to leave the list belongs; empty where the service adds one.
    #[serde(default = "unsubscribe")]
    pub unsubscribe: String,
    /// What stands where the link to the letter on the web belongs; `None` for the issue's own address.
    #[serde(default)]
    pub browser: Option<String>,
    /// What stands where the postal address belongs; `None` for the one of `site.toml`.
    #[serde(default)]
    pub address: Option<String>,
    /// Whether the service shows the subject above the text.
    #[serde(default)]
    pub title_shown: bool,
    /// What its Markdown can show.
    #[serde(default)]
    pub shows: Vec<Construct>,
    /// The most bytes that it takes, or that mail programs show whole.
    #[serde(default = "limit")]
    pub limit: usize,
    /// What stands before the text, by key, with `{subject}`, `{slug}` and `{date}` to be filled in.
    #[serde(default)]
    pub front_matter: Vec<(String, String)>,
}

fn email() -> String {
    "email".to_owned()
}

fn unsubscribe() -> String {
    "{{unsubscribe_url}}".to_owned()
}

/// Gmail cuts off what is longer than some 102 kB.
const fn limit() -> usize {
    100_000
}
