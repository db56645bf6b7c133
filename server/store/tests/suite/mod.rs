mod contract;
pub mod engine;
mod plans;
mod queues;
mod rows;
mod tables;
mod work;
