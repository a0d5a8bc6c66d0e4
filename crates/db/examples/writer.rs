//! A process of its own for the tests: opens a database, says `open`, lets `callers` write `each` rows, says `done`,
//! and holds the database until its input ends.
//!
//! `writer <url> <callers> <each>`

use std::io::{Read, Write};

use hathor_db::{Db, Options, args, sql};

sql! {
    CREATE: () = "create table if not exists note (n bigint not null primary key)";
    INSERT: () = "insert into note (n) values ($1)";
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().collect();
    let [_, url, callers, each] = words.as_slice() else {
        return Err("writer <url> <callers> <each>".into());
    };
    let db = Db::open(url, &Options::default())?;
    say("open")?;
    let each: i64 = each.parse()?;
    db.write(async |tx| tx.run(CREATE, args![]).await).await?;
    let callers =
        (0..callers.parse()?).map(|caller: i64| tokio::spawn(write(db.clone(), caller * each, each)));
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    say("done")?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

async fn write(db: Db, first: i64, count: i64) -> Result<(), hathor_db::Error> {
    for n in first..first + count {
        db.write(async |tx| tx.run(INSERT, args![n]).await).await?;
    }
    Ok(())
}

fn say(word: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{word}")
}
