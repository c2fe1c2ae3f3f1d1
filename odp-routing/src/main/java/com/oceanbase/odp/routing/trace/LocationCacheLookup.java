package com.oceanbase.odp.routing.trace;

/**
 * The look-up of the statement's locations begins.
 *
 * @param mode {@code oceanbase}, {@code random}, {@code mock} or {@code mysql}
 * @param needed whether the statement has a location to look for
 */
public record LocationCacheLookup(String mode, boolean needed, String why) implements TracePoint {
    /** Bounds the texts. */
    public LocationCacheLookup {
        why = Bounded.description(why);
    }

    /** In the usual mode. */
    public static LocationCacheLookup oceanbase() {
        return new LocationCacheLookup("oceanbase", true, "");
    }

    @Override
    public String name() {
        return "LOCATION_CACHE_LOOKUP";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("mode", mode);
        if (!needed) {
            out.flag("need_partition_location_lookup", false);
        }
    }
}
