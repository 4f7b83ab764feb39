//! Kinds of content: which fields a document of a kind has, where it stands, how it is listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::route::Pattern;
use super::value::{Value, Values};

/// The facet of the year of a document's date. Where a kind has a field of that name, the field is meant.
pub const YEAR: &str = "year";

/// Templates of pages that are no documents, whatever kinds a site has.
const OTHER_PAGES: [&str; 11] = [
    "404.html",
    "alias.html",
    "archive.html",
    "base.html",
    "home.html",
    "list.html",
    "matrix.html",
    "register.html",
    "search.html",
    "term.html",
    "terms.html",
];

/// All kinds of a site.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// In the order in which they are told: the built-in ones, then the site's.
    pub all: Vec<Arc<Kind>>,
    /// The fields whose terms have pages for the whole site: `topics`, `authors`.
    pub facets: Vec<Arc<str>>,
    /// Groups of fields that have a name: `money`.
    pub types: BTreeMap<Arc<str>, Arc<Group>>,
}

impl Kinds {
    /// Returns the kind of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<Kind>> {
        self.all.iter().find(|it| &*it.name == name)
    }

    /// Returns whether a template can show a document. Those of lists, terms, registers and so on see other things, and those
    /// in `components/`, `email/` and files that begin with `_` are no pages.
    pub fn is_for_documents(&self, template: &str) -> bool {
        let is_piece = template.contains(['/', '_']) && template.split('/').any(|it| it.starts_with('_'))
            || template.starts_with("components/")
            || template.starts_with("email/");
        let is_list = |kind: &Kind| *kind.list_template == *template;
        let is_register = |kind: &Kind| kind.registers.iter().any(|it| is_template_of(it, template));
        !is_piece && !OTHER_PAGES.contains(&template) && !self.all.iter().any(|it| is_list(it) || is_register(it))
    }

    /// Returns the fields of a kind whose values have pages, of the whole site, of the kind, or in its matrix, each once.
    pub fn faceted<'a>(&'a self, kind: &'a Kind) -> Vec<&'a Arc<str>> {
        let axes = kind.matrix.iter().flat_map(|it| [&it.rows, &it.columns]);
        let mut fields: Vec<&Arc<str>> = Vec::new();
        for field in self.facets.iter().chain(&kind.facets).chain(axes) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }

    /// Returns the kind of a file by its first folder under `content/`; a page where no kind has that folder.
    pub fn of_folder(&self, folder: &str) -> &Arc<Kind> {
        let found = self.all.iter().find(|it| it.folder.as_deref() == Some(folder));
        found.or_else(|| self.all.iter().find(|it| it.folder.is_none())).expect("the kind of pages has no folder")
    }
}

/// Returns whether a template has the name of a register's field: `what-next.html` for `what_next`.
fn is_template_of(field: &str, template: &str) -> bool {
    let dashed = |it: u8| if it == b'_' { b'-' } else { it };
    template.strip_suffix(".html").is_some_and(|it| it.bytes().eq(field.bytes().map(dashed)))
}

/// One kind of content.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name: `evaluation`.
    pub name: Arc<str>,
    /// Its name for readers: `Evaluation`.
    pub label: Arc<str>,
    /// The name of its list: `Evaluations`.
    pub plural: Arc<str>,
    /// The first folder under `content/`; the kind without one takes all that is left.
    pub folder: Option<Arc<str>>,
    /// The addresses of its documents.
    pub route: Pattern,
    /// The template of its documents.
    pub template: Arc<str>,
    /// The template of its list.
    pub list_template: Arc<str>,
    /// How its list is ordered.
    pub order: Order,
    /// Whether it has a list.
    pub list: bool,
    /// Whether it has feeds.
    pub feed: bool,
    /// Whether its documents stand in the archive by year and month.
    pub archive: bool,
    /// How many documents a page of its list holds; the site's number where it says none.
    pub per_page: Option<usize>,
    /// The fields whose terms have pages under its list; [`YEAR`] among them.
    pub facets: Vec<Arc<str>>,
    /// The table of its documents by two of its fields.
    pub matrix: Option<Matrix>,
    /// The fields, lists of groups, whose items of all documents stand together on a page.
    pub registers: Vec<Arc<str>>,
    /// For a newsletter: the kinds whose news its issues gather, in the order in which they are told.
    pub collects: Option<Vec<Arc<str>>>,
    /// When one of its documents is news.
    pub news: News,
    /// The fields that `folio new` offers besides the required ones.
    pub new: Vec<Arc<str>>,
    /// Its fields, those of every kind included.
    pub group: Group,
    /// When `group.one_of` is asked for; always, where there is no condition.
    pub one_of_when: Option<Condition>,
    /// The headings that readers expect in its text.
    pub sections: Vec<Arc<str>>,
    /// What must go together.
    pub fits: Vec<Fit>,
}

/// When a document is news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum News {
    /// When it is published.
    #[default]
    Published,
    /// When it is published, and with every item of this list: of groups that are [`Group::in_order`] by a month or a date.
    Changed(Arc<str>),
    /// While the day of this field is still to come.
    Coming(Arc<str>),
}

/// Where the group of a field holds some values, the document must hold others.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The field of the group.
    pub field: Arc<str>,
    /// What the group holds.
    pub when: Condition,
    /// What the document must hold then: in a list, as one of its items.
    pub needs: Condition,
}

/// A table of a kind's documents. Each field is one that can be a facet, or [`YEAR`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The field whose values are its rows.
    pub rows: Arc<str>,
    /// The field whose values are its columns.
    pub columns: Arc<str>,
}

/// The order of a list: by a field, and by address where that is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The field.
    pub field: Arc<str>,
    /// Whether the largest comes first.
    pub down: bool,
}

