//! A small page with everything a page can have, to try the frame around it.

use ratatui::layout::Rect;
use rentbook::domain::currency::Currency;
use rentbook::domain::format::Style;
use rentbook::domain::id::CustomerId;
use rentbook::domain::money::Money;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::{Action, Desk, Done};
use rentbook::tui::command::{Able, Command};
use rentbook::tui::desk::Trouble;
use rentbook::tui::dialogs::picker::Picker;
use rentbook::tui::dialogs::text::Text;
use rentbook::tui::forms::{Field, Form, FormDialog, Item, Read};
use rentbook::tui::jobs::{Job, Outcome};
use rentbook::tui::keymap::Context;
use rentbook::tui::place::{Narrow, Place, Tab};
use rentbook::tui::reply::{Answer, Entry, Input, Question, Reply, Screen};
use rentbook::tui::theme::Ink;
use rentbook::tui::widgets::canvas::Canvas;
use rentbook::tui::widgets::chips::Views;
use rentbook::tui::widgets::find::Find;
use rentbook::tui::widgets::strip;
use rentbook::tui::widgets::table::{Cell, Column, Row, Start, Step, Table, Want, Width};

use crate::robot::Robot;

/// A robot in front of the demo pages.
pub fn robot() -> Robot {
    Robot::at(crate::fixture::shop("2025-11-17").0, open)
}

/// Opens the demo page at every place.
pub fn open(place: &Place, _desk: &Desk) -> Box<dyn Screen> {
    match place {
        Place::Tab(Tab::Today) => Box::new(Demo::new(Context::Today)),
        Place::Tab(_) | Place::Rows(..) => Box::new(Demo::new(Context::List)),
        other => Box::new(Record(format!("{other:?}"))),
    }
}

/// Three hundred rows to find in.
struct Demo {
    context: Context,
    find: Find,
    views: Views,
    table: Table<i64>,
    done: usize,
}

impl Demo {
    fn new(context: Context) -> Self {
        let columns = vec![
            Column::words("Name", Width::AtLeast(20), 9),
            Column::words("Status", Width::Exact(12), 5),
            Column::numbers("Amount", 12, 8),
        ];
        let views = Views::new(vec!["Open", "Paid", "All"]);
        Self { context, find: Find::default(), views, table: Table::new(columns), done: 0 }
    }

    fn source(&self) -> Vec<i64> {
        let odd = self.views.active() == 1;
        let name = self.find.text().to_lowercase();
        (1..=300).filter(|key| (!odd || key % 2 == 1) && format!("row {key}").contains(&name)).collect()
    }

    fn fill(&mut self) {
        let source = self.source();
        while let Some(want) = self.table.wanted() {
            let (rows, more) = page(&source, &want);
            self.table.load(&want, rows, more);
        }
        self.table.set_total(Some(source.len() as u64));
    }

    fn narrowed(&mut self) -> Reply {
        self.table.reset();
        self.fill();
        Reply::Nothing
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        if let Some(changed) = self.find.command(command) {
            return if changed { self.narrowed() } else { Reply::Nothing };
        }
        if self.views.command(command).is_some() {
            return self.narrowed();
        }
        match self.table.command(command) {
            Step::Taken => {
                self.fill();
                return Reply::Nothing;
            }
            Step::AllNeeded => {
                let rows: Vec<_> = self.source().into_iter().map(|key| (key, row(key).worth)).collect();
                self.table.mark_these(rows);
                return Reply::Nothing;
            }
            Step::NotMine => {}
        }
        match command {
            Command::Back if !self.find.is_empty() => {
                self.find.clear();
                self.narrowed()
            }
            Command::Open => match self.table.key() {
                Some(key) => Reply::Go(Place::Customer(CustomerId(key))),
                None => Reply::Nothing,
            },
            Command::Edit | Command::New => Reply::open(FormDialog::new(AddPerson, desk).starting_in("last_name")),
            Command::Main => {
                let money = Question::dangerous("Refund", "Refund 89.00 USD?", Reply::perform(person("Refunded")));
                Reply::ask(money)
            }
            Command::Filter => {
                let rows = ["red", "green", "blue"].map(|colour| Entry::new(colour, colour));
                Reply::open(Picker::new("colour", "Colour", rows.to_vec()))
            }
            Command::Print => Reply::Run(Job::new("Counting", |pace| {
                for step in 0..5 {
                    if !pace.step(step, 5) {
                        return Ok(Outcome::said("Stopped after a step."));
                    }
                }
                Ok(Outcome::said("Counted to five."))
            })),
            Command::Copy => Reply::Copy("2025-0108".to_owned()),
            _ => Reply::Pass,
        }
    }
}

fn row(key: i64) -> Row<i64> {
    let status = if key % 2 == 0 { Cell::new("! Overdue", Ink::Bad) } else { Cell::new("+ Paid", Ink::Good) };
    let money = Money::new(key * 100, Currency::EUR);
    let cells = vec![format!("row {key}").into(), status, Style::default().amount(money).into()];
    Row { key, cells, worth: Some(money) }
}

fn page(source: &[i64], want: &Want<i64>) -> (Vec<Row<i64>>, bool) {
    let keys: Vec<i64> = match want.start {
        Start::First | Start::Last => source.to_vec(),
        Start::At(key) => source.iter().copied().filter(|other| *other >= key).collect(),
        Start::After(key) => source.iter().copied().filter(|other| *other > key).collect(),
        Start::Before(key) => source.iter().copied().filter(|other| *other < key).collect(),
    };
    let extra = keys.len().saturating_sub(want.count);
    let kept = match want.start {
        Start::First | Start::At(_) | Start::After(_) => &keys[..keys.len() - extra],
        Start::Last | Start::Before(_) => &keys[extra..],
    };
    (kept.iter().map(|key| row(*key)).collect(), extra > 0)
}

