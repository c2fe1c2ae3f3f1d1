package com.oceanbase.odp.it.original;

import java.util.ArrayList;
import java.util.List;

/** What both proxies did with one case, in several sessions that differ in the node of the statement before. */
final class Comparison {
    /** Who chose better. */
    enum Verdict {
        /** Both chose the same node each time. */
        SAME,
        /** They chose different nodes that are as good. */
        AS_GOOD,
        ODP_BETTER,
        ORIGINAL_BETTER
    }

    private record Turn(int last, Yardstick yardstick, int original, int odp) {}

    private final RouteCase tested;
    private final List<Turn> turns = new ArrayList<>();

    Comparison(RouteCase tested) {
        this.tested = tested;
    }

    RouteCase tested() {
        return tested;
    }

    void add(int last, Yardstick yardstick, int original, int odp) {
        turns.add(new Turn(last, yardstick, original, odp));
    }

    /** The node that ODP chose in the session whose last statement went to this node. */
    int odp(int last) {
        return turns.get(last - 1).odp;
    }

    Verdict verdict() {
        int original = 0;
        int odp = 0;
        boolean same = true;
        for (Turn turn : turns) {
            original += turn.yardstick.points(turn.original);
            odp += turn.yardstick.points(turn.odp);
            same &= turn.original == turn.odp;
        }
        if (odp != original) {
            return odp > original ? Verdict.ODP_BETTER : Verdict.ORIGINAL_BETTER;
        }
        return same ? Verdict.SAME : Verdict.AS_GOOD;
    }

    /** Whether the kernel could tell which nodes are right. */
    boolean isMeasured() {
        return turns.stream().allMatch(turn -> turn.yardstick.all() > 0);
    }

    String originalChoice() {
        return describe(turns.stream().map(Turn::original).toList());
    }

    String odpChoice() {
        return describe(turns.stream().map(Turn::odp).toList());
    }

    private String describe(List<Integer> nodes) {
        boolean followsLast = true;
        boolean alike = true;
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            followsLast &= nodes.get(i) == turns.get(i).last;
            alike &= nodes.get(i).equals(nodes.getFirst());
            texts.add(turns.get(i).yardstick.describe(nodes.get(i)));
        }
        if (followsLast) {
            return "last node";
        }
        boolean one = texts.stream().distinct().count() == 1;
        return one ? texts.getFirst() + (alike ? "" : ", not always the same") : "differs from session to session";
    }

    /** A line of the table of differences. */
    String line() {
        return tested.line() + " ==| " + verdict() + " | original: " + originalChoice() + " | ODP: " + odpChoice();
    }
}
