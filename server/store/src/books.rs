//! The number of the books: how often what every process keeps in memory was changed.

use crate::{Result, Tx, on_engine};

/// Counts a change. The row stays locked until the transaction ends, so the number stands for what is durable with it.
pub async fn raise_books(tx: &mut Tx) -> Result<()> {
    let q = "INSERT INTO books (id, number) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET number = books.number + 1";
    Ok(on_engine!(tx, |c| sqlx::query(q).execute(c).await.map(drop))?)
}

/// How often they were changed; 0 before the first time.
pub async fn books_number(tx: &mut Tx) -> Result<i64> {
    let q = "SELECT number FROM books WHERE id = 1";
    let number: Option<i64> = on_engine!(tx, |c| sqlx::query_scalar(q).fetch_optional(c).await)?;
    Ok(number.unwrap_or(0))
}
