//! The words of the made-up site, and the dice that choose among them.

use std::fmt::Write;

pub(super) const TOPICS: [&str; 8] = ["housing", "health", "transport", "schools", "climate", "care", "data", "work"];
pub(super) const ASPECTS: [&str; 5] = ["costs", "staff", "plans", "rules", "results"];
pub(super) const WORK: [&str; 3] = ["research", "services", "spending"];

const GIVEN: [&str; 12] = [
    "Aoife",
    "Bartosz",
    "Chloë",
    "Davinder",
    "Esmé",
    "Folasade",
    "Gwenllian",
    "Hyun",
    "Íñigo",
    "Jürgen",
    "Kwame",
    "Łucja",
];
const FAMILY: [&str; 8] = ["Abara", "Brontë", "Çelik", "Doyle", "Eze", "Fernández", "Grünwald", "Hussain"];

const OF_A_SORT: [&str; 16] = [
    "small",
    "shared",
    "yearly",
    "local",
    "plain",
    "costly",
    "simple",
    "careful",
    "brief",
    "joint",
    "new",
    "public",
    "regional",
    "remote",
    "steady",
    "voluntary",
];
const THING: [&str; 20] = [
    "service",
    "survey",
    "register",
    "pilot",
    "budget",
    "team",
    "contract",
    "dataset",
    "workshop",
    "prototype",
    "clinic",
    "waiting list",
    "helpline",
    "forecast",
    "licence",
    "café",
    "résumé check",
    "appeal",
    "grant",
    "leaflet",
];
const PEOPLE: [&str; 14] = [
    "residents",
    "tenants",
    "carers",
    "teachers",
    "patients",
    "analysts",
    "councillors",
    "drivers",
    "nurses",
    "pupils",
    "suppliers",
    "students",
    "volunteers",
    "case workers",
];
const DID: [&str; 14] = [
    "tested",
    "counted",
    "moved",
    "described",
    "paid for",
    "checked",
    "asked about",
    "closed",
    "opened",
    "used",
    "changed",
    "measured",
    "compared",
    "published",
];
const PLACE: [&str; 12] = [
    "Ashford Mill",
    "Bryn Glas",
    "Carrick",
    "Dalmeny",
    "Ely Road",
    "Farrow",
    "Glenésk",
    "Holme",
    "Islay Street",
    "Kirby",
    "Llanfór",
    "Marston",
];

// Where `$` stands with a letter a word is put in; see `Words::fill`.
pub(super) const POST_TITLES: &[&str] = &[
    "What $p in $c taught us about the $t",
    "How we $d a $s $t",
    "Why the $s $t came late",
    "A $s $t, one year on",
    "Ten things that $p asked about the $t",
];
pub(super) const EVALUATION_TITLES: &[&str] = &["Evaluation of the $s $t in $c", "Did the $t help $p?"];
pub(super) const PROJECT_TITLES: &[&str] = &["The $s $t of $c", "A $s $t for $p"];
pub(super) const HEADINGS: &[&str] = &[
    "What we did",
    "What $p said",
    "The $s $t",
    "How it was measured",
    "What it cost",
    "What comes next",
    "Limits",
    "In $c",
    "How $p can help",
];
pub(super) const PLAIN: &[&str] = &[
    "The $s $t in $c was $d by $p and later by $q.",
    "Of $n $p who took part, $m said that the $t was easier to use.",
    "It took $m weeks longer than planned, because the $t had never been $d before.",
    "The cost was £$n,000, which is $m% less than that of the $u it replaced.",
    "Nobody had $d the $t since $y, so these figures need care.",
    "We can't yet say whether the $s $t will help $p.",
    "Next year $p and $q will do the same in $c – with a $s $u.",
    "The R&D in $c covers the $t & its $u, but not the work of $p.",
];
const RICH: &[&str] = &[
    "This is a **$s $t**, not another $u that $p must learn.",
    "What mattered to $p was *$s* advice more than the $t.",
    "The figures are in `$y-figures.csv`, and $p can add to them.",
    "$p called it \"a $s $t\" and \"not our $u\".",
    "The [notes on the $t](https://www.example.org/notes/$n?view=all&from=$y) say how it was $d.",
];

/// Returns a name, another for each number below 96.
pub(super) fn person(number: usize) -> String {
    format!("{} {}", GIVEN[number % GIVEN.len()], FAMILY[number / GIVEN.len()])
}

/// Dice with a seed (SplitMix64: Steele, Lea and Flood, 2014), and what they choose.
pub(super) struct Words(u64);

impl Words {
    pub(super) fn of(seed: u64) -> Words {
        Words(seed)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    pub(super) fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    /// Returns some of the names that go with the numbers below `of`, at most `most`, as YAML has them in a list.
    pub(super) fn some(&mut self, most: usize, of: usize, name: impl Fn(usize) -> String) -> String {
        let first = self.below(of);
        (0..=self.below(most)).map(|it| name((first + 7 * it) % of)).collect::<Vec<_>>().join(", ")
    }

    /// Returns one of the patterns, filled, with a capital letter.
    pub(super) fn sentence(&mut self, patterns: &[&'static str]) -> String {
        let mut parts = self.pick(patterns).split('$');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (hole, rest) = part.split_at(1);
            self.fill(hole, &mut text);
            text.push_str(rest);
        }
        let first = text.chars().next().map_or(0, char::len_utf8);
        text[..first].to_uppercase() + &text[first..]
    }

    fn fill(&mut self, hole: &str, text: &mut String) {
        let word = match hole {
            "s" => self.pick(&OF_A_SORT),
            "t" | "u" => self.pick(&THING),
            "p" | "q" => self.pick(&PEOPLE),
            "d" => self.pick(&DID),
            "c" => self.pick(&PLACE),
            "n" => return text.push_str(&(self.below(900) + 60).to_string()),
            "m" => return text.push_str(&(self.below(50) + 3).to_string()),
            "y" => return text.push_str(&(self.below(12) + 2014).to_string()),
            other => unreachable!("no word is known for ${other}"),
        };
        text.push_str(word);
    }

    pub(super) fn paragraph(&mut self) -> String {
        let sentences = (0..self.below(4) + 3).map(|_| {
            let patterns = if self.one_in(4) { RICH } else { PLAIN };
            self.sentence(patterns)
        });
        sentences.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn list(&mut self) -> String {
        let mark = if self.one_in(3) { "1." } else { "-" };
        let lines = (0..self.below(5) + 3).map(|_| format!("{mark} {}\n", self.sentence(PLAIN)));
        lines.collect::<String>() + "\n"
    }

    pub(super) fn table(&mut self) -> String {
        let mut text = "| Place | People | Days | Change |\n| --- | ---: | ---: | --- |\n".to_owned();
        for place in &PLACE[..self.below(8) + 4] {
            let (people, days, change) = (self.below(4000), self.below(90), self.below(30));
            let _ = writeln!(text, "| {place} | {people} | {days}.5 | {change}% more |");
        }
        text + "\n"
    }
}
