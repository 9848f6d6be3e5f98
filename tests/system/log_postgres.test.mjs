// The public log over PostgreSQL.
process.env.HUIYIN_TEST_STORE = 'postgres';
await import('./log.test.mjs');
