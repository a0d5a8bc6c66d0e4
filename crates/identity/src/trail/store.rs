//! Reading the tables of `hathor_audit`, with the names of people as they are today.

use hathor_audit::{Audit, Part, Payload};
use hathor_core::{Id, Timestamp};
use hathor_db::{Db, Result, args, row, sql};
use uuid::Uuid;

use super::model::{Actor, Filter, Row, Subject};

row! {
    pub(super) struct Kept {
        seq: i64, at: Timestamp, actor: Option<Uuid>, actor_name: Option<String>, action: String,
        subject_kind: String, subject_id: Uuid, account_name: Option<String>, artist_name: Option<String>,
        origin_key: Option<Uuid>, origin_sealed: Option<Vec<u8>>, origin: Option<Vec<u8>>,
        changes_key: Option<Uuid>, changes_sealed: Option<Vec<u8>>, changes: Option<Vec<u8>>,
    }
}

/// One statement for each index that a question can go by; what else is asked for is looked at row by row.
macro_rules! rows {
    ($first:literal) => {
        concat!(
            "select r.seq, r.at, r.actor, a.username as actor_name, r.action, r.subject_kind, r.subject_id,
                s.username as account_name, p.name as artist_name,
                r.origin_key, o.sealed as origin_sealed, r.origin, r.changes_key, c.sealed as changes_sealed, r.changes
            from audit_row r left join account a on a.id = r.actor
                left join account s on s.id = r.subject_id left join artist p on p.id = r.subject_id
                left join audit_key o on o.id = r.origin_key left join audit_key c on c.id = r.changes_key
            where r.seq < $1 and ",
            $first,
            " and (r.actor = $2 or $2 is null) and (r.subject_id = $3 or $3 is null)
                and (r.action = $4 or $4 is null) and r.at >= $5 and r.at < $6 order by r.seq desc limit $7"
        )
    };
}

sql! {
    NEWEST: Kept = rows!("r.seq > 0");
    BY_ACTOR: Kept = rows!("r.actor = $2");
    BY_SUBJECT: Kept = rows!("r.subject_id = $3");
    BY_ACTION: Kept = rows!("r.action = $4");
}

/// At most `limit` rows older than the row `before`, newest first.
pub(super) async fn page(
    db: &Db,
    audit: &Audit,
    wanted: &Filter,
    before: i64,
    limit: i64,
) -> Result<Vec<Row>> {
    let Filter { actor, action, subject, from, to } = *wanted;
    let statement = match (subject, actor, action) {
        (Some(_), _, _) => BY_SUBJECT,
        (None, Some(_), _) => BY_ACTOR,
        (None, None, Some(_)) => BY_ACTION,
        (None, None, None) => NEWEST,
    };
    let rows = db.all(statement, args![before, actor, subject, action, from, to, limit]).await?;
    Ok(rows.into_iter().map(|kept| read(audit, kept)).collect())
}

fn read(audit: &Audit, kept: Kept) -> Row {
    let origin = Payload { key: kept.origin_key, key_sealed: kept.origin_sealed, text: kept.origin };
    let changes = Payload { key: kept.changes_key, key_sealed: kept.changes_sealed, text: kept.changes };
    let row = Row {
        seq: kept.seq,
        at: kept.at,
        actor: kept.actor.map(|id| Actor { id: Id::from_uuid(id), username: kept.actor_name }),
        action: kept.action,
        subject: Subject {
            kind: kept.subject_kind,
            id: kept.subject_id.simple().to_string(),
            name: kept.account_name.or(kept.artist_name),
        },
        ip: None,
        agent: None,
        changes: None,
        erased: false,
    };
    row.tell(audit.open(kept.seq, Part::Origin, &origin), audit.open(kept.seq, Part::Changes, &changes))
}
