//! The nouns. Every room uses them; they use nothing of ours.

pub mod baseline;
pub mod body;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod issue;
pub mod key;
pub mod kind;
pub mod mail;
pub mod mention;
pub mod name;
pub mod newsletter;
pub mod node;
pub mod page;
pub mod route;
pub mod rule;
pub mod site;
pub mod slug;
pub mod source;
pub mod text;
pub mod theme;
pub mod trace;
pub mod value;
pub mod view;
pub mod vocabulary;
pub mod web;
