//! What the town hall does, on both engines. PostgreSQL: see `MOTCUA_TEST_POSTGRES` in `suite/engine.rs` of `store`.

mod suite;
