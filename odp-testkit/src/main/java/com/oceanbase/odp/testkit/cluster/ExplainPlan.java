package com.oceanbase.odp.testkit.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's {@code EXPLAIN EXTENDED_NOADDR} says about partitions.
 *
 * @param operators the plan's operators in order
 * @param qualified tables that the outline names with their database: shown name to database
 * @param realNames for each shown name the table and index names among which its table is
 * @param weakRead whether a hint makes it a weak read
 */
public record ExplainPlan(
        List<Operator> operators, Map<String, String> qualified, Map<String, Set<String>> realNames, boolean weakRead) {

    private static final Pattern HEADER =
            Pattern.compile("^\\|(\\d+)\\s*\\|(.*?)\\|(.*?)\\|\\s*\\d+\\s*\\|\\s*\\d+\\s*\\|$");
    private static final Pattern DETAIL = Pattern.compile("^ {1,4}(\\d+) - (.*)$");
    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'");
    private static final Pattern PARTITIONS = Pattern.compile("partitions\\(([^)]*)\\)");
    private static final Pattern PARTITION = Pattern.compile("p(\\d+|\\[\\d+-\\d+\\])(?:sp(\\d+|\\[\\d+-\\d+\\]))?");
    private static final Pattern OUTLINE_TABLE = Pattern.compile("\"([^\"]+)\"\\.\"([^\"]+)\"@");
    private static final Pattern INFO_TABLE = Pattern.compile("^  (\\S.*):$");
    private static final Pattern INDEX_NAMES = Pattern.compile("index_name:\\[([^\\]]*)\\]");
    private static final Pattern TARGET = Pattern.compile("columns\\(\\[\\{[^:]+: \\(\\{([^:]+): ");
    private static final String WRAP = "      ";

    /**
     * One operator.
     *
     * @param name the NAME column, empty for operators without a table
     * @param details its part of "Outputs &amp; filters"
     */
    public record Operator(String operator, String name, String details) {

        /** The shown table name without the name of an index. */
        public String table() {
            int index = name.indexOf('(');
            return index < 0 ? name : name.substring(0, index);
        }

        /** The global index that it looks in, null if it looks in the table itself or in a local index. */
        public @Nullable String globalIndex() {
            int index = name.indexOf('(');
            return index < 0 || !name.endsWith(")") || !details.contains("is_global_index=true")
                    ? null
                    : name.substring(index + 1, name.length() - 1);
        }

        /** The partitions it touches by index, null if it names none. */
        public @Nullable List<PartitionIndex> partitions() {
            Matcher matcher = PARTITIONS.matcher(QUOTED.matcher(details).replaceAll("''"));
            List<PartitionIndex> found = null;
            while (matcher.find()) {
                found = found == null ? new ArrayList<>() : found;
                addPartitions(matcher.group(1), found);
            }
            return found;
        }

        /** The table into which an insert with known partitions writes, null if this is none. */
        public @Nullable String target() {
            Matcher matcher = TARGET.matcher(details);
            return matcher.find() ? matcher.group(1) : null;
        }

        private static void addPartitions(String text, List<PartitionIndex> into) {
            Matcher matcher = PARTITION.matcher(text);
            while (matcher.find()) {
                for (int part : range(matcher.group(1))) {
                    String sub = matcher.group(2);
                    if (sub == null) {
                        into.add(new PartitionIndex(part, -1));
                        continue;
                    }
                    for (int subPart : range(sub)) {
                        into.add(new PartitionIndex(part, subPart));
                    }
                }
            }
        }

        private static int[] range(String text) {
            if (!text.startsWith("[")) {
                return new int[] {Integer.parseInt(text)};
            }
            int dash = text.indexOf('-');
            int from = Integer.parseInt(text.substring(1, dash));
            int to = Integer.parseInt(text.substring(dash + 1, text.length() - 1));
            int[] all = new int[to - from + 1];
            for (int i = 0; i < all.length; i++) {
                all[i] = from + i;
            }
            return all;
        }
    }

    /**
     * A partition by its place.
     *
     * @param sub place of the sub-partition, -1 in a table with one level
     */
    public record PartitionIndex(int part, int sub) {}

    /** Reads the lines of the answer's only column. */
    public static ExplainPlan parse(List<String> lines) {
        return new Parser().parse(lines);
    }

    /** One pass over the lines. */
    private static final class Parser {

        private final List<String[]> heads = new ArrayList<>();
        private final Map<Integer, StringBuilder> details = new HashMap<>();
        private final Map<String, String> qualified = new HashMap<>();
        private final Map<String, Set<String>> realNames = new HashMap<>();
        private boolean weakRead;
        private String section = "";
        private int operator = -1;
        private String infoTable = "";

        ExplainPlan parse(List<String> lines) {
            for (String line : lines) {
                if (line.startsWith("----") || line.startsWith("====")) {
                    continue;
                }
                boolean heading = !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("|");
                if (heading && line.stripTrailing().endsWith(":")) {
                    section = line.strip();
                    continue;
                }
                line(line);
            }
            List<Operator> operators = new ArrayList<>();
            for (int i = 0; i < heads.size(); i++) {
                StringBuilder detail = details.getOrDefault(i, new StringBuilder());
                operators.add(new Operator(heads.get(i)[0], heads.get(i)[1], detail.toString()));
            }
            return new ExplainPlan(operators, qualified, realNames, weakRead);
        }

        private void line(String line) {
            switch (section) {
                case "" -> {
                    Matcher head = HEADER.matcher(line);
                    if (head.matches()) {
                        heads.add(new String[] {
                            head.group(2).strip(), head.group(3).strip()
                        });
                    }
                }
                case "Outputs & filters:" -> detail(line);
                case "Used Hint:" ->
                    weakRead |= line.toUpperCase(Locale.ROOT).contains("READ_CONSISTENCY")
                            && line.toUpperCase(Locale.ROOT).contains("WEAK");
                case "Outline Data:" -> {
                    Matcher table = OUTLINE_TABLE.matcher(line);
                    while (table.find()) {
                        qualified.put(table.group(2), table.group(1));
                    }
                }
                case "Optimization Info:" -> info(line);
                default -> {
                    // The other sections say nothing about partitions.
                }
            }
        }

        private void detail(String line) {
            Matcher first = DETAIL.matcher(line);
            if (first.matches()) {
                operator = Integer.parseInt(first.group(1));
                details.put(operator, new StringBuilder(first.group(2)));
                return;
            }
            StringBuilder current = details.get(operator);
            if (current != null) {
                current.append(line.startsWith(WRAP) ? line.substring(WRAP.length()) : line);
            }
        }

        private void info(String line) {
            Matcher table = INFO_TABLE.matcher(line);
            if (table.matches()) {
                infoTable = table.group(1);
                return;
            }
            Matcher names = INDEX_NAMES.matcher(line);
            while (names.find()) {
                Set<String> all = realNames.computeIfAbsent(infoTable, _ -> new LinkedHashSet<>());
                for (String name : names.group(1).split(",")) {
                    if (!name.isBlank()) {
                        all.add(name.strip());
                    }
                }
            }
        }
    }
}
