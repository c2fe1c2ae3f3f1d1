package com.oceanbase.odp.config;

import java.util.ArrayList;
import java.util.List;

/** Outcome of putting the configuration together at start. */
public sealed interface StartConfig {
    /**
     * The configuration of this run.
     *
     * @param snapshot all values
     * @param notices what was passed over, one line each, for the log
     */
    record Ready(ConfigSnapshot snapshot, List<String> notices) implements StartConfig {}

    /**
     * The start must end.
     *
     * @param problem one line: what is wrong, where it comes from
     */
    record Refused(String problem) implements StartConfig {}

    /**
     * Applies the sources to the defaults, later ones winning, and checks the result. As in the original an unknown
     * name is only noted while a bad value ends the start (spec: configuration, section 2.1).
     */
    static StartConfig load(List<ConfigSource> sources) {
        ConfigSnapshot snapshot = ConfigSnapshot.defaults();
        List<String> notices = new ArrayList<>();
        for (ConfigSource source : sources) {
            for (Setting setting : source.settings()) {
                Parameter<?> parameter = ParameterTable.get().find(setting.name());
                boolean memory = parameter != null && parameter.definition().visibleLevel() == VisibleLevel.MEMORY;
                if (source.fromDisk() && memory) {
                    notices.add(source.name() + ": " + setting.name() + " is never read from a file; passed over");
                    continue;
                }
                switch (snapshot.with(setting.name(), setting.text(), true)) {
                    case ConfigSnapshot.Change.Applied(ConfigSnapshot changed) -> snapshot = changed;
                    case ConfigSnapshot.Change.UnknownName(String message) ->
                        notices.add(source.name() + ": " + message + "; passed over");
                    case ConfigSnapshot.Change.InvalidValue(String message) -> {
                        return new Refused(source.name() + ": " + message);
                    }
                }
            }
        }
        List<String> problems = Serviceability.problems(snapshot);
        return problems.isEmpty() ? new Ready(snapshot, List.copyOf(notices)) : new Refused(problems.getFirst());
    }
}
