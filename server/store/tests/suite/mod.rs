mod contract;
pub mod engine;
mod money;
mod plans;
mod queues;
mod rows;
mod tables;
mod work;
