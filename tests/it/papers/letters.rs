//! The font a shop adds, letters that run to the left, and logos in shapes.

use std::process::Command;

use rentbook::documents::{FallbackFont, InvoicePaper, PaperError, check_font, check_font_whole, invoice};

use super::made::{SVG, has, kept, pages, paper};

/// Some Hebrew and Arabic letters; `tests/fonts/made` makes it.
pub static LETTERS: &[u8] = include_bytes!("../../fonts/hebrew-arabic.ttf");

/// The Arabic ones alone.
pub static ARABIC: &[u8] = include_bytes!("../../fonts/arabic.ttf");

/// A font of those letters.
pub fn font() -> FallbackFont {
    FallbackFont::read(LETTERS.to_vec()).unwrap()
}

fn with_letters(lines: &[&str]) -> InvoicePaper {
    let mut paper = paper(2);
    paper.letterhead.added_fonts = vec![font()];
    paper.payer = lines.iter().map(|line| (*line).to_owned()).collect();
    paper
}

#[test]
fn an_added_font_shows_what_the_built_in_ones_lack() {
    let paper = with_letters(&["שלום (12) רון", "Ron שלום 12", "مرحبا عليك", "株式会社"]);
    let made = invoice(&paper).unwrap();
    assert_eq!(made.missing, "株式会社".chars().collect::<Vec<_>>(), "the note stays for what is still missing");
    assert_eq!(made, invoice(&paper).unwrap(), "the same bytes twice");
    let text = String::from_utf8_lossy(&made.bytes).into_owned();
    assert!(text.contains("pdfaid:part>2<"), "it can still be kept for years");
    let Some(pages) = pages(&made.bytes) else { return };
    for name in ["שלום", "רון", "مرحبا", "Ron"] {
        assert!(pages[0].contains(name), "{name}\n{}", pages[0]);
    }
}

#[test]
fn letters_that_run_to_the_left_stand_in_the_order_they_are_seen() {
    if !has("pdftotext") {
        return;
    }
    // Where each letter stands on the sheet, as the page draws it.
    let at = |payer: &str, word: &str| {
        let (_folder, path) = kept(&invoice(&with_letters(&[payer])).unwrap().bytes);
        let out = Command::new("pdftotext").args(["-bbox", "-enc", "UTF-8"]).arg(&path).arg("-").output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        // That reader spells a word of these scripts as it is seen.
        let seen: String = word.chars().rev().collect();
        let is_it = |line: &&str| line.contains(&format!(">{word}<")) || line.contains(&format!(">{seen}<"));
        let line = text.lines().find(is_it).unwrap_or_else(|| panic!("{word} in {text}"));
        let from = line.split("xMin=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        from.replace('.', "").parse::<u64>().unwrap()
    };
    let hebrew = "שלום 12 רון";
    assert!(at(hebrew, "רון") < at(hebrew, "12") && at(hebrew, "12") < at(hebrew, "שלום"), "a Hebrew line");
    let mixed = "Ron שלום רון Smith";
    assert!(at(mixed, "Ron") < at(mixed, "רון") && at(mixed, "רון") < at(mixed, "שלום"), "Hebrew in an English line");
    assert!(at(mixed, "שלום") < at(mixed, "Smith"));
}

// F37
#[test]
fn several_added_fonts_stand_side_by_side_and_the_first_that_has_a_letter_shows_it() {
    let arabic = FallbackFont::read(ARABIC.to_vec()).unwrap();
    let mut paper = with_letters(&["שלום مرحبا 株"]);
    paper.letterhead.added_fonts = vec![arabic.clone()];
    assert_eq!(invoice(&paper).unwrap().missing, "שלום株".chars().collect::<Vec<_>>());
    paper.letterhead.added_fonts = vec![arabic, font()];
    let made = invoice(&paper).unwrap();
    assert_eq!(made.missing, ['株']);
    if has("pdffonts") {
        let (_folder, path) = kept(&made.bytes);
        let out = Command::new("pdffonts").arg(&path).output().unwrap();
        let fonts = String::from_utf8(out.stdout).unwrap();
        assert!(fonts.contains("NotoSansArabic") && fonts.contains("NotoSansHebrew"), "{fonts}");
    }
}

#[test]
fn what_is_no_font_is_refused() {
    let mut cut = LETTERS.to_vec();
    cut.truncate(400);
    for bytes in [vec![], b"no font".to_vec(), cut] {
        let read = FallbackFont::read(bytes).and_then(|font| check_font(&font));
        assert_eq!(read.unwrap_err(), PaperError::NoFont);
    }
    check_font(&font()).unwrap();
    for bytes in [noise(1), noise(2), noise(3), noise(4), noise(5), noise(6)] {
        if let Ok(font) = FallbackFont::read(bytes) {
            let _ = check_font(&font);
        }
    }
}

// F103, F104
#[test]
fn a_damaged_font_is_found_before_it_is_kept_and_stops_no_paper_that_has_it() {
    quiet_papers();
    let mut kept = 0;
    for seed in 0..120 {
        let Ok(font) = FallbackFont::read_apart(&damaged(seed)) else { continue };
        let is_sound = check_font_whole(&font).is_ok();
        let mut paper = with_letters(&["שלום (12) רון", "مرحبا عليك"]);
        paper.letterhead.added_fonts = vec![font];
        let made = invoice(&paper).unwrap();
        assert!(!is_sound || made.lost.is_empty(), "font {seed} was kept and prints nothing");
        kept += usize::from(is_sound);
    }
    assert!(kept > 0, "a byte in a place nobody reads does no harm");
    check_font_whole(&font()).unwrap();
}

/// What panics over a font is answered; the test's own output needs nothing of it.
fn quiet_papers() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(rentbook::adapters::log::leave_out_papers);
}

