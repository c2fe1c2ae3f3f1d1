package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines over a logarithmic axis of sizes as SVG. The other axis is linear from zero unless the values span decades. */
public final class LineChart {
    private static final List<String> COLOURS = List.of("#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8a8f98");
    private static final int WIDTH = 520;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int TOP = 60;
    private static final int GRID_LINES = 5;

    /** Beyond this ratio of values a linear axis shows nothing of the smaller ones. */
    private static final double LOGARITHMIC_FROM = 20;

    private LineChart() {}

    /** A value at a size. */
    public record Point(double size, double value) {}

    /** The values of one target. */
    public record Line(String name, List<Point> points) {
        /** Copies the points. */
        public Line {
            points = List.copyOf(points);
        }
    }

    /** From values to heights. */
    private record Axis(double least, double most, boolean logarithmic) {
        static Axis of(List<Line> lines) {
            double least = Double.MAX_VALUE;
            double most = 1e-9;
            for (Line line : lines) {
                for (Point point : line.points) {
                    least = Math.min(least, Math.max(1e-9, point.value));
                    most = Math.max(most, point.value);
                }
            }
            boolean logarithmic = most / least > LOGARITHMIC_FROM;
            return new Axis(logarithmic ? least / 1.5 : 0, most * (logarithmic ? 1.5 : 1.1), logarithmic);
        }

        double value(double share) {
            return logarithmic ? least * Math.pow(most / least, share) : least + (most - least) * share;
        }

        double y(double value) {
            double share = logarithmic ? Math.log(value / least) / Math.log(most / least) : value / most;
            return TOP + HEIGHT * (1 - share);
        }
    }

    /**
     * Draws a chart.
     *
     * @param title what the values are, with their unit
     * @param unit what the sizes count
     */
    public static String draw(String title, String unit, List<Line> lines) {
        Axis axis = Axis.of(lines);
        double last = lines.stream()
                .flatMap(line -> line.points.stream())
                .mapToDouble(Point::size)
                .max()
                .orElse(1);
        double first = lines.stream()
                .flatMap(line -> line.points.stream())
                .mapToDouble(Point::size)
                .min()
                .orElse(1);
        StringBuilder body = new StringBuilder();
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = axis.value((double) i / GRID_LINES);
            body.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fh%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    axis.y(Math.max(value, 1e-9)),
                    WIDTH,
                    LEFT - 6,
                    axis.y(Math.max(value, 1e-9)) + 4,
                    shorten(value)));
        }
        lines.stream()
                .flatMap(line -> line.points.stream())
                .map(Point::size)
                .distinct()
                .forEach(size -> body.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>%n",
                        x(size, first, last),
                        TOP + HEIGHT + 16,
                        size)));
        for (int i = 0; i < lines.size(); i++) {
            body.append(line(lines.get(i), COLOURS.get(i % COLOURS.size()), i, axis, first, last));
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>"
                        + "<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>%n"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>%n%s</svg>%n",
                LEFT + WIDTH + 40,
                TOP + HEIGHT + 50,
                LEFT,
                title,
                LEFT + WIDTH / 2,
                TOP + HEIGHT + 38,
                unit,
                body);
    }

    private static String line(Line line, String colour, int number, Axis axis, double first, double last) {
        String path = line.points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.size, first, last), axis.y(point.value)))
                .collect(Collectors.joining(" "));
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                        + "<text x=\"%d\" y=\"44\" fill=\"%s\" font-weight=\"bold\">%s</text>%n",
                path,
                colour,
                LEFT + 110 * number,
                colour,
                line.name));
        for (Point point : line.points) {
            out.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/><text x=\"%.1f\" y=\"%.1f\""
                            + " text-anchor=\"middle\">%s</text>%n",
                    x(point.size, first, last),
                    axis.y(point.value),
                    colour,
                    x(point.size, first, last),
                    axis.y(point.value) + (number % 2 == 0 ? -7 : 15),
                    shorten(point.value)));
        }
        return out.toString();
    }

    private static double x(double size, double first, double last) {
        double span = Math.log(last / first);
        return LEFT + 20 + (span == 0 ? 0 : (WIDTH - 40) * Math.log(size / first) / span);
    }

    private static String shorten(double value) {
        if (value >= 10_000) {
            return String.format(Locale.ROOT, "%.0fk", value / 1000);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }
}
