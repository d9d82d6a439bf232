//! `micrositio`: a static site generator for the transparency micrositio of a Colombian public entity.
//!
//! The stages, each importing only from those above it: [`config`], [`content`], [`catalog`], [`check`],
//! [`pages`], [`render`], [`publish`]. [`site`] runs them, [`archive`] keeps what they published, [`cli`] is the edge.

pub mod archive;
pub mod cache;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod draw;
pub mod facts;
pub mod out;
pub mod pages;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod stamp;
pub mod system;
pub mod text;
