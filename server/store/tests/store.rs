//! The contract of the store, on both engines. PostgreSQL: see `MOTCUA_TEST_POSTGRES` in `suite/engine.rs`.

mod suite;