fn person(last: &str) -> Action {
    let draft = CustomerDraft { first_name: "Ana".into(), last_name: last.into(), ..CustomerDraft::default() };
    Action::AddCustomer(Box::new(draft))
}

impl Screen for Demo {
    fn context(&self) -> Context {
        self.context
    }

    fn typing(&self) -> bool {
        !self.find.is_empty()
    }

    fn refresh(&mut self, _desk: &Desk) -> Result<(), Trouble> {
        self.table.reload();
        self.fill();
        Ok(())
    }

    fn narrow(&mut self, narrow: &Narrow) {
        self.find = Find::with(&narrow.find);
        self.table.reset();
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Edit => Able::when(self.table.key() != Some(1), "Row 1 is never changed."),
            Command::Pane => Able::NotHere,
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Refund"),
            Command::Back if self.typing() => Some("Clear"),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        vec![
            Entry::acting("Read the terms", |_| Reply::open(Text::new("Terms", "word ".repeat(2_000)))),
            Entry::acting("Go to invoices with 7", |_| {
                Reply::Go(Place::Rows(Tab::Invoices, Narrow { view: None, find: "7".into(), ..Narrow::default() }))
            }),
            Entry::acting("Void it", |_| Reply::Nothing).able(Able::because("A paid invoice is not voided.")),
        ]
    }

    fn hint(&self) -> (String, String) {
        ("Type to search, Space marks a row.".into(), self.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Typed(letter) if self.find.typed(letter) => self.narrowed(),
            Input::Pasted(text) if self.find.pasted(&text) => self.narrowed(),
            Input::Clicked(target) => match self.table.clicked(target) {
                Some(true) => self.command(Command::Open, desk),
                _ => Reply::Nothing,
            },
            Input::Given(Answer { key, .. }) => Reply::say(format!("Chosen: {key}")),
            _ => Reply::Nothing,
        }
    }

    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        self.done += 1;
        self.table.unmark();
        Reply::Nothing
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let remark = format!("{} shown, {} done", self.source().len(), self.done);
        self.find.render(canvas, Rect { height: 1, ..area }, "Find", &remark);
        self.views.render(canvas, Rect { y: area.y + 1, height: 1, ..area }, "View", &[]);
        let body = Rect { y: area.y + 2, height: area.height - 2, ..area };
        let title = self.table.key().map(|key| format!("row {key}")).unwrap_or_default();
        let places =
            strip::frame(canvas, body, (2, &|least| least), &title, &self.table.marks().text(Style::default()));
        self.table.render(canvas, places.list, "Nothing fits. Esc shows all again.");
        strip::details(canvas, places.details, &[("Due".into(), "17 Nov 2025".into())]);
    }
}

/// One record.
struct Record(String);

impl Screen for Record {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Customers".into(), self.0.clone()]
    }

    fn refresh(&mut self, _desk: &Desk) -> Result<(), Trouble> {
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        if command == Command::Open || command == Command::Edit { Able::Yes } else { Able::NotHere }
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(Command::Open) => Reply::Go(Place::Customer(CustomerId(99))),
            Input::Command(Command::Edit) => Reply::open(FormDialog::new(AddPerson, desk)),
            _ => Reply::Pass,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.put(area.x, area.y, area.width, &self.0, Ink::Plain);
    }
}

/// A form with a field of every kind.
#[derive(Debug)]
struct AddPerson;

impl Form for AddPerson {
    fn title(&self) -> String {
        "Add a person".into()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec!["Every kind of field once.".into()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let today = desk.today();
        let methods = ["Bank transfer", "Card", "Cash"].map(|text| Item::new(text.to_lowercase(), text));
        vec![
            Field::text("first_name", "First name").with("Ana"),
            Field::text("last_name", "Last name").last(Some("Delgado".into())),
            Field::text("email", "Email"),
            Field::date("on", "Since", Some(today), today, Style::default()),
            Field::amount("amount", "Credit limit").with("100.00"),
            Field::choice("method", "Method", methods.to_vec(), "card"),
            Field::lookup("product", "Product", None),
            Field::check("mail", "Welcome", true).hint("by e-mail"),
            Field::notes("note", "Note", "", 2),
        ]
    }

    fn items(&self, _name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        let all = [("1", "Monitor 27"), ("2", "Monitor arm"), ("3", "Laptop Pro 漢字")];
        let typed = typed.to_lowercase();
        let fits = all.into_iter().filter(|(_, text)| text.to_lowercase().contains(&typed));
        fits.map(|(key, text)| Item::new(key, text).note("3 free")).collect()
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec![format!("After saving: {} is known.", read.text("last_name"))]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let last_name = read.required("last_name");
        let (on, amount) = (read.date("on"), read.amount("amount", Style::default(), Currency::EUR));
        let product = read.chosen_if_any::<i64>("product");
        let (email, first_name) = (read.text("email"), read.text("first_name"));
        let (_, _, _) = (on?, amount?, product?);
        let draft = CustomerDraft { first_name, last_name: last_name?, email, ..CustomerDraft::default() };
        Some(Reply::perform(Action::AddCustomer(Box::new(draft))))
    }
}
