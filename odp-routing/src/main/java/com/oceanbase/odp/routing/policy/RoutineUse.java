package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.BlockKind;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.WrittenRows;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routine that the CALLs of one form name. A CALL is routed as the routine's route SQL is, with the arguments in
 * place of its {@code :0} to {@code :n-1} (observed at a 4.3.5 kernel). Thread-safe.
 */
final class RoutineUse {
    private static final LiteralSlots NO_LITERALS = new LiteralSlots();

    private final RoutineKey key;
    private final List<Expression> arguments;
    private volatile @Nullable Body body;

    private RoutineUse(RoutineKey key, List<Expression> arguments) {
        this.key = key;
        this.arguments = arguments;
    }

    /** The route SQL of a routine as it was read. */
    private record Body(Routine routine, StatementSummary summary, StatementAccess access, LiteralSlots literals) {}

    /** The routine of a statement; null if it calls none. */
    static @Nullable RoutineUse of(RouteRequest request, RoutedStatement statement) {
        for (QueryBlock block : statement.access().blocks()) {
            if (block.kind() == BlockKind.CALL && !block.tables().isEmpty()) {
                TableName name = block.tables().getFirst().table();
                WrittenRows rows = block.rows();
                return new RoutineUse(
                        key(request, statement.database(request.session()), name),
                        rows == null || rows.rows().isEmpty()
                                ? List.of()
                                : rows.rows().getFirst());
            }
        }
        return null;
    }

    /** {@code a.b.c} is database, package and routine; {@code a.b} package or database and routine. */
    private static RoutineKey key(RouteRequest request, String current, TableName name) {
        String first = name.database() == null ? "" : name.database();
        int dot = name.name().indexOf('.');
        boolean three = !first.isEmpty() && dot > 0;
        return new RoutineKey(
                request.tenant().cluster(),
                request.tenant().tenant(),
                three ? first : current,
                three ? name.name().substring(0, dot) : first,
                three ? name.name().substring(dot + 1) : name.name(),
                three);
    }

    RoutineKey key() {
        return key;
    }

    /** The statement that a CALL is routed by; null if the routine has none. */
    @Nullable
    RoutedStatement statement(RouteRequest request, RoutedStatement call, Routine routine) {
        if (routine.state() != Routine.State.FOUND || routine.routeSql().isBlank()) {
            return null;
        }
        Body known = body;
        if (known == null || known.routine() != routine) {
            known = read(routine, request.session().values().oracle() ? SqlMode.ORACLE : SqlMode.MYSQL);
            body = known;
        }
        return new RoutedStatement(
                known.summary(), known.access(), known.literals(), parameters(request, call), routine.database());
    }

    private static Body read(Routine routine, SqlMode mode) {
        byte[] text = routine.routeSql().getBytes(StandardCharsets.UTF_8);
        LiteralSlots literals = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, mode, literals);
        return new Body(routine, StatementSummarizer.summarize(text, 0, text.length, mode), access, literals);
    }

    private ParameterValues parameters(RouteRequest request, RoutedStatement call) {
        LiteralSlots literals = call.literals();
        ParameterValues given = call.parameters();
        EvaluationContext context = new EvaluationContext(
                literals == null ? NO_LITERALS : literals,
                given == null ? ParameterValues.NONE : given,
                request.session().values());
        ParameterValues values = new ParameterValues();
        values.reset(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            values.setName(i, Integer.toString(i));
            values.setValue(i, Evaluator.evaluate(arguments.get(i), context));
        }
        return values;
    }
}