/// The font with some bytes overwritten, or cut.
fn damaged(seed: usize) -> Vec<u8> {
    let mut bytes = LETTERS.to_vec();
    let mut state = seed.wrapping_mul(0x9e37_79b9) + 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    let length = bytes.len();
    match seed % 4 {
        0 => (0..10).for_each(|_| bytes[next(length)] = next(256).try_into().unwrap()),
        1 => (0..4).for_each(|_| bytes[next(600)] = next(256).try_into().unwrap()),
        2 => bytes.truncate(length / 2 + next(length / 2)),
        _ => {
            let at = next(length);
            let end = (at + next(400)).min(length);
            bytes[at..end].fill(0xff);
        }
    }
    bytes
}

/// The font with some of its bytes changed.
fn noise(seed: usize) -> Vec<u8> {
    let mut bytes = LETTERS.to_vec();
    let count = bytes.len();
    (0..40).for_each(|at| bytes[(seed * 7919 + at * 104_729) % count] ^= 0x55);
    bytes
}

#[test]
fn an_svg_logo_is_drawn_in_shapes_and_refused_with_what_it_cannot_show() {
    let mut drawn = paper(1);
    drawn.letterhead.logo = Some(SVG.into());
    let (with, again) = (invoice(&drawn).unwrap(), invoice(&drawn).unwrap());
    assert_eq!(with, again, "the same bytes twice");
    let text = String::from_utf8_lossy(&with.bytes).into_owned();
    assert!(text.contains("pdfaid:part>2<") && !text.contains("/Subtype/Image"), "shapes, no dots");
    assert!(with.bytes.len() < invoice(&paper(1)).unwrap().bytes.len() + 6_000, "{} bytes", with.bytes.len());
    let svg = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>");
    for (inside, word) in [
        ("<text>Harbour</text>", "has text"),
        ("<image href='/etc/hostname'/>", "a picture inside"),
        ("<defs><filter id='f'/></defs><rect width='9' height='9'/>", "a filter"),
        ("<g style='mix-blend-mode:multiply'><rect width='9' height='9'/></g>", "a blend mode"),
        ("", "cannot be read"),
    ] {
        let error = rentbook::documents::check_logo(svg(inside).as_bytes()).unwrap_err();
        assert!(error.to_string().contains(word), "{inside}: {error}");
    }
    for broken in ["<svg", "<html><p>no</p></html>", "<?xml version='1.0'?>"] {
        assert_eq!(rentbook::documents::check_logo(broken.as_bytes()).unwrap_err(), PaperError::Logo, "{broken}");
    }
}

/// Files of at most a million bytes that would take all memory, all stack or minutes, were they drawn.
#[test]
fn an_svg_that_grows_when_it_is_read_is_refused_and_one_as_programs_write_it_is_not() {
    let svg = |heading: &str, inside: &str| {
        format!("{heading}<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>")
    };
    let rect = "<rect width='9' height='9'/>";
    let nested = |levels: usize| format!("{}{rect}{}", "<g opacity='.9'>".repeat(levels), "</g>".repeat(levels));
    let many = |count: u32, one: &dyn Fn(u32) -> String| (0..count).map(one).collect::<Vec<_>>().concat();
    let path = many(40_000, &|n| format!("L{} {}", n % 97, n % 89));
    let colours = many(4_000, &|n| format!("<stop offset='0.{n:04}' stop-color='red'/>"));
    let stops = format!("<linearGradient id='s'>{colours}</linearGradient>");
    let clip = format!("<clipPath id='c'>{}</clipPath>", rect.repeat(10_000));
    let entity = |value: &str| format!("<!DOCTYPE svg [<!ENTITY a \"{value}\">]>");
    for (what, logo) in [
        ("deep", svg("", &nested(900))),
        ("deeper than the stack", svg("", &nested(30_000))),
        ("an entity often", svg(&entity(&"a".repeat(300_000)), &format!("<desc>{}</desc>{rect}", "&a;".repeat(2_000)))),
        ("a file from outside", svg("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", "<desc>&a;</desc>")),
        ("a shape often", svg("", &format!("<path id='p' d='M0 0{path}'/>{}", "<use href='#p'/>".repeat(600)))),
        ("a circle", svg("", "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>")),
        ("many rules", svg("", &format!("<style>{}</style>{}", "rect{fill:red}".repeat(20_000), rect.repeat(10_000)))),
        (
            "a clip often",
            svg("", &format!("{clip}{}", "<g clip-path='url(#c)'><path d='M0 0h9v9z'/></g>".repeat(8_000))),
        ),
        ("a shade often", svg("", &format!("{stops}{}", "<path fill='url(#s)' d='M0 0h9v9z'/>".repeat(8_000)))),
        ("attributes", svg("", &format!("<rect{}/>", many(60_000, &|n| format!(" a{n}='1'"))))),
        ("a marker", svg("", "<marker id='m'/><path d='M0 0h9v9z'/>")),
    ] {
        assert!(logo.len() <= 1_000_000, "{what}");
        assert!(rentbook::documents::check_logo(logo.as_bytes()).is_err(), "{what}");
    }
    let sheet = ".a{fill:#123456}.b{fill:none;stroke:#654321}".repeat(20);
    let usual = format!("<style>{sheet}</style>{}", rect.repeat(500));
    for logo in
        [svg(&entity("http://ns.example/illustrator/1.0/"), &format!("<g id='&a;'>{usual}</g>")), svg("", &nested(30))]
    {
        rentbook::documents::check_logo(logo.as_bytes()).unwrap();
    }
}