/// Fields that belong together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The name of the type, where it has one: `money`.
    pub name: Option<Arc<str>>,
    /// Its fields, in the order in which they are told.
    pub fields: Vec<Field>,
    /// The field that a plain value in place of the group stands for.
    pub shorthand: Option<Arc<str>>,
    /// Pairs of fields of which the second is not before the first.
    pub rising: Vec<[Arc<str>; 2]>,
    /// Fields of which one at least must be given.
    pub one_of: Vec<Vec<Arc<str>>>,
    /// A field with a month that may not be over, unless the condition holds.
    pub overdue: Option<(Arc<str>, Condition)>,
    /// Of the items of a list: a field whose months or dates do not fall.
    pub in_order: Option<Arc<str>>,
    /// Of the items of a list: fields of which the last one given is what the document itself says.
    pub ends_as: Vec<Arc<str>>,
    /// Keys of fields that stand for others where these are not given: an event's `date` for its `start`.
    pub lent: Vec<Lent>,
}

/// The name of a field that stands for another where that is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    /// The name.
    pub key: Arc<str>,
    /// The field that it stands for.
    pub to: Arc<str>,
}

impl Group {
    /// Returns the field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| &*it.name == name)
    }

    /// Returns the values that are there with their fields. The values stand in the order of the fields.
    pub fn pairs<'a>(&'a self, values: &'a Values) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        let mut fields = self.fields.iter();
        values.pairs().iter().filter_map(move |(name, value)| {
            Some((fields.find(|it| Arc::ptr_eq(&it.name, name) || it.name == *name)?, value))
        })
    }
}

/// A field of a kind, of a group, of a component, or a setting of a theme.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in front matter.
    pub name: Arc<str>,
    /// What it holds.
    pub r#type: Type,
    /// When it must be given.
    pub required: Required,
    /// What it holds where it is not given.
    pub default: Option<Value>,
    /// The setting of the site that it takes where it is not given: `language`.
    pub default_from: Option<Arc<str>>,
    /// What it is for, in a sentence for those who write.
    pub help: Arc<str>,
    /// Other names under which it is read, and reported.
    pub aliases: Vec<Arc<str>>,
    /// Keys beside the group that stand for this field of it: `image_alt` for `image.alt`.
    pub beside: Vec<Arc<str>>,
    /// The list that the documents it refers to get: `evaluations`.
    pub inverse: Option<Arc<str>>,
}

impl Field {
    /// Returns the field that describes each of its items: that of the list's items, or the field itself.
    pub fn item(&self) -> &Field {
        match &self.r#type {
            Type::List { of, .. } => of,
            _ => self,
        }
    }
}

/// When a field must be given.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Required {
    /// Never.
    #[default]
    No,
    /// Always.
    Always,
    /// When the condition holds.
    When(Condition),
    /// Unless the condition holds.
    Unless(Condition),
    /// It should be given when the condition holds; a warning if it isn't.
    Expected(Condition),
    /// It should be given once the month of the field `passed` is over and the field `missing` is not there.
    Late {
        /// A field that holds a month or a date.
        passed: Arc<str>,
        /// The field that ends the wait.
        missing: Arc<str>,
        /// What must hold besides; nothing where it is empty.
        when: Condition,
    },
}

/// A condition on the fields beside: each must hold one of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(pub Vec<(Arc<str>, Vec<Value>)>);

impl Condition {
    /// Returns whether each field of the condition holds one of its values.
    pub fn holds<'a>(&self, get: impl Fn(&str) -> Option<&'a Value>) -> bool {
        self.0.iter().all(|(field, values)| get(field).is_some_and(|it| values.contains(it)))
    }
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Type {
    /// Plain text, perhaps in a form that can be checked.
    Text(Option<Format>),
    /// Markdown.
    Markdown,
    /// True or false.
    Boolean,
    /// A whole number within bounds, these included.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number.
    Number,
    /// A day, perhaps with a time.
    Date,
    /// A month or a year.
    Month,
    /// An address on the web, or of this site.
    Url,
    /// An e-mail address.
    Email,
    /// A file of the site.
    File,
    /// A language by its BCP 47 tag.
    Language,
    /// A licence by its SPDX name.
    Licence,
    /// One of these.
    Choice(Arc<[Choice]>),
    /// A term of a vocabulary under `data/`.
    Term(Arc<str>),
    /// Several of the same; a single one may stand alone. `pairs` names the two fields that a map in place of the list
    /// stands for.
    List {
        /// What each is.
        of: Arc<Field>,
        /// The fields of an item that key and value of a map stand for.
        pairs: Option<[Arc<str>; 2]>,
    },
    /// Fields of its own.
    Group(Arc<Group>),
    /// A document of the site of one of these kinds (`*` for all), or something outside it.
    Reference {
        /// The names of the kinds.
        to: Arc<[Arc<str>]>,
        /// Whether a text that names no document is a name.
        text: bool,
    },
}

/// One of the values of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub value: Arc<str>,
    /// What readers see.
    pub label: Arc<str>,
}

/// A form of text that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lower-case ASCII letters, digits and hyphens.
    Slug,
    /// An address within the site: `/old/page/`.
    Path,
    /// ISO 4217: three capital letters.
    Currency,
    /// A DOI: `10.`, a registrant, `/`, a name (ISO 26324).
    Doi,
    /// ISBN-10 or ISBN-13 with its check digit (ISO 2108).
    Isbn,
    /// ORCID iD with its check digit (ISO 7064 MOD 11-2).
    Orcid,
    /// A code of the ONS Government Statistical Service: a letter and eight digits.
    Gss,
    /// A time zone of the IANA database.
    Timezone,
    /// A colour: `#1d70b8`.
    Colour,
}
