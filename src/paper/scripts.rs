//! Which font a character would need: what the note on a paper names.

/// First and last character of a script, and a free font that has it.
const SCRIPTS: &[(u32, u32, &str)] = &[
    (0x0530, 0x058f, "Noto Sans Armenian"),
    (0x0590, 0x05ff, "Noto Sans Hebrew"),
    (0x0600, 0x06ff, "Noto Sans Arabic"),
    (0x0750, 0x077f, "Noto Sans Arabic"),
    (0x08a0, 0x08ff, "Noto Sans Arabic"),
    (0x0900, 0x097f, "Noto Sans Devanagari"),
    (0x0980, 0x09ff, "Noto Sans Bengali"),
    (0x0a00, 0x0a7f, "Noto Sans Gurmukhi"),
    (0x0a80, 0x0aff, "Noto Sans Gujarati"),
    (0x0b80, 0x0bff, "Noto Sans Tamil"),
    (0x0c00, 0x0c7f, "Noto Sans Telugu"),
    (0x0c80, 0x0cff, "Noto Sans Kannada"),
    (0x0d00, 0x0d7f, "Noto Sans Malayalam"),
    (0x0d80, 0x0dff, "Noto Sans Sinhala"),
    (0x0e00, 0x0e7f, "Noto Sans Thai"),
    (0x0e80, 0x0eff, "Noto Sans Lao"),
    (0x1000, 0x109f, "Noto Sans Myanmar"),
    (0x10a0, 0x10ff, "Noto Sans Georgian"),
    (0x1100, 0x11ff, "Noto Sans CJK"),
    (0x1200, 0x137f, "Noto Sans Ethiopic"),
    (0x1780, 0x17ff, "Noto Sans Khmer"),
    (0x2600, 0x27bf, "Noto Sans Symbols"),
    (0x2e80, 0x9fff, "Noto Sans CJK"),
    (0xa960, 0xa97f, "Noto Sans CJK"),
    (0xac00, 0xd7ff, "Noto Sans CJK"),
    (0xf900, 0xfaff, "Noto Sans CJK"),
    (0xfb1d, 0xfb4f, "Noto Sans Hebrew"),
    (0xfb50, 0xfdff, "Noto Sans Arabic"),
    (0xfe70, 0xfefe, "Noto Sans Arabic"),
    (0xff00, 0xffef, "Noto Sans CJK"),
    (0x1f000, 0x1faff, "Noto Emoji"),
    (0x20000, 0x3ffff, "Noto Sans CJK"),
];

/// The fonts these characters would need, each once, in the order they are first needed. A character of no known script
/// names none.
pub fn fonts_for(missing: &[char]) -> Vec<&'static str> {
    let mut fonts = Vec::new();
    for character in missing {
        let code = u32::from(*character);
        let known = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
        if let Some((_, _, font)) = known
            && !fonts.contains(font)
        {
            fonts.push(*font);
        }
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_names_the_font_it_needs() {
        let missing: Vec<char> = "株שクअ😀\u{e000}".chars().collect();
        assert_eq!(fonts_for(&missing), ["Noto Sans CJK", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Emoji"]);
        assert!(fonts_for(&[]).is_empty());
        assert!(SCRIPTS.windows(2).all(|pair| pair[0].1 < pair[1].0), "in order, none inside another");
    }
}
