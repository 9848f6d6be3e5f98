// A log that goes on from another one, over PostgreSQL.
process.env.HUIYIN_TEST_STORE = 'postgres';
await import('./succession.test.mjs');
