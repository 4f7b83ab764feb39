//! The only room that meets the disk, the network, the clock.

pub mod clock;
pub mod disk;
pub mod embedded;
pub mod git;
pub mod mend;
pub mod publish;
pub mod scaffold;
pub mod serve;
pub mod watch;
#[cfg(feature = "online")]
pub mod web;

mod failure;
mod folder;
mod layout;
mod picture;
mod script;
