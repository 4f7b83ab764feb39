//! `[newsletter]` of site.toml -> Newsletter, and what Folio knows of the services that send one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::model::address;
use crate::model::diagnostic::near_miss;
use crate::model::newsletter::{Newsletter, Provider};
use crate::model::node::Node;

use super::config::{Reader, at};
use super::{fields, toml};

static PROVIDERS: OnceLock<Vec<Provider>> = OnceLock::new();

/// Returns every service that Folio knows, by name. They are read when first asked for.
pub(super) fn providers() -> &'static [Provider] {
    PROVIDERS.get_or_init(|| {
        let all: BTreeMap<String, Provider> = toml::plain(include_str!("../providers.toml"))
            .unwrap_or_else(|error| panic!("src/providers.toml: {error}"));
        all.into_iter().map(|(name, provider)| Provider { name, ..provider }).collect()
    })
}

const TABLE: &str = "newsletter";

const KEYS: [&str; 15] = [
    "provider",
    "action",
    "email_field",
    "hidden",
    "url",
    "invitation",
    "frequency",
    "privacy",
    "reason",
    "postal_address",
    "from_name",
    "from_email",
    "reply_to",
    "unsubscribe",
    "list_unsubscribe",
];

impl Reader<'_> {
    /// Reads what the site says of its newsletter. Gives `wrong-setting`, `unknown-setting`.
    pub(super) fn newsletter(&mut self) -> Option<Newsletter> {
        self.get(&[TABLE])?;
        self.known(&[TABLE], &KEYS);
        let provider = self.provider();
        let email_field = self.text(&[TABLE, "email_field"]);
        let of_provider = || provider.map_or("email", |it| &it.email_field).into();
        Some(Newsletter {
            provider,
            action: self.action(),
            email_field: email_field.unwrap_or_else(of_provider),
            hidden: self.hidden(),
            url: self.address("url"),
            invitation: self.text(&[TABLE, "invitation"]),
            frequency: self.text(&[TABLE, "frequency"]),
            privacy: self.address("privacy"),
            reason: self.text(&[TABLE, "reason"]),
            postal_address: self.text(&[TABLE, "postal_address"]),
            from_name: self.text(&[TABLE, "from_name"]),
            from_email: self.email("from_email"),
            reply_to: self.email("reply_to"),
            unsubscribe: self.text(&[TABLE, "unsubscribe"]),
            list_unsubscribe: self.address("list_unsubscribe"),
        })
    }

    fn provider(&mut self) -> Option<&'static Provider> {
        let name = self.text(&[TABLE, "provider"])?;
        let found = providers().iter().find(|it| *it.name == *name);
        if found.is_none() {
            let names = || providers().iter().map(|it| &*it.name);
            let help = near_miss(&name, names()).map_or_else(
                || format!("one of {}", names().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
                |it| format!("did you mean `{it}`?"),
            );
            self.wrong(&[TABLE, "provider"], format!("Folio does not know the service `{name}`"), &help);
        }
        found
    }

    /// An e-mail address that is sent in the clear can be read on its way.
    fn action(&mut self) -> Option<Arc<str>> {
        let action = self.text(&[TABLE, "action"])?;
        let is_safe = address::reach_of_value(&action).is_ok() && action.starts_with("https://");
        if !is_safe {
            let help = "copy the `action` of the form that your mail service gives you; it begins with `https://`";
            self.wrong(&[TABLE, "action"], format!("`{action}` can't take a form"), help);
        }
        is_safe.then_some(action)
    }

    fn address(&mut self, key: &str) -> Option<Arc<str>> {
        let address = self.text(&[TABLE, key])?;
        self.is_address(&at(&[TABLE, key]), &address).then_some(address)
    }

    fn email(&mut self, key: &str) -> Option<Arc<str>> {
        let email = self.text(&[TABLE, key])?;
        let is_right = fields::is_email(&email);
        if !is_right {
            let message = format!("`{email}` is not an e-mail address");
            self.wrong(&[TABLE, key], message, "write it as `news@example.org`");
        }
        is_right.then_some(email)
    }

    fn hidden(&mut self) -> Vec<(Arc<str>, Arc<str>)> {
        let entries = match self.get(&[TABLE, "hidden"]) {
            None => return Vec::new(),
            Some(Node::Map(entries)) if entries.iter().all(|it| it.1.text().is_some()) => entries,
            Some(_) => {
                let message = "`hidden` should be a table of texts".to_owned();
                self.wrong(&[TABLE, "hidden"], message, "write it as `{ list = \"news\" }`");
                return Vec::new();
            }
        };
        entries.iter().filter_map(|(name, value)| Some((name.clone(), value.text()?.into()))).collect()
    }
}
