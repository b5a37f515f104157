//! People and companies that do not exist, in the scripts the papers can print.

use super::chance::Chance;
use crate::domain::address::Address;
use crate::domain::text::fold;

/// Names as one country writes them. Towns and streets exist nowhere.
struct Culture {
    country: &'static str,
    firsts: &'static [&'static str],
    lasts: &'static [&'static str],
    streets: &'static [&'static str],
    towns: &'static [(&'static str, &'static str)],
    stems: &'static [&'static str],
    trades: &'static [&'static str],
    form: &'static str,
}

const CULTURES: &[Culture] = &[
    Culture {
        country: "IE",
        firsts: &["Aoife", "Ciarán", "Niamh", "Seán", "Gráinne", "Owen", "Hazel", "Noah"],
        lasts: &["Ó Sampla", "Testerly", "Fennimore", "Quillfeather", "Mac Eiseamláir", "Harborough", "Oldcastle"],
        streets: &["Quay Street", "Sample Lane", "Lighthouse Road", "Mill Row"],
        towns: &[("Exampleton", "X91 T3ST"), ("Port Sample", "X35 D3M0"), ("Ballytest", "X62 B00K")],
        stems: &["Lantern", "Saltmarsh", "Fogbell", "Copperfin", "Harbour Light"],
        trades: &["Catering", "Film Rentals", "Boatyard", "Bakery", "Design Studio", "Joinery"],
        form: "Ltd",
    },
    Culture {
        country: "DE",
        firsts: &["Zoë", "Jürgen", "Käthe", "Björn", "Annegret", "Florian", "Leonie", "Götz"],
        lasts: &["Müller-Straße", "Beispiel", "Größmann", "Prüfstein", "Weißdorn", "Übungslos", "Mustermann"],
        streets: &["Musterstraße", "Am Prüfplatz", "Beispielgasse", "Übungsweg"],
        towns: &[("Beispielstadt", "00123"), ("Groß Muster", "00456"), ("Neu-Prüfingen", "00789")],
        stems: &["Nordlicht", "Kranich", "Blaupause", "Feinwerk", "Sonnenschirm"],
        trades: &["Medien", "Tischlerei", "Veranstaltungen", "Gartenbau", "Messebau", "Fahrräder"],
        form: "GmbH",
    },
    Culture {
        country: "PL",
        firsts: &["Łukasz", "Małgorzata", "Święcisław", "Zofia", "Grzegorz", "Agnieszka", "Kazimierz"],
        lasts: &["Żółć", "Przykładowski", "Próbna", "Wzór", "Ćwiczyński", "Brzęczyk", "Źdźbło"],
        streets: &["ul. Przykładowa", "ul. Próbna", "al. Wzorcowa", "ul. Żółta"],
        towns: &[("Przykładowo", "00-001"), ("Próbowice", "00-002"), ("Nowy Wzór", "00-003")],
        stems: &["Jaskółka", "Żuraw", "Bursztyn", "Świt", "Dąb"],
        trades: &["Rowery", "Meble", "Studio Filmowe", "Eventy", "Ogrody", "Robotyka"],
        form: "sp. z o.o.",
    },
    Culture {
        country: "GR",
        firsts: &["Ωμέγα", "Ελένη", "Γιώργος", "Δήμητρα", "Σταύρος", "Άννα", "Ιάσων"],
        lasts: &["Δοκιμή", "Παραδειγματίδης", "Δείγμα", "Υποθετίδου", "Πρότυπος", "Ψευδωνύμου"],
        streets: &["Οδός Δοκιμής", "Λεωφόρος Δείγματος", "Οδός Προτύπου"],
        towns: &[("Παράδειγμα", "000 11"), ("Νέα Δοκιμή", "000 22"), ("Άνω Δείγμα", "000 33")],
        stems: &["Γλάρος", "Φάρος", "Αμφορέας", "Ορίζων", "Ελαία"],
        trades: &["Εκδόσεις", "Ξενοδοχεία", "Παραγωγές", "Ποδήλατα", "Κήποι"],
        form: "Α.Ε.",
    },
    Culture {
        country: "UA",
        firsts: &["Оксана", "Тарас", "Соломія", "Богдан", "Ярина", "Їжак", "Мирослава"],
        lasts: &["Приклад", "Зразковенко", "Тестюк", "Вигадана", "Умовний", "Щукін-Проба"],
        streets: &["вул. Прикладна", "вул. Зразкова", "просп. Пробний"],
        towns: &[("Прикладівка", "00001"), ("Зразкове", "00002"), ("Нова Проба", "00003")],
        stems: &["Лелека", "Маяк", "Калина", "Обрій", "Світанок"],
        trades: &["Кіно", "Меблі", "Садівництво", "Велосипеди", "Події"],
        form: "ТОВ",
    },
    Culture {
        country: "FR",
        firsts: &["Hélène", "Françoise", "Loïc", "Noëlle", "Maël", "Édouard", "Maïwenn"],
        lasts: &["Échantillon", "d’Essai", "Lœuvre-Fictif", "Modèle", "Exemplaire", "Façade-Dupré"],
        streets: &["rue de l’Exemple", "place du Modèle", "allée des Essais"],
        towns: &[("Exempleville", "00010"), ("Saint-Modèle", "00020"), ("Essai-sur-Mer", "00030")],
        stems: &["Hirondelle", "Phare Bleu", "Œil Neuf", "Grand Large", "Chêne"],
        trades: &["Traiteur", "Cinéma", "Menuiserie", "Vélos", "Événements"],
        form: "SARL",
    },
    Culture {
        country: "ES",
        firsts: &["Íñigo", "Begoña", "Nuria", "Ángel", "Lucía", "Joaquín", "Mireia"],
        lasts: &["Ejemplo Núñez", "Muestra", "de la Prueba", "Ficticio", "Modelo Ibáñez", "Peñaficción"],
        streets: &["Calle del Ejemplo", "Plaza de la Muestra", "Avenida Prueba"],
        towns: &[("Villaejemplo", "00101"), ("Puerto Muestra", "00202"), ("Ficción del Río", "00303")],
        stems: &["Golondrina", "Faro Norte", "Encina", "Mañana", "Azulejo"],
        trades: &["Eventos", "Bicicletas", "Carpintería", "Cine", "Jardines"],
        form: "S.L.",
    },
    Culture {
        country: "CZ",
        firsts: &["Jiří", "Božena", "Řehoř", "Ludmila", "Matěj", "Tereza", "Šárka"],
        lasts: &["Příklad", "Vzorová", "Zkoušek", "Ďáblík", "Smyšlený", "Žížala"],
        streets: &["Příkladná", "Vzorová", "Na Zkoušce"],
        towns: &[("Příkladov", "000 01"), ("Vzorovice", "000 02"), ("Dolní Zkouška", "000 03")],
        stems: &["Vlaštovka", "Maják", "Lípa", "Úsvit", "Jeřáb"],
        trades: &["Kola", "Nábytek", "Film", "Zahrady", "Akce"],
        form: "s.r.o.",
    },
    Culture {
        country: "SE",
        firsts: &["Åsa", "Örjan", "Linnéa", "Håkan", "Märta", "Sören", "Ebba"],
        lasts: &["Exempelsson", "Påhittad", "Provström", "Mönsterlund", "Älvtest", "Sjöprov"],
        streets: &["Exempelgatan", "Provvägen", "Mönsterstigen"],
        towns: &[("Exempelstad", "000 10"), ("Provköping", "000 20"), ("Påhittsås", "000 30")],
        stems: &["Svala", "Fyren", "Granit", "Norrsken", "Eken"],
        trades: &["Cyklar", "Möbler", "Film", "Trädgård", "Båtvarv"],
        form: "AB",
    },
    Culture {
        country: "TR",
        firsts: &["Ayşe", "Çağlar", "İpek", "Gökçe", "Şirin", "Umut", "Özgür"],
        lasts: &["Örnekoğlu", "Deneme", "Şablon", "Kurgulu", "Tasarı", "Işıksınav"],
        streets: &["Örnek Caddesi", "Deneme Sokağı", "Şablon Yolu"],
        towns: &[("Örnekköy", "00001"), ("Denemeşehir", "00002"), ("Yeni Şablon", "00003")],
        stems: &["Martı", "Deniz Feneri", "Çınar", "Ufuk", "Güneş"],
        trades: &["Film", "Mobilya", "Bisiklet", "Etkinlik", "Bahçe"],
        form: "A.Ş.",
    },
];

