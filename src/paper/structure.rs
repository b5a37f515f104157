//! The reading order of a paper: which text is title, paragraph or table cell, for screen readers and for copying.

use krilla::tagging::{Identifier, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a part of the paper is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Title,
    Heading,
    Paragraph,
    Part,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Picture,
    Code,
}

/// Where drawn text belongs; `Place::FURNITURE` for what repeats on every page and is not read out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place(Option<usize>);

impl Place {
    /// Heads, feet, lines and grounds.
    pub(crate) const FURNITURE: Self = Self(None);

    /// Whether it repeats and is not read out.
    pub(crate) const fn is_furniture(self) -> bool {
        self.0.is_none()
    }
}

struct Node {
    role: Role,
    children: Vec<usize>,
    drawn: Vec<Identifier>,
}

/// The tree, grown while the paper is laid out, in reading order.
#[derive(Default)]
pub(crate) struct Structure {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    open: Vec<usize>,
    furniture: bool,
}

impl Structure {
    /// Begins a part inside the open one.
    pub(crate) fn open(&mut self, role: Role) {
        let at = self.nodes.len();
        self.nodes.push(Node { role, children: Vec::new(), drawn: Vec::new() });
        match self.open.last() {
            Some(parent) => self.nodes[*parent].children.push(at),
            None => self.roots.push(at),
        }
        self.open.push(at);
    }

    /// Ends the part opened last.
    pub(crate) fn close(&mut self) {
        self.open.pop();
    }

    /// From here on everything is furniture, or no longer.
    pub(crate) fn furniture(&mut self, on: bool) {
        self.furniture = on;
    }

    /// Where text drawn now belongs.
    pub(crate) fn place(&self) -> Place {
        if self.furniture { Place::FURNITURE } else { Place(self.open.last().copied()) }
    }

    /// Forgets what was drawn, before the file is written again.
    pub(crate) fn nothing_drawn(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.drawn.clear());
    }

    /// Notes what the PDF writer calls a stretch of drawn text.
    pub(crate) fn drawn(&mut self, place: Place, name: Identifier) {
        if let Some(node) = place.0.and_then(|at| self.nodes.get_mut(at)) {
            node.drawn.push(name);
        }
    }

    /// The tree as the PDF writer takes it.
    pub(crate) fn tree(&self, shop: &str) -> TagTree {
        let mut tree = TagTree::new();
        for root in &self.roots {
            if let Some(group) = self.group(*root, shop) {
                tree.push(group);
            }
        }
        tree
    }

    /// A part that shows nothing is left out.
    fn group(&self, at: usize, shop: &str) -> Option<TagGroup> {
        let node = self.nodes.get(at)?;
        let mut group = TagGroup::new(tag(node.role, shop));
        node.drawn.iter().for_each(|name| group.push(*name));
        node.children.iter().filter_map(|child| self.group(*child, shop)).for_each(|child| group.push(child));
        (!group.children.is_empty()).then_some(group)
    }
}

fn tag(role: Role, shop: &str) -> TagKind {
    match role {
        Role::Title => Tag::Hn(std::num::NonZeroU16::MIN, None).into(),
        Role::Heading => Tag::Hn(std::num::NonZeroU16::MIN.saturating_add(1), None).into(),
        Role::Paragraph => Tag::P.into(),
        Role::Part => Tag::Div.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Code => Tag::Figure(Some("QR".to_owned())).into(),
        Role::Picture => Tag::Figure(Some(shop.to_owned())).into(),
    }
}
