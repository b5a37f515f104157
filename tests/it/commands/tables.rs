//! Every list as a table for a spreadsheet, read again by a reader that shares nothing with the writer.

use std::fs;

use super::Shop;

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// A reader of its own: cells between quotes, a quote twice, lines inside of cells.
fn read(text: &str, comma: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => cell.push(letter),
            _ if letter == comma => row.push(std::mem::take(&mut cell)),
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(!is_quoted && cell.is_empty() && row.is_empty(), "a line is not ended");
    rows
}

/// The cell under a title.
fn at<'a>(rows: &'a [Vec<String>], row: usize, key: &str) -> &'a str {
    &rows[row][rows[0].iter().position(|title| title == key).unwrap_or_else(|| panic!("no {key}: {:?}", rows[0]))]
}

// F71
#[test]
fn every_list_is_a_table_with_the_columns_its_object_has() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&words("group add --name Firms --billing-day 1"));
    shop.does(&words("pay 2024-0001"));
    shop.does(&words("invoice new --customer 1 --line Delivery;1;20;0"));
    shop.does(&["invoice", "credit", "2024-0002", "--amount", "5", "--reason", "late"]);
    for list in [
        "payment list",
        "payment list --view upcoming",
        "invoice list",
        "invoice list --kind credit_note",
        "customer list",
        "receipt list",
        "order list",
        "subscription list",
        "product list",
        "asset list",
        "group list",
        "outbox list",
        "activity list",
        "deposit list",
    ] {
        let asked = words(list);
        let object = shop.does(&asked);
        let ran = shop.run(&[&asked[..], &["--csv", "-"]].concat());
        assert_eq!(ran.code, 0, "{list}: {}", ran.err);
        let rows = read(&ran.out, ',');
        let of_object = object["rows"].as_array().unwrap();
        assert_eq!(rows.len(), of_object.len() + 1, "{list}");
        for (row, object) in of_object.iter().enumerate() {
            let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), rows[0].len(), "{list}");
            for key in keys {
                let told = match &object[key] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(at(&rows, row + 1, key), told, "{list}: {key}");
            }
        }
    }
}

// F71
#[test]
fn a_table_is_written_for_the_country_of_the_shop_and_read_back_letter_by_letter() {
    let shop = Shop::with_order("2024-01-01");
    let odd = ["=1+1", "@SUM(A1)", "-cmd", "a;b,\"c\"", "Żółć"];
    for last in odd {
        shop.does(&["customer", "add", &format!("--last={last}"), "--phone", "+49 30 123456"]);
    }
    shop.does(&words("settings set number_style point_comma"));
    let file = shop.at("customers.csv");
    let name = file.to_str().unwrap();
    let said = shop.does(&["customer", "list", "--csv", name]);
    assert_eq!((&said["total"], said["said"].as_str().unwrap().starts_with("6 customers are in")), (&6.into(), true));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with('\u{feff}'), "Excel hears that it is UTF-8");
    let rows = read(&text, ';');
    assert_eq!(rows.len(), 7);
    for last in odd {
        let row = rows.iter().position(|row| row.iter().any(|cell| cell.trim_start_matches('\'') == last)).unwrap();
        assert!(!at(&rows, row, "name").starts_with(['=', '@', '-']), "{last}");
        assert_eq!(at(&rows, row, "phone"), "+49 30 123456");
    }
    let owes = rows.iter().position(|row| row[0] == "1").unwrap();
    assert!(at(&rows, owes, "outstanding").ends_with(",00"), "{:?}", rows[owes]);
    assert_eq!(shop.refuses(3, &["customer", "list", "--csv", name]).0, "already_there", "no file is replaced unasked");
    let plain = shop.run(&["customer", "list", "--csv", "-", "--plain"]).out;
    assert!(plain.starts_with("id,name,"), "{plain}");
    assert_eq!(at(&read(&plain, ','), owes, "outstanding"), at(&rows, owes, "outstanding").replace(',', "."));
    shop.does(&["customer", "list", "--csv", name, "--plain", "--force", "--limit", "2"]);
    assert_eq!(read(&fs::read_to_string(&file).unwrap(), ',').len(), 3);
}
