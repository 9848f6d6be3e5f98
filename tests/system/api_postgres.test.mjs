// The API of the running program over PostgreSQL.
process.env.HUIYIN_TEST_STORE = 'postgres';
await import('./api.test.mjs');
