/** A statement that is not about one organization, the tables it so uses, and why it may. */
export interface GlobalStatement {
  readonly statement: RegExp
  readonly tables: ReadonlyArray<string> | "any"
  readonly because: string
}

/** The statements of the store that are about all organizations at once, or about what belongs to none. */
export const globalStatements: ReadonlyArray<GlobalStatement> = [
  {
    statement: /^(INSERT INTO|SELECT) .*"stockbook".stockbook_migrations\b/,
    tables: ["stockbook_migrations"],
    because: "the schema is the whole store's"
  },
  {
    statement: /^SELECT (fk\.\S+,? )+FROM ONLY \S+ fk LEFT OUTER JOIN ONLY /,
    tables: "any",
    because: "so Postgres checks a foreign key that is added"
  },
  {
    statement:
      /^SELECT organization, hold AS id FROM hold_lines WHERE reserved > .* GROUP BY .* ORDER BY expires_at LIMIT /,
    tables: ["hold_lines"],
    because: "one sweeper expires the holds of all organizations"
  },
  {
    statement: /^SELECT due.organization, due.item AS id FROM \(SELECT organization, id, item FROM batches WHERE /,
    tables: ["batches", "balances"],
    because: "one sweeper quarantines the expired batches of all organizations"
  },
  {
    statement: /^SELECT organization, id FROM items WHERE id > \$1 ORDER BY id LIMIT /,
    tables: ["items"],
    because: "verify walks through everything"
  },
  {
    statement:
      /^SELECT .* FROM (movements|outbox) WHERE \(\(transaction_id, id\) > .* ORDER BY transaction_id, id LIMIT /,
    tables: ["movements", "outbox"],
    because: "a subscriber follows all organizations"
  },
  {
    statement: /^(SELECT|INSERT INTO|UPDATE) .*\bsubscriptions\b/,
    tables: ["subscriptions"],
    because: "a subscriber follows all organizations"
  },
  {
    statement: /^(SELECT|UPDATE|DELETE|WITH due) .*\bdeliveries .*(channel = \$1|sent_at < )/,
    tables: ["deliveries"],
    because: "one worker sends what all organizations are to be told, and clears it"
  },
  {
    statement: /^(SELECT|INSERT INTO|UPDATE) .*\beras\b/,
    tables: ["eras"],
    because: "the cluster is the whole store's"
  },
  {
    statement: /^SELECT .* FROM users\b/,
    tables: ["users"],
    because: "who logs in has not said of which organization they are, and e-mail addresses are unique in the store"
  },
  {
    statement: /^SELECT min\(id\) AS id FROM organizations$/,
    tables: ["organizations"],
    because: "the organization that users without one join"
  },
  {
    statement: /^SELECT id, name, .* FROM organizations WHERE id > \$1 ORDER BY id LIMIT /,
    tables: ["organizations"],
    because: "who runs the store lists its organizations"
  },
  {
    statement: /^SELECT FROM organizations LIMIT /,
    tables: ["organizations"],
    because: "whether the store can be read from at all"
  },
  {
    statement: /^DELETE FROM "stockbook"\.idempotency .* LIMIT most FOR UPDATE .*SKIP LOCKED/,
    tables: ["idempotency"],
    because: "the retention job clears what is old of all organizations"
  },
  {
    statement: /^DELETE FROM "stockbook"\.outbox .* LIMIT most FOR UPDATE .*SKIP LOCKED/,
    tables: ["eras", "outbox", "subscriptions"],
    because: "the retention job clears what is old of all organizations"
  }
]
