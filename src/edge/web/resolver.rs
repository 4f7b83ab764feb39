//! Hosts -> the numbers that may be asked.
//!
//! A page of a stranger's repository, or the answer of a server, may name any host, and a name may have any number. So the rule is
//! asked for the number that is connected to, after the name is looked up, and for each redirect anew.

use std::fmt;
use std::net::IpAddr;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Returns whether a number may be asked.
pub(super) type Rule = fn(IpAddr) -> bool;

/// The resolver of the system, of whose answers only those are taken that the rule allows.
pub(super) struct Guard {
    system: DefaultResolver,
    rule: Rule,
}

impl Guard {
    pub(super) fn of(rule: Rule) -> Guard {
        Guard { system: DefaultResolver::default(), rule }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Guard")
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.system.resolve(uri, config, timeout)?;
        // A proxy is named by the environment, and not by a page. What it may ask is its own rule.
        if config.proxy().is_some_and(|it| it.uri().authority() == uri.authority()) {
            return Ok(all);
        }
        let mut allowed = self.empty();
        all.iter().filter(|it| (self.rule)(it.ip())).for_each(|it| allowed.push(*it));
        if allowed.is_empty() { Err(Error::Other(Box::new(Refused))) } else { Ok(allowed) }
    }
}

/// The host is no host of the internet.
#[derive(Debug)]
pub(super) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("it leads into a private network, which is not asked")
    }
}

impl std::error::Error for Refused {}
