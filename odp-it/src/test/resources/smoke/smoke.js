// Arguments: user, host, port, database.
const mysql = require('mysql2/promise');
const [user, host, port, database] = process.argv.slice(2);

async function main() {
  const connection = await mysql.createConnection({ host, port: Number(port), user, database });
  await connection.query('create table node_smoke(a int primary key, b varchar(20))');
  await connection.beginTransaction();
  await connection.execute('insert into node_smoke values(?, ?)', [1, 'ä中']);
  await connection.execute('insert into node_smoke values(?, ?)', [2, null]);
  await connection.commit();
  await connection.query('set @x = 5');
  const [rows] = await connection.execute('select b, @x + 1 as x from node_smoke order by a');
  console.log(JSON.stringify(rows));
  try {
    await connection.query("insert into node_smoke values(1, 'again')");
  } catch (error) {
    console.log(error.errno);
  }
  await connection.end();
}

main().catch((error) => {
  console.log('FAILED', error);
  process.exit(1);
});
