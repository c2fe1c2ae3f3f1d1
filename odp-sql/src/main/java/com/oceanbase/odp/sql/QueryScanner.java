package com.oceanbase.odp.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the body of a statement and notes its tables, variables, function calls and locking clauses. What a word means depends on
 * the state of its level of parentheses, one byte each; there is no recursion, so that the depth of nesting is limited by memory only.
 */
final class QueryScanner {
    /** The level holds a query (or a DELETE): FROM introduces tables. */
    private static final int QUERY = 1;
    /** In a list of tables: a comma or JOIN introduces another one. */
    private static final int FROM = 2;
    /** The next name is a table. */
    private static final int EXPECT = 4;
    /** Words like IGNORE, INTO or FROM may still precede the expected table. */
    private static final int MODIFIERS = 8;
    /** In a WITH list. */
    private static final int WITH = 16;
    /** The next name is that of a common table expression. */
    private static final int WITH_NAME = 32;

    private static final int MOST_CTES = 64;

    private final TokenCursor cursor;
    private final SummaryBuilder summary;
    private byte[] levels = new byte[16];
    private int depth;
    private int base;
    private Keyword verb = Keyword.NONE;
    private boolean intoTable;
    private boolean onTable;
    private boolean intoVariables;
    private @Nullable Word callee;
    private boolean calleeQualified;
    private List<String> ctes = List.of();

    QueryScanner(TokenCursor cursor, SummaryBuilder summary) {
        this.cursor = cursor;
        this.summary = summary;
    }

    void startStatement() {
        depth = 0;
        levels[0] = 0;
        startVerb(Keyword.NONE);
        ctes = List.of();
    }

    private void startVerb(Keyword keyword) {
        verb = keyword;
        base = depth;
        intoTable = false;
        onTable = false;
        intoVariables = false;
        callee = null;
    }

    int depth() {
        return depth;
    }

    /** Begins the statement whose verb is at the cursor; goes behind the verb, except for queries. */
    void verb(Keyword keyword) {
        startVerb(keyword);
        switch (keyword) {
            case INSERT, REPLACE, MERGE -> {
                cursor.advance();
                intoTable = true;
                boolean multiTable = cursor.mode().oracle() && (cursor.at(Keyword.ALL) || cursor.at(Keyword.FIRST));
                set(multiTable ? 0 : EXPECT | MODIFIERS);
            }
            case UPDATE -> {
                cursor.advance();
                set(FROM | EXPECT | MODIFIERS);
            }
            case DELETE -> delete();
            default -> set(0);
        }
    }

    private void delete() {
        cursor.advance();
        while (cursor.keyword().isModifier() || cursor.at(Keyword.QUICK)) {
            cursor.advance();
        }
        if (cursor.take(Keyword.FROM)) {
            set(QUERY | FROM | EXPECT);
        } else {
            set(cursor.mode().oracle() ? QUERY | EXPECT | MODIFIERS : QUERY);
        }
    }

    /** The name at the cursor, behind words like IF EXISTS, is a table; with {@code list} others follow behind commas. */
    void expectTable(boolean list) {
        set(EXPECT | MODIFIERS | (list ? FROM : 0));
    }

    /** The next INTO introduces a table. */
    void expectInto(Keyword statement) {
        startVerb(statement);
        intoTable = true;
    }

    /** The next ON introduces a table. */
    void expectOn() {
        onTable = true;
    }

    /** Renames: TO introduces a table. */
    void expectRename() {
        verb = Keyword.RENAME;
        expectTable(true);
    }

    private void set(int state) {
        levels[depth] = (byte) state;
    }

    private int level() {
        return levels[depth];
    }

    private void clear(int bits) {
        levels[depth] &= (byte) ~bits;
    }

    /** Notes the token at the cursor and goes on, by one token at least unless the statement ends here. */
    void step() {
        switch (cursor.kind()) {
            case WORD -> word();
            case QUOTED_IDENTIFIER -> quotedName();
            case LEFT_PAREN -> open();
            case RIGHT_PAREN -> close();
            case COMMA -> comma();
            case USER_VARIABLE -> userVariable();
            case SYSTEM_VARIABLE -> systemVariable();
            default -> {
                callee = null;
                cursor.advance();
            }
        }
    }

    private void word() {
        Keyword keyword = cursor.keyword();
        int level = level();
        if ((level & EXPECT) != 0) {
            if (expected(keyword, level)) {
                return;
            }
            clear(EXPECT | MODIFIERS);
        } else if ((level & WITH_NAME) != 0) {
            withName();
            return;
        }
        if (keyword == Keyword.NONE || cursor.previousKind() == TokenKind.DOT) {
            name(cursor.word());
        } else {
            keyword(keyword);
        }
    }

