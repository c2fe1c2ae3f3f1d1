package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.HomeDirectory;
import com.oceanbase.odp.server.process.PidFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Text about running instances. */
final class Instances {
    private Instances() {}

    static String list(List<HomeDirectory> homes) {
        return homes.stream().map(home -> home.path().toString()).collect(Collectors.joining(", "));
    }

    static String describe(HomeDirectory home, PidFile.Entry entry, Instant now) {
        String address = entry.address().isEmpty() ? "is starting" : "serves " + entry.address();
        return "ODP is running: pid " + entry.pid() + ", " + address + ", up "
                + uptime(Duration.between(entry.started(), now)) + ", home " + home.path();
    }

    /** For example {@code 3d 4h 5m 6s}, without leading zero units. */
    static String uptime(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toDaysPart(), "d ");
        append(text, duration.toHoursPart(), "h ");
        append(text, duration.toMinutesPart(), "m ");
        return text.append(duration.toSecondsPart()).append('s').toString();
    }

    private static void append(StringBuilder text, long value, String unit) {
        if (value > 0 || !text.isEmpty()) {
            text.append(value).append(unit);
        }
    }
}
