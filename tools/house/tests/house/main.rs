//! House rules. Each test is a rule; its failure lists every place that breaks it.

#[cfg(test)]
mod deny;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod licence;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tracked;
#[cfg(test)]
mod workshop;
#[cfg(test)]
mod workspace;

/// Fails with the rule and the list of breaches, unless there are none.
#[cfg(test)]
fn hold(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}:\n  {}\n", breaches.join("\n  "));
}