    /** A word where a table is expected; false when it is none and means what it means elsewhere. */
    private boolean expected(Keyword keyword, int level) {
        boolean modifiers = (level & MODIFIERS) != 0;
        if (keyword == Keyword.NONE) {
            table();
        } else if (modifiers && (keyword == Keyword.FROM || keyword == Keyword.INTO)) {
            clear(MODIFIERS);
            cursor.advance();
        } else if (keyword == Keyword.TABLE && cursor.previousKeyword() == Keyword.INTO) {
            cursor.advance();
        } else if (modifiers && (keyword.isModifier() || keyword == Keyword.TABLE)) {
            cursor.advance();
        } else if (keyword == Keyword.LATERAL || (keyword == Keyword.OJ && cursor.previousIs('{'))) {
            cursor.advance();
        } else if (keyword.isReserved()) {
            return false;
        } else {
            table();
        }
        return true;
    }

    private void quotedName() {
        int level = level();
        if ((level & EXPECT) != 0) {
            table();
        } else if ((level & WITH_NAME) != 0) {
            withName();
        } else {
            name(cursor.quotedWord());
        }
    }

    private void name(Word word) {
        callee = word;
        calleeQualified = cursor.previousKind() == TokenKind.DOT;
        if (calleeQualified && word.keyword() == Keyword.NEXTVAL) {
            summary.flag(StatementFlag.CALLS_UNKNOWN_FUNCTION);
        }
        cursor.advance();
    }

    private void withName() {
        if (ctes.isEmpty()) {
            ctes = new ArrayList<>(4);
        }
        if (ctes.size() < MOST_CTES) {
            ctes.add(cursor.storedName(cursor.start(), cursor.end()));
        }
        clear(WITH_NAME);
        callee = null;
        cursor.advance();
    }

    private void table() {
        Word word = cursor.word();
        int start = cursor.start();
        int end = cursor.end();
        int databaseStart = -1;
        int databaseEnd = -1;
        cursor.advance();
        while (cursor.kind() == TokenKind.DOT) {
            cursor.advance();
            if (cursor.atName()) {
                databaseStart = start;
                databaseEnd = end;
                start = cursor.start();
                end = cursor.end();
                word = cursor.word();
                cursor.advance();
            } else if (cursor.atSymbol('*')) {
                cursor.advance();
            } else {
                break;
            }
        }
        if (cursor.kind() == TokenKind.USER_VARIABLE && cursor.start() == end) {
            summary.flag(StatementFlag.USES_DATABASE_LINK);
            cursor.advance();
        }
        clear(EXPECT | MODIFIERS);
        if (cursor.kind() == TokenKind.LEFT_PAREN && (level() & FROM) != 0) {
            callee = word;
            calleeQualified = databaseStart >= 0;
            return;
        }
        callee = null;
        if (databaseStart >= 0) {
            summary.table(new TableName(cursor.storedName(databaseStart, databaseEnd), cursor.storedName(start, end)));
        } else if (word.keyword() == Keyword.DUAL) {
            summary.flag(StatementFlag.USES_DUAL);
        } else {
            unqualifiedTable(cursor.storedName(start, end));
        }
    }

    private void unqualifiedTable(String name) {
        for (String cte : ctes) {
            if (cte.equalsIgnoreCase(name)) {
                return;
            }
        }
        summary.table(new TableName(null, name));
    }

    /** Takes the name at the cursor as a table. */
    void readTable() {
        table();
    }

    private void open() {
        boolean argumentMatters = false;
        if (callee != null) {
            StatementFlag flag = callee.flag();
            if (flag != null && !calleeQualified) {
                summary.flag(flag);
            }
            argumentMatters = callee.callEffect() == Word.CallEffect.WITH_ARGUMENT;
            if (calleeQualified || mayDoAnything(callee)) {
                summary.flag(StatementFlag.CALLS_UNKNOWN_FUNCTION);
            }
            callee = null;
        }
        int inherited = (level() & EXPECT) != 0 ? FROM | EXPECT : 0;
        clear(EXPECT | MODIFIERS);
        if (depth + 1 == levels.length) {
            levels = Arrays.copyOf(levels, levels.length * 2);
        }
        depth++;
        set(inherited);
        cursor.advance();
        if (argumentMatters && cursor.kind() != TokenKind.RIGHT_PAREN) {
            summary.flag(StatementFlag.CALLS_UNKNOWN_FUNCTION);
        }
    }

    private boolean mayDoAnything(Word function) {
        return switch (function.callEffect()) {
            case ANY -> true;
            case ORACLE -> !cursor.mode().oracle();
            case NONE, WITH_ARGUMENT -> false;
        };
    }

    private void close() {
        callee = null;
        if (depth > 0) {
            depth--;
        }
        cursor.advance();
    }

