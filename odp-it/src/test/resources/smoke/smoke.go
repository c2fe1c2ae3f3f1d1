package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "github.com/go-sql-driver/mysql"
)

func main() {
	// Arguments: user, host:port, database.
	dsn := fmt.Sprintf("%s@tcp(%s)/%s?charset=utf8mb4", os.Args[1], os.Args[2], os.Args[3])
	db, err := sql.Open("mysql", dsn)
	check(err)
	db.SetMaxOpenConns(1)
	exec(db, "create table go_smoke(a int primary key, b varchar(20))")
	tx, err := db.Begin()
	check(err)
	_, err = tx.Exec("insert into go_smoke values(?, ?)", 1, "ä中")
	check(err)
	_, err = tx.Exec("insert into go_smoke values(2, null)")
	check(err)
	check(tx.Commit())
	exec(db, "set @x = 5")
	var b sql.NullString
	var x int
	check(db.QueryRow("select b, @x + 1 from go_smoke where a = ?", 1).Scan(&b, &x))
	fmt.Println(b.String, x)
	check(db.QueryRow("select b from go_smoke where a = 2").Scan(&b))
	fmt.Println(b.Valid)
	_, err = db.Exec("insert into go_smoke values(1, 'again')")
	fmt.Println(err)
}

func exec(db *sql.DB, statement string) {
	_, err := db.Exec(statement)
	check(err)
}

func check(err error) {
	if err != nil {
		fmt.Println("FAILED", err)
		os.Exit(1)
	}
}
