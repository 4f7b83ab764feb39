//! The forms that an issue of a newsletter has besides its page, and the services that send them.

use serde::Deserialize;

use super::diagnostic::Place;
use super::newsletter::Provider;

/// What a service takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// The letter as it is.
    #[default]
    Html,
    /// Its text, in Markdown.
    Markdown,
}

/// What a text may hold, and a form may not be able to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Construct {
    /// A heading of the first two levels.
    Heading,
    /// A heading below those.
    DeepHeading,
    /// A list.
    List,
    /// A list in a list.
    NestedList,
    /// A line across.
    Rule,
    /// A link.
    Link,
    /// A quotation, or a note set apart.
    Quote,
    /// Bold or italic words.
    Emphasis,
    /// Words struck out.
    Struck,
    /// Code in a line.
    Code,
    /// Code in lines of its own.
    CodeBlock,
    /// A table.
    Table,
    /// A picture.
    Picture,
    /// A picture in a format that mail programs do not show.
    Drawing,
    /// A film or a sound.
    Media,
    /// A form, a frame: what needs a browser.
    Interactive,
}

impl Construct {
    /// Returns what it is, and what becomes of it.
    pub const fn told(self) -> (&'static str, &'static str) {
        match self {
            Construct::Heading => ("heading", "it becomes a line of text"),
            Construct::DeepHeading => ("heading below the second level", "it becomes a line of text"),
            Construct::List => ("list", "it becomes lines of text"),
            Construct::NestedList => ("list in a list", "its items stand in the list around it"),
            Construct::Rule => ("line across", "it is left out"),
            Construct::Link => ("link", "its address stands after its words"),
            Construct::Quote => ("quotation", "it becomes plain text"),
            Construct::Emphasis => ("bold or italic text", "it becomes plain text"),
            Construct::Struck => ("text struck out", "it stands between tildes"),
            Construct::Code => ("code in a line", "it becomes plain text"),
            Construct::CodeBlock => ("block of code", "it becomes plain text"),
            Construct::Table => ("table", "each row becomes lines of text"),
            Construct::Picture => ("picture", "its words take its place"),
            Construct::Drawing => ("SVG picture", "its words take its place"),
            Construct::Media => ("film or sound", "a link takes its place"),
            Construct::Interactive => ("form or frame", "it is left out"),
        }
    }
}

/// A form of an issue, besides its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The letter, for the service that the site names.
    Email,
    /// The same as plain text.
    Text,
    /// Both as a message that a mail program opens.
    Draft,
    /// What a service takes that has a form of its own.
    Service(&'static Provider),
}

impl Form {
    /// Returns the name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Form::Email => "email.html",
            Form::Text => "email.txt",
            Form::Draft => "draft.eml",
            Form::Service(provider) => provider.file.as_deref().unwrap_or_default(),
        }
    }

    /// Returns the forms of every issue.
    pub fn all(providers: &'static [Provider]) -> impl Iterator<Item = Form> {
        let services = providers.iter().filter(|it| it.file.is_some()).map(Form::Service);
        [Form::Email, Form::Text, Form::Draft].into_iter().chain(services)
    }
}

/// What something is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Medium {
    /// A page of the site.
    #[default]
    Web,
    /// A letter in HTML.
    Email,
    /// Plain text.
    Text,
}

/// Something that a form could not show as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// What it was.
    pub what: Construct,
    /// Where it is written; known where the site was opened with [`super::config::Options::trace`].
    pub place: Option<Place>,
}

/// A form, made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Which.
    pub form: Form,
    /// The position of its issue.
    pub issue: usize,
    /// What it could not show as it is, in order.
    pub dropped: Vec<Dropped>,
    /// The addresses that could not be made whole, each with where it is written.
    pub relative: Vec<(String, Option<Place>)>,
}