    private void comma() {
        callee = null;
        int level = level();
        if ((level & FROM) != 0) {
            levels[depth] |= EXPECT;
        } else if ((level & WITH) != 0) {
            levels[depth] |= WITH_NAME;
        }
        cursor.advance();
    }

    private void userVariable() {
        callee = null;
        Keyword before = cursor.previousKeyword();
        boolean target = intoVariables && (before == Keyword.INTO || cursor.previousKind() == TokenKind.COMMA);
        cursor.advance();
        boolean assigned = target || cursor.kind() == TokenKind.ASSIGN || verb == Keyword.LOAD;
        summary.flag(assigned ? StatementFlag.ASSIGNS_USER_VARIABLE : StatementFlag.READS_USER_VARIABLE);
    }

    private void systemVariable() {
        callee = null;
        summary.flag(StatementFlag.READS_SYSTEM_VARIABLE);
        StatementFlag flag = cursor.systemVariable().flag();
        if (flag != null) {
            summary.flag(flag);
        }
        cursor.advance();
    }

    private void keyword(Keyword keyword) {
        Keyword before = cursor.previousKeyword();
        switch (keyword) {
            case SELECT -> set(QUERY);
            case FROM -> from(before);
            case JOIN, STRAIGHT_JOIN -> join(before);
            case INTO -> into();
            case UPDATE -> {
                lockClause(before, StatementFlag.SELECT_FOR_UPDATE);
                clear(FROM);
            }
            case SHARE -> lockClause(before, StatementFlag.SELECT_FOR_SHARE);
            case SQL_CALC_FOUND_ROWS -> summary.flag(StatementFlag.SQL_CALC_FOUND_ROWS);
            case OUTFILE, DUMPFILE -> {
                if (before == Keyword.INTO) {
                    summary.flag(StatementFlag.SELECTS_INTO_FILE);
                }
            }
            case TO -> {
                if (verb == Keyword.RENAME && depth == base) {
                    set(FROM | EXPECT);
                }
            }
            case ON -> {
                if (onTable) {
                    onTable = false;
                    set(EXPECT);
                }
            }
            case FOR -> {
                if (before == Keyword.VALUE) {
                    summary.flag(StatementFlag.CALLS_UNKNOWN_FUNCTION);
                }
            }
            case WITH -> {
                if (startsWithList()) {
                    withList();
                    return;
                }
            }
            case USING -> {
                using();
                return;
            }
            default -> {
                if (before != Keyword.FOR && keyword.endsFrom()) {
                    clear(FROM);
                }
            }
        }
        name(cursor.word());
    }

    private void from(Keyword before) {
        if ((level() & QUERY) != 0 && before != Keyword.DISTINCT) {
            levels[depth] |= FROM | EXPECT;
        }
    }

    private void join(Keyword before) {
        if ((level() & FROM) != 0 && before != Keyword.FOR) {
            levels[depth] |= EXPECT;
        }
    }

    private void into() {
        if (intoTable && depth == base) {
            intoTable = cursor.mode().oracle() && verb == Keyword.INSERT;
            set(EXPECT | MODIFIERS);
        } else if ((level() & QUERY) != 0 || isQueryKind()) {
            clear(FROM);
            intoVariables = true;
            summary.flag(StatementFlag.SELECTS_INTO);
            callee = null;
        }
    }

    /** Behind parentheses, TABLE and VALUES the level does not tell that there is a query. */
    private boolean isQueryKind() {
        return switch (summary.kind()) {
            case SELECT, TABLE, VALUES, EXPLAIN -> true;
            default -> false;
        };
    }

    private void lockClause(Keyword before, StatementFlag flag) {
        if (before == Keyword.FOR || (before == Keyword.IN && flag == StatementFlag.SELECT_FOR_SHARE)) {
            summary.flag(flag);
            clear(FROM);
        }
    }

    private boolean startsWithList() {
        TokenKind before = cursor.previousKind();
        boolean opens = before == TokenKind.LEFT_PAREN || before == TokenKind.SEMICOLON;
        return opens || ((level() & QUERY) == 0 && before != TokenKind.STRING);
    }

    private void withList() {
        cursor.advance();
        cursor.take(Keyword.RECURSIVE);
        callee = null;
        set(WITH | WITH_NAME);
    }

    private void using() {
        name(cursor.word());
        if (depth != base || cursor.kind() == TokenKind.END) {
            return;
        }
        if (verb == Keyword.MERGE) {
            set(FROM | EXPECT);
        } else if (verb == Keyword.DELETE && cursor.kind() != TokenKind.LEFT_PAREN) {
            summary.dropTables();
            set(QUERY | FROM | EXPECT);
        }
    }
}
