//! A kind -> a new document, with its required fields and the likeliest others.

use crate::model::issue::quoted;
use crate::model::kind::{Field, Group, Kind, Required, Type};
use crate::model::placeholder;

/// Returns the text of a new document: every required field filled with something that builds, and the fields that are
/// likely as comments, each with what it is for.
pub fn draft(kind: &Kind, title: &str, today: &str) -> String {
    let mut text = format!("---\ntitle: {}\n", quoted(title));
    let required = |it: &&Field| it.required == Required::Always && &*it.name != "title";
    for field in kind.group.fields.iter().filter(required) {
        text.push_str(&line(field, today));
    }
    // What is begun is not finished. An issue of a newsletter gathers until it is published, and then says what it holds.
    text.push_str("# Take this line out when it may be published.\ndraft: true\n");
    let likely: Vec<&Field> = kind.new.iter().filter_map(|it| kind.group.field(it)).collect();
    let likely: Vec<&Field> = likely.into_iter().filter(|it| it.required != Required::Always).collect();
    if !likely.is_empty() {
        text.push_str("\n# Take the # away from what you need.\n");
    }
    for field in likely {
        text.push_str(&format!("# {}\n# {}: {}\n", field.help, field.name, example(field, today)));
    }
    text.push_str(&format!("---\n\n{}\n", placeholder::TEXT));
    text
}

/// Returns a field filled with something that builds, and what it is for.
pub(super) fn line(field: &Field, today: &str) -> String {
    format!("# {}\n{}: {}\n", field.help, field.name, example(field, today))
}

/// Returns a value that fits the field.
fn example(field: &Field, today: &str) -> String {
    match &field.r#type {
        Type::Text(_) | Type::Markdown => quoted(&placeholder::of_field(field)),
        Type::Boolean => "false".to_owned(),
        Type::Integer { min, .. } => (*min).max(1).to_string(),
        Type::Number => "1".to_owned(),
        Type::Date => today.to_owned(),
        Type::Month => today.get(..7).unwrap_or(today).to_owned(),
        Type::Url => placeholder::URL.to_owned(),
        Type::Email => placeholder::EMAIL.to_owned(),
        Type::File => "file.pdf".to_owned(),
        Type::Language => "en-GB".to_owned(),
        Type::Licence => "OGL-UK-3.0".to_owned(),
        Type::Choice(choices) => {
            let values: Vec<&str> = choices.iter().map(|it| &*it.value).collect();
            let others = if values.len() > 1 { format!(" # or {}", values[1..].join(", ")) } else { String::new() };
            format!("{}{others}", values.first().unwrap_or(&"")).trim_end().to_owned()
        }
        Type::Term(vocabulary) => format!("\"\" # a term of data/{vocabulary}.yml"),
        // Which terms a site has is in a file that is not looked at here; an empty list is right for all.
        Type::List { of, .. } => match (&of.r#type, example(of, today).split_once(" # ")) {
            (Type::Term(vocabulary), _) => format!("[] # terms of data/{vocabulary}.yml, with commas between them"),
            (_, Some((one, note))) => format!("[{one}] # {note}"),
            (_, None) => format!("[{}]", example(of, today)),
        },
        Type::Group(group) => self::group(group, today),
        Type::Reference { to, text: true } if to.iter().any(|it| &**it == "person") => "Ada Example".to_owned(),
        Type::Reference { .. } => format!("{{name: {}, url: \"{}\"}}", placeholder::NAME, placeholder::URL),
    }
}

fn group(group: &Group, today: &str) -> String {
    let required = |it: &&Field| it.required == Required::Always;
    let own: Vec<&Field> = group.fields.iter().filter(required).collect();
    let own = if own.is_empty() { group.fields.iter().take(1).collect() } else { own };
    let parts = own.iter().map(|it| {
        let value = example(it, today);
        format!("{}: {}", it.name, value.split(" # ").next().unwrap_or(&value))
    });
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}
