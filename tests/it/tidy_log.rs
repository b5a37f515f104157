//! One table of the log's words, no dispatch that passes over what it does not name, no fact read out of a sentence, and
//! no key named below the terminal.

use rentbook::domain::log::Log;

use crate::tidy::{none, sources};

/// Words that are a code of the log by chance, and what they are there.
const OTHERS: &[(&str, &str, &str)] = &[
    ("src/services/actions/refunding.rs", "credit_note", "whether a refund has one, in its details"),
    ("src/services/crediting.rs", "credit_note", "a series of numbers"),
    ("src/services/papers.rs", "credit_note", "a line of a paper"),
    ("src/services/pass_before.rs", "use_credit", "a setting"),
    ("src/services/actions/voiding.rs", "new_invoice", "what took the place, in its details"),
    ("src/store/lists/money_line.rs", "credit_note", "where money comes from"),
    ("src/store/lists/money_line.rs", "write_off", "where money comes from"),
    ("src/store/lists/money_line.rs", "refund", "where money comes from"),
    ("src/store/erase.rs", "write_off", "where a settlement comes from"),
    ("src/store/seal/kinds.rs", "credit_note", "a table"),
    ("src/store/seal/kinds.rs", "refund", "a table"),
    ("src/store/tax_change.rs", "credit_note", "where a settlement comes from"),
    ("src/store/settlement.rs", "credit_note", "where a settlement comes from"),
    ("src/store/settlement.rs", "write_off", "where a settlement comes from"),
    ("src/store/statement.rs", "write_off", "where a settlement comes from"),
    ("src/services/actions/shop_settings.rs", "use_credit", "a setting"),
    ("src/store/lists/reports/summed.rs", "credit_note", "where a settlement comes from"),
    ("src/store/lists/reports/summed.rs", "write_off", "where a settlement comes from"),
];

#[test]
fn a_code_of_the_log_stands_in_its_table_alone() {
    let mut found = Vec::new();
    for source in sources("src/services").into_iter().chain(sources("src/store")) {
        for line in &source.code {
            for code in Log::ALL.iter().map(|log| log.code()) {
                let stands = line.contains(&format!("\"{code}\"")) || line.contains(&format!("'{code}'"));
                if stands && !OTHERS.iter().any(|(path, word, _)| *path == source.path && *word == code) {
                    found.push(format!("{}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(&found);
}

/// What was done comes back as values: what happened, and whether undo takes it back. How that is called is the business
/// of who shows it.
#[test]
fn no_service_names_a_key_and_nobody_reads_facts_out_of_sentences() {
    let mut found = Vec::new();
    for source in sources("src") {
        let is_below = ["src/domain/", "src/store/", "src/paper/", "src/documents/", "src/services/", "src/adapters/"]
            .iter()
            .any(|floor| source.path.starts_with(floor));
        if source.path.ends_with("tests.rs") {
            continue;
        }
        for line in &source.code {
            let names_key = ["Ctrl+", "<F2>", " F2 ", " F9 ", "Esc "].iter().any(|key| line.contains(key));
            let reads = [
                ".said.",
                "said.contains(",
                "said.replace(",
                "sentence.contains(",
                "sentence.replace(",
                "split_once(\" (SN",
            ]
            .iter()
            .any(|way| line.contains(way) && !line.contains(".said.clone()"));
            // Two words and a space between them are a sentence, wherever it comes from.
            let asks_sentence = line
                .split(".contains(\"")
                .skip(1)
                .any(|rest| rest.split('"').next().is_some_and(|text| text.contains(' ') && text.trim().contains(' ')));
            if (is_below && names_key) || reads || asks_sentence {
                found.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    none(&found);
}

/// The arms of every `match` of a file: what stands before `=>`, one list a match.
fn matches(code: &str) -> Vec<Vec<String>> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("match ") {
        let Some(open) = code[at..].find('{').map(|open| at + open + 1) else { continue };
        if code[at..open].contains(';') {
            continue;
        }
        let (mut arms, mut arm, mut depth, mut in_pattern) = (Vec::new(), String::new(), 0, true);
        let mut i = open;
        while i < bytes.len() {
            match bytes[i] {
                b'}' if depth == 0 => break,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    // A block closes its arm without a comma.
                    if depth == 0 && !in_pattern && bytes[i] == b'}' {
                        in_pattern = true;
                        arm.clear();
                        i += 1;
                        continue;
                    }
                }
                b'=' if in_pattern && depth == 0 && bytes.get(i + 1) == Some(&b'>') => {
                    arms.push(arm.trim().trim_start_matches(',').trim().to_owned());
                    (in_pattern, arm) = (false, String::new());
                    i += 2;
                    continue;
                }
                b',' if depth == 0 && !in_pattern => {
                    in_pattern = true;
                    arm.clear();
                }
                _ => {}
            }
            if in_pattern {
                arm.push(char::from(bytes[i]));
            }
            i += 1;
        }
        found.push(arms);
    }
    found
}

/// A match over all of an enum names each of them: what is new does not compile before it has its arm.
#[test]
fn no_arm_catches_what_nobody_thought_of() {
    let whole = [
        ("Action", "src/services/perform.rs", "Action::"),
        ("Action", "src/services/pass_before.rs", "Self::"),
        ("Action", "src/services/needs.rs", "Action::"),
        ("Log", "src/services/actions/undo.rs", "Log::"),
    ];
    let mut found = Vec::new();
    for source in sources("src") {
        for arms in matches(&source.code.join("\n")) {
            let over = |word: &str| arms.iter().filter(|arm| arm.contains(word)).count();
            // Three arms of it and more: one or two are a question, not a dispatch.
            let is_whole =
                over("Action::") > 5 || whole.iter().any(|(_, path, word)| *path == source.path && over(word) > 2);
            let catches = |arm: &&String| {
                let name = arm.split(" if ").next().unwrap_or_default().trim();
                name == "_" || (!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            };
            if is_whole && let Some(arm) = arms.iter().find(catches) {
                found.push(format!("{}: {arm} => …", source.path));
            }
        }
    }
    none(&found);
    for (name, path, word) in whole {
        let source = sources("src").into_iter().find(|source| source.path == path).unwrap();
        let is_seen = matches(&source.code.join("\n")).iter().any(|arms| arms.iter().any(|arm| arm.contains(word)));
        assert!(is_seen, "{path} has no match over {name} any more");
    }
}

#[test]
fn the_arms_of_a_match_are_seen() {
    let arms =
        matches("match x {\n A::B { c, .. } => d(e, f),\n A::C(_) | A::D => { g }\n _ => match y { z => 1 },\n}");
    assert_eq!(arms[0], ["A::B { c, .. }", "A::C(_) | A::D", "_"]);
    assert_eq!(arms[1], ["z"]);
}
