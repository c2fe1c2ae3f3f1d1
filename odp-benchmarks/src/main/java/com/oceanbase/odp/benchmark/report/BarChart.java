package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Bars in groups as SVG: a group for each scenario, a bar for each target. */
public final class BarChart {
    private static final List<String> COLOURS = List.of("#8a8f98", "#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd");
    private static final int BAR = 34;
    private static final int GAP = 30;
    private static final int HEIGHT = 260;
    private static final int LEFT = 20;
    private static final int TOP = 60;

    private BarChart() {}

    /**
     * Draws one figure of all scenarios.
     *
     * @param title with the unit
     * @param figure a value that is not a number leaves its bar out
     */
    public static String draw(String title, List<ScenarioReport> reports, ToDoubleFunction<TargetFigures> figure) {
        StringBuilder body = new StringBuilder();
        int x = LEFT;
        for (ScenarioReport report : reports) {
            double most = report.targets().stream()
                    .mapToDouble(figure)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(1);
            int start = x;
            for (int i = 0; i < report.targets().size(); i++) {
                TargetFigures target = report.targets().get(i);
                double value = figure.applyAsDouble(target);
                if (Double.isFinite(value) && value > 0) {
                    double height = HEIGHT * value / Math.max(most, 1e-9);
                    body.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"/>"
                                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
                            x,
                            TOP + HEIGHT - height,
                            BAR - 4,
                            height,
                            COLOURS.get(i % COLOURS.size()),
                            x + BAR / 2 - 2,
                            TOP + HEIGHT - height - 4,
                            shorten(value)));
                }
                body.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                        x + BAR / 2 - 2,
                        TOP + HEIGHT + 14,
                        target.target()));
                x += Math.max(BAR, 7 * target.target().length());
            }
            body.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>%n",
                    (start + x) / 2,
                    TOP + HEIGHT + 32,
                    report.scenario()));
            x += GAP;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>"
                        + "<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>%n%s</svg>%n",
                x + LEFT,
                TOP + HEIGHT + 50,
                LEFT,
                title,
                body);
    }

    private static String shorten(double value) {
        if (value >= 10_000) {
            return String.format(Locale.ROOT, "%.0fk", value / 1000);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
