//! Buy a feature: people spend play money, and what they spend is told (Hohmann 2006).

use std::collections::BTreeSet;

use super::{Broken, with_columns};
use crate::domain::entry;
use crate::domain::table::Table;

/// What was bought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchase {
    /// The features, the one with the most money first.
    pub features: Vec<Feature>,
    /// All money that was spent.
    pub total: f64,
    /// How many people are named in the table; 0 if it has no column for them.
    pub n_people: usize,
}

/// A feature that was for sale.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The feature, as the table names it: an id or words.
    pub item: String,
    /// What people spent on it.
    pub money: f64,
    /// What it cost, if the table says so.
    pub price: Option<f64>,
}

impl Feature {
    /// Whether enough was spent; `None` without a price.
    pub fn is_bought(&self) -> Option<bool> {
        self.price.map(|price| self.money >= price)
    }
}

/// The sums in a table of items and money, with a row for each item or for each purchase.
pub(super) fn read(tables: &[Table]) -> Result<Purchase, Broken> {
    const ITEM: &[&str] = &["item", "feature", "id"];
    const MONEY: &[&str] = &["money", "spent", "sum", "coins"];
    let (table, [item, money]) = with_columns(tables, [ITEM, MONEY])?;
    let price = table.column(&["price", "cost"]);
    let person = table.column(&["person", "participant", "who"]);
    let amount = |text: &str, line: usize| match entry::number(text).filter(|it| *it >= 0.0) {
        Some(amount) => Ok(amount),
        None => Err(Broken::at(line, format!("'{text}' is not an amount of money"))),
    };
    let mut purchase = Purchase::default();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    let mut places = std::collections::HashMap::<&str, usize>::new();
    for row in &table.rows {
        let spent = amount(row.text(money), row.line)?;
        let price = price.map(|it| row.text(it)).filter(|it| !it.is_empty());
        let price = price.map(|text| amount(text, row.line)).transpose()?;
        people.extend(person.map(|it| row.text(it)));
        let name = row.text(item);
        let at = *places.entry(name).or_insert_with(|| {
            purchase.features.push(Feature { item: name.to_owned(), money: 0.0, price: None });
            purchase.features.len() - 1
        });
        let feature = &mut purchase.features[at];
        feature.money += spent;
        feature.price = price.or(feature.price);
        purchase.total += spent;
    }
    purchase.n_people = people.len();
    purchase.features.sort_by(|a, b| b.money.total_cmp(&a.money));
    Ok(purchase)
}
