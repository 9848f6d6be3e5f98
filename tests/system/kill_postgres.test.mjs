// kill -9 under load over PostgreSQL.
process.env.HUIYIN_TEST_STORE = 'postgres';
await import('./kill.test.mjs');
