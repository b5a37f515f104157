//! Columns of what lists ask about, in memory: a row is some fifty bytes. Only held and changed here; what reads them
//! from the file and what asks them is `store::ledger`.

use std::cmp::Ordering;

use crate::domain::currency::Currency;

/// No day.
pub const NEVER: i32 = i32::MIN;

/// Columns side by side in the order of their ids, and the cells of one row.
macro_rules! columns {
    ($(#[$meta:meta])* $name:ident of $cells:ident { $($(#[$doc:meta])* $column:ident: $type:ty),+ $(,)? }) => {
        #[derive(Debug, Default)]
        $(#[$meta])*
        pub struct $name {
            pub id: Vec<u32>,
            $($(#[$doc])* pub $column: Vec<$type>),+
        }

        /// One row of these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $cells {
            $(pub $column: $type),+
        }

        impl $name {
            /// Room for so many, so that loading never copies.
            pub fn reserve(&mut self, count: usize) {
                self.id.reserve_exact(count);
                $(self.$column.reserve_exact(count);)+
            }

            /// Adds a row, or takes its cells in.
            pub fn put(&mut self, id: u32, cells: $cells) {
                // A vector that doubles would hold half a ledger of nothing.
                if self.id.len() == self.id.capacity() {
                    self.reserve(self.id.len() / 8 + 64);
                }
                match place(&self.id, id) {
                    Ok(at) => { $(self.$column[at] = cells.$column;)+ }
                    Err(at) => {
                        self.id.insert(at, id);
                        $(self.$column.insert(at, cells.$column);)+
                    }
                }
            }

            /// Takes a row out.
            pub fn remove(&mut self, id: u32) {
                if let Ok(at) = place(&self.id, id) {
                    self.id.remove(at);
                    $(self.$column.remove(at);)+
                }
            }

            /// What they take, in bytes.
            pub fn bytes(&self) -> usize {
                self.id.capacity() * (size_of::<u32>() $(+ size_of::<$type>())+)
            }
        }
    };
}

/// Where an id stands, or where it would; the newest is asked for most.
fn place(ids: &[u32], id: u32) -> Result<usize, usize> {
    match ids.last().map(|last| last.cmp(&id)) {
        None | Some(Ordering::Less) => Err(ids.len()),
        Some(Ordering::Equal) => Ok(ids.len() - 1),
        Some(Ordering::Greater) => ids.binary_search(&id),
    }
}

columns! {
    /// Payments. A row keeps its own customer, whoever it is merged into.
    Payments of PaymentCells {
        customer: u32,
        /// 0: none.
        group: u32,
        /// 0: none.
        invoice: u32,
        /// 0: none.
        subscription: u32,
        /// Days of the common era, as are all days here.
        due: i32,
        /// [`NEVER`] unless paid.
        paid: i32,
        /// Minor units.
        amount: i64,
        settled: i64,
        /// Its place in `PaymentStatus::ALL`.
        status: u8,
        /// Its place in `Method::ALL`, from 1; 0: none.
        method: u8,
        /// Its place in [`Columns::currencies`].
        currency: u8,
    }
}

columns! {
    /// Invoices.
    Invoices of InvoiceCells {
        /// 0: a group pays.
        customer: u32,
        /// 0: a customer pays.
        group: u32,
        invoiced: i32,
        due: i32,
        total: i64,
        settled: i64,
        /// 0: none yet.
        number_year: i32,
        number_seq: i64,
        /// Its place in `InvoiceState::ALL`.
        state: u8,
        /// Its place in `InvoiceKind::ALL`.
        kind: u8,
        currency: u8,
    }
}

columns! {
    /// Customers, those merged into another with them.
    People of PersonCells {
        /// Whom it is read as; 0: itself.
        root: u32,
        /// 0: none.
        group: u32,
        class: u32,
        joined: i32,
        /// Received for payments, in minor units; its own.
        lifetime: i64,
        /// Subscriptions, live and ended; its own.
        count: u32,
        is_closed: bool,
        is_business: bool,
    }
}

/// Names lists are sorted by: of customers by whom they are read as, and of groups, in one order.
#[derive(Debug, Default)]
pub struct Names {
    /// Of every customer and every group by its number; both as the file sorts them.
    pub customers: Vec<Option<Box<str>>>,
    pub groups: Vec<Option<Box<str>>>,
    ranks: Option<Ranks>,
}

/// Places in the order of names. Equal names of equal numbers, one a customer, one a group, share a place.
#[derive(Debug, Default)]
pub struct Ranks {
    /// Of every customer by its number; twice the place, so that a name that is gone has room between two.
    pub customers: Vec<i64>,
    pub groups: Vec<i64>,
    /// The payers in order: the number, and whether it is a group.
    order: Vec<(u32, bool)>,
}

impl Names {
    /// Takes a name in; `None` takes it out.
    pub fn put(&mut self, is_group: bool, id: u32, name: Option<&str>) {
        let names = if is_group { &mut self.groups } else { &mut self.customers };
        let at = id as usize;
        if names.len() <= at {
            names.resize(at + 1, None);
        }
        if names[at].as_deref() != name {
            names[at] = name.map(Into::into);
            self.ranks = None;
        }
    }

    /// Somebody is read as another one now.
    pub fn forget_ranks(&mut self) {
        self.ranks = None;
    }

    /// The places, sorted anew where a name changed.
    pub fn rank(&mut self, people: &People) {
        if self.ranks.is_some() {
            return;
        }
        let mut order: Vec<(u32, bool)> = Vec::with_capacity(people.id.len() + self.groups.len());
        let of_root = |at: &usize| people.root[*at] == 0;
        order.extend((0..people.id.len()).filter(of_root).map(|at| (people.id[at], false)));
        let groups = self.groups.iter().zip(0_u32..).filter(|(name, _)| name.is_some());
        order.extend(groups.map(|(_, id)| (id, true)));
        order.sort_unstable_by(|one, other| self.compare(*one, *other).then(one.1.cmp(&other.1)));
        let mut ranks =
            Ranks { customers: vec![0; self.customers.len()], groups: vec![0; self.groups.len()], order: Vec::new() };
        let mut place = 0_i64;
        for (at, payer) in order.iter().enumerate() {
            if at > 0 && self.compare(order[at - 1], *payer).is_ne() {
                place += 2;
            }
            if payer.1 {
                ranks.groups[payer.0 as usize] = place;
            } else {
                ranks.customers[payer.0 as usize] = place;
            }
        }
        for (at, root) in people.root.iter().enumerate().filter(|(_, root)| **root != 0) {
            ranks.customers[people.id[at] as usize] = ranks.customers.get(*root as usize).copied().unwrap_or(0);
        }
        ranks.order = order;
        self.ranks = Some(ranks);
    }

    /// The places, once [`Self::rank`] was asked.
    pub const fn ranks(&self) -> Option<&Ranks> {
        self.ranks.as_ref()
    }

    /// The place of a name and number, or that between its neighbours.
    pub fn place(&self, name: &str, id: i64) -> i64 {
        let Some(ranks) = &self.ranks else { return 0 };
        let key = |payer: &(u32, bool)| self.name(*payer).cmp(name).then(i64::from(payer.0).cmp(&id));
        let at = ranks.order.partition_point(|payer| key(payer).is_lt());
        let place = |payer: &(u32, bool)| {
            let places = if payer.1 { &ranks.groups } else { &ranks.customers };
            places[payer.0 as usize]
        };
        match ranks.order.get(at) {
            Some(payer) if key(payer).is_eq() => place(payer),
            Some(payer) => place(payer) - 1,
            None => ranks.order.last().map_or(0, |last| place(last) + 1),
        }
    }

    fn name(&self, (id, is_group): (u32, bool)) -> &str {
        let names = if is_group { &self.groups } else { &self.customers };
        names.get(id as usize).and_then(Option::as_deref).unwrap_or_default()
    }

    fn compare(&self, one: (u32, bool), other: (u32, bool)) -> Ordering {
        self.name(one).cmp(self.name(other)).then(one.0.cmp(&other.0))
    }
}

/// All columns, as the book was at one moment.
#[derive(Debug, Default)]
pub struct Columns {
    /// The newest change that is taken in.
    pub seen: i64,
    pub payments: Payments,
    pub invoices: Invoices,
    pub people: People,
    pub names: Names,
    pub currencies: Vec<Currency>,
}

impl Columns {
    /// What they take, in bytes, names left out.
    pub fn bytes(&self) -> usize {
        self.payments.bytes() + self.invoices.bytes() + self.people.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(root: u32) -> PersonCells {
        PersonCells { root, group: 0, class: 1, joined: 0, lifetime: 0, count: 0, is_closed: false, is_business: false }
    }

    #[test]
    fn rows_stand_in_the_order_of_their_ids_whatever_the_order_they_come_in() {
        let mut people = People::default();
        for (id, root) in [(1, 0), (5, 0), (3, 5), (5, 1)] {
            people.put(id, person(root));
        }
        assert_eq!((people.id.clone(), people.root.clone()), (vec![1, 3, 5], vec![0, 5, 1]));
        people.remove(3);
        people.remove(4);
        assert_eq!((people.id.clone(), people.root.clone()), (vec![1, 5], vec![0, 1]));
        assert!(people.bytes() > 0);
    }

    #[test]
    fn names_of_customers_and_groups_stand_in_one_order_and_a_name_that_is_gone_between_its_neighbours() {
        let (mut people, mut names) = (People::default(), Names::default());
        for (id, name, root) in [(1, "berg", 0), (2, "abel", 0), (3, "zorn", 1)] {
            people.put(id, person(root));
            names.put(false, id, Some(name));
        }
        names.put(true, 1, Some("berg"));
        names.put(true, 2, Some("cora"));
        names.rank(&people);
        let ranks = names.ranks().unwrap();
        assert_eq!(ranks.customers, [0, 2, 0, 2], "the third is read as the first");
        assert_eq!(ranks.groups, [0, 2, 4]);
        assert_eq!(names.place("berg", 1), 2);
        assert_eq!((names.place("berg", 0), names.place("berg", 9)), (1, 3));
        assert_eq!((names.place("aaaa", 7), names.place("zzzz", 7)), (-1, 5));
    }
}
