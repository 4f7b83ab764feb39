//! Tabs and signs that can't be seen: at the beginning of a line, behind a dash, behind a colon.

use super::guess::{Case, Guess};
use super::line::INVISIBLE;
use super::outline::Sort;

/// Tabs before the text. The lines below that have them too are mended with it.
pub(super) fn tab(case: &Case<'_>, row: usize) -> Option<Guess> {
    let has = |row: usize| {
        let line = case.line(row);
        !line.is_blank() && line.whole[..line.indent].contains('\t')
    };
    let line = case.line(row);
    let text = matches!(case.all[row].sort, Sort::Text(_) | Sort::Inside(_));
    if line.is_blank() && line.whole.contains('\t') && !text {
        let guess =
            Guess::new(row, line, "yaml-tab", "a tab stands in a line that is empty otherwise").help("take it out");
        return Some(guess.from(0).way(vec![(row, String::new())]));
    }
    if !has(row) || row > 0 && has(row - 1) {
        let gap = &line.whole[line.indent..line.at];
        let plain = || format!("{}{}", line.whole[..line.at].replace('\t', " "), &line.whole[line.at..]);
        return gap.contains('\t').then(|| {
            Guess::new(row, line, "yaml-tab", "there is a tab in this line")
                .help("use spaces instead of tabs")
                .way(vec![(row, plain())])
        });
    }
    let run = case.run(row, |it| it.line.is_blank() || it.line.whole[..it.line.indent].contains('\t'));
    let spaced = |width: usize| {
        let rows = run.clone().filter(|it| has(*it));
        rows.map(|it| {
            let line = case.line(it);
            (
                it,
                format!(
                    "{}{}",
                    line.whole[..line.indent].replace('\t', &" ".repeat(width)),
                    &line.whole[line.indent..]
                ),
            )
        })
        .collect()
    };
    let guess = Guess::new(row, line, "yaml-tab", "a tab stands before the text").from(0);
    let guess = guess.help("use spaces instead of tabs");
    Some([2, 4, 0, 1, 6, 8].into_iter().fold(guess, |guess, width| guess.way(spaced(width))))
}

/// A byte order mark, a space without width, or a space that does not break, where only plain spaces may stand.
pub(super) fn invisible(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let is_odd = |it: char| INVISIBLE.contains(&it) || it.is_whitespace() && !matches!(it, ' ' | '\t');
    let text = line.whole.trim_start_matches(|it| is_odd(it) || it == ' ');
    let (before, dash) =
        (&line.whole[..line.whole.len() - text.len()], text.strip_prefix('-').filter(|it| it.starts_with(is_odd)));
    if matches!(case.all[row].sort, Sort::Text(_) | Sort::Inside(_))
        || text.is_empty()
        || !before.contains(is_odd) && dash.is_none()
    {
        return None;
    }
    let spaces = |it: &str| it.chars().filter(|it| !INVISIBLE.contains(it)).map(|_| ' ').collect::<String>();
    let text = dash.map_or(text.to_owned(), |it| format!("- {}", it.trim_start_matches(is_odd)));
    let start = before.find(is_odd).unwrap_or(before.len());
    let guess = Guess::new(row, line, "yaml-sign", "a sign that can't be seen stands before the text").from(start);
    let none = before.trim_matches(is_odd).to_owned();
    Some(
        guess
            .help("delete the line and type it again")
            .way(vec![(row, spaces(before) + &text)])
            .way(vec![(row, none + &text)]),
    )
}

/// Characters that YAML takes nowhere (YAML 1.2.2, section 5.1).
pub(super) fn control(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let is_control = |it: char| it.is_control() && !matches!(it, '\t' | '\u{85}');
    let start = line.whole.find(is_control)?;
    let mut guess = Guess::new(row, line, "yaml-syntax", "there is a control character in this line").from(start);
    guess.end = start + line.whole[start..].chars().next().map_or(1, char::len_utf8);
    Some(guess.help("delete the line and type it again").way(vec![(row, line.whole.replace(is_control, ""))]))
}
