//! `init`: makes the book and sets up the shop, in one go.

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};
use super::shapes::place;
use super::site::Site;
use crate::domain::country::{usual_tax, usual_zone};
use crate::domain::country_code::country_code;
use crate::services::actions::shop::ShopDraft;
use crate::services::books;

/// What there is to say about a new shop.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the shop, as on papers
    #[arg(long)]
    name: String,
    /// Currency of prices, three letters
    #[arg(long)]
    currency: String,
    /// Country, by its name or two letters; decides how numbers, dates and papers look
    #[arg(long, default_value = "")]
    country: String,
    /// Tax rate in percent
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    tax_rate: String,
    /// Whether prices are without tax (net) or with it (gross)
    #[arg(long, default_value = "", value_name = "net|gross")]
    prices: String,
    /// How invoices are numbered, such as {year}-{seq:04}
    #[arg(long, default_value = "")]
    number_format: String,
    /// Days before a period on which it is invoiced
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    lead_days: String,
    /// IBAN of the shop's account
    #[arg(long, default_value = "")]
    iban: String,
    /// BIC of the shop's bank
    #[arg(long, default_value = "")]
    bic: String,
    /// Name of the shop's bank
    #[arg(long, default_value = "")]
    bank_name: String,
    /// Account lines where there is no IBAN, parted by ;
    #[arg(long, default_value = "")]
    bank_account: String,
    /// Legal text on every invoice; | ends a line
    #[arg(long, default_value = "")]
    legal_text: String,
    /// Address lines, parted by ;
    #[arg(long, default_value = "")]
    address: String,
    /// Email of the shop
    #[arg(long, default_value = "")]
    email: String,
    /// Phone of the shop
    #[arg(long, default_value = "")]
    phone: String,
    /// VAT or tax number
    #[arg(long, default_value = "")]
    tax_number: String,
    /// Time zone of the business day, such as Europe/Berlin; by default the country's, or this machine's
    #[arg(long, default_value = "")]
    time_zone: String,
    /// Language of papers: en, de, fr or es
    #[arg(long, default_value = "")]
    language: String,
    /// How numbers look: `comma_point`, `point_comma` or `space_comma`
    #[arg(long, default_value = "")]
    number_style: String,
    /// How dates look: `day_first`, `month_first`, iso or dotted
    #[arg(long, default_value = "")]
    date_style: String,
}

impl Args {
    /// The zone that was said; else that of the country, else that of this machine.
    fn zone(&self) -> String {
        if !self.time_zone.trim().is_empty() {
            return self.time_zone.clone();
        }
        let code = country_code(&self.country).unwrap_or_default();
        let usual = usual_zone(&code).map(str::to_owned);
        usual.or_else(crate::adapters::place::time_zone).unwrap_or_default()
    }

    fn draft(&self) -> ShopDraft {
        ShopDraft {
            name: self.name.clone(),
            address: self.address.clone(),
            country: self.country.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            tax_number: self.tax_number.clone(),
            currency: self.currency.clone(),
            time_zone: self.zone(),
            language: self.language.clone(),
            number_style: self.number_style.clone(),
            date_style: self.date_style.clone(),
            tax_rate: self.tax_rate.clone(),
            prices: self.prices.clone(),
            number_format: self.number_format.clone(),
            lead_days: self.lead_days.clone(),
            bank_name: self.bank_name.clone(),
            iban: self.iban.clone(),
            bic: self.bic.clone(),
            bank_account: self.bank_account.clone(),
            legal_text: self.legal_text.clone(),
            is_demo: false,
        }
    }
}

/// Makes the book and sets up the shop.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    let desk = books::make(&site.book, &args.draft(), &site.outside, &site.operator)?;
    let book = desk.book().path().to_owned();
    let name = desk.shop()?.name.clone();
    let desk_country = desk.shop()?.country.clone();
    Site::leave(desk);
    let said = format!("{name} is set up.");
    let json = json!({ "book": place(&book), "name": name, "said": said });
    let proposed = usual_tax(&desk_country).filter(|_| args.tax_rate.trim().is_empty());
    if let Some(rate) = proposed {
        out.note(&format!(
            "No tax is charged yet; the usual rate there is {rate} %: `rentbook settings set tax_rate {rate}`."
        ));
    }
    out.answer(&Answer::new(json).say(said).say(format!("The book is {}.", book.display())))
}