/// The first customers of every demo: culture, first and last name.
const CAST: &[(usize, usize, usize)] = &[(2, 0, 0), (3, 0, 0), (1, 0, 0), (0, 2, 3)];

/// A name and where it lives.
pub(super) struct Named {
    pub first: String,
    pub last: String,
    /// Empty for a person.
    pub company: String,
    pub email: String,
    pub phone: String,
    pub address: Address,
}

/// A person; the first few are the same in every demo.
pub(super) fn person(at: usize, chance: &mut Chance) -> Named {
    let drawn = (chance.below(CULTURES.len()), chance.below(1000), chance.below(1000));
    let (culture, first, last) = CAST.get(at).copied().unwrap_or(drawn);
    let culture = &CULTURES[culture];
    let first = culture.firsts[first % culture.firsts.len()];
    let last = culture.lasts[last % culture.lasts.len()];
    let email = format!("{}.{}.{at}@example.com", mailbox(first), mailbox(last));
    Named {
        first: first.to_owned(),
        last: last.to_owned(),
        company: String::new(),
        email,
        phone: phone(chance),
        address: address(culture, chance),
    }
}

/// A company, with the person to ask for.
pub(super) fn company(at: usize, chance: &mut Chance) -> Named {
    let (culture, rest) = (&CULTURES[at % CULTURES.len()], at / CULTURES.len());
    let (first, last) = (chance.pick(culture.firsts), chance.pick(culture.lasts));
    // The first 250 names differ by themselves; later ones carry a number.
    let stem = culture.stems[rest % 5];
    let trade = culture.trades[(rest / 5 + at) % culture.trades.len().min(5)];
    let number = if at < 250 { String::new() } else { format!(" {at}") };
    Named {
        first: (*first).to_owned(),
        last: (*last).to_owned(),
        company: format!("{stem} {trade}{number} {}", culture.form),
        email: format!("office.{at}@{}.example", mailbox(stem)),
        phone: phone(chance),
        address: address(culture, chance),
    }
}

/// Numbers 555-0100 to 555-0199 are kept free for stories.
fn phone(chance: &mut Chance) -> String {
    format!("+1 555 01{:02}", chance.below(100))
}

fn address(culture: &Culture, chance: &mut Chance) -> Address {
    let (town, postcode) = chance.pick(culture.towns);
    Address {
        line1: format!("{} {}", chance.pick(culture.streets), chance.between(1, 120)),
        postcode: (*postcode).to_owned(),
        city: (*town).to_owned(),
        country: culture.country.to_owned(),
        ..Address::default()
    }
}

/// What of a name can stand in an email address.
fn mailbox(name: &str) -> String {
    let kept: String = fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
    if kept.is_empty() { "customer".to_owned() } else { kept }
}
