package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameter;
import com.oceanbase.odp.config.ParameterDefinition;
import com.oceanbase.odp.config.ParameterTable;
import com.oceanbase.odp.config.VisibleLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** SHOW PROXYCONFIG [DIFF [USER]] [LIKE 'pattern']: the parameters as they are set. */
final class ShowProxyConfig implements InternalCommand {
    private static final List<ResultColumn> COLUMNS =
            ResultColumn.of("name", "value", "info", "need_reboot", "visible_level", "range", "config_level");

    @Override
    public void run(Call call) {
        CommandArguments arguments = call.arguments();
        if (arguments.accept("ALL")) {
            // The stored rows of every level: there is no such store yet.
            call.reply().error(ErrorCode.NOT_SUPPORTED_YET, "SHOW PROXYCONFIG ALL");
            return;
        }
        boolean changedOnly = arguments.accept("DIFF");
        boolean userOnly = changedOnly && arguments.accept("USER");
        LikePattern names = arguments.like();
        if (!arguments.areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
            return;
        }
        ConfigSnapshot config = call.session().context().config().get();
        List<String[]> rows = new ArrayList<>();
        for (Parameter<?> parameter : ParameterTable.get().all()) {
            boolean left = (changedOnly && config.isDefault(parameter))
                    || (userOnly && parameter.definition().visibleLevel() != VisibleLevel.USER)
                    || !names.matches(parameter.name());
            if (!left) {
                rows.add(row(parameter.definition(), config.text(parameter)));
            }
        }
        rows.sort(Comparator.comparing(row -> row[0]));
        call.reply().rows(COLUMNS, rows);
    }

    private static String[] row(ParameterDefinition definition, String value) {
        VisibleLevel level = definition.visibleLevel();
        return new String[] {
            definition.name(),
            value,
            definition.meaning(),
            Boolean.toString(definition.needsRestart()),
            level == VisibleLevel.NONE ? "" : level.name(),
            definition.range(),
            definition.multiLevel() ? "LEVEL_VIP" : "LEVEL_GLOBAL"
        };
    }
}
