# Arguments: user, host, port, database.
import sys

import pymysql

user, host, port, database = sys.argv[1:5]
connection = pymysql.connect(host=host, port=int(port), user=user, database=database, charset="utf8mb4")
with connection, connection.cursor() as cursor:
    cursor.execute("create table python_smoke(a int primary key, b varchar(20))")
    cursor.executemany("insert into python_smoke values(%s, %s)", [(1, "ä中"), (2, None)])
    connection.commit()
    cursor.execute("set @x = 5")
    cursor.execute("select b, @x + 1 from python_smoke order by a")
    print(cursor.fetchall())
    cursor.execute("insert into python_smoke values(3, 'gone')")
    connection.rollback()
    cursor.execute("select count(*) from python_smoke")
    print(cursor.fetchone())
    try:
        cursor.execute("insert into python_smoke values(1, 'again')")
    except pymysql.err.IntegrityError as error:
        print(error.args[0])
