package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the points of one request in the order in which the stages were passed. Whoever routes gets null when nobody
 * wants to know, so that a call site costs one null check:
 *
 * <pre>
 *   if (trace != null) {
 *       trace.add(LocationCacheLookup.oceanbase());
 *   }
 * </pre>
 *
 * Bounded in the number of points, and every point bounds its texts. Used by one thread at a time. Levels and limit of
 * the points: obproxy src/obproxy/proxy/route/ob_route_diagnosis.h.
 */
public final class RouteTrace {
    /** Most points of one request; later ones are counted only. */
    public static final int MAXIMUM_POINTS = 128;

    /** Level at which everything is recorded. */
    public static final int MAXIMUM_LEVEL = 4;

    private final int level;
    private final boolean explaining;
    private final List<TracePoint> points = new ArrayList<>();
    private int dropped;
    private @Nullable ServerAddress server;
    private String reason = "";

    private RouteTrace(int level, boolean explaining) {
        this.level = level;
        this.explaining = explaining;
    }

    /** For EXPLAIN ROUTE: everything is recorded, and nothing is sent to a server. */
    public static RouteTrace explaining() {
        return new RouteTrace(MAXIMUM_LEVEL, true);
    }

    /** For a request whose route is asked for again because its server missed, down to a level. */
    public static RouteTrace repeating(int level) {
        return new RouteTrace(Math.clamp(level, 1, MAXIMUM_LEVEL), true);
    }

    /** For a request that is executed, down to a value of {@code route_diagnosis_level}, 1 to 4. */
    public static RouteTrace diagnosing(int level) {
        return new RouteTrace(Math.clamp(level, 1, MAXIMUM_LEVEL), false);
    }

    /** Whether the route is only asked for: choosing must leave no mark then, as the trial of a blocked server would. */
    public boolean isExplaining() {
        return explaining;
    }

    /** Whether points of a level are recorded; worth asking before something costly is put into words. */
    public boolean wants(int pointLevel) {
        return pointLevel <= level && points.size() < MAXIMUM_POINTS;
    }

    /** Records a point, unless its level is not wanted or there are too many. */
    public void add(TracePoint point) {
        if (point.level() > level) {
            return;
        }
        if (points.size() < MAXIMUM_POINTS) {
            points.add(point);
        } else {
            dropped++;
        }
    }

    /** Number of points so far. */
    public int size() {
        return points.size();
    }

    /** Forgets the points beyond the first {@code size}: what they tell is looked at again after a wait. */
    public void rewind(int size) {
        points.subList(size, points.size()).clear();
    }

    /** Where the request goes, and why in a few words. */
    public void decided(ServerAddress chosen, String why) {
        server = chosen;
        reason = why;
    }

    /** Where the request goes, null as long as nothing is decided. */
    public @Nullable ServerAddress server() {
        return server;
    }

    /** Why it goes there. */
    public String reason() {
        return reason;
    }

    /** What was recorded, in order; a view. */
    public List<TracePoint> points() {
        return Collections.unmodifiableList(points);
    }

    /** Number of points that found no room. */
    public int dropped() {
        return dropped;
    }
}
